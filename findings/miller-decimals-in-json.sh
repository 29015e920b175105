#!/usr/bin/env bash
# Miller 6.6.0 (Debian miller 6.6.0-2+b3): a CSV table with decimals written without the zero before or after the point, as
# Stata and SAS write them, turned into JSON.
#
# Expected   0.5 or the text ".5": JSON (RFC 8259, section 6) knows no number that starts or ends with its point.
# Seen       .5, -.25 and 5. stand in the output as numbers just so, exit status 0, nothing said; jq, Python and Node
#            refuse the file. +3, which JSON forbids as well, is put in quotes.
# Way out    `--ofmt %.6lf` writes 0.500000; `-S` makes text of every number; `-O` and `-A` change nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq miller=6.6.0-2+b3 2>/dev/null
dpkg-deb -x miller_*.deb root
mlr() { root/usr/bin/mlr "$@"; }

printf '%s\n' place,share,change 'Azaz,.5,+3' 'Homs,-.25,-1' 'Hama,5.,0' > table.csv
mlr --version
for options in "" "-O" "-A"; do
    # shellcheck disable=SC2086
    mlr $options --icsv --ojson cat table.csv > table.json
    for line in '"share": .5,' '"share": -.25,' '"share": 5.,'; do
        grep -qF -- "$line" table.json || { echo "not as seen with '$options': $line" >&2; cat table.json; exit 1; }
    done
    grep -qF '"change": "+3"' table.json || { echo "+3 is not in quotes" >&2; exit 1; }
    if python3 -c 'import json; json.load(open("table.json"))' 2>/dev/null; then echo "valid JSON now" >&2; exit 1; fi
    if node -e 'JSON.parse(require("fs").readFileSync("table.json"))' 2>/dev/null; then echo "valid JSON now" >&2; exit 1; fi
done
cat table.json
mlr --icsv --ojson --ofmt %.6lf cat table.csv > cured.json
python3 -c 'import json; assert [row["share"] for row in json.load(open("cured.json"))] == [0.5, -0.25, 5.0]'
