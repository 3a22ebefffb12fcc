"""What each stored code is called on screen and on paper."""

from collections.abc import Iterator, Mapping

from osdesk.domain.codes import (
    AccessCodeKind,
    ApprovalVia,
    ChargeKind,
    EventCode,
    ItemKind,
    NoticeChannel,
    Paper,
    PaperFormat,
    PartCondition,
    PaymentKind,
    PaymentMethod,
    Priority,
    QuoteStatus,
    Role,
)
from osdesk.domain.orders.status import OrderFilter, Status

STATUS: Mapping[Status, str] = {
    Status.RECEIVED: "Recebida",
    Status.IN_DIAGNOSIS: "Em diagnóstico",
    Status.AWAITING_APPROVAL: "Aguardando aprovação",
    Status.APPROVED: "Aprovada",
    Status.IN_PROGRESS: "Em andamento",
    Status.AWAITING_PART: "Aguardando peça",
    Status.READY: "Pronta para retirada",
    Status.DELIVERED: "Entregue",
    Status.DECLINED: "Orçamento recusado",
    Status.UNREPAIRABLE: "Sem conserto",
    Status.RETURNED: "Devolvida sem serviço",
    Status.CANCELLED: "Cancelada",
}

STEP_VERB: Mapping[Status, str] = {
    Status.RECEIVED: "Receber",
    Status.IN_DIAGNOSIS: "Iniciar diagnóstico",
    Status.AWAITING_APPROVAL: "Enviar orçamento",
    Status.APPROVED: "Registrar aprovação",
    Status.IN_PROGRESS: "Iniciar serviço",
    Status.AWAITING_PART: "Aguardar peça",
    Status.READY: "Marcar como pronta",
    Status.DELIVERED: "Entregar",
    Status.DECLINED: "Registrar recusa",
    Status.UNREPAIRABLE: "Marcar sem conserto",
    Status.RETURNED: "Devolver sem serviço",
    Status.CANCELLED: "Cancelar OS",
}
"""What the button of a step says."""

FILTER: Mapping[OrderFilter, str] = {
    OrderFilter.OPEN: "Abertas",
    OrderFilter.IN_PROGRESS: "Em andamento",
    OrderFilter.LATE: "Atrasadas",
    OrderFilter.AWAITING_APPROVAL: "Aguardando aprovação",
    OrderFilter.READY: "Prontas",
    OrderFilter.FINISHED: "Finalizadas",
    OrderFilter.RECEIVABLE: "A receber",
    OrderFilter.ALL: "Todas",
}

PAYMENT_KIND: Mapping[PaymentKind, str] = {
    PaymentKind.PAYMENT: "Pagamento",
    PaymentKind.REVERSAL: "Estorno",
    PaymentKind.REFUND: "Devolução",
}

CHARGE_KIND: Mapping[ChargeKind, str] = {
    ChargeKind.ALLOWANCE: "Abatimento",
    ChargeKind.LATE_FEES: "Encargos de atraso",
}

METHOD: Mapping[PaymentMethod, str] = {
    PaymentMethod.CASH: "Dinheiro",
    PaymentMethod.PIX: "Pix",
    PaymentMethod.DEBIT: "Cartão de débito",
    PaymentMethod.CREDIT: "Cartão de crédito",
    PaymentMethod.TRANSFER: "Transferência",
    PaymentMethod.BOLETO: "Boleto",
    PaymentMethod.CHEQUE: "Cheque",
}

METHOD_WITH: Mapping[PaymentMethod, str] = {
    PaymentMethod.CASH: "em dinheiro",
    PaymentMethod.PIX: "por Pix",
    PaymentMethod.DEBIT: "com cartão de débito",
    PaymentMethod.CREDIT: "com cartão de crédito",
    PaymentMethod.TRANSFER: "por transferência",
    PaymentMethod.BOLETO: "por boleto",
    PaymentMethod.CHEQUE: "em cheque",
}

METHOD_INSIDE: Mapping[PaymentMethod, str] = {
    method: words if method is PaymentMethod.PIX else words[0].lower() + words[1:]
    for method, words in METHOD.items()
}
"""Inside a sentence: ``Recebido R$ 50,00 em dinheiro``; Pix is a name."""

VIA: Mapping[ApprovalVia, str] = {
    ApprovalVia.COUNTER: "no balcão",
    ApprovalVia.PHONE: "por telefone",
    ApprovalVia.WHATSAPP: "por WhatsApp",
    ApprovalVia.EMAIL: "por e-mail",
    ApprovalVia.PAPER: "em papel",
}

ITEM_KIND: Mapping[ItemKind, str] = {ItemKind.SERVICE: "Serviço", ItemKind.PART: "Material"}

PART_CONDITION: Mapping[PartCondition, str] = {
    PartCondition.NEW_ORIGINAL: "nova original",
    PartCondition.NEW_EQUIVALENT: "nova equivalente",
    PartCondition.RECONDITIONED: "recondicionada",
    PartCondition.USED: "usada",
}

PRIORITY: Mapping[Priority, str] = {
    Priority.LOW: "Baixa",
    Priority.NORMAL: "Normal",
    Priority.HIGH: "Alta",
    Priority.URGENT: "Urgente",
}

