"""What a card's QR code holds: her number and a control code that only this office can compute. No name, no address."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac

from antenne.domain import scans
from antenne.domain.scans import Scan

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 without I, L, O, U."""

CONTROL_LENGTH = 10
"""Characters: 50 bits, out of reach of guessing at a counter (storage: Key slots)."""

_BITS = 5


def control_code(paper_key: bytes, db_id: str, number: str, card_id: int, valid_until: dt.date) -> str:
    """The ten control characters of one card.

    Args:
        paper_key: The office's secret for papers, 32 bytes.
        db_id: Which base.
        number: ``M-00931``.
        card_id: Integer key of the card.
        valid_until: Its last day.
    """
    parts = ("card", db_id, number, str(card_id), valid_until.isoformat())
    message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
    digest = int.from_bytes(hmac.digest(paper_key, message, hashlib.sha256), "big")
    top = digest >> (256 - CONTROL_LENGTH * _BITS)
    return "".join(CROCKFORD[(top >> shift) & 31] for shift in range((CONTROL_LENGTH - 1) * _BITS, -1, -_BITS))


def genuine(control: str, expected: str) -> bool:
    """Whether two control codes are the same, compared in constant time."""
    return hmac.compare_digest(control.encode(), expected.encode())


def payload(number: str, control: str) -> str:
    """The text of the QR code: capitals and digits only, so that the code stays small."""
    return f"{number} {control}"


def parse(text: str) -> Scan | None:
    """Number and control of a scanned text, whatever the keyboard; None when it is no card of a member."""
    scan = scans.read(text)
    return scan if scan is not None and scan.number.startswith("M-") else None
