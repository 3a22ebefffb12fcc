"""What a column is, by the name that other programs give it."""

import re
from collections.abc import Mapping, Sequence

from osdesk.domain.arrivals import Given
from osdesk.domain.codes import ImportKind
from osdesk.domain.errors import UserError
from osdesk.domain.text import fold
from osdesk.interchange.incoming.tables import Cell, Row
from osdesk.interchange.incoming.values import money_of, text_of

_PERSON: dict[str, str] = {
    "customer.name": (
        "nome|cliente|nome do cliente|nome cliente|nome completo|razao social|nome razao social|"
        "nome fantasia|fantasia|consumidor|name|customer|contato"
    ),
    "customer.phones": (
        "telefone|telefones|fone|fones|celular|celulares|whatsapp|whats|zap|tel|contatos|"
        "telefone celular|telefone fixo|telefone residencial|telefone comercial|numero de telefone|"
        "fone celular|fone residencial|telefone do cliente|celular do cliente|fone cliente|phone|"
        "telefone whatsapp|celular whatsapp|recado|telefone recado|telefone para recado|fixo"
    ),
    "customer.document": (
        "cpf|cnpj|cpf cnpj|cnpj cpf|cpf ou cnpj|documento|doc|cpf do cliente|cpf cliente|"
        "documento do cliente|cpf cnpj do cliente|document"
    ),
    "customer.email": "email|e mail|e mail do cliente|email do cliente|correio eletronico",
    "customer.address": "endereco|endereco completo|endereco do cliente|logradouro|rua|address",
    "address.number": "numero endereco|numero do endereco|num endereco|numero casa|n casa",
    "address.complement": "complemento|compl",
    "address.district": "bairro",
    "address.city": "cidade|municipio|localidade",
    "address.state": "estado|uf",
    "address.zip": "cep|codigo postal",
}
_NOTES = (
    "observacoes do cliente|observacao do cliente|obs do cliente|obs cliente|anotacoes do cliente"
)
_KINDS: dict[ImportKind, dict[str, str]] = {
    ImportKind.CUSTOMERS: {
        **_PERSON,
        "key": "id|codigo|cod|codigo do cliente|id cliente|matricula",
        "customer.notes": (
            f"observacoes|observacao|obs|anotacoes|notas|comentarios|notes|{_NOTES}"
        ),
    },
    ImportKind.CATALOG: {
        "description": (
            "descricao|produto|servico|nome|item|nome do produto|descricao do produto|mercadoria|"
            "nome do servico|descricao do servico|peca|material|description|produto servico"
        ),
        "kind": "tipo|kind|tipo do item|categoria|natureza",
        "unit": "unidade|un|und|unid|unidade de medida|unit|medida",
        "unit_price": (
            "preco|valor|preco de venda|valor de venda|venda|preco venda|valor unitario|"
            "preco unitario|valor venda|pvp|price|preco r|valor r|preco final|preco a vista"
        ),
        "unit_cost": (
            "custo|preco de custo|valor de custo|preco custo|custo unitario|valor custo|compra|"
            "preco de compra|custo r|cost|preco compra"
        ),
        "warranty_days": "garantia|garantia dias|dias de garantia|prazo de garantia",
        "part_condition": "condicao|estado|estado da peca|condicao da peca",
        "active": "ativo|ativa|em uso|situacao|status",
        "key": "id|codigo|cod|codigo do produto|id produto|referencia|ref|sku",
    },
    ImportKind.ORDERS: {
        **_PERSON,
        "customer.notes": _NOTES,
        "number": (
            "os|n os|no os|numero os|numero da os|num os|n da os|ordem|ordem de servico|numero|"
            "n|no|num|numero da ordem|id os|nro os|nr os|codigo os|cod os|n ordem|protocolo|id|"
            "codigo|numero os sistema|number"
        ),
        "equipment.kind": (
            "aparelho|equipamento|tipo|tipo de aparelho|tipo de equipamento|tipo do aparelho|"
            "tipo do equipamento|produto|descricao do produto|descricao do aparelho|objeto|"
            "descricao do equipamento|tipo aparelho|tipo equipamento|equipment"
        ),
        "equipment.brand": (
            "marca|fabricante|marca do aparelho|marca do equipamento|brand|marca aparelho"
        ),
        "equipment.model": (
            "modelo|modelo do aparelho|modelo do equipamento|model|modelo aparelho"
        ),
        "equipment.serial": (
            "serie|n de serie|no de serie|numero de serie|n serie|num serie|serial|imei|"
            "numero serie|imei serie|serie imei|imei 1|imei1|no serie|nr serie|serial number"
        ),
        "equipment.imei2": "imei 2|imei2|segundo imei",
        "equipment.colour": "cor|color|cor do aparelho",
        "equipment.accessories": "acessorios|acessorio|itens deixados|accessories",
        "equipment.condition": (
            "condicao|condicoes|estado|estado do aparelho|estado de conservacao|avarias|"
            "estado na entrada|condicao de entrada|conservacao"
        ),
        "service_type": (
            "tipo de servico|tipo servico|tipo de atendimento|tipo da os|categoria|modalidade"
        ),
        "reason": (
            "defeito|motivo|problema|reclamacao|defeito relatado|defeito informado|"
            "problema relatado|defeito reclamado|queixa|sintoma|defeito apresentado|solicitacao|"
            "defeito declarado|relato do cliente|descricao do problema|descricao do defeito|reason"
        ),
        "status": "situacao|status|estado da os|situacao da os|status da os|andamento|fase",
        "technician": (
            "tecnico|responsavel|tecnico responsavel|executante|responsavel tecnico|technician"
        ),
        "attendant": "atendente|vendedor|recebido por|usuario|cadastrado por|recepcionista",
        "requested_at": (
            "entrada|data de entrada|data entrada|data|data inicial|abertura|data de abertura|"
            "data abertura|data da os|emissao|data de emissao|recebido em|data inicio|dt entrada|"
            "data de inicio|criado em|data de cadastro|data do servico|entrou em|dt abertura"
        ),
        "promised_on": (
            "prometida|prometido|previsao|data prevista|previsao de entrega|prazo|data prometida|"
            "prometido para|entrega prevista|data da previsao|prometida para|previsao entrega|"
            "data de previsao|prazo de entrega"
        ),
        "ready_on": (
            "pronta em|pronto em|data de conclusao|conclusao|data conclusao|concluida em|"
            "concluido em|finalizada em|finalizado em|data final|data de finalizacao|termino|"
            "data do termino|data termino"
        ),
        "delivered_on": (
            "entregue em|data de entrega|data entrega|entrega|saida|data de saida|data saida|"
            "retirada|data de retirada|retirado em|data retirada|dt saida|dt entrega"
        ),
        "warranty": "garantia|dias de garantia|garantia dias|prazo de garantia|garantia ate",
        "diagnosis": "diagnostico|defeito constatado|defeito encontrado|analise",
        "report": (
            "laudo|laudo tecnico|solucao|servico executado|servicos executados|servico realizado|"
            "servicos realizados|parecer|parecer tecnico|conclusao do servico|o que foi feito"
        ),
        "notes": "observacoes|observacao|obs|anotacoes|notas|comentarios|observacoes internas",
        "items": "servicos e materiais|servicos|servico|itens|descricao do servico|descricao",
        "labor": (
            "mao de obra|valor mao de obra|valor da mao de obra|total servicos|valor servicos|"
            "valor dos servicos|total de servicos|valor do servico|valor servico|mao de obra r"
        ),
        "parts": (
            "materiais|pecas|valor pecas|valor das pecas|total pecas|total produtos|materiais r|"
            "valor produtos|valor dos produtos|valor materiais|total de pecas|total de produtos|"
            "material|produtos"
        ),
        "discount": "desconto|valor desconto|valor do desconto|descontos|desconto r",
        "total": (
            "total|valor|valor total|total da os|valor da os|total geral|total r|valor r|"
            "valor final|preco|total liquido|valor total r|valor os"
        ),
        "paid": (
            "pago|valor pago|recebido|valor recebido|total pago|pago r|entrada r|sinal|"
            "adiantamento|valor de entrada|total recebido|ja pago"
        ),
        "balance": (
            "saldo|saldo devedor|a receber|restante|em aberto|valor em aberto|falta pagar|saldo r|"
            "debito|devendo|valor devido|divida|a pagar|valor a receber|valor restante|pendente"
        ),
        "due_on": "vencimento|data de vencimento|data vencimento|vence em|vencto|dt vencimento",
        "method": (
            "forma de pagamento|forma pagamento|forma de pgto|forma pgto|pagamento|forma|"
            "meio de pagamento|tipo de pagamento|condicao de pagamento"
        ),
        "paid_on": (
            "data de pagamento|data do pagamento|data pagamento|pago em|data pgto|recebido em data|"
            "dt pagamento|data do recebimento|data de recebimento"
        ),
        "slot": "prateleira|local|localizacao|posicao|gaveta|estante|escaninho",
        "priority": "prioridade|urgencia",
        "external_ref": "referencia externa|referencia|ref|codigo externo",
    },
}
REPEATED = frozenset({"customer.phones", "customer.notes", "notes"})
"""Targets that several columns may have: the others go to the first."""


