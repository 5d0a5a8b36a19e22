"""Writes what was asked for: first beside its place, then renamed; nothing is half-written."""

import csv
import io
import os
import tempfile
from pathlib import Path

from rathaus.report import picture
from rathaus.report.program import Wrong


def check_free(path, force):
    """Nothing is overwritten unasked, and a folder that is missing is told before the work."""
    if not path.parent.is_dir():
        raise Wrong(f"{path}: cannot be written (no folder '{path.parent}') create it first")
    if path.is_dir():
        raise Wrong(f"{path}: is a folder (a file is needed) name a file in it")
    if path.exists() and not force:
        raise Wrong(f"{path}: exists already (nothing is overwritten unasked) "
                    "choose another name or add --force")


def check_folder(folder, force):
    if folder.exists() and not folder.is_dir():
        raise Wrong(f"{folder}: is a file (a folder is needed) choose another name")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise Wrong(f"{folder}: is not empty (nothing is overwritten unasked) "
                    "choose another folder or add --force")


def write(path, data):
    """All of it or nothing."""
    handle, part = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, 0o644)
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def plain(value):
    """Numbers as numbers, nothing for what is not there."""
    return "" if value is None else value.item() if hasattr(value, "item") else value


def write_tables(tables, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables:
        columns, rows = table.plain()
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([[plain(value) for value in row] for row in rows])
        write(folder / f"{table.name}.csv", out.getvalue().encode())


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
            for cell in sheet[sheet.max_row]:       # text of the file, never a formula
                if isinstance(cell.value, str):
                    cell.data_type = "s"
        sheet.freeze_panes = "B3"
        sheet.column_dimensions["A"].width = 40
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_figures(figures, folder):
    for figure in figures:
        picture.save(figure, folder)
