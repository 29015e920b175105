#!/usr/bin/env bash
# csvkit 1.0.7 on agate 1.6.3 (Debian 1.0.7-1, 1.6.3-2): a table of children in camps, sorted, or turned into JSON.
#
# Expected   csvsort changes the order of rows, and csvjson the form: text stays what it is.
# Seen       a column that can be read as dates or as lengths of time becomes that, in what is written. The age classes of children
#            of school age, 5-11 and 12-17, become 2001-05-11 and 2001-12-17; blocks of a sector, 10 m and 3 h, become 0:10:00 and
#            3:00:00, and are sorted as such. Exit code 0, not a word. With a class that is no date in the column, as 0-4 or
#            18-59, everything stays: the same table of all ages is right, and cut to children it is not.
#
# With -I (--no-inference) all stays text, numbers too, and 9 is sorted after 10.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-csvkit python3-agate python3-agatesql python3-agateexcel python3-agatedbf python3-parsedatetime \
    python3-pytimeparse python3-leather python3-isodate python3-slugify python3-unidecode python3-babel python-babel-localedata \
    python3-tz python3-xlrd python3-olefile python3-six python3-future 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
export PYTHONPATH=$folder/root/usr/lib/python3/dist-packages
tool() { /usr/bin/python3 -c "from csvkit.utilities.$1 import $2 as tool; import sys; tool(sys.argv[1:]).run()" "${@:3}"; }
/usr/bin/python3 - <<'P'
import pathlib
found = {path.name.split("-")[0]: path.name.split("-")[1] for path in pathlib.Path().glob("root/usr/lib/python3/dist-packages/*.egg-info")}
print("csvkit", found["csvkit"], "agate", found["agate"])
assert found["csvkit"].startswith("1.0.7") and found["agate"].startswith("1.6.3"), found
P

seen() {  # what is compared, what is expected of it, what came out
    printf '%s: %s\n' "$1" "${3//$'\n'/ | }"
    [ "$2" = "$3" ]
}
printf '%s\n' camp,age,block,children Atmeh,5-11,10\ m,9 Atmeh,12-17,3\ h,10 >children.csv
printf '%s\n' camp,age,children Atmeh,5-11,9 Atmeh,12-17,10 Atmeh,18-59,30 >all.csv
seen "by children, most first" 'camp,age,block,children
Atmeh,2001-12-17,3:00:00,10
Atmeh,2001-05-11,0:10:00,9' "$(tool csvsort CSVSort -r -c children children.csv)"
seen "as JSON" '[{"camp": "Atmeh", "age": "2001-05-11", "block": "0:10:00", "children": 9.0}, {"camp": "Atmeh", "age": "2001-12-17", "block": "3:00:00", "children": 10.0}]' \
    "$(tool csvjson CSVJSON children.csv)"
seen "with grown-ups" 'camp,age,children
Atmeh,18-59,30
Atmeh,12-17,10
Atmeh,5-11,9' "$(tool csvsort CSVSort -r -c children all.csv)"
seen "as text alone" 'camp,age,block,children
Atmeh,5-11,10 m,9
Atmeh,12-17,3 h,10' "$(tool csvsort CSVSort -I -r -c children children.csv)"