def targets(kind: ImportKind) -> list[str]:
    """What a column of such a file can be, in the order in which it is offered."""
    return list(_KINDS[kind])


def _plain(title: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(title).replace("º", "").replace("°", "")))


def _names(kind: ImportKind) -> dict[str, str]:
    return {name: target for target, names in _KINDS[kind].items() for name in names.split("|")}


def recognised(kind: ImportKind, titles: Sequence[str]) -> dict[int, str]:
    """Places of the columns that are known, and what each is. ``Telefone 2`` is a telephone."""
    names = _names(kind)
    found: dict[int, str] = {}
    for place, title in enumerate(titles):
        plain = _plain(title)
        target = names.get(plain)
        if target is None:
            shorter = re.sub(r"(^| )\d+$", "", plain)
            target = names.get(shorter)
            if target not in REPEATED:
                target = None
        if target is not None and (target in REPEATED or target not in found.values()):
            found[place] = target
    return found


def guessed(rows: Sequence[Row]) -> dict[int, str]:
    """Columns of a price list without a head: the first of words and the first of amounts. Nothing
    where there are not both."""
    width = max((len(row) for _, row in rows), default=0)
    found: dict[int, str] = {}
    for place in range(width):
        cells = [row[place] for _, row in rows if place < len(row) and text_of(row[place])]
        prices = sum(_is_price(cell) for cell in cells)
        target = "unit_price" if prices * 2 > len(cells) else "description"
        if cells and target not in found.values():
            found[place] = target
    return found if len(found) == 2 else {}


