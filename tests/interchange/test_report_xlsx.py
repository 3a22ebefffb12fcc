"""The month report as a workbook, read back by another library."""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from tests.report_builders import RUNNING, empty_report, make_figures, make_order, make_report

from osdesk.domain.calendar import Month
from osdesk.domain.period import Period
from osdesk.domain.views.figures import Adjustment, Closing, MonthReport
from osdesk.interchange.report_xlsx import xlsx_bytes

SHEETS = [
    *("Resumo", "Recebimentos", "Recebido por dia", "A receber", "Saldos vencidos"),
    *("Por técnico", "Por serviço", "Por equipamento", "Ordens faturadas", "Pagamentos"),
    *("Abatimentos e encargos", "Saldos", "Ordens", "Ordens por total"),
]


def opened(report: MonthReport, *, values: bool = True) -> Workbook:
    return load_workbook(io.BytesIO(xlsx_bytes(report)), data_only=values)


def rows_of(report: MonthReport, sheet: str) -> list[tuple[object, ...]]:
    return list(opened(report)[sheet].iter_rows(values_only=True))


def test_there_is_a_sheet_a_table_with_filter_and_frozen_head():
    book = opened(make_report())
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.auto_filter.ref, sheet.title
        assert sheet.freeze_panes, sheet.title
    assert book["Ordens"].freeze_panes == "A2"
    assert book["Ordens"].auto_filter.ref == "A1:X81"


def test_orders_are_real_numbers_and_dates():
    rows = rows_of(make_report(), "Ordens")
    assert rows[1] == (
        10_001,
        "Maria das Dores Conceição 0",
        "Lavadora Brastemp BWK12ABANA",
        "Edson Ramos",
        *[datetime(2026, 11, 1)] * 3,
        "Entregue",
        123.45,
        0,
        None,
        None,
        0,
        *(103.45, 25, 5, 0, 0, 123.45, 9, 0, 114.45, 0),
        14_350,
    )
    sheet = opened(make_report())["Ordens"]
    assert sheet["E2"].number_format == "dd/mm/yyyy"
    assert sheet["I2"].number_format == "#,##0.00"


@pytest.mark.parametrize(
    ("sheet", "letters"),
    [
        ("Recebimentos", "B"),
        ("Recebido por dia", "B"),
        ("A receber", "B"),
        ("Saldos vencidos", "D"),
        ("Ordens faturadas", "EFGHIJKLMN"),
        ("Pagamentos", "F"),
        ("Saldos", "E"),
        ("Por técnico", "CDEFGHIJKL"),
        ("Por serviço", "BCDEFGHIJKL"),
        ("Por equipamento", "BCDEFGHIJKL"),
        ("Ordens", "IJNOPQRSTUVWX"),
    ],
)
def test_totals_are_formulas_whose_kept_value_is_right_to_the_centavo(sheet, letters):
    report = make_report()
    formulas, values = opened(report, values=False)[sheet], opened(report)[sheet]
    last = formulas.max_row
    for letter in letters:
        assert formulas[f"{letter}{last}"].value == f"=ROUND(SUM({letter}2:{letter}{last - 1}),2)"
        column = [values[f"{letter}{row}"].value for row in range(2, last)]
        total = sum(Decimal(str(value)) for value in column if value is not None)
        assert Decimal(str(values[f"{letter}{last}"].value)) == total
    assert formulas.auto_filter.ref.endswith(str(last - 1))


def test_the_same_money_stands_on_each_sheet():
    report = make_report()
    revenue = Decimal(report.figures.revenue) / 100
    for sheet in ("Por técnico", "Por serviço", "Por equipamento"):
        assert Decimal(str(rows_of(report, sheet)[-1][7])) == revenue
    net = Decimal(report.figures.received - report.figures.reversed) / 100
    for sheet in ("Recebimentos", "Recebido por dia"):
        assert Decimal(str(rows_of(report, sheet)[-1][1])) == net


def test_the_figures_say_their_date_and_stand_against_other_months():
    rows = rows_of(make_report(now=RUNNING), "Resumo")
    assert rows[0][0] == "Eletrônica Horizonte"
    assert rows[1][0] == "Fechamento de novembro de 2026 (parcial até 24/11/2026)"
    assert rows[2][0] == "Emitido em 24/11/2026 14:40"
    found = {row[0]: row[1:] for row in rows[4:]}
    assert found["Número"][1:3] == ("novembro de 2026", "outubro de 2026")
    assert found["Abertas"] == ("por data de entrada", 42, 40, 0.05, 0, "—")
    assert found["Atraso médio"][1] == 2.3
    assert found["Faturado"][0] == "por data de entrega"
    assert found["Faturado"][1:3] == (19_320, 21_000)
    assert found["Faturado"][3] == pytest.approx(-1680 / 21_000)
    formulas = opened(make_report(), values=False)["Resumo"]
    assert formulas["E6"].value == '=IF(D6>0,(C6-D6)/D6,"—")'
    assert formulas["G6"].value == '=IF(F6>0,(C6-F6)/F6,"—")'


def test_the_numbers_behind_each_count_are_listed():
    rows = rows_of(make_report(), "Ordens por total")
    assert ("Prontas com atraso", 10_005) in rows
    assert sum(row[0] == "Abertas" for row in rows) == 42