ROLE: Mapping[Role, str] = {
    Role.OWNER: "dono",
    Role.ATTENDANT: "atendente",
    Role.TECHNICIAN: "técnico",
}

QUOTE: Mapping[QuoteStatus, str] = {
    QuoteStatus.DRAFT: "rascunho",
    QuoteStatus.SENT: "enviado",
    QuoteStatus.APPROVED: "aprovado",
    QuoteStatus.REFUSED: "recusado",
    QuoteStatus.SUPERSEDED: "substituído",
}


class _PaperNames(Mapping[Paper, str]):
    """From the facts of the papers, which are not read before a paper is named: the first list
    names none."""

    def __getitem__(self, paper: Paper) -> str:
        from osdesk.domain.papers.facts import PAPERS

        return PAPERS[paper].name

    def __iter__(self) -> Iterator[Paper]:
        return iter(Paper)

    def __len__(self) -> int:
        return len(Paper)


PAPER: Mapping[Paper, str] = _PaperNames()

VERIFICATION: Mapping[str, str] = {
    "equal": "{paper} {number}, versão {version}, de {day}: o registro é igual ao documento.",
    "changed": (
        "{paper} {number}, versão {version}, de {day}: o registro mudou depois ({changed})."
    ),
    "changed_terms": (
        "{paper} {number}, versão {version}, de {day}: os termos da loja mudaram depois da "
        "emissão; o resto do registro é igual. Vale o texto do papel."
    ),
    "changed_customer": (
        "{paper} {number}, versão {version}, de {day}: o cadastro do cliente mudou depois da "
        "emissão; o resto do registro é igual."
    ),
    "changed_card_and_terms": (
        "{paper} {number}, versão {version}, de {day}: o cadastro do cliente e os termos da "
        "loja mudaram depois da emissão; o resto do registro é igual."
    ),
    "anonymised": (
        "{paper} {number}, versão {version}, de {day}: anonimizada. Os dados do cliente foram "
        "apagados a pedido; a impressão digital do documento confere com a registrada."
    ),
    "unknown": "{paper} {number}, versão {version}: não foi emitido por esta loja.",
    "foreign": "O código não é de um documento do osdesk.",
    "unreadable": "Nenhum código de documento pôde ser lido no arquivo.",
}

NOTICE_CHANNEL: Mapping[NoticeChannel, str] = {
    NoticeChannel.WHATSAPP: "WhatsApp",
    NoticeChannel.PHONE: "telefone",
    NoticeChannel.EMAIL: "e-mail",
    NoticeChannel.LETTER: "carta",
    NoticeChannel.COUNTER: "balcão",
}

ACCESS_CODE: Mapping[AccessCodeKind, str] = {
    AccessCodeKind.PIN: "PIN",
    AccessCodeKind.PATTERN: "Padrão",
    AccessCodeKind.PASSWORD: "Senha",
    AccessCodeKind.NOT_INFORMED: "Cliente não informou",
}

FORMAT: Mapping[PaperFormat, str] = {
    PaperFormat.A4_HALF: "A4, duas vias",
    PaperFormat.A4: "A4, folha inteira",
    PaperFormat.ROLL_80: "Bobina de 80 mm",
    PaperFormat.ROLL_58: "Bobina de 58 mm",
    PaperFormat.LABEL_62: "Etiqueta de 62 × 29 mm",
    PaperFormat.LABEL_50: "Etiqueta de 50 × 30 mm",
}

COVERED: Mapping[str, str] = {
    "customer": "cliente",
    "equipment": "equipamento",
    "items": "serviços e materiais",
    "discount": "desconto",
    "fee": "taxa combinada",
    "service_type": "tipo de serviço",
    "reason": "motivo",
    "accessories": "acessórios",
    "requested_at": "data de entrada",
    "promised_on": "data prometida",
    "promised_time": "hora prometida",
    "checklist": "checklist",
    "terms": "termos",
    "late_rates": "multa e juros por atraso",
    "report": "laudo",
    "delivered_on": "data de entrega",
    "collected_by": "quem retirou",
    "collected_document": "documento de quem retirou",
    "warranty_until": "fim da garantia",
    "ceiling": "valor autorizado na entrada",
    "allowance": "abatimento",
    "late_fees": "encargos de atraso",
    "fields": "dados citados nos termos",
    "start_on": "data de início",
    "valid_until": "validade",
    "payment_terms": "condições de pagamento",
    "outcome": "resultado do atendimento",
    "refusal": "motivo da recusa",
    "returned_on": "data de devolução",
    "waits_since": "desde quando espera a retirada",
    "pick_up_days": "prazo de retirada",
    "notices": "avisos dados",
    "status": "situação",
    "technician": "responsável",
    "attendant": "atendente",
    "ready_on": "data em que ficou pronta",
    "cancelled_on": "data do cancelamento",
    "diagnosis": "diagnóstico",
    "due_on": "vencimento",
    "quote": "orçamento",
    "approval": "aprovação",
    "used_parts_authorized_by": "autorização de peça usada",
    "warranty_return_of": "OS de origem da garantia",
    "payments": "pagamentos",
    "instalments": "parcelas",
    "log": "anotações para o cliente",
    "priority": "prioridade",
    "slot": "prateleira",
    "notes": "observações",
    "payer": "pagador",
    "document": "documento do pagador",
    "amount": "valor",
    "method": "forma de pagamento",
    "date": "data",
}
"""What an issued paper covers, by the keys of its canonical JSON."""

