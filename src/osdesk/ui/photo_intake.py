"""Photos reach the editor from wherever the hand is: dropped on it, or pasted outside its texts."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from osdesk.ui.photos_card import PhotosCard


class PhotoIntake(QObject):
    """A text field keeps Ctrl+V for itself; everywhere else in the editor it pastes a photo."""

    def __init__(self, editor: QWidget, photos: PhotosCard) -> None:
        super().__init__(editor)
        self._photos = photos
        editor.setAcceptDrops(True)
        editor.installEventFilter(self)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), editor)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(photos.paste)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and self._photos.can_take(event.mimeData()):
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            if self._photos.take(event.mimeData()):
                event.acceptProposedAction()
            return True
        return False
