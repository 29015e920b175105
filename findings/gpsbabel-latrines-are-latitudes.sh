#!/usr/bin/env bash
# GPSBabel 1.8.0 (Debian 1.8.0+ds-5): a list of camps with a column of latrines, read as unicsv, the format for any CSV whose
# first line says what the columns are.
#
# Expected   columns called lat and lon are where the camp is, and columns with names that the format does not know are left out.
# Seen       a name is matched by how it begins or by what stands anywhere in it, and the last column that matches wins. With
#            latrines or latest_count the count becomes the latitude, with longest_stay the longitude: a camp near
#            36° N lies at 40° N. With camp_name and admin1_name every camp has the name of its province. Exit code 0, not a word.
#
# The same file without these columns is read right, and so is one whose positions stand last.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq gpsbabel libshp2 libusb-1.0-0 libqt5core5a libdouble-conversion3 libicu72 libpcre2-16-0 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu:$folder/root/lib/x86_64-linux-gnu
gpsbabel=root/usr/bin/gpsbabel
version=$($gpsbabel -V | tr -d '\n')
echo "$version"
[[ $version == *"Version 1.8.0"* ]]

seen() {  # header, row, what comes out
    printf '%s\n%s\n' "$1" "$2" >camps.csv
    $gpsbabel -i unicsv -f camps.csv -o unicsv -F out.csv >said 2>&1
    [ ! -s said ]
    local row
    row=$(sed -n 2p out.csv | tr -d '\r')
    printf '%-48s %s\n' "$1" "$row"
    [ "$row" = "$3" ]
}
seen name,lat,lon,people Camp,36.31,36.68,28000 '1,36.310000,36.680000,"Camp"'
seen name,lat,lon,latrines Camp,36.31,36.68,40 '1,40.000000,36.680000,"Camp"'
seen name,lat,lon,latest_count Camp,36.31,36.68,40 '1,40.000000,36.680000,"Camp"'
seen name,latitude,longitude,longest_stay Camp,36.31,36.68,12 '1,36.310000,12.000000,"Camp"'
seen latrines,longest_stay,name,lat,lon 40,12,Camp,36.31,36.68 '1,36.310000,36.680000,"Camp"'
seen camp_name,lat,lon,admin1_name Camp,36.31,36.68,Idleb '1,36.310000,36.680000,"Idleb"'
