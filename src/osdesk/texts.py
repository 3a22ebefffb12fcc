"""Portuguese words shared by screens, papers and commands: names of codes, sentences of errors.

Codes are stored, words are only shown.
"""

from collections.abc import Mapping
from datetime import date

from osdesk.domain.calendar import format_date
from osdesk.domain.codes import (
    ApprovalVia,
    EventCode,
    ItemKind,
    Paper,
    PartCondition,
    PaymentMethod,
    Priority,
    QuoteStatus,
    Role,
)
from osdesk.domain.errors import UserError
from osdesk.domain.money import format_brl
from osdesk.domain.status import OrderFilter, PaymentState, Situation, Status

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

SITUATION: Mapping[Situation, str] = {
    Situation.LATE: "Atrasada",
    Situation.OPEN: "Em andamento",
    Situation.FINISHED: "Finalizada",
    Situation.UNSERVICED: "Sem serviço",
    Situation.CANCELLED: "Cancelada",
}

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

PAYMENT_STATE: Mapping[PaymentState, str] = {
    PaymentState.NONE: "sem cobrança",
    PaymentState.DUE: "em aberto",
    PaymentState.PARTLY_PAID: "paga em parte",
    PaymentState.PAID: "paga",
    PaymentState.OVERDUE: "vencida",
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

PAPER: Mapping[Paper, str] = {
    Paper.INTAKE: "Ordem de serviço",
    Paper.RECEIPT: "Recibo",
    Paper.DELIVERY: "Termo de entrega e garantia",
}

VERIFICATION: Mapping[str, str] = {
    "equal": "{paper} nº {number}, versão {version}, de {day}: o registro é igual ao documento.",
    "changed": (
        "{paper} nº {number}, versão {version}, de {day}: o registro mudou depois ({changed})."
    ),
    "unknown": "{paper} nº {number}, versão {version}: não foi emitido por esta loja.",
    "foreign": "O código não é de um documento do osdesk.",
    "unreadable": "Nenhum código de documento pôde ser lido no arquivo.",
}

COVERED: Mapping[str, str] = {
    "customer": "cliente",
    "equipment": "equipamento",
    "items": "serviços e materiais",
    "discount": "desconto",
    "fee": "taxa combinada",
    "service_type": "tipo de serviço",
    "reason": "motivo",
    "requested_at": "data de entrada",
    "promised_on": "data prometida",
    "promised_time": "hora prometida",
    "checklist": "checklist",
    "terms": "termos",
    "report": "laudo",
    "delivered_on": "data de entrega",
    "collected_by": "quem retirou",
    "collected_document": "documento de quem retirou",
    "warranty_until": "fim da garantia",
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
    EventCode.MOVED: "Situação alterada",
    EventCode.REOPENED: "OS reaberta",
    EventCode.QUOTE_ISSUED: "Orçamento emitido",
    EventCode.APPROVED: "Orçamento aprovado",
    EventCode.PAID: "Pagamento recebido",
    EventCode.REVERSED: "Pagamento estornado",
    EventCode.REFUNDED: "Dinheiro devolvido",
    EventCode.PAPER_ISSUED: "Documento emitido",
    EventCode.CUSTOMER_ADDED: "Cliente cadastrado",
    EventCode.CUSTOMER_CHANGED: "Cliente alterado",
    EventCode.CATALOG_CHANGED: "Catálogo alterado",
    EventCode.STAFF_CHANGED: "Equipe alterada",
    EventCode.SHOP_CHANGED: "Configurações alteradas",
    EventCode.RESTORED: "Backup restaurado",
}

ATTENTION: Mapping[str, str] = {
    "late": "atrasada",
    "due_today": "prometida para hoje",
    "quote_unanswered": "orçamento sem resposta",
    "quote_expired": "orçamento vencido",
    "not_collected": "pronta, não retirada",
    "overdue": "pagamento vencido",
}

FIGURE: Mapping[str, tuple[str, str]] = {
    "opened": ("Abertas", "por data de entrada"),
    "finished": ("Ficaram prontas", "por data em que ficou pronta"),
    "delivered": ("Entregues", "por data de entrega"),
    "cancelled": ("Canceladas", "por data do cancelamento"),
    "late": ("Com atraso", "por data em que ficou pronta ou de entrega"),
    "mean_late_days": ("Atraso médio", "por data em que ficou pronta ou de entrega"),
    "mean_days_to_ready": ("Da entrada até ficar pronta", "por data em que ficou pronta"),
    "labor": ("Mão de obra", "por data de entrega"),
    "parts": ("Materiais", "por data de entrega"),
    "discounts": ("Descontos", "por data de entrega"),
    "revenue": ("Faturado", "por data de entrega"),
    "parts_cost": ("Custo das peças", "por data de entrega"),
    "margin": ("Margem", "por data de entrega"),
    "received": ("Recebido", "por data do recebimento"),
    "reversed": ("Estornado e devolvido", "por data do estorno ou da devolução"),
    "receivable": ("A receber", "saldo no fim do período"),
}
"""Figures of the month report: the name, and by which date it counts."""

AGE: Mapping[str, str] = {
    "not_due": "A vencer",
    "1-30": "Vencido há 1 a 30 dias",
    "31-60": "Vencido há 31 a 60 dias",
    "61-90": "Vencido há 61 a 90 dias",
    "over_90": "Vencido há mais de 90 dias",
}

NOBODY = "Sem responsável"

FIELD: Mapping[str, str] = {
    "customer": "cliente",
    "customer.name": "nome do cliente",
    "customer.phones": "telefone",
    "customer.document": "CPF ou CNPJ",
    "customer.email": "e-mail",
    "customer.address": "endereço",
    "customer.notes": "observações do cliente",
    "equipment.kind": "tipo do equipamento",
    "equipment.brand": "marca",
    "equipment.model": "modelo",
    "equipment.serial": "nº de série ou IMEI",
    "equipment.imei2": "segundo IMEI",
    "equipment.colour": "cor",
    "equipment.accessories": "acessórios",
    "equipment.condition": "estado na entrada",
    "accessories": "acessórios",
    "condition": "estado na entrada",
    "service_type": "tipo de serviço",
    "reason": "motivo",
    "priority": "prioridade",
    "slot": "prateleira",
    "notes": "observações",
    "technician": "técnico responsável",
    "requested_at": "data de entrada",
    "start_on": "data de início",
    "promised_on": "data prometida",
    "promised_time": "hora prometida",
    "items": "serviços e materiais",
    "description": "descrição",
    "quantity": "quantidade",
    "unit": "unidade",
    "unit_price": "preço unitário",
    "unit_cost": "custo",
    "warranty_days": "dias de garantia",
    "discount": "desconto",
    "fee": "taxa combinada",
    "payment_terms": "condições de pagamento",
    "valid_until": "validade do orçamento",
    "due_on": "vencimento",
    "diagnosis": "diagnóstico",
    "report": "laudo",
    "external_ref": "referência externa",
    "checklist": "checklist",
    "change_reason": "motivo da alteração",
    "approved_by": "quem aprovou",
    "approved_via": "como aprovou",
    "collected_by": "quem retirou",
    "collected_document": "documento de quem retirou",
    "waiting_for": "peça esperada",
    "used_parts_authorized_by": "quem autorizou peça usada ou recondicionada",
    "name": "nome",
    "role": "função",
    "amount": "valor",
    "method": "forma de pagamento",
    "paid_on": "data do pagamento",
    "default_ddd": "DDD",
    "zone": "fuso horário",
    "document": "CPF ou CNPJ",
    "phones": "telefones",
    "email": "e-mail",
    "address": "endereço",
    "city": "cidade",
    "tagline": "descrição da loja",
    "next_number": "próximo número de OS",
    "quote_validity_days": "validade do orçamento",
    "pick_up_days": "prazo de retirada",
    "terms_intake": "termos de entrada",
    "terms_delivery": "termos de entrega",
    "kind": "tipo",
    "labor_total": "mão de obra",
    "parts_total": "materiais",
    "total": "total",
    "paid": "valor pago",
    "balance": "saldo",
    "order": "ordens de serviço",
    "receipt": "recibos",
}


def plural(count: int, one: str, many: str) -> str:
    """``1 ordem``, ``2.345 ordens``."""
    return f"{count:,} {one if count == 1 else many}".replace(",", ".")


def field_name(code: object) -> str:
    return FIELD.get(str(code), str(code))


def listing(codes: object) -> str:
    """Names of fields in one phrase: ``a, b e c``."""
    names = [field_name(code) for code in codes] if isinstance(codes, list | tuple) else []
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} e {names[-1]}"


