"""Long JSON texts of the database, deflated: what papers and quotes froze takes an eighth of it.

``WORDS`` is what these texts are likely to hold; a text is written as where it differs from there.
It belongs to the file's format: files of shops are read with it, so not one letter of it changes.
"""

import zlib

WORDS = (
    "Garantia legal: 90 dias, contados da entrega.\\nOrçamento: antes do serviço você recebe o"
    " orçamento, com mão de obra e materiais separados, válido por 10 dias, salvo outro prazo"
    " nele escrito. Aprovado, obriga as duas partes; mudança de preço, prazo ou serviço pede "
    "nova aprovação (CDC, art. 40).\\nPeças: novas e originais; outras, só com sua autorização"
    " (CDC, art. 21). As trocadas são suas.\\nPrazo: é o escrito neste documento. Se algo o am"
    "eaçar, avisamos e combinamos outro com você.\\nGarantia: 90 dias, no mínimo, sobre o serv"
    "iço e as peças colocadas, contados da entrega (CDC, art. 26).\\n**A garantia não cobre de"
    "feito causado por nova queda, líquido, uso em desacordo com o manual ou abertura por ter"
    "ceiros depois da entrega.**\\n**Se recusar o orçamento ou não houver conserto, paga apena"
    "s a taxa escrita neste documento, se houver.**\\nDados: se puder, faça cópia antes de dei"
    "xar o aparelho. Mexemos só no que o reparo pede e só apagamos dados com sua autorização."
    " A senha, se for pedida, serve só ao reparo e ao teste e é apagada depois da entrega; as"
    " fotos mostram o estado do aparelho.\\nRetirada: com esta via ou documento seu, por você "
    "ou por quem autorizar, em até 30 dias do aviso de pronto. Passado esse prazo, avisamos d"
    "e novo; o equipamento continua seu.\\nA assistência responde pelos seus dados pessoais: u"
    "sa-os no serviço, nestes documentos e no que a lei exige, e os guarda por até 5 anos (LG"
    'PD); peça acesso ou correção pelos contatos deste documento."},"terms_delivery":"","next'
    '_number":10,"logo":null,"terms_quote":"","terms_unserviced":"","terms_notice":"","terms_'
    'collection":"","message_quote":"","message_ready":"","message_notice":"","pix_key":null,'
    '"pix_name":null,"pix_city":null,"code_days":7,"fine_bp":0,"interest_bp":0,"open_saturday'
    '":false},"order":{"id":10,"number":10,"status":"received","situation":"open","customer":'
    '{"id":1,"name":"","phones":[{"number":"(11) 9","label":"WhatsApp"}],"document":null,"ema'
    'il":null,"address":null,"notes":null,"created_at":"2026-11-"},"customer_orders":1,"equip'
    'ment":{"id":1,"kind":"","brand":"","model":"","serial":null,"imei2":null,"colour":null,"'
    'accessories":null,"condition":null},"service_type":"Conserto","reason":"","priority":"no'
    'rmal","slot":null,"notes":null,"technician":"","attendant":"","requested_at":"2026-11-",'
    '"created_at":"2026-11-","start_on":null,"promised_on":"2026-11-","promised_time":null,"i'
    'tems":[{"kind":"service","description":"","quantity":1000,"unit":"un","unit_price":000,"'
    'unit_cost":null,"discount":0,"part_condition":null,"technician":null,"warranty_days":90,'
    '"total":000,"warranty_until":null},{"kind":"part","description":"","quantity":1000,"unit'
    '":"un","unit_price":000,"unit_cost":000,"discount":0,"part_condition":"new_original","te'
    'chnician":null,"warranty_days":90,"total":000,"warranty_until":null}],"discount":0,"fee"'
    ':0,"labor_total":000,"parts_total":000,"total":000,"paid":0,"balance":000,"payment_state'
    '":"due","payment_terms":null,"valid_until":null,"due_on":null,"diagnosis":null,"report":'
    'null,"external_ref":null,"checklist":{"Liga?":"sim","não testado","ready_on":null,"deliv'
    'ered_on":null,"returned_on":null,"cancelled_on":null,"quote":null,"approval":null,"colle'
    'cted":null,"used_parts_authorized_by":null,"waiting_for":null,"payments":[],"events":[],'
    '"warranty_return_of":null,"warranty_until":null,"signed":false,"ceiling":null,"allowance'
    '":0,"late_fees":0,"handed_on":null,"warranty_reason":null,"stage":null,"waiting_since":n'
    'ull,"instalments":[],"log":[],"notices":[],"files":[]},"payment":null,"again":false,"edi'
    'tion":2}{"paper":"intake","number":10,"version":1,"issued_at":"2026-11-","issued_on":"20'
    '26-11-","total":000,"sha256":"","shop":{"shop_id":"","name":"","tagline":null,"document"'
    ':null,"address":"","city":"","phones":"(11) ","email":null,"default_ddd":"11","zone":"Am'
    'erica/Sao_Paulo","quote_validity_days":10,"warranty_days":90,"pick_up_days":30,"payment_'
    'terms":"À vista na retirada: dinheiro, Pix ou cartão.","terms_intake":"","terms":"{"chec'
    'klist":[["Liga?","sim"]],"customer":{"address":null,"created_at":"2026-11-","document":n'
    'ull,"email":null,"id":0,"name":"","notes":null,"phones":[{"label":"WhatsApp","number":"('
    '11) 9"}]},"discount":0,"equipment":{"accessories":null,"brand":"","colour":null,"conditi'
    'on":null,"id":0,"imei2":null,"kind":"","model":"","serial":null},"fee":0,"items":[{"desc'
    'ription":"","discount":0,"kind":"part","part_condition":"new_original","quantity":1000,"'
    'unit":"un","unit_price":000,"warranty_days":90}],"number":10,"paper":"intake","promised_'
    'on":"2026-11-","promised_time":null,"reason":"","requested_at":"2026-11-","service_type"'
    ':"Conserto","shop":"","terms":""}{"discount":0,"fee":0,"items":[{"description":"","disco'
    'unt":0,"kind":"service","part_condition":null,"quantity":1000,"total":000,"unit":"un","u'
    'nit_price":000,"warranty_days":90},{"description":"","discount":0,"kind":"part","part_co'
    'ndition":"new_original","quantity":1000,"total":000,"unit":"un","unit_price":000,"warran'
    'ty_days":90}],"labor":000,"parts":000,"payment_terms":"À vista na retirada: dinheiro, Pi'
    'x ou cartão.","promised_on":"2026-11-","promised_time":null,"start_on":"2026-11-","total'
    '":'
).encode()


def pack(text: str) -> bytes:
    """Nothing is nothing: an erased text stays as empty as it was made."""
    if not text:
        return b""
    writer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=WORDS)
    return writer.compress(text.encode("utf-8")) + writer.flush()


def unpack(packed: bytes) -> str:
    """Raises zlib.error or UnicodeDecodeError where the bytes are not what ``pack`` made."""
    if not packed:
        return ""
    reader = zlib.decompressobj(-zlib.MAX_WBITS, zdict=WORDS)
    text = reader.decompress(packed) + reader.flush()
    if not reader.eof or reader.unused_data:
        raise zlib.error("cut or lengthened")
    return text.decode("utf-8")
