"""What each field is called, and how lists and counts of them are said."""

from collections.abc import Mapping

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
    "ceiling": "valor autorizado na entrada",
    "stage": "etapa",
    "note": "anotação",
    "colour": "cor",
    "status": "situação",
    "warranty_return_of": "OS de origem da garantia",
    "instalments": "parcelas",
    "notice_body": "texto do aviso",
    "pix_key": "chave Pix",
    "pix_name": "nome no Pix",
    "pix_city": "cidade no Pix",
    "code_days": "dias até apagar as senhas",
    "fine_bp": "multa por atraso",
    "interest_bp": "juros por mês",
    "payment_terms": "condições de pagamento",
    "valid_until": "validade do orçamento",
    "due_on": "vencimento",
    "diagnosis": "diagnóstico",
    "report": "laudo",
    "external_ref": "referência externa",
    "checklist": "checklist",
    "access_code": "senha do aparelho",
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