def sentence(error: UserError) -> str:
    """What went wrong and what to do, in one sentence."""
    facts = {key: _shown(key, value) for key, value in error.data.items()}
    if "column" in facts:
        facts["field"] = f"{facts['column']} da linha {facts['row']}"
    template = SENTENCES.get(error.code)
    if template is None:
        return f"Não foi possível concluir ({error.code})."
    text = template.format_map(_Blank(facts))
    return text[0].upper() + text[1:]


class _Blank(dict[str, str]):
    """A fact that an error did not give reads as nothing."""

    def __missing__(self, key: str) -> str:
        return ""


SHOWN = 60
"""Letters of a wrong value that a sentence repeats."""
MONEY_FACTS = frozenset({"amount", "balance", "paid", "lines"})


def _shown(key: str, value: object) -> str:
    if key in MONEY_FACTS and isinstance(value, int):
        return format_brl(value)
    if isinstance(value, Status):
        return STATUS[value]
    if key in ("field", "column"):
        return field_name(value)
    if key in ("fields", "names"):
        return listing(value)
    if key == "row" and isinstance(value, int):
        return str(value + 1)
    if isinstance(value, date):
        return format_date(value)
    text = "" if value is None else str(value)
    return text if key != "value" or len(text) <= SHOWN else f"{text[:SHOWN]}…"


