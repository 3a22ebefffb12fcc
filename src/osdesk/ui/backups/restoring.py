"""What is in sight while a shop is restored: its window is closed then, nothing can be typed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from osdesk.domain.backup_rules import RestoreStep
from osdesk.domain.errors import UserError
from osdesk.domain.views.shop import BackupFigures, RestoreRequest
from osdesk.texts import sentence
from osdesk.texts.backups import STEPS
from osdesk.ui.tasks import Tasks
from osdesk.ui.widgets.controls import Card, quiet_label, text_label, title_label
from osdesk.ui.widgets.icons import window_icon

WIDTH = 480
BUG = "A restauração parou por um erro do programa. A loja que estava aqui continua como estava."


class RestoringWindow(QWidget):
    """Restores over a folder that nobody has open. ``ended``: the figures, or the sentence of what
    stood in the way and changed nothing."""

    ended = Signal(object)

    def __init__(self, folder: Path, request: RestoreRequest, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("restoringWindow")
        self.setWindowTitle("Restaurando · osdesk")
        self.setWindowIcon(window_icon())
        self._result: BackupFigures | str = BUG
        self._running = True
        self._tasks = Tasks(folder, self)
        self._build()
        self._begin(folder, request, now)

    def _build(self) -> None:
        self._words = text_label(STEPS[RestoreStep.READ], wrap=True)
        self._words.setObjectName("restoringStep")
        self._bar = QProgressBar()
        self._bar.setRange(0, len(RestoreStep))
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Andamento da restauração")
        card = Card()
        card.body.setContentsMargins(28, 20, 28, 22)
        card.body.setSpacing(12)
        card.body.addWidget(title_label("Restaurando o backup"))
        card.body.addWidget(self._words)
        card.body.addWidget(self._bar)
        card.body.addWidget(
            quiet_label("A janela da loja abre sozinha quando terminar. Não desligue.", wrap=True)
        )
        whole = QVBoxLayout(self)
        whole.addWidget(card)
        self.setFixedWidth(WIDTH)

    def _begin(self, folder: Path, request: RestoreRequest, now: Callable[[], datetime]) -> None:
        def work(_: object, progress: Callable[[RestoreStep], object]) -> BackupFigures:
            from osdesk.jobs.backup import restore

            return restore(
                Path(request.path),
                folder,
                replace=True,
                clock=now,
                other_shop=request.other_shop,
                passwords=[request.password] if request.password else [],
                step=progress,
            )

        self._tasks.run(
            work,
            progress=self._advanced,
            done=self._done,
            failed=self._failed,
            always=self._end,
            owner=self,
        )

    def _advanced(self, step: RestoreStep) -> None:
        self._words.setText(STEPS[step])
        self._bar.setValue(list(RestoreStep).index(step))

    def _done(self, figures: BackupFigures) -> None:
        self._result = figures

    def _failed(self, error: UserError) -> None:
        self._result = sentence(error)

    def _end(self) -> None:
        self._running = False
        self._tasks.close()
        self.ended.emit(self._result)
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody closes it before the end."""
        if self._running:
            event.ignore()
        else:
            self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            super().closeEvent(event)
