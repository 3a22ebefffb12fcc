"""The month report on paper: what stands on it, where, and that nothing is lost on the way."""

import re
import time
from collections.abc import Iterator
from ctypes import byref, c_int, c_uint
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from reportlab.pdfbase.ttfonts import TTFont
from tests.builders import make_shop
from tests.report_builders import (
    CLOSED,
    RUNNING,
    empty_report,
    make_figures,
    make_order,
    make_report,
)

from osdesk.documents.kit.draw import A4
from osdesk.documents.report.month_report import render_month_report
from osdesk.domain.calendar import Month
from osdesk.domain.period import Period
from osdesk.domain.views.figures import Adjustment, Closing, Debtor, MonthReport, RevenueRow
from osdesk.paths import resource


def pages_of(report: MonthReport, logo: bytes | None = None) -> list[str]:
    with pypdfium2.PdfDocument(render_month_report(report, logo=logo)) as document:
        return [squeezed(page.get_textpage().get_text_range()) for page in document]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\xa0", " "))


def boxes(data: bytes) -> Iterator[tuple[int, float, float, float, float]]:
    """Page, left, bottom, right, top of every stretch of text."""
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document):
            words = page.get_textpage()
            for index in range(words.count_rects()):
                yield number, *words.get_rect(index)


def test_the_cover_tells_the_month_with_the_date_each_figure_counts_by():
    cover = pages_of(make_report())[0]
    assert "FECHAMENTO DO MÊS Novembro de 2026" in cover
    assert "Eletrônica Horizonte" in cover
    assert "CNPJ 12.345.678/0001-95" in cover
    assert (
        "42 ordens entraram, 38 ficaram prontas, 35 foram entregues e 2 foram canceladas" in cover
    )
    assert "Foram faturados R$ 19.320,00" in cover
    assert "8 % abaixo de outubro de 2026" in cover
    assert "Em 30/11 havia R$ 3.412,00 a receber em 9 ordens, R$ 2.240,00 já vencidos." in cover
    assert "Abertas por data de entrada 42 40 +5 % 0 —" in cover
    assert "Ficaram prontas por data em que ficou pronta 38 38 0 % 0 —" in cover
    assert "Faturado (R$) por data de entrega 19.320,00 21.000,00 −8 % 0,00 —" in cover
    assert "Recebido (R$) por data do recebimento 18.100,00" in cover
    assert "parcial" not in cover


def test_every_section_is_there_and_adds_up():
    text = " ".join(pages_of(make_report()))
    for title in (
        *("Faturamento", "Recebimentos", "A receber em 30/11", "Clientes com saldo vencido"),
        *("Prazos", "Por técnico", "Por tipo de serviço", "Por equipamento", "Ordens do mês"),
        "Ordens de cada total",
    ):
        assert title in text
    assert "Pix R$ 11.000,00 · 61 %" in text
    assert "Estornado e devolvido −R$ 150,00 Recebido líquido R$ 17.950,00" in text
    for age in (
        "A vencer R$ 195,35 · 6 %",
        "Vencido há mais de 90 dias R$ 390,00 · 11 %",
        "Prontas, ainda não entregues R$ 976,65 · 29 %",
    ):
        assert age in text
    assert "Oficina do Zé ME 10/10/2026 48 610,00" in text
    assert "3 clientes 2.240,00" in text
    assert "5 de 38 ordens que ficaram prontas no mês: 13 % com atraso." in text
    assert "Priscila Lima 14 4.500,00 2.400,00 260,00 0,00 40,00 6.600,00 1.100,00 5.500,00" in text
    sums = "12.500,00 7.400,50 660,50 120,00 40,00 19.320,00 4.350,00 14.970,00"
    assert text.count(f"Total 36 {sums}") == 3
    assert "R$ 310,50 de materiais sem custo informado" in text
    assert "Abatimentos e encargos, um a um" in text
    assert "17/11/26 9702 Encargos de atraso 3,50" in text
    assert "9904 Cliente 0 não entregue — 195,33" in text
    assert "Sem responsável 1 0,00" in text


