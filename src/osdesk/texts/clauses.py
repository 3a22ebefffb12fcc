"""Why the law does not hold a customer to a clause, and what to write instead."""

from collections.abc import Mapping

CLAUSE: Mapping[str, tuple[str, str]] = {
    "property": (
        (
            "quem deixa um aparelho para conserto não o abandona, e a propriedade não se perde por "
            "prazo. Escreva o prazo de retirada e que haverá novo aviso"
        ),
        "CDC, art. 51, IV; Código Civil, art. 1.275, III",
    ),
    "disposal": (
        (
            "vender, doar ou descartar o que é do cliente só com autorização expressa dele, dada "
            "antes, e com prestação de contas"
        ),
        "CDC, art. 51, IV",
    ),
    "liability": (
        (
            "a assistência responde pelo serviço e pelo que recebeu em guarda; a frase é nula. "
            "Diga o que cabe ao cliente, como fazer cópia dos dados"
        ),
        "CDC, arts. 25 e 51, I",
    ),
    "warranty_short": (
        (
            "para equipamento durável, o prazo legal de reclamar é de 90 dias da entrega e não "
            "pode ser reduzido"
        ),
        "CDC, arts. 24 e 26, II",
    ),
    "warranty_none": (
        "a garantia legal não depende do que está escrito e não pode ser afastada",
        "CDC, arts. 24 e 25",
    ),
    "warranty_part": (
        "a garantia cobre também o serviço: ele deve ser refeito sem custo",
        "CDC, arts. 20 e 26",
    ),
    "no_right": (
        "a cláusula tira do cliente um direito que a lei lhe dá; é nula",
        "CDC, art. 51, I, II e IV",
    ),
    "no_refund": (
        "se o serviço não resolver, o cliente pode escolher o dinheiro de volta",
        "CDC, arts. 20, II, e 51, II",
    ),
    "forum": ("o cliente pode abrir o processo onde mora", "CDC, arts. 51, IV, e 101, I"),
    "retention": (
        (
            "a assistência não pode reter o equipamento para forçar o pagamento. Combine a data de "
            "pagar: a OS entregue com saldo fica a receber"
        ),
        "CDC, arts. 39, V, e 42; STJ, REsp 1.628.385",
    ),
    "fine": ("a multa por atraso é de no máximo 2 %", "CDC, art. 52, § 1º"),
    "interest": (
        "juros combinados vão, por costume, até 1 % ao mês; mais que isso é vantagem exagerada",
        "CDC, arts. 39, V, e 51, IV; Código Civil, art. 406",
    ),
    "open_term": (
        "o prazo é dito antes e não fica a critério só da assistência",
        "CDC, art. 39, XII",
    ),
    "seal": (
        (
            "o lacre rompido, sozinho, não tira a garantia legal: cabe à assistência mostrar que o "
            "defeito veio de quem abriu"
        ),
        "CDC, arts. 24 e 51, I",
    ),
    "used_parts": (
        "peça usada, recondicionada ou não original pede a autorização do cliente, caso a caso",
        "CDC, arts. 21 e 70",
    ),
    "one_sided": (
        "orçamento aprovado só muda por acordo com o cliente",
        "CDC, arts. 40, § 2º, e 51, X e XIII",
    ),
}
"""By what is wrong with the clause: why, and the article."""

FILL_IN: Mapping[str, str] = {
    "cliente": "nome do cliente",
    "numero": "número da OS",
    "equipamento": "tipo, marca e modelo",
    "entrada": "data de entrada",
    "prometida": "data prometida",
    "validade": "validade do orçamento",
    "total": "total da OS",
    "pago": "valor já pago",
    "saldo": "valor a pagar",
    "vencimento": "data de vencimento",
    "taxa": "taxa combinada na entrada",
    "desde": "desde quando espera a retirada",
    "prazo_retirada": "dias para retirar",
    "loja": "nome da loja",
    "telefone": "telefones da loja",
    "endereco": "endereço da loja",
}
"""What each field of a shop's text is filled with."""
