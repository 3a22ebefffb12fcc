"""How the device is unlocked: asked at intake, kept sealed, looked at only on request.

What is typed here is never part of the order's form nor of a draft: it waits in this card alone
until the order is saved.
"""

from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from osdesk.domain.calendar import format_moment
from osdesk.domain.codes import AccessCodeKind
from osdesk.domain.errors import UserError
from osdesk.domain.orders.access_codes import AccessCodeForm, clean_code
from osdesk.domain.views.intake import CodeView
from osdesk.services.orders.access_codes import code_view, see_code
from osdesk.texts import sentence
from osdesk.ui.desk import Desk
from osdesk.ui.widgets import theme
from osdesk.ui.widgets.controls import GhostButton, error_label, quiet_label, set_kind, strong_label
from osdesk.ui.widgets.fields import ChoiceField, TextField

SIDE = 96
DOT, NEAR = 4.0, 14.0


class PatternGrid(QWidget):
    """``dots``: the order as digits, from the upper left (1) by rows to the lower right (9)."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dots = ""
        self._fixed = False
        self.setObjectName("patternGrid")
        self.setFixedSize(SIDE, SIDE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("Desenhe com o mouse ou digite a ordem: 1 é o alto à esquerda, 9 o fim")
        self._name()

    @property
    def dots(self) -> str:
        return self._dots

    def show_dots(self, dots: str, *, fixed: bool = False) -> None:
        """``fixed``: only to be looked at."""
        self._dots, self._fixed = dots, fixed
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if fixed else Qt.FocusPolicy.StrongFocus)
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def _name(self) -> None:
        words = "-".join(self._dots) or "vazio"
        self.setAccessibleName(f"Desenho de desbloqueio: {words}")

    def _add(self, dot: str) -> None:
        if not self._fixed and dot not in self._dots:
            self._dots += dot
            self._told()

    def _told(self) -> None:
        self._name()
        self.update()
        self.edited.emit()

    # -- by hand ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text() in "123456789":
            self._add(event.text())
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and not self._fixed:
            self._dots = self._dots[:-1] if event.key() == Qt.Key.Key_Backspace else ""
            self._told()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._fixed:
            self._dots = ""
            self._told()
            self._touch(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._touch(event.position())

    def _touch(self, place: QPointF) -> None:
        for number in range(1, 10):
            away = place - _centre(number)
            if abs(away.x()) <= NEAR and abs(away.y()) <= NEAR:
                self._add(str(number))

    # -- as it looks -----------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "line"), 1))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        path = [_centre(int(dot)) for dot in self._dots]
        painter.setPen(QPen(theme.color("accent"), 3))
        for start, end in pairwise(path):
            painter.drawLine(start, end)
        painter.setPen(Qt.PenStyle.NoPen)
        for number in range(1, 10):
            drawn = str(number) in self._dots
            painter.setBrush(theme.color("accent" if drawn else "muted"))
            size = DOT + 2 if drawn else DOT
            painter.drawEllipse(_centre(number), size, size)
        if path:  # where it begins: read from the start, not from the end
            painter.setBrush(theme.color("surface"))
            painter.drawEllipse(path[0], 2.5, 2.5)


def _centre(number: int) -> QPointF:
    row, column = divmod(number - 1, 3)
    step = SIDE / 3
    return QPointF(step * (column + 0.5), step * (row + 0.5))


SHOWN_MS = 15_000
KINDS = {
    AccessCodeKind.PIN: "PIN",
    AccessCodeKind.PATTERN: "Desenho",
    AccessCodeKind.PASSWORD: "Senha",
    AccessCodeKind.NOT_INFORMED: "Cliente não informou",
}
HINTS = {
    AccessCodeKind.PIN: "só algarismos",
    AccessCodeKind.PATTERN: "ordem dos pontos: 1258",
    AccessCodeKind.PASSWORD: "como o cliente disse",
}


class CodeCard(QWidget):
    """Kind of code and the code itself, hidden again once it is stored."""

    edited = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._number: int | None = None
        self._view: CodeView | None = None
        self._shown = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._build()
        self._connect()
        self.show_code(None, None)

    def _build(self) -> None:
        self.kind = ChoiceField()
        self.kind.setObjectName("codeKind")
        self.kind.setAccessibleName("Senha do aparelho")
        self.kind.set_choices(
            [("", "Não perguntada"), *((each.value, words) for each, words in KINDS.items())]
        )
        self.secret = TextField(limit=200)
        self.secret.setObjectName("codeSecret")
        self.secret.setAccessibleName("Senha do aparelho: o que o cliente disse")
        self.grid = PatternGrid()
        self.show_button = GhostButton("Mostrar por 15 s")
        self.show_button.setObjectName("showCode")
        set_kind(self.show_button, "narrow", True)
        self.show_button.setToolTip("A consulta fica no histórico da OS")
        self._state = quiet_label(wrap=True)
        self._state.setObjectName("codeState")
        self._seen = strong_label()
        self._seen.setObjectName("codeSeen")
        self._wrong = error_label()
        self._wrong.setObjectName("codeProblem")
        caption = quiet_label("Senha do aparelho")
        caption.setBuddy(self.kind)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.kind, 1)
        line.addWidget(self.secret, 1)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self._seen)
        words.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(self._state)
        words.addWidget(self._wrong)
        words.addStretch()
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.grid, 0, Qt.AlignmentFlag.AlignTop)
        below.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(caption)
        column.addLayout(line)
        column.addLayout(below)

    def _connect(self) -> None:
        self.kind.edited.connect(self._kind_chosen)
        self.secret.edited.connect(self._typed)
        self.grid.edited.connect(self._drawn)
        self.show_button.clicked.connect(self.look)
        self._shown.timeout.connect(self.conceal)

    # -- load, read ------------------------------------------------------------------------

    def load(self, number: int | None) -> None:
        """What is known of this order's code, read now."""
        self.show_code(number, self._desk.read(code_view, number) if number is not None else None)

    def show_code(self, number: int | None, view: CodeView | None) -> None:
        """Nothing that was typed for another order stays."""
        self._number, self._view = number, view
        self.kind.set_value(self._view.kind.value if self._view else "")
        self.secret.set_value(None)
        self.grid.show_dots("")
        self._wrong.hide()
        self.conceal()

    @property
    def pending(self) -> bool:
        """Something was chosen or typed that is not kept yet."""
        kind = self._kind()
        if kind is None:
            return False
        stored = self._view.kind if self._view else None
        return kind is not stored or bool(self.secret.text())

    def form(self) -> AccessCodeForm | None:
        """What is to be kept with the order. Raises UserError, with the words beside the field."""
        kind = self._kind()
        if kind is None or not self.pending:
            return None
        given = AccessCodeForm(kind, self.secret.text())
        try:
            clean_code(given)
        except UserError as error:
            self.show_error(error)
            raise
        return given

    def show_error(self, error: UserError) -> None:
        self._wrong.setText(sentence(error))
        self._wrong.show()

    def focus_field(self) -> None:
        field = self.kind if self.secret.isHidden() else self.secret
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _kind(self) -> AccessCodeKind | None:
        value = self.kind.text_value()
        return AccessCodeKind(value) if value else None

    # -- looking ---------------------------------------------------------------------------

    def look(self) -> None:
        """Show the code for a while; the history tells who looked."""
        if self._number is None:
            return
        now, author = self._desk.now(), self._desk.author
        box = self._desk.store.secrets
        try:
            code = self._desk.write(see_code, self._number, box=box, now=now, author=author)
        except UserError as error:
            self.show_error(error)
            return
        self._wrong.hide()
        pattern = code.kind is AccessCodeKind.PATTERN
        self._seen.setText("-".join(code.secret) if pattern else code.secret)
        self._seen.show()
        self.grid.show_dots(code.secret if pattern else "", fixed=True)
        self.grid.setVisible(pattern)
        self._shown.start()

    def conceal(self) -> None:
        """The code is out of sight again."""
        self._shown.stop()
        self._seen.clear()
        self._seen.hide()
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._shown.isActive():
            self.conceal()

    # -- reacting --------------------------------------------------------------------------

    def _kind_chosen(self) -> None:
        self._wrong.hide()
        self.conceal()
        self.edited.emit()

    def _typed(self) -> None:
        self._wrong.hide()
        if self._kind() is AccessCodeKind.PATTERN:
            self.grid.show_dots("".join(self.secret.text().replace("-", " ").split()))
        self.edited.emit()

    def _drawn(self) -> None:
        self.secret.set_value(self.grid.dots or None)
        self._wrong.hide()
        self.edited.emit()

    def _arrange(self) -> None:
        kind, view = self._kind(), self._view
        kept = view is not None and view.kept and view.kind is kind
        self.secret.setVisible(kind in HINTS)
        if kind in HINTS:
            self.secret.setPlaceholderText("nova, para trocar" if kept else HINTS[kind])
        self.show_button.setVisible(kept)
        pattern = kind is AccessCodeKind.PATTERN
        self.grid.setVisible(pattern)
        self.grid.show_dots(self.secret.text() if pattern else "")
        self._state.setText(self._words(view, kind))
        self._state.setVisible(bool(self._state.text()))

    def _words(self, view: CodeView | None, kind: AccessCodeKind | None) -> str:
        if view is None or view.kind is not kind:
            return ""
        by = f" por {view.author}" if view.author else ""
        if view.wiped_at is not None:
            return f"Apagada em {self._moment(view.wiped_at)}, depois da entrega."
        done = "Guardada" if view.kept else "Respondido"
        return f"{done} em {self._moment(view.at)}{by}."

    def _moment(self, at: datetime) -> str:
        return format_moment(at, self._desk.zone)
