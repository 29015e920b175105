#!/usr/bin/env python3
"""check_workbook.py NUZUH FILE.h5: the workbook holds what the tables hold: numbers, days, blanks. Exit 77: skipped."""
import csv
import datetime
import pathlib
import shutil
import subprocess
import sys
import tempfile

from expected import module

openpyxl = module("openpyxl")
nuzuh, results = sys.argv[1:]
folder = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_workbook_"))


def export(to, target, *options, code=0):
    done = subprocess.run([nuzuh, "--quiet", "export", results, "--to", to, "-o", folder / target, *options], capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done.stderr, folder / target


said, book = export("xlsx", "run.xlsx", "--wide", code=subprocess.run(
    [nuzuh, "--quiet", "export", results, "--to", "xlsx", "-o", folder / "probe.xlsx"], capture_output=True).returncode)
if "libxlsxwriter" in said:
    print("skipped: built without libxlsxwriter")
    sys.exit(77)
assert export("xlsx", "again.xlsx", "--wide")[1].read_bytes() == book.read_bytes(), "the same tables give the same bytes"
tables = export("csv", "tables", "--wide")[1]


def as_written(cell, text):
    """Whether a cell of the workbook is what stands in the CSV table."""
    if text == "":
        return cell is None
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() == text
    if isinstance(cell, (int, float)):
        return abs(cell - float(text)) <= 1e-12 * abs(cell)
    return cell == text


opened = openpyxl.load_workbook(book, read_only=True)
assert opened.sheetnames[0] == "READ_ME" and "not a forecast" in " ".join(
    str(cell) for row in opened["READ_ME"].iter_rows(values_only=True) for cell in row)
names = sorted(path.stem for path in tables.glob("*.csv"))
assert sorted(opened.sheetnames[1:]) == names, (opened.sheetnames, names)
days = numbers = blanks = 0
for name in names:
    with open(tables / f"{name}.csv", encoding="utf-8", newline="") as file:
        written = list(csv.reader(file))
    rows = list(opened[name].iter_rows(values_only=True))
    assert len(rows) == len(written), name
    for row, texts in zip(rows, written):
        cells = list(row) + [None] * (len(texts) - len(row))
        assert all(map(as_written, cells, texts)), (name, cells, texts)
        days += sum(isinstance(cell, datetime.datetime) for cell in cells)
        numbers += sum(isinstance(cell, (int, float)) for cell in cells)
        blanks += sum(cell is None for cell in cells)
assert days > 1000 and numbers > 10_000 and blanks > 10, (days, numbers, blanks)
assert openpyxl.load_workbook(book)["places_by_day"]["B2"].value == "#loc+code"
plain = openpyxl.load_workbook(export("xlsx", "plain.xlsx", "--no-hxl")[1], read_only=True)
assert isinstance(next(plain["totals_by_day"].iter_rows(min_row=2, values_only=True))[0], datetime.datetime)
shared = openpyxl.load_workbook(export("xlsx", "shared.xlsx", "--share")[1], read_only=True)
assert shared.sheetnames == ["READ_ME", "sub_districts_by_week", "totals_by_week", "columns"], shared.sheetnames

for options, word in [(("--bom",), "--bom"), (("--separator", "tab"), "--separator"), (("--wide", "--share"), "--wide")]:
    said, target = export("xlsx", "no.xlsx", *options, code=2)
    assert word in said and not target.exists(), said
assert ".xlsx" in export("xlsx", "book", code=2)[0] and "folder" in export("xlsx", "tables", code=2)[0]

if shutil.which("libreoffice"):
    subprocess.run(["libreoffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
                    "--outdir", folder / "office-csv", book], check=True, capture_output=True, timeout=300)
    found = next((folder / "office-csv").glob("*totals_by_day.csv"))
    with open(found, encoding="utf-8", newline="") as file, open(tables / "totals_by_day.csv", encoding="utf-8", newline="") as other:
        for row, texts in zip(csv.reader(file), csv.reader(other)):
            assert row[:2] == texts[:2], (row, texts)
