#!/usr/bin/env bash
# SheetJS 0.18.5 (npm xlsx), csvkit 1.0.7 (Debian csvkit 1.0.7-1) and R's readr 2.1.4 (Debian r-cran-readr 2.1.4-1): a
# table with semicolons between columns and commas in numbers, as spreadsheets of many languages save it.
#
# Expected   "0,5" is read as 0.5, or stays text; the semicolons are noticed or given.
# Seen       SheetJS and csvkit take the comma for one of thousands, though no three digits stand behind it: 0,5 is 5,
#            12,75 is 1275. readr does so for the column of 1,25 and 2,5 (125 and 25); a column with 0,5 stays text.
#            Nothing is said. Shares come out ten times, or a hundred times, too large, each row by another factor.
#
# `raw: true` (SheetJS) and `--no-inference` (csvkit) keep the text; `-L de_DE` (csvkit) and
# `locale(decimal_mark = ",")` (readr) give the numbers.
set -euo pipefail
command -v Rscript >/dev/null || { echo "needs r-base-core" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq csvkit=1.0.7-1 python3-csvkit=1.0.7-1 python3-agate python3-agatedbf python3-agateexcel \
    python3-agatesql python3-babel python-babel-localedata python3-dbfread python3-et-xmlfile python3-isodate \
    python3-leather python3-olefile python3-openpyxl python3-parsedatetime python3-pkg-resources python3-pytimeparse \
    python3-six python3-slugify python3-sqlalchemy python3-tz python3-unidecode python3-xlrd \
    r-cran-readr=2.1.4-1 r-cran-bit r-cran-bit64 r-cran-cli r-cran-clipr r-cran-crayon r-cran-ellipsis r-cran-fansi \
    r-cran-glue r-cran-hms r-cran-lifecycle r-cran-magrittr r-cran-pillar r-cran-pkgconfig r-cran-prettyunits \
    r-cran-progress r-cran-r6 r-cran-rlang r-cran-tibble r-cran-tidyselect r-cran-tzdb r-cran-utf8 r-cran-vctrs \
    r-cran-vroom r-cran-withr 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
npm init -y >/dev/null
npm install --silent xlsx@0.18.5

printf '%s\n' 'place;share;size' 'Azaz;0,5;1,25' 'Homs;12,75;2,5' > table.csv

cat > read.cjs <<'JS'
const xlsx = require("xlsx");
const sheet = xlsx.readFile("table.csv", { raw: process.argv[2] === "raw" }).Sheets.Sheet1;
console.log(xlsx.utils.sheet_to_json(sheet).map((row) => Object.values(row).join(" ")).join("\n"));
JS
cat > read.R <<'R'
library(readr)
stopifnot(packageVersion("readr") == "2.1.4")
mark <- commandArgs(TRUE)
rows <- read_delim("table.csv", delim = ";", show_col_types = FALSE, locale = locale(decimal_mark = mark))
writeLines(paste(rows$place, rows$share, rows$size))
R
sheetjs() { node read.cjs "$@"; }
csvkit() {
    PYTHONPATH=$folder/root/usr/lib/python3/dist-packages /usr/bin/python3 root/usr/bin/csvsort -d ';' "$@" table.csv |
        tail -n +2 | csvkit_spaces
}
csvkit_spaces() { sed 's/"\([^"]*\),\([^"]*\)"/\1;\2/g; s/,/ /g; s/;/,/g'; }
readr() { R_LIBS=$folder/root/usr/lib/R/site-library Rscript --vanilla read.R "$@"; }

check() { # AZAZ HOMS PROGRAM [OPTION]...
    rows=$("${@:3}" 2> said)
    [ ! -s said ] || { cat said >&2; exit 1; }
    echo "${*:3}: ${rows//$'\n'/, }"
    [ "$rows" = "Azaz $1"$'\n'"Homs $2" ] || { echo "not as seen: Azaz $1, Homs $2" >&2; exit 1; }
}
check "5 125" "1275 25" sheetjs
check "0,5 1,25" "12,75 2,5" sheetjs raw
check "5 125" "1275 25" csvkit
check "0,5 1,25" "12,75 2,5" csvkit --no-inference
check "0.5 1.25" "12.75 2.5" csvkit -L de_DE
check "0,5 125" "12,75 25" readr .
check "0.5 1.25" "12.75 2.5" readr ,
