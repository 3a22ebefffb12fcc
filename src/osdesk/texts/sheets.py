"""What became of signed sheets, in words for the window and the command."""

from pathlib import Path

from osdesk.domain.views.signed import FiledSheet, IssuedVersion, UnreadSheet
from osdesk.texts.codes import PAPER
from osdesk.texts.errors import sentence


def version_words(issued: IssuedVersion) -> str:
    """``OS 12 · OS de entrada, versão 1``."""
    return f"OS {issued.number} · {PAPER[issued.paper]}, versão {issued.version}"


def place_words(file: str, pages: tuple[int, ...]) -> str:
    """``lote.pdf, páginas 1 a 3``; the file's name alone where it is one page. Pages from 1."""
    name = Path(file).name
    if not pages:
        return name
    if len(pages) == 1:
        return f"{name}, página {pages[0]}"
    if pages == tuple(range(pages[0], pages[-1] + 1)) and len(pages) > 2:
        return f"{name}, páginas {pages[0]} a {pages[-1]}"
    return f"{name}, páginas {', '.join(map(str, pages[:-1]))} e {pages[-1]}"


def filed_words(sheet: FiledSheet) -> str:
    """One sentence about a sheet that was put to its order."""
    what = "via assinada arquivada" if sheet.new else "já estava arquivada"
    words = f"{place_words(sheet.file, sheet.pages)}: {version_words(sheet.issued)}: {what}"
    if sheet.issued.version < sheet.issued.newest:
        words += f"; a versão {sheet.issued.newest}, mais nova, ainda espera assinatura"
    return f"{words}."


def unread_words(sheet: UnreadSheet) -> str:
    """One sentence about a sheet that was not filed, and what to do."""
    pages = () if sheet.page is None or sheet.pages <= 1 else (sheet.page + 1,)
    return f"{place_words(sheet.file, pages)}: {sentence(sheet.why)}"