EVENT: Mapping[EventCode, str] = {
    EventCode.ORDER_OPENED: "OS aberta",
    EventCode.ORDER_CHANGED: "OS alterada",
    EventCode.PRICE_LOWERED: "Preço reduzido",
    EventCode.WITHIN_CEILING: "Mudança dentro do valor autorizado",
    EventCode.MOVED: "Situação alterada",
    EventCode.REOPENED: "OS reaberta",
    EventCode.QUOTE_ISSUED: "Orçamento emitido",
    EventCode.APPROVED: "Orçamento aprovado",
    EventCode.PAID: "Pagamento recebido",
    EventCode.REVERSED: "Pagamento estornado",
    EventCode.REFUNDED: "Dinheiro devolvido",
    EventCode.LATE_FEES: "Encargos de atraso",
    EventCode.PAPER_ISSUED: "Documento emitido",
    EventCode.CUSTOMER_ADDED: "Cliente cadastrado",
    EventCode.CUSTOMER_CHANGED: "Cliente alterado",
    EventCode.CUSTOMER_ANONYMISED: "Cliente anonimizado",
    EventCode.CUSTOMER_MERGED: "Cadastro do cliente unido a outro",
    EventCode.CUSTOMER_UNMERGED: "União de cadastros desfeita",
    EventCode.CATALOG_CHANGED: "Catálogo alterado",
    EventCode.STAFF_CHANGED: "Equipe alterada",
    EventCode.SHOP_CHANGED: "Configurações alteradas",
    EventCode.RESTORED: "Backup restaurado",
    EventCode.NOTE_ADDED: "Anotação feita",
    EventCode.FILE_ADDED: "Arquivo anexado",
    EventCode.FILE_REMOVED: "Arquivo retirado",
    EventCode.SIGNED: "Via assinada arquivada",
    EventCode.ACCESS_CODE_SET: "Senha do aparelho anotada",
    EventCode.ACCESS_CODE_SEEN: "Senha do aparelho consultada",
    EventCode.ACCESS_CODE_WIPED: "Senha do aparelho apagada",
    EventCode.NOTICE_GIVEN: "Cliente avisado",
    EventCode.IMPORTED: "Dados trazidos de outro sistema",
    EventCode.IMPORT_UNDONE: "Importação desfeita",
    EventCode.ORDER_IMPORTED: "OS trazida de outro sistema",
    EventCode.CUSTOMER_IMPORTED: "Cliente trazido de outro sistema",
    EventCode.MONTH_CLOSED: "Mês fechado",
    EventCode.MONTH_REOPENED: "Mês reaberto",
}

FIGURE: Mapping[str, tuple[str, str]] = {
    "opened": ("Abertas", "por data de entrada"),
    "finished": ("Ficaram prontas", "por data em que ficou pronta"),
    "delivered": ("Entregues", "por data de entrega"),
    "cancelled": ("Canceladas", "por data do cancelamento"),
    "late": ("Prontas com atraso", "por data em que ficou pronta"),
    "mean_late_days": ("Atraso médio", "por data em que ficou pronta"),
    "late_open": ("Prometidas e não prontas", "no fim do período"),
    "mean_days_to_ready": ("Da entrada até ficar pronta", "por data em que ficou pronta"),
    "labor": ("Mão de obra", "por data de entrega"),
    "parts": ("Materiais", "por data de entrega"),
    "discounts": ("Descontos", "por data de entrega"),
    "fees": ("Taxas de devolvidas", "por data da devolução sem serviço"),
    "allowances": ("Abatimentos", "por data do abatimento"),
    "revenue": ("Faturado", "por data de entrega"),
    "parts_cost": ("Custo das peças", "por data de entrega"),
    "service_cost": ("Custo dos serviços", "por data de entrega"),
    "cost_unknown": ("Materiais sem custo informado", "por data de entrega"),
    "margin": ("Margem", "por data de entrega"),
    "received": ("Recebido", "por data do recebimento"),
    "reversed": ("Estornado e devolvido", "por data do estorno ou da devolução"),
    "late_fees": ("Encargos de atraso", "por data do recebimento; não são faturamento"),
    "receivable": ("A receber", "saldo no fim do período"),
}
"""Figures of the month report: the name, and by which date it counts."""

AGE: Mapping[str, str] = {
    "not_due": "A vencer",
    "1-30": "Vencido há 1 a 30 dias",
    "31-60": "Vencido há 31 a 60 dias",
    "61-90": "Vencido há 61 a 90 dias",
    "over_90": "Vencido há mais de 90 dias",
    "not_delivered": "Prontas, ainda não entregues",
}

NOBODY = "Sem responsável"
