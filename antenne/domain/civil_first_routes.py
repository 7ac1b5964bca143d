"""The démarches that a new office begins with: sources, pieces, typical fees; from then on its own screen decides.

Sources: loi 2011-087 du 30 décembre 2011 portant Code des personnes et de la famille, as the Direction nationale de
l’état civil tells it (dnec.gouv.ml, « Jugements supplétifs », « Foire aux questions »): births are declared at a
centre de déclaration, a health centre or a village (art. 84), within the délai légal de 30 jours francs; past it, or
where the act « n’a pas été retrouvé », those concerned go to the officier de l’état civil or to the president of the
court « pour le prononcé d’un jugement supplétif d’acte de naissance » (art. 133). The State’s guide of formalities
(refondation.gouv.ml, « Identité et citoyenneté ») gives volet n° 3 free and a copy 100 FCFA, from loi 06-024 du
28 juin 2006. No public text was found for the pieces of a judgment nor for rectifications: those are practice (défaut).
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from antenne.domain.civil_clock import BIRTH_DELAY
from antenne.domain.civil_routes import FeeRule, PieceRule, Place, Result, Route, Step, When

_SHORT = (Step.OPENED, Step.PIECES_READY, Step.FILED, Step.RECEIVED, Step.HANDED)
_JUDGED = (
    Step.OPENED,
    Step.PIECES_READY,
    Step.FILED,
    Step.HEARING,
    Step.JUDGED,
    Step.TRANSCRIBED,
    Step.RECEIVED,
    Step.HANDED,
)
_HONOUR = PieceRule(
    code="honour", label="Déclaration sur l’honneur (la mère n’a pas d’acte)", when=When.MOTHER_WITHOUT_ACT
)
_PARENTS = (
    PieceRule(code="mother_id", label="Pièce d’identité de la mère"),
    PieceRule(code="father_id", label="Pièce d’identité du père", when=When.RECOGNISED),
    _HONOUR,
    PieceRule(code="foreign", label="Carte consulaire ou passeport de la mère", when=When.FOREIGN_MOTHER),
    PieceRule(code="death", label="Acte ou certificat de décès des parents", when=When.ORPHAN),
)
_WITNESSES = PieceRule(
    code="witnesses", label="Deux témoins majeurs avec leurs pièces d’identité", copies=2, paper=False
)
_TWIN = PieceRule(code="twin", label="Acte ou dossier de l’autre jumeau", when=When.TWIN)

ROUTES: Final = (
    Route(
        key="declaration",
        label="Déclaration dans le délai",
        steps=_SHORT,
        place=Place.TOWN_HALL,
        pieces=(
            PieceRule(
                code="birth_certificate", label="Certificat d’accouchement ou carnet de santé", alternative="naissance"
            ),
            PieceRule(
                code="home_birth",
                label="Attestation du chef de quartier et de l’accoucheuse",
                when=When.BORN_AT_HOME,
                alternative="naissance",
            ),
            *_PARENTS,
            _TWIN,
        ),
        fees=(FeeRule("Volet n° 3 (gratuit)"),),
        result=Result.BIRTH_ACT,
        delay=BIRTH_DELAY,
        stale_days=5,
        source="loi 2011-087, art. 84, 158 et 159",
    ),
    Route(
        key="late_judgment",
        label="Jugement supplétif",
        steps=_JUDGED,
        place=Place.COURT,
        pieces=(
            PieceRule(code="request", label="Demande timbrée"),
            PieceRule(
                code="birth_certificate", label="Certificat d’accouchement ou carnet de CPN", alternative="naissance"
            ),
            PieceRule(code="no_record", label="Certificat de non-inscription", alternative="naissance"),
            PieceRule(code="apparent_age", label="Certificat d’âge apparent"),
            *_PARENTS,
            _WITNESSES,
            _TWIN,
        ),
        fees=(FeeRule("Timbre"), FeeRule("Greffe"), FeeRule("Copies", 100)),
        result=Result.BIRTH_ACT,
        stale_days=45,
        source="loi 2011-087, art. 133",
    ),
    Route(
        key="copy",
        label="Copie d’acte",
        steps=_SHORT,
        place=Place.TOWN_HALL,
        pieces=(
            PieceRule(code="act_number", label="Numéro et date de l’acte, ou ancien acte"),
            PieceRule(code="requester_id", label="Pièce d’identité de celle qui demande"),
        ),
        fees=(FeeRule("Copie", 100),),
        result=Result.COPY,
        stale_days=15,
        source="loi 06-024 ; 100 F la copie (défaut)",
    ),
    Route(
        key="lost_act",
        label="Acte perdu",
        steps=_SHORT,
        place=Place.TOWN_HALL,
        pieces=(
            PieceRule(code="loss", label="Déclaration de perte"),
            PieceRule(code="act_number", label="Numéro de l’acte, ou année et centre"),
            PieceRule(code="requester_id", label="Pièce d’identité de celle qui demande"),
        ),
        fees=(FeeRule("Déclaration de perte"), FeeRule("Copie", 100)),
        result=Result.COPY,
        stale_days=20,
    ),
    Route(
        key="rectification",
        label="Rectification d’acte",
        steps=_JUDGED,
        place=Place.COURT,
        pieces=(
            PieceRule(code="request", label="Demande timbrée"),
            PieceRule(code="act", label="L’acte à rectifier"),
            PieceRule(code="proof", label="Papier qui prouve la bonne mention"),
            _WITNESSES,
        ),
        fees=(FeeRule("Timbre"), FeeRule("Greffe")),
        result=Result.COPY,
        stale_days=45,
    ),
    Route(
        key="identity_card_old",
        until=dt.date(2025, 12, 31),
        label="Carte d’identité (ancienne)",
        steps=_SHORT,
        place=Place.POLICE,
        pieces=(
            PieceRule(code="act", label="Acte de naissance ou jugement supplétif", when=When.WITH_ACT),
            PieceRule(
                code="known_witnesses",
                label="Deux témoins connus dans le quartier",
                when=When.WITHOUT_ACT,
                copies=2,
                paper=False,
            ),
            PieceRule(code="photos", label="Trois photos d’identité", copies=3),
            PieceRule(code="residence", label="Certificat de résidence"),
        ),
        fees=(FeeRule("Carte d’identité", 1700),),
        result=Result.IDENTITY_CARD,
        stale_days=20,
        source="1 700 F au plus (défaut)",
    ),
    Route(
        key="identity_card",
        label="Carte d’identité biométrique",
        steps=_SHORT,
        place=Place.ENROLMENT,
        pieces=(
            PieceRule(code="act", label="Acte de naissance", when=When.WITH_ACT),
            PieceRule(
                code="known_witnesses",
                label="Deux témoins connus dans le quartier",
                when=When.WITHOUT_ACT,
                copies=2,
                paper=False,
            ),
            PieceRule(code="nina", label="Fiche descriptive NINA"),
            PieceRule(code="residence", label="Certificat de résidence"),
        ),
        fees=(FeeRule("Première carte (gratuite)"),),
        result=Result.IDENTITY_CARD,
        stale_days=30,
        source="valable cinq ans, la première est gratuite (défaut)",
    ),
    Route(
        key="nina",
        label="NINA",
        steps=_SHORT,
        place=Place.ENROLMENT,
        pieces=(
            PieceRule(code="act", label="Acte de naissance ou jugement supplétif"),
            PieceRule(code="residence", label="Certificat de résidence"),
        ),
        result=Result.NINA,
        stale_days=30,
    ),
)
"""Where the démarches start in a new office; from then on the office's own screen decides."""
