"""The files beside the page: each chart, each table, a workbook of all tables."""

import csv
import io

from rathaus.report import picture


FORMULA = ("=", "+", "-", "@")      # what a spreadsheet takes for the beginning of a formula


def plain(value):
    """Numbers as numbers, nothing for what is not there."""
    return "" if value is None else value.item() if hasattr(value, "item") else value


def tables(all_of_them, folder, language):
    """{file: its text}; in German as German spreadsheets read it: semicolons, decimal commas, a mark of UTF-8."""
    german, files = language == "de", {}
    for table in all_of_them:
        columns, rows = table.plain()
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n", delimiter=";" if german else ",")
        writer.writerow(columns)
        writer.writerows([[with_comma(plain(value)) if german else plain(value) for value in row] for row in rows])
        files[folder / f"{table.name}.csv"] = ("\N{BYTE ORDER MARK}" if german else "") + out.getvalue()
    return files


def with_comma(value):
    return str(value).replace(".", ",") if isinstance(value, float) else value


def workbook(tables):
    """One sheet for each table, as bytes."""
    import openpyxl
    from openpyxl.styles import Font
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.name[:31])
        columns, rows = table.plain()
        sheet.append([table.caption])
        sheet.append(columns)
        for cell in sheet[2]:
            cell.font = Font(bold=True)
        for row in rows:
            sheet.append([plain(value) for value in row])
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, str):         # text of the file, never a formula, also when it is edited
                cell.data_type = "s"
                cell.quotePrefix = cell.value.startswith(FORMULA)
        sheet.freeze_panes = "B3"
        sheet.column_dimensions["A"].width = 40
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def figures(all_of_them, folder):
    """{file: its bytes}"""
    files = {}
    for figure in all_of_them:
        files[folder / f"{figure.name}.svg"] = figure.svg
        files[folder / f"{figure.name}.png"] = picture.png(figure)
    return files
