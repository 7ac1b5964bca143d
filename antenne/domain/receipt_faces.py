"""What a receipt shows on paper: the record, the words that may stand for a woman, which copy, which options."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from antenne.domain.cashbook import Box
from antenne.domain.receipts import Copy, Receipt
from antenne.domain.settings import Settings

CLOSING_WORDS: Final = "Arrêté le présent reçu à la somme de"


@dataclass(frozen=True, slots=True)
class Reading:
    """« Lu et traduit en peul par Awa T., témoin Oumou K. », and the finger of a print (forms: Signatures).

    Attributes:
        language: « peul », or empty.
        reader: Who read it to her, or empty.
        witness: Or empty.
        finger: « pouce gauche », or empty for a signature.
    """

    language: str = ""
    reader: str = ""
    witness: str = ""
    finger: str = ""


UNREAD: Final = Reading()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFace:
    """One receipt to be printed.

    Attributes:
        receipt: As it was given.
        box: Where the money went.
        name: The beneficiary's name as the paper may bear it; empty when she goes by her number or code alone.
        number: Her number or code (« M-01284 »), or empty.
        copy: Original, or which DUPLICATA.
        reading: Who read it to her; nothing by default.
        replaced_by: Number of the receipt that takes a cancelled one's place, or empty.
    """

    receipt: Receipt
    box: Box
    name: str = ""
    number: str = ""
    copy: Copy
    reading: Reading = UNREAD
    replaced_by: str = ""

    @property
    def payer(self) -> str:
        """Who stands after « Reçu de »: the payer, or she herself."""
        return self.receipt.payer or self._herself

    @property
    def beneficiary(self) -> str:
        """Who stands after « Pour », or empty when she paid herself.

        Another payer carries the paper away: it then bears her number, never her name (rules: Protecting the women).
        """
        return self.number if self.receipt.payer else ""

    @property
    def _herself(self) -> str:
        return " — ".join(part for part in (self.name, self.number) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptOptions:
    """What the office decides of its receipts.

    Attributes:
        closing_words: What stands before the amount in letters.
        footer: A line at the foot, or empty.
        reading_line: An empty « lu et traduit en … par … » to fill in by hand, where nothing else stands.
        roll: On an 80 mm roll rather than on an A5.
    """

    closing_words: str = CLOSING_WORDS
    footer: str = ""
    reading_line: bool = True
    roll: bool = False


def receipt_options(settings: Settings, on: dt.date) -> ReceiptOptions:
    """What the settings say on that day."""
    return ReceiptOptions(
        closing_words=str(settings.value("receipt.closing_words", on)).strip(),
        footer=str(settings.value("receipt.footer", on)).strip(),
        reading_line=bool(settings.value("receipt.reading_line", on)),
        roll=bool(settings.value("receipt.roll", on)),
    )
