"""All that a shop holds of one person, on paper: what LGPD art. 18 lets the person ask for."""

from osdesk import texts
from osdesk.documents.customers.letter import STYLES, draw_letter
from osdesk.documents.kit.flow import Strip, space, text_strips
from osdesk.documents.kit.parts import document_text, field_rows, heading, joined, reais
from osdesk.domain.calendar import format_date, format_moment, load_zone, local_day
from osdesk.domain.views.orders import CustomerView, OrderView
from osdesk.domain.views.person import PersonData

TITLE = "Dados pessoais"
RIGHTS = (
    "Você pode pedir a correção do que estiver errado e, quando não houver ordem em aberto, valor "
    "pendente ou garantia em curso, que os seus dados sejam apagados (Lei 13.709/2018, art. 18). "
    "As ordens e os valores ficam, sem o seu nome, pelo prazo que a lei exige da loja. Senhas de "
    "aparelhos ficam cifradas, não constam deste documento e são apagadas depois da entrega."
)


def person_pdf(person: PersonData, *, logo: bytes | None) -> bytes:
    """The card, every order with what was typed of it, and how many files are kept; in A4."""
    customer = person.customer
    zone = load_zone(person.shop.zone)
    phones = _phones(customer)
    body: list[Strip] = [
        *text_strips(customer.name, STYLES.figure, STYLES),
        space(4),
        *_told("Documento", document_text(customer.document) if customer.document else None),
        *_told("Telefones", phones),
        *_told("E-mail", customer.email),
        *_told("Endereço", customer.address),
        *_told("Observações", customer.notes),
        *_told("Cadastrado em", format_date(local_day(customer.created_at, zone))),
        *_told(
            "Arquivos guardados",
            joined(
                texts.plural(person.files, "foto ou digitalização", "fotos ou digitalizações"),
                texts.plural(person.papers, "papel emitido", "papéis emitidos"),
            ),
        ),
    ]
    for each in person.merged:
        body += _told("Cadastro unido a este", _card(each))
    for order in person.orders:
        body += _order(order, person)
    body += [space(8), *text_strips(RIGHTS, STYLES.note, STYLES)]
    foot = f"Emitido em {format_moment(person.at, zone)}."
    return draw_letter(TITLE, person.shop, body, local_day(person.at, zone), foot, logo=logo)


def _phones(customer: CustomerView) -> str:
    return joined(*(joined(phone.number, phone.label, by=" ") for phone in customer.phones))


def _card(customer: CustomerView) -> str:
    """A record as it was before it was made one with another."""
    document = document_text(customer.document) if customer.document else None
    return joined(
        *(customer.name, document, _phones(customer)),
        *(customer.email, customer.address, customer.notes),
    )


def _order(order: OrderView, person: PersonData) -> list[Strip]:
    zone = load_zone(person.shop.zone)
    equipment, collected = order.equipment, order.collected
    strips = [
        space(4),
        *heading(f"OS {order.number}", STYLES),
        *field_rows(
            [
                ("Entrada", format_date(order.requested_on)),
                ("Situação", texts.STATUS[order.status]),
                ("Total", reais(order.total)),
                ("Pago", reais(order.paid)),
            ],
            STYLES,
        ),
        *_told("Equipamento", equipment.title),
        *_told("Nº de série ou IMEI", joined(equipment.serial, equipment.imei2)),
        *_told("Acessórios", equipment.accessories),
        *_told("Estado", equipment.condition),
        *_told("Motivo", order.reason),
        *_told(
            "Checklist",
            joined(*(f"{question} {answer}" for question, answer in order.checklist.items())),
        ),
        *_told("Diagnóstico", order.diagnosis),
        *_told("Laudo", order.report),
        *_told("Observações", order.notes),
        *_told("Aprovado por", order.approval.by if order.approval else None),
        *_told("Retirado por", joined(collected.by, collected.document) if collected else None),
    ]
    for note in order.log:
        strips += _told(f"Nota de {format_moment(note.at, zone)}", note.body)
    for notice in order.notices:
        strips += _told(f"Aviso de {format_moment(notice.at, zone)}", notice.body)
    return strips


def _told(name: str, value: str | None) -> list[Strip]:
    """A name and its text, as long as it is; nothing where there is none."""
    return text_strips(f"{name}: {value}", STYLES.text, STYLES) if value else []
