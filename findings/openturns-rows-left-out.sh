#!/usr/bin/env bash
# OpenTURNS 1.20 (Debian python3-openturns): tables of numbers read by Sample.ImportFromCSVFile.
#
# Expected   a missing value is NaN, or an error says where the table can't be read.
# Seen       a row with an empty cell, NA, quotes or a decimal comma is left out, and nothing is said at the default level of
#            messages: of six rows two come back, and what is computed of them is of other places. With commas between
#            columns, while the default separator is a semicolon, each row is its first number alone and the header is lost.
# Way out    give the separator, and compare getSize() with the lines of the file; or read by another library and hand over
#            an array.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get install -s -qq --no-install-recommends python3-openturns=1.20-9 | awk '$1 == "Inst" {print $2}' > missing
[ ! -s missing ] || xargs apt-get download -qq 2>/dev/null < missing
for package in *.deb; do [ ! -e "$package" ] || dpkg-deb -x "$package" root; done
export LD_LIBRARY_PATH=$folder/root/usr/lib:$folder/root/usr/lib/x86_64-linux-gnu PYTHONPATH=$folder/root/usr/lib/python3/dist-packages
cat > read.py <<'PY'
import openturns
assert openturns.__version__ == "1.20", openturns.__version__

def read(rows, separator, *given):
    with open("table.csv", "w") as file:
        file.writelines(separator.join(row) + "\n" for row in rows)
    sample = openturns.Sample.ImportFromCSVFile("table.csv", *given)
    print(sample)
    return list(sample.getDescription()), [list(row) for row in sample]

header, rows = ["day", "people"], [["1", "850"], ["2", ""], ["3", "NA"], ["4", '"7"'], ["5", "1,5"], ["6", "1200"]]
assert read([header, *rows], ";") == (header, [[1, 850], [6, 1200]])
assert read([header, ["1", "850"], ["2", "1200"]], ",") == (["data_0"], [[1], [2]])
assert read([header, ["1", "850"], ["2", "1200"]], ",", ",") == (header, [[1, 850], [2, 1200]])
PY
/usr/bin/python3 read.py > seen 2> said || { cat said >&2; exit 1; }
cat seen
[ ! -s said ] || { echo "it says something now:" >&2; cat said >&2; exit 1; }
