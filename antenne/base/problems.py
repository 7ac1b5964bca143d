"""Problems of the machine: the user can act on them, the program is not at fault.

The second of three families of errors (the first is :class:`antenne.domain.violations.RulesBroken`; the rest are bugs).
A problem carries a code and values; ``antenne.wording.problems`` makes the French sentence that says what to do.
"""

from __future__ import annotations


class Problem(Exception):
    """Something outside the program prevents the work: disk full, key removed, wrong passphrase.

    Attributes:
        code: Stable key of the sentence, ``area.what`` (for example ``backup.no_space``).
        values: What the sentence quotes (sizes in bytes, paths, dates), never a secret.
    """

    def __init__(self, code: str, **values: object) -> None:
        """Remember what happened; the words come later."""
        super().__init__(code)
        self.code = code
        self.values = values