SENTENCES: Mapping[str, str] = {
    # what was typed
    "required": "Preencha: {field}.",
    "required_fields": "Preencha: {fields}.",
    "bad_money": "“{value}” não é um valor em reais. Escreva, por exemplo, 1.234,56.",
    "amount_too_big": "O valor passa de R$ 99.999.999,99. Confira o que foi digitado.",
    "negative": "O valor de {field} não pode ser negativo. Digite zero ou mais.",
    "bad_quantity": "Quantidade inválida. Digite um número maior que zero, por exemplo 1 ou 1,5.",
    "bad_amount": "O valor deve ser maior que zero. Digite quanto foi pago ou devolvido.",
    "bad_document": "“{value}” não é um CPF ou CNPJ válido. Confira os dígitos ou deixe em branco.",
    "bad_phone": "“{value}” não é um telefone com DDD. Escreva, por exemplo, (11) 98765-4321.",
    "bad_cep": "“{value}” não é um CEP. Escreva, por exemplo, 01310-100.",
    "bad_date": "“{value}” não é uma data. Escreva, por exemplo, 24/11/2026.",
    "bad_time": "“{value}” não é uma hora. Escreva, por exemplo, 18:00.",
    "bad_month": "“{value}” não é um mês. Escreva ano e mês, por exemplo 2026-11.",
    "bad_moment": "“{value}” não é data e hora com fuso. Exemplo: 2026-11-24T14:32:00-03:00.",
    "bad_zone": "O fuso horário “{value}” não existe. Escolha um da lista.",
    "bad_number": "“{value}” não é um número inteiro. Digite só algarismos.",
    "bad_days": "Em {field}, digite um número de dias de {least} a {most}.",
    "bad_ddd": "O DDD tem dois dígitos, por exemplo 11.",
    "bad_choice": "“{value}” não é uma opção de {field}. Escolha uma das opções.",
    "bad_character": "Há um caractere que não se pode gravar em {field}. Apague-o e tente de novo.",
    "too_long": "O texto de {field} passa de {limit} letras. Encurte-o.",
    "too_many_items": "São mais de {limit} linhas. Divida em duas ordens de serviço.",
    "too_many_phones": "São mais de {limit} telefones. Deixe só os que estão em uso.",
    "discount_too_big": "O desconto é maior que os {lines} em que ele incide. Diminua o desconto.",
    "name_taken": "“{value}” já existe na lista. Use outro nome.",
    "document_taken": "Este CPF ou CNPJ já é de {name}. Escolha esse cliente ou confira o número.",
    "number_goes_back": "O próximo número de OS só pode aumentar: digite {next} ou mais.",
    "date_in_past": "A data em {field} já passou. Digite uma data a partir de hoje.",
    "date_in_future": "A data em {field} ainda não chegou. Digite a de hoje ou uma anterior.",
    # warnings: kept, and told
    "odd_phone": "O telefone {value} parece incompleto. Foi guardado como digitado; confira.",
    "ddd_added": "O telefone ficou com o DDD da loja: {value}.",
    "odd_imei": "{value} não confere como IMEI. Foi guardado como digitado; confira na etiqueta.",
    # orders
    "order_not_found": "Não existe a OS {number}. Confira o número.",
    "customer_not_found": "Este cliente não existe mais. Escolha outro na lista.",
    "order_locked": (
        "A OS está em “{status}” e não deixa mudar: {field}. "
        "Volte a situação ou reabra a OS para alterar."
    ),
    "step_not_allowed": "A OS {number} está em “{status}” e não pode passar para “{to}”.",
    "missing": "Falta informar: {names}.",
    "needs_approval_again": (
        "O que mudou precisa de nova aprovação do cliente. Envie antes o novo orçamento."
    ),
    "paid_not_returned": (
        "A OS {number} tem {amount} recebidos. Estorne ou devolva o dinheiro antes de cancelar."
    ),
    "credit_not_returned": (
        "O cliente pagou {amount} a mais na OS {number}. Devolva esse valor antes de entregar."
    ),
    "not_reopenable": "A OS {number} está em “{status}”; só se reabre OS entregue, devolvida ou "
    "cancelada.",
    # money
    "above_balance": "O pagamento passa do saldo de {balance} da OS {number}. Diminua o valor.",
    "nothing_due": "A OS {number} não tem saldo a receber. Confira o número da OS.",
    "payment_not_found": "A OS {number} não tem o pagamento {payment}. Confira o número.",
    "not_a_payment": "O lançamento {payment} não é um pagamento e não pode ser estornado.",
    "already_reversed": "O pagamento {payment} já foi estornado.",
    "above_paid": "O valor passa dos {paid} que a OS tem recebidos. Diminua o valor.",
    # papers
    "not_delivered": "A OS {number} ainda não foi entregue. Registre a entrega antes de imprimir.",
    "no_payment": "A OS {number} não tem pagamento. Registre o recebimento antes do recibo.",
    "paper_format": "Este documento não existe no formato {value}. Use a4-half ou a4.",
    "report_ending": "O nome do arquivo deve terminar em .pdf, .xlsx, .csv ou .json.",
    # files, folders and commands
    "cannot_read": "Não foi possível ler {path}. Confira o nome do arquivo.",
    "cannot_write": "Não foi possível gravar {path}. Confira a pasta e o espaço em disco.",
    "bad_encoding": "A linha {line} não está em UTF-8. Grave o arquivo em UTF-8 e tente de novo.",
    "bad_json": "A partir da linha {line} o texto não é JSON. Confira aspas, vírgulas e chaves.",
    "bad_json_constant": "“{value}” não é aceito em JSON. Use um texto decimal com ponto.",
    "one_json": "O arquivo deve ter um único objeto JSON.",
    "repeated_key": "A chave “{key}” aparece duas vezes. Deixe só uma.",
    "unknown_key": "A chave “{key}” não existe. Confira o nome ou retire-a.",
    "required_key": "Falta a chave “{key}”.",
    "bad_json_text": "“{key}” deve ser um texto entre aspas.",
    "bad_json_money": (
        "“{key}” não aceita “{value}”. Escreva um valor de zero a 99999999.99, com ponto e até "
        "duas casas, como 180.00."
    ),
    "bad_json_quantity": (
        "“{key}” não aceita “{value}”. Escreva uma quantidade maior que zero, com ponto e até "
        "três casas, como 1.5."
    ),
    "bad_iso_date": "“{value}” não é uma data. Escreva ano, mês e dia, por exemplo 2026-11-24.",
    "bad_path": "O nome do arquivo ou da pasta está vazio ou não é válido. Confira.",
    "bad_json_number": "“{key}” deve ser um número inteiro.",
    "bad_json_object": "“{key}” deve ser um objeto JSON, entre chaves.",
    "bad_json_list": "“{key}” deve ser uma lista JSON, entre colchetes.",
    "bad_json_choice": "“{key}” não aceita “{value}”. Use: {options}.",
    "bad_option": "“{value}” não é aceito aqui. Use: {options}.",
    "bad_whole": "“{value}” não é um número inteiro maior que zero.",
    "changes_missing": (
        "Faltam {count} alterações que já estavam gravadas. Restaure o último backup."
    ),
    "no_shop": "Não há uma loja em {path}. Confira a pasta ou abra o programa nela para criar uma.",
    "shop_missing": (
        "Há arquivos de uma loja, mas falta {path}. Restaure um backup; nada foi alterado."
    ),
    "shop_empty": "O banco de dados {path} está vazio. Restaure um backup; nada foi alterado.",
    "shop_foreign": "{path} não é um banco de dados do osdesk. Confira a pasta; nada foi alterado.",
    "shop_newer": (
        "A loja é da versão {version} e este osdesk só conhece até a {known}. Atualize o programa; "
        "nada foi alterado."
    ),
    "folder_not_empty": "A pasta {path} tem outros arquivos. Escolha uma pasta vazia.",
    "folder_in_use": (
        "A pasta {path} está em uso por outro osdesk ({holder}). Feche-o e tente de novo."
    ),
    "folder_synced": (
        "A pasta {path} é de rede ou sincronizada e estragaria os dados. Escolha uma local."
    ),
    "folder_unsafe": (
        "O disco desta pasta não protege os dados gravados. Escolha uma pasta em outro disco."
    ),
    "needs_upgrade": (
        "A loja é de uma versão anterior. Abra o programa ou use “osdesk upgrade” para atualizá-la."
    ),
    "upgrade_failed": (
        "A atualização da loja não deu certo e foi desfeita. Restaure um backup ou peça ajuda."
    ),
    "disk_full": "O disco está cheio; nada foi gravado. Libere espaço e salve de novo.",
    "disk_error": "O disco não respondeu; nada foi gravado. Salve de novo ou troque o disco.",
    "database_busy": "Outro programa usa o banco de dados. Espere um pouco e tente de novo.",
    "database_readonly": "A pasta da loja não deixa gravar. Confira as permissões da pasta.",
    "database_damaged": "O banco de dados está danificado. Restaure o último backup.",
    "database_replaced": (
        "O banco de dados foi trocado por outro com o programa aberto. Feche e abra de novo."
    ),
    "file_missing": "Falta um arquivo da loja ({name}). Restaure o último backup.",
    "file_damaged": "Um arquivo da loja está danificado ({name}). Restaure o último backup.",
    "orders_exist": "A pasta já tem ordens de serviço. Escolha uma pasta vazia.",
    "logo_kind": "O logotipo deve ser uma imagem PNG, JPEG ou WebP. Escolha outro arquivo.",
    "logo_too_big": "A imagem é grande demais. Use uma de até 20 MB e 16.000 pontos de lado.",
    "logo_unreadable": "Não foi possível ler a imagem. Abra-a noutro programa e salve como PNG.",
    "unreadable_file": "Não foi possível ler o arquivo. Use PDF, PNG ou JPEG.",
    # backups
    "backup_foreign": "{path} não é um backup do osdesk. Escolha um arquivo osdesk-….zip.",
    "backup_damaged": "O backup {path} está danificado e nada foi restaurado. Use outro backup.",
    "backup_refused": (
        "{path} tem conteúdo que um backup do osdesk não tem, e nada foi restaurado. "
        "Use outro backup."
    ),
    "backup_newer": (
        "O backup {path} é de uma versão mais nova do osdesk ({version}). "
        "Atualize o programa e tente de novo."
    ),
    "backup_unsure": (
        "A cópia não ficou igual à loja e o backup não foi feito. Confira o disco e tente de novo."
    ),
    "backup_schema": (
        "O banco de dados tem algo que não é do osdesk ({name}) e o backup não foi feito. "
        "Veja o que osdesk check diz."
    ),
    # what a check finds
    "check_unreadable": "Parte do banco de dados não pode ser lida. Restaure o último backup.",
    "check_structure": (
        "O banco de dados está danificado (pontos com defeito: {count}). Restaure o último backup."
    ),
    "check_reference": (
        "A linha {row_id} da tabela {table} aponta para algo que não existe. "
        "Restaure o último backup."
    ),
    "check_schema": (
        "A estrutura do banco de dados não é a do osdesk: {name}. Restaure o último backup."
    ),
    "check_index": (
        "O índice de busca não corresponde às ordens e aos clientes. Faça um backup e restaure-o "
        "para refazer o índice."
    ),
    "check_event": (
        "O registro {sequence} do histórico foi alterado. Compare com o último backup."
    ),
    "check_event_text": (
        "O texto do registro {sequence} do histórico foi alterado. Compare com o último backup."
    ),
    "check_line": (
        "OS {number}: a linha {position} não confere com quantidade, preço e desconto. "
        "Compare com o último backup."
    ),
    "check_total": "OS {number}: não confere: {names}. Compare com o último backup.",
    "check_counter": (
        "A numeração de {field} está abaixo do número {highest}, já usado. "
        "Restaure o último backup."
    ),
    "check_paper": (
        "OS {number}: a versão {version} de um documento emitido foi alterada. "
        "Compare com o último backup."
    ),
}