def test_wording_about_who_owes_is_neutral():
    text = " ".join(pages_of(make_report())).lower()
    assert "não fica à vista do público" in text
    for word in ("inadimplente", "devedor", "caloteiro", "dívida"):
        assert word not in text


def test_the_numbers_behind_each_count_are_named_and_the_cover_says_where():
    report = make_report(90)
    pages = pages_of(report)
    place = r"(\w[^,;]*), página (\d+)"
    places = dict(re.findall(place, pages[0].partition("O que há por trás dos números: ")[2]))
    titles = {
        "ordens faturadas": "Ordens faturadas Por data de entrega.",
        "recebimentos": "Recebimentos, um a um",
        "abatimentos e encargos": "Abatimentos e encargos, um a um",
        "saldos a receber": "Saldos a receber em 30/11, um a um",
        "ordens do mês": "Ordens do mês Que entraram",
        "números de cada total": "Ordens de cada total Os números",
    }
    assert list(places) == list(titles)
    for name, title in titles.items():
        assert title in pages[int(places[name]) - 1]
    named = " ".join(pages[int(places["números de cada total"]) - 1 :])
    assert "Prontas com atraso: 5 ordens" in named
    assert "10001 10005 10009 10013 10017" in named
    assert "A receber: 9 ordens (saldo no fim do período) 9901 9902" in named
    for number in report.numbers["opened"]:
        assert str(number) in named


def test_every_page_says_shop_month_moment_and_its_number():
    pages = pages_of(make_report(300))
    assert len(pages) > 6
    for number, page in enumerate(pages, start=1):
        assert "Eletrônica Horizonte" in page
        assert "novembro de 2026" in page
        assert "Emitido em 01/12/2026 09:00" in page
        assert f"página {number} de {len(pages)}" in page


def test_a_month_under_way_says_until_when_it_goes():
    pages = pages_of(make_report(now=RUNNING))
    assert "parcial até 24/11, comparado com os mesmos dias" in pages[0]
    assert "até 24/11, 42 ordens entraram" in pages[0]
    assert all("parcial até 24/11" in page for page in pages)
    assert "A receber em 24/11" in " ".join(pages)


def test_a_month_without_anything_says_so_calmly():
    pages = pages_of(empty_report())
    assert "nenhuma ordem entrou, ficou pronta, foi entregue ou cancelada." in pages[0]
    text = " ".join(pages)
    for words in ("Nenhum pagamento no mês.", "Nada a receber.", "Nenhuma ordem no mês."):
        assert words in text
    assert "Em 30/11 não havia nada a receber." in text
    assert "0,0 dias" not in text  # no mean of nothing
    assert len(pages) <= 3


def test_the_list_repeats_its_head_and_holds_every_order_and_the_totals():
    report = make_report(200)
    pages = pages_of(report)
    listed = [page for page in pages if "Total (R$) Saldo (R$)" in page]
    assert len(listed) > 2
    text = " ".join(pages)
    for order in report.orders:
        assert f"{order.number} {order.customer}" in text
    assert "200 ordens" in text
    total = sum(order.total for order in report.orders)
    balance = sum(order.balance for order in report.orders)
    assert f"{total // 100:,}".replace(",", ".") + f",{total % 100:02d}" in text
    assert f" {balance // 100},{balance % 100:02d} " in text


@pytest.mark.parametrize("orders", range(30, 62))
def test_the_total_never_stands_alone_on_a_page(orders):
    pages = pages_of(make_report(orders))
    (page,) = (page for page in pages if re.search(rf"\d,\d\d {orders} ordens ", page))
    assert f" {10_000 + orders} " in page.partition(f" {orders} ordens ")[0]


@pytest.mark.parametrize("orders", range(30, 62))
def test_fewer_than_three_rows_are_never_alone_on_a_page(orders):
    """At the foot of a page under the head of the list, or at the top of the next one."""
    for page in pages_of(make_report(orders)):
        if "Total (R$) Saldo (R$)" not in page:
            continue
        listed = page.partition("Total (R$) Saldo (R$)")[2]
        rows = re.findall(r"(?<!\S)(100\d\d) (?:Maria|João|Padaria|Luciana|Ana)", listed)
        assert len(rows) >= 3, page


