"""The recovery sheet: the password of the backups on paper, and how to open one without us."""

from datetime import datetime

from osdesk.documents.customers.letter import STYLES, draw_letter
from osdesk.documents.kit import fonts
from osdesk.documents.kit.flow import Strip, space, text_strips
from osdesk.documents.kit.parts import heading
from osdesk.domain.calendar import format_date, load_zone
from osdesk.domain.views.shop import ShopView

TITLE = "Folha de recuperação"
GUARD = (
    "Esta é a senha dos backups da loja. Sem ela ninguém os abre: nem quem achar o pendrive, nem "
    "você, nem quem fez o programa. Guarde esta folha fora da loja, com os seus documentos, e não "
    "a fotografe."
)
NEW_COMPUTER = (
    "Instale o osdesk e abra. Nas boas-vindas, escolha “Restaurar de um backup…”, aponte o arquivo "
    "osdesk-DATA.zip mais novo do pendrive e digite a senha; traços e maiúsculas tanto faz."
)
WITHOUT_US = (
    "Instale o 7-Zip (7-zip.org), abra com ele o arquivo osdesk-DATA.zip e digite a senha como "
    "está acima, com os traços. Na pasta export estão as ordens, os clientes e os pagamentos em "
    "CSV, que o Excel e o LibreOffice abrem; em files, as fotos; em papers, os documentos."
)
CHANGED = (
    "Os backups de antes continuam com a senha de antes: guarde as duas folhas enquanto houver "
    "backups das duas."
)
STEPS = {
    "Num computador novo": NEW_COMPUTER,
    "Sem o osdesk": WITHOUT_US,
    "Se a senha mudar": CHANGED,
}


def backup_sheet_pdf(password: str, shop: ShopView, now: datetime, *, logo: bytes | None) -> bytes:
    """One page in A4."""
    day = now.astimezone(load_zone(shop.zone)).date()
    large = STYLES.style(20, fonts.SEMIBOLD)
    body: list[Strip] = [
        *text_strips(GUARD, STYLES.text, STYLES),
        space(14),
        *text_strips(password, large, STYLES),
        space(4),
        *text_strips(
            "Letras e números, em cinco grupos de cinco. Não há zero nem letra O, nem um nem "
            "letra I.",
            STYLES.text,
            STYLES,
        ),
        space(12),
    ]
    for title, words in STEPS.items():
        body += [*heading(title, STYLES), *text_strips(words, STYLES.text, STYLES), space(8)]
    foot = f"Impressa em {format_date(day)}."
    return draw_letter(TITLE, shop, body, day, foot, logo=logo)
