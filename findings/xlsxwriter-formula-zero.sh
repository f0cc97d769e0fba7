#!/bin/sh
# A sheet of scores whose totals are formulas, written by XlsxWriter (pandas' usual writer of .xlsx) and
# read by the usual readers before any spreadsheet has opened it: every formula is 0, not missing.
#
# XlsxWriter 3.2.0, openpyxl 3.1.5, Python 3.11. XlsxWriter does not compute: it stores the number 0
# beside each formula and marks the workbook fullCalcOnLoad="1". openpyxl with data_only=True (and so
# pandas.read_excel) gives the stored 0 and does not heed the mark. The same sheet loaded and saved by
# openpyxl has no stored value at all, and the same reader gives None. So whether a formula that nobody
# computed is "zero" or "missing" depends on who wrote the file, and the reader cannot be asked.
#
# Seen:
#   written by XlsxWriter: 0, fullCalcOnLoad: True
#   saved again by openpyxl: None
#
# Exits 0 while that is so, 1 when it has changed, 2 when the packages cannot be had.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" >/dev/null 2>&1 &&
    "$folder/venv/bin/pip" install -q XlsxWriter==3.2.0 openpyxl==3.1.5 >/dev/null 2>&1 || {
    echo "the packages cannot be installed" >&2
    exit 2
}
"$folder/venv/bin/python" - "$folder" >"$folder/seen" <<'PYTHON'
import sys
import zipfile

import openpyxl
import xlsxwriter

first, second = sys.argv[1] + '/first.xlsx', sys.argv[1] + '/second.xlsx'
book = xlsxwriter.Workbook(first)
sheet = book.add_worksheet('Scores')
for row, cells in enumerate((('Package', 'Wage', 'Hours', 'Union'), ('A', 30, 25))):
    sheet.write_row(row, 0, cells)
sheet.write_formula('D2', '=B2+C2')
book.close()
stored = openpyxl.load_workbook(first, data_only=True)['Scores']['D2'].value
mark = 'fullCalcOnLoad="1"' in zipfile.ZipFile(first).read('xl/workbook.xml').decode()
print(f'written by XlsxWriter: {stored}, fullCalcOnLoad: {mark}')
openpyxl.load_workbook(first).save(second)
print('saved again by openpyxl:', openpyxl.load_workbook(second, data_only=True)['Scores']['D2'].value)
PYTHON
cat "$folder/seen"
printf '%s\n' 'written by XlsxWriter: 0, fullCalcOnLoad: True' 'saved again by openpyxl: None' |
    cmp -s - "$folder/seen"
