"""The month report as a workbook, read back by another library."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from tests.report_builders import RUNNING, empty_report, make_order, make_report

from osdesk.domain.figures import MonthReport
from osdesk.interchange.report_xlsx import xlsx_bytes

SHEETS = [
    *("Resumo", "Recebimentos", "Recebido por dia", "A receber", "Saldos vencidos"),
    *("Por técnico", "Por serviço", "Por equipamento", "Ordens", "Ordens por total"),
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
    assert book["Ordens"].auto_filter.ref == "A1:J81"


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
        ("Por técnico", "CDEFGH"),
        ("Por serviço", "BCDEFGH"),
        ("Por equipamento", "BCDEFGH"),
        ("Ordens", "IJ"),
    ],
)
def test_totals_are_formulas_whose_kept_value_is_right_to_the_centavo(sheet, letters):
    report = make_report()
    formulas, values = opened(report, values=False)[sheet], opened(report)[sheet]
    last = formulas.max_row
    for letter in letters:
        assert formulas[f"{letter}{last}"].value == f"=SUM({letter}2:{letter}{last - 1})"
        column = [values[f"{letter}{row}"].value for row in range(2, last)]
        total = sum(Decimal(str(value)) for value in column)
        assert Decimal(str(values[f"{letter}{last}"].value)) == total
    assert formulas.auto_filter.ref.endswith(str(last - 1))


def test_the_same_money_stands_on_each_sheet():
    report = make_report()
    revenue = Decimal(report.figures.revenue) / 100
    for sheet in ("Por técnico", "Por serviço", "Por equipamento"):
        assert Decimal(str(rows_of(report, sheet)[-1][5])) == revenue
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
    assert found["Faturado"][1:3] == (19_240, 21_000)
    assert found["Faturado"][3] == pytest.approx(-1760 / 21_000)
    formulas = opened(make_report(), values=False)["Resumo"]
    assert formulas["E6"].value == '=IF(D6>0,(C6-D6)/D6,"—")'
    assert formulas["G6"].value == '=IF(F6>0,(C6-F6)/F6,"—")'


def test_the_numbers_behind_each_count_are_listed():
    rows = rows_of(make_report(), "Ordens por total")
    assert ("Com atraso", 10_005) in rows
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
        ("Total", *[None] * 7, 0, 0)
    ]


def test_the_same_report_gives_the_same_bytes_and_a_sound_file():
    data = xlsx_bytes(make_report())
    assert data == xlsx_bytes(make_report())
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
