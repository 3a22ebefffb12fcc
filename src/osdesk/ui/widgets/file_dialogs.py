"""Where files are asked for and opened: the one place that tests replace."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_save_path(parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
    """Where to save; None where the person thought better of it.

    ``kinds`` as Qt writes them: ``PDF (*.pdf)``. The suggested file's ending is kept.
    """
    name, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), kinds)
    if not name:
        return None
    path = Path(name)
    ending = suggested.suffix
    return path if path.suffix.casefold() == ending else path.with_name(path.name + ending)


def ask_logo(parent: QWidget) -> Path | None:
    """A picture for the shop's logo; None where the person thought better of it."""
    pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    kinds = "Imagens (*.png *.jpg *.jpeg *.webp)"
    name, _ = QFileDialog.getOpenFileName(parent, "Escolher o logotipo", pictures, kinds)
    return Path(name) if name else None


def ask_photos(parent: QWidget) -> list[Path]:
    """Photos of a device; none where the person thought better of it."""
    pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    kinds = "Imagens (*.png *.jpg *.jpeg *.webp)"
    names, _ = QFileDialog.getOpenFileNames(parent, "Escolher fotos", pictures, kinds)
    return [Path(name) for name in names]


def ask_sheets(parent: QWidget) -> list[Path]:
    """Scans of signed sheets; none where the person thought better of it."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    kinds = "PDF e imagens (*.pdf *.png *.jpg *.jpeg *.webp)"
    names, _ = QFileDialog.getOpenFileNames(parent, "Vias assinadas", documents, kinds)
    return [Path(name) for name in names]


def ask_sheets_folder(parent: QWidget) -> Path | None:
    """The folder of a scanner; None where the person thought better of it."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name = QFileDialog.getExistingDirectory(parent, "Pasta das vias assinadas", documents)
    return Path(name) if name else None


def ask_empty_folder(parent: QWidget, title: str) -> Path | None:
    """A new or empty folder to be filled; None where the person thought better of it."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name = QFileDialog.getExistingDirectory(parent, title, documents)
    return Path(name) if name else None


def ask_backup_folder(parent: QWidget) -> Path | None:
    """A second folder for backups; None where the person thought better of it."""
    name = QFileDialog.getExistingDirectory(parent, "Segundo lugar dos backups")
    return Path(name) if name else None


def ask_backup_file(parent: QWidget) -> Path | None:
    """A backup to be restored; None where the person thought better of it."""
    name, _ = QFileDialog.getOpenFileName(
        parent, "Backup a restaurar", "", "Backups do osdesk (*.zip)"
    )
    return Path(name) if name else None


def ask_import_file(parent: QWidget, *, dump: bool) -> Path | None:
    """A file of another program; None where the person thought better of it."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    kinds = "Dump do MAP-OS (*.sql)" if dump else "Planilhas e CSV (*.csv *.xlsx *.txt *.jsonl)"
    name, _ = QFileDialog.getOpenFileName(parent, "Arquivo a trazer", documents, kinds)
    return Path(name) if name else None


def ask_files(parent: QWidget) -> list[Path]:
    """Files for an order; none where the person thought better of it."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    kinds = "PDF e imagens (*.pdf *.png *.jpg *.jpeg *.webp)"
    names, _ = QFileDialog.getOpenFileNames(parent, "Anexar arquivos", documents, kinds)
    return [Path(name) for name in names]


def open_with_system(path: Path) -> bool:
    """Show a file or folder with the program that the system has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
