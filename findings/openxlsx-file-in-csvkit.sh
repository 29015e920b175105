#!/usr/bin/env bash
# R's openxlsx 4.2.5.2 (Debian r-cran-openxlsx 4.2.5.2-1) and csvkit's in2csv 1.0.7 (Debian csvkit 1.0.7-1, with
# openpyxl 3.0.9): a spreadsheet written by the one and read by the other.
#
# Expected   three places and their persons, or an error.
# Seen       the first name of a column alone, and no row. openxlsx notes in every sheet that it goes from A1 to A1, and
#            openpyxl, opened for reading only as in2csv does, takes that for the end of the table. The exit code is 0,
#            and nothing is said. openxlsx itself reads all of the file.
#
# A total made of what in2csv writes is one of no persons, and a loop over many files passes this one by.
set -euo pipefail
command -v Rscript >/dev/null || { echo "needs r-base-core" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq csvkit=1.0.7-1 python3-csvkit=1.0.7-1 python3-agate python3-agatedbf python3-agateexcel \
    python3-agatesql python3-babel python-babel-localedata python3-dbfread python3-et-xmlfile python3-isodate \
    python3-leather python3-olefile python3-openpyxl=3.0.9-1 python3-parsedatetime python3-pkg-resources \
    python3-pytimeparse python3-six python3-slugify python3-sqlalchemy python3-tz python3-unidecode python3-xlrd \
    r-cran-openxlsx=4.2.5.2-1 r-cran-rcpp r-cran-stringi r-cran-zip libicu72 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done

R_LIBS=$folder/root/usr/lib/R/site-library LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu \
    Rscript --vanilla - <<'R'
library(openxlsx)
stopifnot(packageVersion("openxlsx") == "4.2.5.2")
places <- data.frame(place = c("Azaz", "Homs", "Idlib"), persons = c(10, 20, 30))
write.xlsx(places, "places.xlsx")
again <- read.xlsx("places.xlsx")
stopifnot(identical(again$place, places$place), all(again$persons == places$persons))
cat("openxlsx:", paste(again$place, again$persons, collapse = ", "), "\n")
R

rows() { PYTHONPATH=$folder/root/usr/lib/python3/dist-packages /usr/bin/python3 root/usr/bin/in2csv "$1" 2> said; }
check() { # FILE ROWS
    seen=$(rows "$1")
    [ ! -s said ] || { cat said >&2; exit 1; }
    echo "in2csv $1: ${seen//$'\n'/ | }"
    [ "$seen" = "$2" ] || { echo "not as seen: $2" >&2; exit 1; }
}
check places.xlsx "place"

# The same file without the note, and with the one that its cells call for.
/usr/bin/python3 - <<'PY'
import zipfile

with zipfile.ZipFile("places.xlsx") as file:
    parts = {name: file.read(name) for name in file.namelist()}
sheet = "xl/worksheets/sheet1.xml"
note = b'<dimension ref="A1"/>'
assert parts[sheet].count(note) == 1
for name, other in (("without", b""), ("right", b'<dimension ref="A1:B4"/>')):
    with zipfile.ZipFile(f"{name}.xlsx", "w") as file:
        for part, content in parts.items():
            file.writestr(part, content.replace(note, other) if part == sheet else content)
PY
table=$'place,persons\nAzaz,10\nHoms,20\nIdlib,30'
check without.xlsx "$table"
check right.xlsx "$table"