def _is_price(cell: Cell) -> bool:
    try:
        return money_of(cell, "unit_price") is not None
    except UserError:
        return False


HEAD_WITHIN = 20
"""Rows among which the head is looked for: reports have a title above it."""


def head_of(kind: ImportKind, rows: Sequence[Row]) -> int:
    """The place, among the first rows, of the one that names the columns: the one of which most
    is known; the first that has words where none is."""
    best, score, first = 0, 0, None
    for place, (_, row) in enumerate(rows[:HEAD_WITHIN]):
        titles = [text_of(cell) for cell in row]
        if first is None and any(titles):
            first = place
        found = len(recognised(kind, titles))
        if found > score:
            best, score = place, found
    return best if score else first or 0


def titles_of(row: Sequence[Cell]) -> list[str]:
    """Names of the columns; one without a name has its letter, as in a spreadsheet."""
    return [text_of(cell) or f"Coluna {letter(place)}" for place, cell in enumerate(row)]


def letter(place: int) -> str:
    """``A`` to ``Z``, then ``AA``."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def mapped(
    found: dict[int, str], titles: Sequence[str], chosen: Mapping[str, str | None]
) -> dict[int, str]:
    """The columns that are known, and those that a person chose by their names; None: not used."""
    for place, title in enumerate(titles):
        if title in chosen:
            found.pop(place, None)
            target = chosen[title]
            if target is not None:
                if target not in REPEATED:
                    found = {at: what for at, what in found.items() if what != target}
                found[place] = target
    return dict(sorted(found.items()))


def given(
    titles: Sequence[str], places: Mapping[int, str], examples: Sequence[Sequence[Cell]]
) -> tuple[Given, ...]:
    return tuple(
        Given(
            title,
            places.get(place),
            tuple(text for row in examples if place < len(row) and (text := text_of(row[place])))[
                :3
            ],
        )
        for place, title in enumerate(titles)
    )
