"""What the lint finds in the sentences of real forms, and what it leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osdesk.domain.clauses import void_clauses
from osdesk.domain.default_texts import PAYMENT_TERMS, TEXTS
from osdesk.domain.fill_in import FIELDS, fill
from osdesk.texts.clauses import CLAUSE

VOID = [
    ("property", "Após 90 dias o cliente perde a propriedade do aparelho."),
    ("property", "PASSADOS 90 DIAS, HAVERÁ PERDA DE PROPRIEDADE"),
    ("property", "perderá o direito sobre o equipamento"),
    ("property", "o aparelho passará a ser propriedade da loja"),
    ("property", "será considerado abandonado"),
    ("property", "caracteriza abandono após 180 dias"),
    ("disposal", "Não retirado em 90 dias, será vendido para cobrir custos."),
    ("disposal", "a loja poderá descartar o aparelho"),
    ("liability", "Não nos responsabilizamos por perda de dados."),
    ("liability", "A assistência NÃO SE RESPONSABILIZA por acessórios"),
    ("liability", "não somos responsáveis pelos dados"),
    ("liability", "fica a loja isenta de qualquer responsabilidade"),
    ("liability", "é de inteira responsabilidade do cliente o backup"),
    ("warranty_short", "Garantia de 30 dias."),
    ("warranty_short", "garantia do serviço é de 30 (trinta) dias"),
    ("warranty_short", "Damos 2 meses de garantia"),
    ("warranty_short", "garantia de\ntrinta dias"),
    ("warranty_none", "Aparelhos molhados saem sem garantia."),
    ("warranty_none", "Software não tem garantia"),
    ("warranty_part", "A garantia é somente da peça trocada"),
    ("warranty_part", "apenas as peças têm garantia"),
    ("no_right", "sem direito a reembolso"),
    ("no_right", "perde o direito à garantia"),
    ("no_refund", "Não devolvemos o dinheiro do sinal"),
    ("no_refund", "valores não serão reembolsados"),
    ("forum", "Foro exclusivo da comarca de São Paulo"),
    ("forum", "as partes elegem o foro de Recife"),
    ("retention", "O aparelho ficará retido até o pagamento total."),
    ("retention", "O equipamento só será entregue mediante pagamento"),
    ("retention", "não será devolvido sem a quitação do saldo"),
    ("fine", "multa de 10% por atraso"),
    ("fine", "multa por atraso de 2,5 %"),
    ("used_parts", "poderemos utilizar peças recondicionadas"),
    ("one_sided", "O valor pode ser alterado sem aviso prévio"),
    ("one_sided", "A loja pode alterar o preço do serviço sem aviso."),
    ("one_sided", "reservamo-nos o direito de reajustar os valores sem prévio aviso"),
    ("seal", "A garantia perde a validade se o lacre for violado."),
    ("seal", "Lacre rompido ou rasurado anula a garantia"),
    ("seal", "sem o selo de garantia, a garantia fica cancelada"),
    ("disposal", "A assistência poderá dispor do bem após 90 dias."),
    ("disposal", "o cliente autoriza a loja a desfazer-se do aparelho"),
    ("interest", "juros de 5 % ao mês"),
    ("interest", "Juros de mora de 0,1% ao dia"),
    ("interest", "juros de 24 % a.a."),
    ("interest", "juros de 2%"),
    ("open_term", "Prazo de entrega indeterminado."),
    ("open_term", "o conserto é feito sem prazo definido"),
    ("open_term", "prazo a critério da assistência"),
    ("liability", "A loja não garante a preservação dos dados."),
    ("liability", "não garantimos os arquivos gravados"),
]


@pytest.mark.parametrize(("code", "text"), VOID)
def test_a_void_clause_is_found_and_shown_as_typed(code, text):
    found = {clause.code: clause.found for clause in void_clauses(f"Termos. {text}")}
    assert code in found, found
    assert found[code] in " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "O cliente não perde a propriedade do aparelho.",
        "Garantia de 90 dias sobre o serviço.",
        "Garantia legal de 90 dias, mais 180 dias de garantia da loja.",
        "Retire em até 30 dias do aviso de pronto.",
        "Orçamento válido por 10 dias.",
        "A garantia não cobre nova queda.",
        "multa de 2% por atraso",
        "multa de 2% e juros de 1% ao mês",
        "juros simples de 0,033 % ao dia",
        "juros de 12 % ao ano",
        "O lacre mostra quem abriu o aparelho por último.",
        "O preço não muda sem aviso e nova aprovação.",
        "Os dados do aparelho são seus.",
        "Prazo: é o escrito neste documento.",
        "Não podemos dispor do aparelho.",
        "Peças usadas, só com a sua autorização.",
        "Não retemos o aparelho até o pagamento.",
        "O aparelho é devolvido mesmo com saldo em aberto.",
        "Faça cópia dos seus dados antes de deixar o aparelho.",
    ],
)
def test_a_lawful_clause_is_left_alone(text):
    assert void_clauses(text) == []


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_our_own_texts_have_none(code):
    assert void_clauses(TEXTS[code]) == []
    assert void_clauses(fill(TEXTS[code], dict.fromkeys(FIELDS, "10"))) == []
    assert void_clauses(PAYMENT_TERMS) == []


def test_each_finding_has_its_reason_and_article():
    assert {code for code, _ in VOID} == set(CLAUSE)
    for why, article in CLAUSE.values():
        assert why
        assert any(char.isdigit() for char in article)


def test_findings_come_in_reading_order_each_once():
    text = "Sem garantia. Foro exclusivo de Recife. Sem garantia."
    assert [clause.code for clause in void_clauses(text)] == ["warranty_none", "forum"]


WORDS = st.sampled_from(
    [*(text for _, text in VOID), "garantia de", "dias", "²", "١ dias", "ſ", "¨", "\x00", "multa"]
)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=12).map(" ".join)))
def test_nothing_typed_raises(text):
    for clause in void_clauses(text):
        assert clause.code in CLAUSE
        assert clause.found.strip()
