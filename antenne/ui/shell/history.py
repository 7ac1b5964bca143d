"""Where she was: « Échap » leads back. Qt-free."""

from __future__ import annotations

from antenne.domain.board import Target

LONGEST = 50


class History:
    """The places visited, the present one last."""

    def __init__(self, home: Target) -> None:
        """Begin at home."""
        self._home = home
        self._places: list[Target] = [home]

    @property
    def here(self) -> Target:
        """The present place."""
        return self._places[-1]

    def visit(self, target: Target) -> None:
        """Go to a place; going home forgets the way, the same place twice counts once."""
        if target == self._home:
            self._places = [self._home]
        elif target != self.here:
            self._places.append(target)
            del self._places[1:-LONGEST]

    def back(self) -> Target | None:
        """Leave the present place; None at home."""
        if len(self._places) == 1:
            return None
        self._places.pop()
        return self.here
