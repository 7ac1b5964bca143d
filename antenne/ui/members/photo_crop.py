"""Her photo from a file: the frame of 4 by 5 is moved and sized by mouse or arrows, then kept."""

from __future__ import annotations

import secrets

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from antenne.domain.changes import Done
from antenne.domain.persons import Person
from antenne.domain.violations import Violation
from antenne.services import members_agreements, photos
from antenne.services.desk import Desk
from antenne.services.members_agreements import SetPhoto
from antenne.services.photos import Crop
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.operations import LONG, SHORT
from antenne.wording import violations as sentences

_RATIO = 4 / 5
_LEAST = 0.15
_STEP = 0.02
_HOW = "Flèches\u00a0: déplacer · + et −\u00a0: agrandir, réduire"
_NONE_YET = "Choisissez la photo sur l’ordinateur ou sur une clé\u202f; vous la cadrez ensuite ici."


class CropView(QWidget):
    """The picture with a bright frame; arrows move it, + and - size it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without a picture."""
        super().__init__(parent)
        self._image = QImage()
        self._frame = QRectF()
        self._held: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Cadre de la photo")
        self.setAccessibleDescription("Flèches\u00a0: déplacer. Plus et moins\u00a0: agrandir, réduire.")

    def show_picture(self, jpeg: bytes) -> None:
        """Show a picture, the frame as large as it can be, a little high: that is where faces are."""
        self._image = QImage.fromData(jpeg)
        width, height = self._image.width(), self._image.height()
        wanted = QSizeF(min(width, height * _RATIO), min(height, width / _RATIO))
        self._frame = QRectF(QPointF((width - wanted.width()) / 2, (height - wanted.height()) / 3), wanted)
        self.update()

    def crop(self) -> Crop:
        """The frame as shares of the picture."""
        width, height = max(self._image.width(), 1), max(self._image.height(), 1)
        return Crop(
            self._frame.left() / width,
            self._frame.top() / height,
            self._frame.width() / width,
            self._frame.height() / height,
        )

    def move_by(self, right: float, down: float) -> None:
        """Move the frame, inside the picture."""
        self._frame.translate(right, down)
        self._keep_inside()

    def size_by(self, factor: float) -> None:
        """Size the frame around its middle."""
        most = min(self._image.width(), self._image.height() * _RATIO)
        width = min(max(self._frame.width() * factor, most * _LEAST), most)
        middle = self._frame.center()
        self._frame = QRectF(middle.x() - width / 2, middle.y() - width / _RATIO / 2, width, width / _RATIO)
        self._keep_inside()

    def _keep_inside(self) -> None:
        left = min(max(self._frame.left(), 0.0), self._image.width() - self._frame.width())
        top = min(max(self._frame.top(), 0.0), self._image.height() - self._frame.height())
        self._frame.moveTo(left, top)
        self.update()

    def _shown(self) -> QRectF:
        """Where the whole picture stands in the widget."""
        size = QSizeF(self._image.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2), size)

    def _scale(self) -> float:
        return self._shown().width() / max(self._image.width(), 1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """The picture dimmed, the frame bright."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shown, scale = self._shown(), self._scale()
        painter.drawImage(shown, self._image)
        frame = QRectF(
            shown.left() + self._frame.left() * scale,
            shown.top() + self._frame.top() * scale,
            self._frame.width() * scale,
            self._frame.height() * scale,
        )
        painter.fillRect(shown, QColor(0, 0, 0, 110))
        painter.drawImage(frame, self._image, self._frame)
        painter.setPen(QPen(QColor(t.ACCENT if self.hasFocus() else t.PAPER), 3))
        painter.drawRect(frame)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, + and -."""
        step = _STEP * max(self._image.width(), self._image.height())
        moves = {
            Qt.Key.Key_Left: (-step, 0.0),
            Qt.Key.Key_Right: (step, 0.0),
            Qt.Key.Key_Up: (0.0, -step),
            Qt.Key.Key_Down: (0.0, step),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is not None:
            self.move_by(*move)
        elif event.text() in {"+", "="}:
            self.size_by(1 + 2 * _STEP)
        elif event.text() in {"-", "6"}:
            self.size_by(1 - 2 * _STEP)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the frame."""
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the frame along."""
        if self._held is not None:
            moved = (event.position() - self._held) / self._scale()
            self._held = event.position()
            self.move_by(moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Let go."""
        self._held = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Size by the wheel."""
        self.size_by(1 + (2 * _STEP if event.angleDelta().y() < 0 else -2 * _STEP))


class PhotoPanel(Card):
    """Choose a file, frame it, keep it; or take the present photo away."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        """Build the panel."""
        super().__init__("Photo", role="focus")
        self.pill.hide()
        self._context = context
        self._person_id = 0
        self._data = b""
        self._says = label("", "error", wrap=True)
        self._hint = label("", "hint", wrap=True)
        self.view = CropView()
        self._keep = button("Garder cette photo  Ctrl+S", "primary", self.save)
        for made in (
            button("Choisir un fichier…", "plain", self.choose),
            button("Retirer la photo", "plain", self._remove),
        ):
            self.head.addWidget(made)
        row = QHBoxLayout()
        row.setSpacing(2 * t.SPACE)
        row.addWidget(self._hint, 1)
        row.addWidget(button("Fermer", "plain", self.closed.emit))
        row.addWidget(self._keep)
        self.body.addWidget(self._says)
        self.body.addWidget(self.view, 1)
        self.body.addLayout(row)
        self.body.addStretch()

    def begin(self, person_id: int) -> None:
        """Whose photo it is; asks for a file at once."""
        self._person_id = person_id
        self._data = b""
        self._say("")
        self.view.hide()
        self._hint.setText(_NONE_YET)
        self._keep.setEnabled(False)
        self.choose()

    def choose(self) -> None:
        """Ask for a file and read it off the GUI thread."""
        pattern = "Photos (*.jpg *.jpeg *.png *.webp *.bmp);;Tous les fichiers (*)"
        path = self._context.dialogs.ask_file_open(self, "Choisir une photo", pattern)
        if path is not None:
            self._context.operations.run(
                LONG, _load, path, owner=self, done=self._loaded, broken=self._refused, latest=True
            )

    def _loaded(self, loaded: tuple[bytes, bytes]) -> None:
        self._data, shown = loaded
        self._say("")
        self.view.show_picture(shown)
        self.view.show()
        self._hint.setText(_HOW)
        self._keep.setEnabled(True)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep what stands in the frame; nothing without a picture."""
        if self._keep.isEnabled():
            self._run(_crop_and_set, self._person_id, self._data, self.view.crop(), secrets.token_hex(16))

    def _remove(self) -> None:
        self._run(
            members_agreements.set_photo,
            SetPhoto(request_id=secrets.token_hex(16), person_id=self._person_id, jpeg=None),
        )

    def _run(self, work: object, *arguments: object) -> None:
        self._context.operations.run(
            SHORT,
            work,  # type: ignore[arg-type]  # one of the two services above
            self._context.desk,
            *arguments,
            owner=self,
            done=self._done,
            broken=self._refused,
        )

    def _done(self, done: Done[Person]) -> None:
        self._context.broadcast(done.changes)
        self.closed.emit()

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        self._say(" ".join(sentences.sentence(one) for one in broken))

    def _say(self, sentence: str) -> None:
        self._says.setText(sentence)
        self._says.setVisible(bool(sentence))


def _load(path: object) -> tuple[bytes, bytes]:
    """The file's bytes and the upright picture to crop."""
    data = photos.read_file(path)  # type: ignore[arg-type]  # the dialog gives a path
    return data, photos.preview(data)


def _crop_and_set(desk: Desk, person_id: int, data: bytes, crop: Crop, request_id: str) -> Done[Person]:
    jpeg = photos.cropped(data, crop)
    return members_agreements.set_photo(desk, SetPhoto(request_id=request_id, person_id=person_id, jpeg=jpeg))
