#!/usr/bin/env bash
# GDAL 3.6.2 (Debian gdal-bin 3.6.2+dfsg-1+b2): a spreadsheet (XLSX) whose numbers are shown with a word behind them.
#
# The files are written by openpyxl (Debian python3-openpyxl 3.0.9-1). HH stands for households in humanitarian tables.
#
# Expected   the format `#,##0 "HH"` of a cell shows 120 as "120 HH"; the number is 120. What stands in quotes is text.
# Seen       the letters in quotes are taken for a time of day or a date: 120 households are 00:00:00, a mean of 35.5 is
#            12:00:00, 100 persons in a format of "added" are 1900/04/09. The exit code is 0, and nothing is said; the
#            count is in no column. With the words persons and households in quotes the numbers are read as they are.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -s -o Dir::State::status=/dev/null --no-install-recommends install gdal-bin=3.6.2+dfsg-1+b2 2>/dev/null |
    awk '$1 == "Inst" { print $2 "=" substr($3, 2) }' |
    grep -Ev '^(libc6|libgcc-s1|gcc-12-base|dpkg|tar|debconf|fonts-.*|.*python3.*|media-types)=' > packages
echo python3-openpyxl=3.0.9-1 python3-et-xmlfile >> packages
mkdir packed
(cd packed && xargs apt-get download -qq < ../packages 2>/dev/null)
for package in packed/*.deb; do dpkg-deb -x "$package" root; done
lib=root/usr/lib/x86_64-linux-gnu
export GDAL_DATA=$folder/root/usr/share/gdal GDAL_DRIVER_PATH=disable PROJ_LIB=$folder/root/usr/share/proj
libraries=$folder/root/lib/x86_64-linux-gnu:$folder/root/usr/lib:$folder/$lib:$folder/$lib/blas:$folder/$lib/lapack
gdal() { LD_LIBRARY_PATH=$libraries "root/usr/bin/$1" "${@:2}"; }
gdal ogr2ogr --version | grep -q '^GDAL 3\.6\.2,' || { echo "not GDAL 3.6.2" >&2; exit 1; }

cat > write.py <<'PY'
import sys

import openpyxl

assert openpyxl.__version__ == "3.0.9", openpyxl.__version__
book = openpyxl.Workbook()
for row in (["place", "number"], ["Azaz", 100], ["Homs", 120], ["Idlib", 35.5]):
    book.active.append(row)
for (cell,) in book.active.iter_rows(min_row=2, min_col=2):
    cell.number_format = sys.argv[1]
book.save("table.xlsx")
PY

check() { # FORMAT NUMBERS
    PYTHONPATH=$folder/root/usr/lib/python3/dist-packages /usr/bin/python3 write.py "$1"
    numbers=$(gdal ogr2ogr -f CSV /vsistdout/ table.xlsx -select number 2> said |
        awk 'NR > 1 { gsub(/"/, ""); printf "%s%s", separator, $0; separator = ", " }')
    [ ! -s said ] || { cat said >&2; exit 1; }
    echo "$1: $numbers"
    [ "$numbers" = "$2" ] || { echo "not as seen: $2" >&2; exit 1; }
}
check 'General' "100, 120, 35.5"
check '#,##0 "persons"' "100, 120, 35.5"
check '#,##0 "households"' "100, 120, 35.5"
check '#,##0 "HH"' "00:00:00, 00:00:00, 12:00:00"
check '0 "added"' "1900/04/09, 1900/04/29, 1900/02/03"
