#!/usr/bin/env bash
# Gnumeric 1.12.55 (Debian gnumeric 1.12.55-1): ssconvert on a CSV table of people by age class and code of district.
#
# Expected   what is not a number stays text: the class 60+, the codes 1E05 and 0101.
# Seen       60+ is the number 60, 1E05 is 100000, 0101 is 101; 5-11 and 12-17 stay text. Exit status 0, nothing said. A join
#            by class or code loses just these rows.
# Way out    put a letter before codes and classes, or keep the table out of spreadsheets.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get install -s -qq --no-install-recommends gnumeric=1.12.55-1 | awk '$1 == "Inst" {print $2}' > missing
[ ! -s missing ] || xargs apt-get download -qq 2>/dev/null < missing
for package in *.deb; do [ ! -e "$package" ] || dpkg-deb -x "$package" root; done
export LD_LIBRARY_PATH=$folder/root/usr/lib:$folder/root/usr/lib/x86_64-linux-gnu PATH=$folder/root/usr/bin:$PATH
ssconvert --version 2>/dev/null | grep -q 1.12.55 || { echo "another version" >&2; exit 1; }
printf '%s\n' class,code,people 5-11,SY0101,850 12-17,0101,1200 60+,1E05,90 > table.csv
ssconvert table.csv again.csv 2> said
if grep -vE '^$|go_conf_|GOConfMonitor' said; then exit 1; fi  # of its settings it speaks where it is not installed
cat again.csv
diff again.csv - <<'CSV'
class,code,people
5-11,SY0101,850
12-17,101,1200
60,100000,90
CSV
