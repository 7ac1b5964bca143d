"""What is done with the pieces on the page of a file: received, opened, given back, scanned, looked at."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from antenne.domain.civil import CivilPiece
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import civil_pieces, civil_scans
from antenne.services.civil_scans import AttachScan
from antenne.ui.civil import asks_fees, asks_pieces
from antenne.ui.civil.file_host import FileHost
from antenne.ui.civil.scan_viewer import ScanViewer
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import LONG, SHORT
from antenne.wording import formats

_PICTURES = "Photos, scans et PDF (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp *.pdf)"


class PieceActs(QObject):
    """Acts on the pieces of the file that a page shows."""

    def __init__(self, context: Context, owner: QWidget, page: FileHost) -> None:
        """Act for ``page``, which lives in ``owner``."""
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._page = page

    def receive(self, piece_id: int) -> None:
        """One key: it is here today."""
        command = civil_pieces.ReceivePiece(request_id=uuid.uuid4().hex, file_id=self._page.file_id, piece_id=piece_id)
        self._context.operations.run(
            SHORT, civil_pieces.receive_piece, self._context.desk, command, owner=self._owner, done=self._received
        )

    def _received(self, done: object) -> None:
        self._context.broadcast(asks_fees.changes_of(done))
        self._page.read()

    def open(self, piece_id: int) -> None:
        """Everything that may be asked about one piece."""
        view = self._page.view
        piece = None if view is None else next((one for one in view.page.pieces if one.id == piece_id), None)
        if piece is None:
            return
        scan = partial(self.scan, piece.id)
        extras: list[tuple[str, Callable[[], object]]] = [("Numériser…", scan)]
        if piece.scans:
            pages = formats.plural(piece.scans, "page", "pages")
            extras.append((f"Voir ({pages})", partial(self._look, piece)))
        if piece.is_here:
            back = partial(asks_pieces.return_ask, self._context, piece=piece)
            extras.append(("Rendre…", partial(self._page.ask_for, back)))
        self._page.ask_for(lambda shown: asks_pieces.piece_ask(shown, piece, tuple(extras)))

    def scan(self, piece_id: int) -> None:
        """A photo, a scan or every page of a PDF, from a file."""
        path = self._context.dialogs.ask_file_open(self._owner, "Photo ou scan de la pièce", _PICTURES)
        if path is not None:
            self._context.operations.run(
                LONG,
                _read_pages,
                self._page.file_id,
                piece_id,
                path,
                owner=self._owner,
                done=self._attach,
                broken=self._refused,
            )

    def _attach(self, command: AttachScan) -> None:
        def attached(done: object) -> None:
            self._page.close_ask()
            self._page.stand_on_pieces()
            said = formats.plural(len(command.pages), "page numérisée", "pages numérisées")
            self._page.tell(done, f"{said[:1].upper()}{said[1:]}.")

        self._context.operations.run(
            SHORT, civil_scans.attach_scan, self._context.desk, command, owner=self._owner, done=attached
        )

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        self._context.operations.say_problem(RulesBroken(*broken))

    def _look(self, piece: CivilPiece) -> None:
        def show(ids: tuple[int, ...]) -> None:
            ScanViewer(self._context, piece.label, ids, self._owner).open()

        self._context.operations.run(
            SHORT, civil_scans.list_scans, self._context.desk, piece.id, owner=self._owner, done=show
        )


def _read_pages(file_id: int, piece_id: int, path: Path) -> AttachScan:
    return AttachScan(
        request_id=uuid.uuid4().hex, file_id=file_id, piece_id=piece_id, pages=civil_scans.read_pages(path)
    )
