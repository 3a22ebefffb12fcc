"""What is asked at intake of each kind of equipment, and which kind a typed word means."""

from dataclasses import dataclass

from osdesk.domain.text import fold

YES, NO, UNTESTED = "sim", "não", "não testado"
"""The answers that are one key; any other text is an answer too."""
QUESTIONS_LIMIT = 60
"""More than that nobody answers at a counter."""


@dataclass(frozen=True)
class KindChecklist:
    kind: str
    """The kind as a shop writes it."""
    words: tuple[str, ...]
    """Folded words or phrases that mean it."""
    questions: tuple[str, ...]


DEFAULTS: tuple[KindChecklist, ...] = (
    KindChecklist(
        "Celular",
        ("celular", "smartphone", "telefone", "iphone"),
        (
            "Liga?",
            "Tela sem trincas?",
            "Toque responde em toda a tela?",
            "Carrega?",
            "Câmeras funcionam?",
            "Som e microfone funcionam?",
            "Sinal de molhado?",
            "Chip e cartão de memória retirados?",
            "Conta do cliente será removida (iCloud/Google)?",
            "Cópia dos dados feita pelo cliente?",
        ),
    ),
    KindChecklist(
        "Notebook",
        ("notebook", "laptop", "ultrabook", "macbook"),
        (
            "Liga?",
            "Tela sem trincas nem manchas?",
            "Teclado e touchpad funcionam?",
            "Carregador veio junto?",
            "Bateria segura carga?",
            "Dobradiças firmes?",
            "Entradas USB funcionam?",
            "Sinal de líquido?",
            "Cópia dos dados feita pelo cliente?",
        ),
    ),
    KindChecklist(
        "TV",
        ("tv", "televisor", "televisao", "smart tv"),
        (
            "Liga?",
            "Tela sem trincas?",
            "Tem imagem?",
            "Tem som?",
            "Controle remoto veio junto?",
            "Base ou suporte veio junto?",
            "Entradas HDMI funcionam?",
            "Gabinete sem quebras?",
        ),
    ),
    KindChecklist(
        "Lavadora",
        ("lavadora", "maquina de lavar", "lava e seca", "tanquinho", "lava roupas"),
        (
            "Liga?",
            "Enche de água?",
            "Agita?",
            "Centrifuga?",
            "Escoa a água?",
            "Vazamento visível?",
            "Mangueiras vieram junto?",
            "Cabo de força e plugue em bom estado?",
            "Gabinete sem amassados nem ferrugem?",
        ),
    ),
    KindChecklist(
        "Impressora",
        ("impressora", "multifuncional", "plotter"),
        (
            "Liga?",
            "Puxa papel?",
            "Imprime página de teste?",
            "Digitaliza?",
            "Cartuchos ou toner instalados?",
            "Cabo de força e USB vieram junto?",
            "Vazamento de tinta?",
            "Bandejas completas?",
        ),
    ),
    KindChecklist(
        "Ferramenta",
        (
            *("ferramenta", "furadeira", "parafusadeira", "esmerilhadeira", "serra", "lixadeira"),
            *("martelete", "makita", "compressor"),
        ),
        (
            "Liga?",
            "Gira livre, sem ruído estranho?",
            "Mandril ou encaixe completo?",
            "Cabo de força e plugue em bom estado?",
            "Bateria e carregador vieram junto?",
            "Proteções e punho presentes?",
            "Carcaça sem trincas?",
        ),
    ),
)


def known_kind(kind: str) -> KindChecklist | None:
    """The list that a typed kind means: ``Smartphone Samsung`` is a phone."""
    typed = f" {fold(kind)} "
    found = [(len(word), each) for each in DEFAULTS for word in each.words if f" {word} " in typed]
    return max(found, key=lambda pair: pair[0])[1] if found else None
