#!/usr/bin/env bash
# netcdfjs 4.0.0 (npm): short and byte numbers of a classic NetCDF file, written by ncgen (Debian netcdf-bin
# 1:4.9.0-3+b1).
#
# The format fills each variable, and each record of one, up to a multiple of four bytes; a variable that alone has
# records is not filled up.
#
# Expected   three places have three numbers.
# Seen       three places have four: the bytes between are handed out as a number, a fill value of -32767 (short) or
#            -127, read as 129 (byte), which a sum or mean then holds. Where one variable alone has records, each record
#            begins with the end of the one before, and the last is empty. Nothing is said. int, float and double are
#            read as they are.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -s -o Dir::State::status=/dev/null --no-install-recommends install netcdf-bin=1:4.9.0-3+b1 2>/dev/null |
    awk '$1 == "Inst" { print $2 "=" substr($3, 2) }' |
    grep -Ev '^(libc6|libgcc-s1|gcc-12-base|dpkg|tar|debconf|fonts-.*|.*python3.*|media-types)=' > packages
mkdir packed
(cd packed && xargs apt-get download -qq < ../packages 2>/dev/null)
for package in packed/*.deb; do dpkg-deb -x "$package" root; done
libraries=$folder/root/lib/x86_64-linux-gnu:$folder/root/usr/lib/x86_64-linux-gnu
ncgen() { LD_LIBRARY_PATH=$libraries root/usr/bin/ncgen -k classic "$@"; }

npm init -y >/dev/null
npm install --silent netcdfjs@4.0.0
cat > places.cdl <<'CDL'
netcdf places {
dimensions:
    time = UNLIMITED ;
    place = 3 ;
variables:
    int time(time) ;
    short camps(place) ;
    short persons(time, place) ;
    byte severity(time, place) ;
    int population(time, place) ;
data:
    time = 0, 7 ;
    camps = 1, 2, 3 ;
    persons = 200, 201, 202, 203, 204, 205 ;
    severity = 1, 2, 3, 4, 5, 1 ;
    population = 31, 32, 33, 34, 35, 36 ;
}
CDL
cat > alone.cdl <<'CDL'
netcdf alone {
dimensions:
    time = UNLIMITED ;
    place = 3 ;
variables:
    byte severity(time, place) ;
data:
    severity = 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2 ;
}
CDL
ncgen -o places.nc places.cdl
ncgen -o alone.nc alone.cdl
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { NetCDFReader } from "netcdfjs";

const expected = {
    places: {
        time: [0, 7],
        camps: [1, 2, 3, -32767],
        persons: [[200, 201, 202, -32767], [203, 204, 205, -32767]],
        severity: [[1, 2, 3, 129], [4, 5, 1, 129]],
        population: [[31, 32, 33], [34, 35, 36]],
    },
    alone: { severity: [[1, 2, 3, 4], [5, 1, 2, 3], [4, 5, 1, 2], []] },
};
for (const file in expected) {
    const reader = new NetCDFReader(new Uint8Array(readFileSync(`${file}.nc`)).buffer);
    for (const name in expected[file]) {
        const seen = JSON.stringify(reader.getDataVariable(name));
        console.log(`${file}.nc: ${name} ${seen}`);
        if (seen !== JSON.stringify(expected[file][name])) throw new Error("not as seen");
    }
}
JS
node read.mjs