def test_a_text_of_a_list_is_set_once_and_streams_are_bytes():
    """Most of a long report's time went into the same cells again, and into letters for bytes."""
    data = render_month_report(make_report(200), logo=None)
    assert b"ASCII85Decode" not in data
    letters = []
    split = TTFont.splitString

    def counted(self, text, doc, encoding="utf-8"):
        letters.append(text)
        return split(self, text, doc, encoding)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TTFont, "splitString", counted)
        render_month_report(make_report(200), logo=None)
        few = len(letters)
        letters.clear()
        render_month_report(make_report(400), logo=None)
    assert len(letters) < 1.9 * few
    assert letters.count("Edson Ramos") <= 4, "once for each font and place outside of a list"


@pytest.mark.parametrize("debtors", range(1, 14))
def test_no_heading_is_the_last_thing_on_a_page(debtors):
    """However long the tables before it are."""
    owing = tuple(Debtor(n, f"Cliente {n}", 1_000, date(2026, 11, 3), 27) for n in range(debtors))
    texts = []
    for page in pages_of(make_report(30, debtors=owing)):
        texts.append(page.partition(" Emitido em ")[0])
    for end in (
        *("por data de entrega.", "à vista do público.", "nas ordens de ambos."),
        *("os custos e a margem.", "Somam o recebido líquido.", "próximo dia útil."),
    ):
        assert not any(text.endswith(end) for text in texts), end


def test_the_file_says_what_it_is_and_when_it_was_made():
    data = render_month_report(make_report(now=RUNNING), logo=None)
    with pypdfium2.PdfDocument(data) as document:
        said = document.get_metadata_dict()
    assert said["Title"] == "Fechamento de novembro de 2026"
    assert said["Author"] == "Eletrônica Horizonte"
    about = "Ordens de serviço, faturamento, recebimentos e saldos de 01/11/2026 a 24/11/2026"
    assert said["Subject"] == about
    assert said["CreationDate"] == "D:20261124144000-03'00'"


def test_what_people_typed_is_drawn_as_it_is_and_whole():
    long_name = " ".join(f"palavra{number}" for number in range(24))
    orders = (
        make_order(0, customer="Ana & Filhos <Ltda> <b>", equipment='TV 42" <i>'),
        make_order(1, customer=long_name, technician="W" * 200),
        make_order(2, customer="Zoë 😀 Ω\x07", equipment="Кофеварка"),
    )
    report = replace(make_report(0), orders=orders)
    text = " ".join(pages_of(report))
    assert "Ana & Filhos <Ltda> <b>" in text
    assert 'TV 42" <i>' in text
    assert long_name in text
    assert text.count("W") >= 200
    assert "Zoë □ Ω" in text
    assert "Кофеварка" in text
    assert "…" not in text


def test_names_of_any_length_are_never_cut():
    names = [f"{'Técnico muito comprido ' * 8}{number}" for number in range(3)]
    rows = tuple(RevenueRow(name, 1, 100, 0, 0, 100, 0) for name in names)
    shop = make_shop(name="Assistência do Bairro " * 9)
    text = " ".join(pages_of(make_report(shop=shop, by_technician=rows)))
    assert "…" not in text
    for name in names:
        assert name in text


def test_a_row_higher_than_a_page_goes_on_over_the_next():
    words = [f"p{number}" for number in range(3000)]
    orders = (make_order(0), make_order(1, customer=" ".join(words)), make_order(2))
    pages = pages_of(replace(make_report(0), orders=orders))
    text = re.sub(r" (OS Cliente .*? Saldo \(R\$\)) ", " ", " ".join(pages))
    assert all(f"{word} " in text for word in words)
    assert "10003 Padaria" in text


def test_nothing_leaves_the_page_or_runs_into_the_foot():
    orders = tuple(
        make_order(n, customer="Comercial Importadora " * (n % 7 + 1)) for n in range(120)
    )
    data = render_month_report(replace(make_report(0), orders=orders), logo=None)
    for _page, left, bottom, right, top in boxes(data):
        assert left >= 30
        assert right <= A4[0] - 30
        assert bottom >= 26
        assert top <= A4[1] - 26
        assert bottom > 50 or top < 40  # either text or foot


