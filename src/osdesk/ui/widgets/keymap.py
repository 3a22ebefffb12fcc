"""Which key does what. The program names its keys by those it comes with; where a shop has chosen
another one, that stands in its place: on the button, in the hints, and where it is pressed.

What is chosen counts from the next opening of the window on, so that no hint is ever wrong.
"""

import re
from collections.abc import Mapping

from PySide6.QtGui import QKeyEvent, QKeySequence

from osdesk.domain.errors import UserError

KEYS: Mapping[str, str] = {
    "F2": "Nova OS",
    "F3": "Buscar",
    "F4": "Próximo passo da OS",
    "F5": "Atualizar o que está na tela",
    "F6": "Mais passos da OS; conta do cliente",
    "F7": "Aceitar a sugestão de preço e prazo; mostrar o Pix",
    "F8": "Receber",
    "F9": "Imprimir",
    "Shift+F9": "Escolher o que imprimir",
    "F10": "Anotar",
    "F11": "Avisar o cliente; carta de cobrança",
    "Ctrl+S": "Salvar",
    "Ctrl+Shift+S": "Salvar e abrir outra para este cliente",
    "Ctrl+K": "Ações: tudo o que se pode fazer agora",
    "Ctrl+Shift+A": "Arquivar vias assinadas",
    "Ctrl+R": "Continuar o rascunho",
    "Ctrl+G": "Retorno em garantia",
    "Ctrl+O": "O que se oferece do cliente; escolher arquivos",
    "Ctrl+L": "Filtrar por técnico",
    "Ctrl+Shift+L": "Mostrar as ordens de todos",
    "Ctrl+T": "Trocar o técnico",
    "Ctrl+Shift+E": "Trocar a etapa",
    "Ctrl+Shift+P": "Trocar a prioridade",
    "Ctrl+1": "Ir para Ordens",
    "Ctrl+2": "Ir para Painel",
    "Ctrl+3": "Ir para Clientes",
    "Ctrl+4": "Ir para Catálogo",
    "Ctrl+5": "Ir para Relatórios",
    "Ctrl+6": "Ir para Configurações",
}
"""Keys that can be changed, by those the program comes with, and what they do."""
TAKEN = frozenset(
    {
        *("Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+A"),
        *("Ctrl+Shift+C", "Ctrl+Shift+O", "Ctrl+N", "Ctrl+F", "Ctrl+P"),
        *("Ctrl+Return", "Ctrl+Enter", "Ctrl+PgUp", "Ctrl+PgDown", "Ctrl+Home", "Ctrl+End"),
        *("Ctrl+Left", "Ctrl+Right", "Ctrl+Up", "Ctrl+Down", "Ctrl+Backspace", "Ctrl+Del"),
        *("Ctrl+Ins", "Shift+Ins", "Shift+Del", "Ctrl+E", "Ctrl+U", "Alt+F4", "F1"),
        *("Alt+S", "Alt+A", "Alt+W", "Alt+Q", "Alt+P"),
    }
)
"""What fields, tables and panes need for themselves, what goes on to mean the same, and help."""
FUNCTION = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)*F(?:[1-9]|1[0-2])")
LETTER = re.compile(r"(?:Ctrl|Alt)\+(?:Alt\+)?(?:Shift\+)?[A-Z0-9]")
TOLD = re.compile(r"(?:(?:Ctrl|Shift|Alt)\+)*\b(?:F\d{1,2}|(?<=\+)[A-Z0-9]\b)")

_own: dict[str, str] = {}


def use(own: Mapping[str, str]) -> None:
    """Take a shop's keys, by the default ones; what cannot be used is passed over."""
    _own.clear()
    _own.update(own)
    found: dict[str, str] = {}
    while found != _own:  # what is passed over may have been another's room
        found = dict(_own)
        for default, wanted in found.items():
            try:
                _own[default] = checked(default, wanted, _own)
            except UserError:
                del _own[default]


def checked(default: str, wanted: str, own: Mapping[str, str]) -> str:
    """The key as it is written here, where it may stand for ``default`` beside the ``own`` ones.

    Raises UserError ``key_unknown``, ``key_needed``, ``key_taken`` (with whose it is).
    """
    key = QKeySequence(wanted).toString()
    if default not in KEYS or not (FUNCTION.fullmatch(key) or LETTER.fullmatch(key)):
        raise UserError("key_unknown", value=key or wanted)
    if key in TAKEN:
        raise UserError("key_needed", value=key)
    for other in KEYS:
        if other != default and own.get(other, other) == key:
            raise UserError("key_taken", value=key, name=KEYS[other])
    return key


def key(default: str) -> str:
    """The key that does now what ``default`` does in a new shop."""
    return _own.get(default, default)


def sequence(default: str) -> QKeySequence:
    return QKeySequence(key(default))


def pressed(event: QKeyEvent, default: str) -> bool:
    return QKeySequence(event.keyCombination()) == sequence(default)


def words(text: str) -> str:
    """A text of the program with the keys that it names as they are now."""
    return TOLD.sub(lambda found: key(found.group()), text) if _own else text
