"""French words of the « récits de changement »."""

from __future__ import annotations

from antenne.domain.forms.model import Option
from antenne.domain.stories import Pointing, Points, Stage, Use

VIOLATIONS: dict[str, str] = {
    "story.future": "Cette date est dans l’avenir. Corrigez-la.",
    "story.agreed_before": "Elle accepte après avoir raconté, ou le même jour. Corrigez l’une des deux dates.",
    "story.no_use": "Dites pour quoi elle accepte.",
    "story.until_before": "L’accord finit après le jour où elle le donne. Corrigez la date.",
    "story.until_late": "Un accord dure {years} ans au plus. Choisissez un jour plus proche.",
    "story.no_text": "Écrivez d’abord la version sans nom et son titre, puis relisez-la avec elle.",
    "story.validated_day": "Elle relit après avoir raconté, et aujourd’hui au plus tard. Corrigez la date.",
    "story.withdrawn": "Elle a repris son accord\u00a0: ce récit ne part plus.",
    "story.no_agreement": "Elle n’a pas encore donné son accord\u00a0: rien ne part.",
    "story.agreement_over": "Son accord ne vaut pas aujourd’hui. Demandez-lui un nouvel accord.",
    "story.not_validated": "La version sans nom n’est pas encore relue avec elle.",
    "story.not_read": "Deux autres disent d’abord «\u00a0aucun détail ne la désigne\u00a0». Il en manque {missing}.",
    "story.other_use": "Elle n’a pas accepté cet usage. Choisissez-en un autre.",
    "story.own": "Qui a écrit ce récit ne le relit pas et ne le fait pas relire\u00a0: ce sont deux autres.",
    "story.read_already": "Elle l’a déjà relu. Une autre personne doit le relire.",
    "story.unknown_reader": "Choisissez qui l’a relu.",
    "story.points": "Le texte dit encore «\u00a0{word}\u00a0» ({what}). Changez-le avant de continuer.",
    "story.responsable_only": "Seule la responsable fait partir un récit.",
    "story.no_recipient": "Dites à qui ce récit est remis.",
    "story.nothing_to_withdraw": "Elle n’a pas donné d’accord, ou il est déjà repris.",
}

USES: dict[Use, str] = {
    Use.REPORT: "rapport à un bailleur",
    Use.LEAFLET: "papier, affiche, brochure",
    Use.RADIO: "radio",
    Use.INTERNET: "internet, réseaux",
    Use.TALKS: "causerie avec d’autres femmes",
    Use.TRAINING: "formation, plaidoyer",
}
STAGES: dict[Stage, str] = {
    Stage.TOLD: "racontée, sans accord",
    Stage.AGREED: "à écrire sans nom, avec elle",
    Stage.ANONYMISED: "à relire par deux autres",
    Stage.READ: "peut partir",
    Stage.OVER: "accord fini",
    Stage.WITHDRAWN: "accord repris",
}
NEXT: dict[Stage | None, str] = {
    None: "Elle raconte\u202f; le reste vient quand elle veut.",
    Stage.TOLD: "Rien ne part. Demandez-lui, sans presser, si son récit peut servir.",
    Stage.AGREED: "Écrivez avec elle la version sans nom, puis relisez-la-lui.",
    Stage.ANONYMISED: "Deux personnes qui ne l’ont pas écrite la relisent.",
    Stage.READ: "La responsable peut le faire partir, pour ce qu’elle accepte.",
    Stage.OVER: "Son accord est passé. Demandez-lui si elle en veut un nouveau.",
    Stage.WITHDRAWN: "Il ne part plus. Ce qui est parti est nommé plus bas.",
}
"""What comes next, for who writes it."""
POINTS: dict[Points, str] = {
    Points.NAME: "son nom",
    Points.NICKNAME: "son surnom",
    Points.PHONE: "un téléphone",
    Points.CHILD: "le prénom de son enfant",
    Points.NEAR: "une personne proche",
    Points.QUARTER: "son quartier ou son village",
    Points.LIKE: "ressemble à un nom de sa fiche",
}
PAPER_TITLE = "Récit"
"""Title of the PDF and of the preview: it names no one."""
FILE_NAME = "recit.pdf"
TEXT_NAME = "recit.txt"
FOOT = "Récit raconté par elle, relu avec elle. Le nom et les détails ont été changés avec elle. Ne pas chercher qui elle est."

_LISTS = {"story_uses": USES}


def options(list_name: str) -> tuple[Option, ...] | None:
    """The entries of a fixed list of these forms; None for any other."""
    words = _LISTS.get(list_name)
    return None if words is None else tuple(Option(code.value, word) for code, word in words.items())


def remark(found: tuple[Pointing, ...]) -> str:
    """What stands beside the field while the text still points at her; empty where nothing does."""
    said = [f"«\u00a0{one.word}\u00a0» ({POINTS[one.what]})" for one in found]
    return f"À vérifier\u00a0: {', '.join(said)}." if said else ""