def test_a_logo_stands_beside_the_shop_and_a_broken_one_does_not_stop_the_paper():
    report = make_report(5)
    logo = resource("logo", "osdesk-256.png").read_bytes()
    with_logo = render_month_report(report, logo=logo)
    assert with_logo.count(b"/Subtype /Image") >= 1
    assert pages_of(report, b"not a picture")[0] == pages_of(report)[0]


def test_the_same_report_gives_the_same_bytes():
    assert render_month_report(make_report(60), logo=None) == render_month_report(
        make_report(60), logo=None
    )


def test_charts_are_vectors():
    data = render_month_report(make_report(), logo=None)
    assert b"/Subtype /Image" not in data
    with pypdfium2.PdfDocument(data) as document:
        kinds = [obj.type for page in document for obj in page.get_objects()]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_PATH) > 60
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds


def filled(document: pypdfium2.PdfDocument) -> Iterator[tuple[int, int, int]]:
    """The colour of each filled shape."""
    raw = pypdfium2.raw
    for page in document:
        for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            mode, stroke = c_int(), c_int()
            raw.FPDFPath_GetDrawMode(shape.raw, byref(mode), byref(stroke))
            if mode.value != raw.FPDF_FILLMODE_NONE:
                parts = [c_uint() for _ in range(4)]
                raw.FPDFPageObj_GetFillColor(shape.raw, *map(byref, parts))
                yield parts[0].value, parts[1].value, parts[2].value


