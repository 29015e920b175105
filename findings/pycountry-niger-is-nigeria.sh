#!/usr/bin/env bash
# pycountry 22.3.5 (Debian python3-pycountry 22.3.5+ds1-1): countries by their English names, by `search_fuzzy`.
#
# Expected   a name that is a country's own, letter by letter, finds that country first.
# Seen       "Niger" finds Nigeria first and Niger second, since Nigeria has a state of that name, whose points are added to those of
#            its own name; "Kosovo" finds Serbia, "Korea" the north before the south. Mali, Chad, Sudan, Guinea and Congo find
#            themselves first. Nothing is said, and no score is given.
#
# Figures of 27 million people go to a country of 220 million. `countries.get(name="Niger")` is right, and knows only the form of ISO 3166
# ("Syrian Arab Republic", "Congo, The Democratic Republic of the").
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq python3-pycountry=22.3.5+ds1-1 iso-codes=4.15.0-1 python3-pkg-resources 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
sed -i "s|/usr/share|$folder/root/usr/share|" root/usr/lib/python3/dist-packages/pycountry/__init__.py
PYTHONPATH=$folder/root/usr/lib/python3/dist-packages /usr/bin/python3 - <<'PY'
import pycountry

def found(name):
    return [country.alpha_3 for country in pycountry.countries.search_fuzzy(name)]

for name in ("Niger", "Kosovo", "Korea", "Mali", "Chad", "Sudan", "Guinea", "Congo"):
    print(name, *found(name))
assert found("Niger") == ["NGA", "NER"]
assert found("Kosovo") == ["SRB"] and found("Korea") == ["PRK", "KOR"]
for name, code in (("Mali", "MLI"), ("Chad", "TCD"), ("Sudan", "SDN"), ("Guinea", "GIN"), ("Congo", "COG")):
    assert found(name)[0] == code
assert pycountry.countries.get(name="Niger").alpha_3 == "NER"
PY