def test_texts_are_never_formulas_links_or_numbers():
    typed = [
        "=1+1",
        "http://exemplo.com.br",
        "00123",
        "@x",
        "{=1}",
        "_x0041_",
        " antes",
        "a\x0bb\ud800",
    ]
    orders = tuple(make_order(n, customer=text) for n, text in enumerate(typed))
    report = replace(make_report(0), orders=orders)
    for values in (True, False):
        sheet = opened(report, values=values)["Ordens"]
        cells = [sheet[f"B{row}"] for row in range(2, 2 + len(typed))]
        assert [cell.value for cell in cells] == [*typed[:-1], "ab"]
        assert {cell.data_type for cell in cells} == {"s"}
        assert all(cell.hyperlink is None for cell in cells)


def test_a_text_longer_than_a_cell_is_cut_where_one_sees_it():
    report = replace(make_report(0), orders=(make_order(0, customer="a" * 40_000),))
    text = opened(report)["Ordens"]["B2"].value
    assert len(text) == 32_767
    assert text.endswith("a…")


def test_an_empty_month_is_a_whole_book_too():
    book = load_workbook(io.BytesIO(xlsx_bytes(empty_report())), data_only=True)
    assert book.sheetnames == SHEETS
    assert list(book["Ordens"].iter_rows(min_row=2, values_only=True)) == [
        ("Total", *[None] * 7, 0, 0, None, None, None, *[0] * 11)
    ]


def test_the_same_report_gives_the_same_bytes_and_a_sound_file():
    data = xlsx_bytes(make_report())
    assert data == xlsx_bytes(make_report())
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None


def test_a_closed_month_and_its_adjustments_are_in_the_book():
    closing = Closing(Month(2026, 11), datetime(2026, 12, 2, 12, tzinfo=UTC), None, "9f8e" * 16)
    changes = (
        Adjustment(Month(2026, 10), "delivered", -1, ((9_812, -1),)),
        Adjustment(Month(2026, 10), "received", 7_000, ((9_830, 5_000), (9_831, 2_000))),
    )
    report = make_report(closed=closing, adjustments=changes)
    assert (
        rows_of(report, "Resumo")[3][0]
        == f"Mês fechado em 02/12/2026 09:00 · SHA-256 {'9f8e' * 16}"
    )
    assert rows_of(report, "Ajustes")[1:] == [
        ("outubro de 2026", "Entregues", 9_812, -1, None),
        ("outubro de 2026", "Recebido", 9_830, None, 50),
        ("outubro de 2026", "Recebido", 9_831, None, 20),
    ]


def test_other_days_are_named_and_no_closing():
    days = Period(date(2026, 11, 3), date(2026, 11, 15))
    rows = rows_of(make_report(figures=make_figures(days)), "Resumo")
    assert rows[1][0] == "Relatório de 03/11/2026 a 15/11/2026"


AREA = re.compile(r"'([^']+)'!\$([A-Z])\$(\d+):\$[A-Z]\$(\d+)")


def test_every_figure_of_the_summary_is_made_of_a_list_that_gives_it(shop_report):
    """The lists that the formulas name, summed here by hand, are the figures that were counted."""
    report = shop_report
    formulas, values = opened(report, values=False), opened(report)
    cells = {row[0].value: row[2] for row in formulas["Resumo"].iter_rows(min_row=6)}

    def column(figure: str, place: int) -> list[object]:
        sheet, letter, first, last = AREA.findall(cells[figure].value)[place]
        return [values[sheet][f"{letter}{row}"].value for row in range(int(first), int(last) + 1)]

    def total(found: Iterable[object]) -> Decimal:
        return sum((Decimal(str(value)) for value in found if value is not None), Decimal())

    def within(found: list[object]) -> int:
        return sum(
            isinstance(day, datetime) and report.period.contains(day.date()) for day in found
        )

    figures = report.figures
    for name, figure in (
        *(("Abertas", "opened"), ("Ficaram prontas", "finished")),
        *(("Entregues", "delivered"), ("Canceladas", "cancelled")),
    ):
        assert within(column(name, 0)) == getattr(figures, figure) > 0
    assert sum(days > 0 for days in column("Prontas com atraso", 0)) == figures.late > 0
    for name, figure in (
        *(("Mão de obra", "labor"), ("Materiais", "parts"), ("Descontos", "discounts")),
        *(("Custo das peças", "parts_cost"), ("A receber", "receivable")),
    ):
        assert total(column(name, 0)) * 100 == getattr(figures, figure) > 0
    for name, figure in (
        *(("Taxas de devolvidas", "fees"), ("Abatimentos", "allowances")),
        *(
            ("Custo dos serviços", "service_cost"),
            ("Materiais sem custo informado", "cost_unknown"),
        ),
    ):
        assert total(column(name, 0)) * 100 == getattr(figures, figure)
    found = column("Prometidas e não prontas", 0)
    assert found.count("Prometidas e não prontas") == figures.late_open
    paid = list(zip(column("Recebido", 0), column("Recebido", 1), strict=True))
    assert total(amount for amount, kind in paid if kind == "Pagamento") * 100 == figures.received
    assert -total(amount for amount, kind in paid if kind != "Pagamento") * 100 == figures.reversed
    assert figures.reversed > 0


def test_the_parts_of_a_table_are_made_of_the_same_lists(shop_report):
    formulas, values = opened(shop_report, values=False), opened(shop_report)
    for sheet in ("Recebimentos", "Recebido por dia", "A receber"):
        for row in formulas[sheet].iter_rows(min_row=2, max_row=formulas[sheet].max_row - 1):
            (place, letter, first, last), (_, key, *_) = AREA.findall(row[1].value)
            source = values[place]
            wanted = sum(
                Decimal(str(source[f"{letter}{line}"].value))
                for line in range(int(first), int(last) + 1)
                if source[f"{key}{line}"].value == row[0].value
            )
            assert Decimal(str(values[sheet][row[1].coordinate].value)) == wanted