def test_bars_are_green_and_dark_enough_for_a_laser_and_all_other_fills_light():
    with pypdfium2.PdfDocument(render_month_report(make_report(), logo=None)) as document:
        fills = set(filled(document))
        for page in document:
            picture = page.render(scale=1, grayscale=True).to_pil()
            dark = sum(picture.histogram()[:200])
            assert dark < picture.width * picture.height * 0.16
    bars = {rgb for rgb in fills if rgb[1] > max(rgb[0], rgb[2])}
    assert len(bars) == 2
    assert all((299 * r + 587 * g + 114 * b) // 1000 < 140 for r, g, b in bars)
    assert all(min(rgb) > 235 for rgb in fills - bars)


def test_a_negative_or_absent_other_month_is_nothing_to_compare():
    before = make_figures(Month(2026, 10), opened=0, revenue=-100, parts_cost=0)
    cover = pages_of(make_report(before=before))[0]
    assert "Abertas por data de entrada 42 0 — 0 —" in cover
    assert "Faturado (R$) por data de entrega 19.320,00 −1,00 — 0,00 —" in cover


def test_money_that_went_back_in_the_month_keeps_the_report_whole():
    methods = {method: -amount for method, amount in make_figures().received_by_method.items()}
    figures = make_figures(received=0, reversed=1_795_000, received_by_method=methods)
    text = " ".join(pages_of(make_report(figures=figures)))
    assert "Pix −R$ 11.000,00 · —" in text
    assert "Recebido líquido −R$ 17.950,00" in text


def test_time_grows_with_the_orders_and_not_faster():
    def seconds(orders: int) -> float:
        report = make_report(orders, now=CLOSED)
        best = []
        for _ in range(2):
            start = time.process_time()
            render_month_report(report, logo=None)
            best.append(time.process_time() - start)
        return min(best)

    seconds(50)  # fonts are read once
    few, many = seconds(300), seconds(3_000)
    assert many < few * 20


def test_every_total_is_the_sum_of_a_list():
    text = " ".join(pages_of(make_report(40)))
    assert "lançamentos 17.950,00" in text  # as the net of the receipts
    assert "02/11/26 10001 701 Pagamento Pix 14.350,00" in text
    assert "09/11/26 10002 703 Devolução Dinheiro −150,00" in text
    assert "9 ordens 3.412,00" in text  # as what is to be received
    assert "9902 Oficina do Zé ME 10/10/26 48 610,00" in text  # 12/10 is a holiday too
    listed = [order for order in make_report(40).orders if order.delivered_on]
    revenue = sum(order.revenue for order in listed)
    assert f"{len(listed)} ordens" in text
    assert f"{revenue // 100:,},{revenue % 100:02d}".replace(",", ".", 1) in text


def closing() -> Closing:
    return Closing(Month(2026, 11), datetime(2026, 12, 2, 12, tzinfo=UTC), "Ana", "9f8e" * 16)


def test_a_closed_month_says_so_with_its_hash_on_every_page():
    pages = pages_of(make_report(60, closed=closing()))
    assert (
        "MÊS FECHADO 02/12/2026 09:00 por Ana SHA-256 do que foi congelado: 9f8e 9f8e" in pages[0]
    )
    assert pages[0].count("9f8e") == 16 + 4  # the stamp has all of it, the foot its beginning
    assert all("Mês fechado · SHA-256 9f8e 9f8e 9f8e 9f8e" in page for page in pages)
    assert "não fechado" not in " ".join(pages)
    assert all("mês ainda não fechado" in page for page in pages_of(make_report(5)))


def test_adjustments_of_closed_months_name_figure_difference_and_orders():
    october = Month(2026, 10)
    changes = (
        Adjustment(october, "delivered", -1, ((9_812, -1),)),
        Adjustment(october, "revenue", -37_000, ((9_812, -37_000),)),
        Adjustment(october, "received", 7_000, ((9_830, 5_000), (9_831, 2_000))),
    )
    pages = pages_of(make_report(20, adjustments=changes))
    assert "3 ordens mudaram depois em mês já fechado (outubro de 2026)" in pages[0]
    assert "o faturado de lá muda em −R$ 370,00; veja os ajustes." in pages[0]
    text = " ".join(pages)
    assert "Ajustes de meses fechados" in text
    assert "outubro de 2026 Entregues −1 OS 9812" in text
    assert "outubro de 2026 Faturado (R$) −370,00 OS 9812 (−370,00)" in text
    assert "outubro de 2026 Recebido (R$) +70,00 OS 9830 (+50,00), OS 9831 (+20,00)" in text


def test_any_days_have_a_report_of_their_own_words():
    days = Period(date(2026, 9, 3), date(2026, 11, 24))
    report = make_report(
        30,
        figures=make_figures(days),
        before=make_figures(days.previous()),
        year_ago=make_figures(days.year_ago()),
    )
    pages = pages_of(report)
    text = " ".join(pages)
    assert "RELATÓRIO DO PERÍODO 03/09/2026 a 24/11/2026" in pages[0]
    assert "De 03/09/2026 a 24/11/2026, 42 ordens entraram" in pages[0]
    assert "A receber em 24/11/2026" in text
    assert "Recebido líquido por mês" in text
    assert "no mês" not in text
    assert "do mês" not in text
    assert "fechado em" not in text
    quarter = Period.of_quarter(date(2026, 11, 24))
    text = " ".join(pages_of(make_report(3, figures=make_figures(quarter))))
    assert "4º trimestre de 2026" in text
    assert "No 4º trimestre de 2026, 42 ordens entraram" in text
    assert "no trimestre" in text


def test_the_story_says_what_grew_and_what_fell():
    before = make_figures(Month(2026, 10), opened=40, delivered=40, receivable=300_000)
    cover = pages_of(make_report(before=before))[0]
    assert (
        "Diante de outubro de 2026, subiram as entradas (+5 %); caíram as entregas (−13 %)."
        in cover
    )
    assert "são R$ 412,00 a mais que em 31/10/2026" in cover


def test_a_year_is_compared_once():
    year = Period.of_year(2026)
    before = make_figures(year.previous(), revenue=1_700_000)
    report = make_report(3, figures=make_figures(year), before=before, year_ago=before)
    pages = pages_of(report)
    assert pages[0].count("14 % acima de 2025") == 1
    assert "acima de 2025 e" not in pages[0]
    assert "Abertas por data de entrada 42 42 0 % Ficaram prontas" in pages[0]
    assert "em 2026, 42 ordens" in pages[0].lower()


def test_a_sum_is_never_parted():
    million = 99_999_999
    orders = tuple(make_order(n, total=million, balance=million) for n in range(2_000))
    text = pages_of(replace(make_report(0), orders=orders))
    assert any("2.000 ordens 1.999.999.980,00 1.999.999.980,00" in page for page in text)
