#!/bin/sh
# make_runs.sh NUZUH SOURCE_DIR FOLDER: seven weeks of the campaign, the same with fewer who leave, and what changes;
# small runs, one with a camp more, and one of places on both sides of the 180th meridian.
set -eu
nuzuh=$1 scenarios=$2/scenarios folder=$3
mkdir -p "$folder"
weeks() {
    "$nuzuh" --quiet run "$scenarios/idlib-2019.yaml" --members 8 --until 2019-06-18 --force "$@"
}
weeks -o "$folder/a.h5"
weeks -o "$folder/b.h5" --set behaviour.leave.h_max=0.2
weeks -o "$folder/a-totals.h5" --set output.members=totals
weeks -o "$folder/b-totals.h5" --set output.members=totals --set behaviour.leave.h_max=0.2
weeks -o "$folder/weekly-totals.h5" --set output.members=totals --set "output.every=7 days"
"$nuzuh" --quiet compare "$folder/a.h5" "$folder/b.h5" -o "$folder/change.csv" --force
"$nuzuh" --quiet run "$scenarios/toy.yaml" -o "$folder/toy.h5" --members 1 --force
"$nuzuh" --quiet run "$scenarios/toy.yaml" -o "$folder/tens.h5" --members 4 --force --set "output.every=10 days"
"$nuzuh" --quiet run "$scenarios/toy.yaml" -o "$folder/without_homes.h5" --members 4 --force --engine pooled

cat > "$folder/camp.yaml" <<END
extends: $scenarios/toy.yaml
title: A camp between the towns
network:
  places: [{place: camp, name: New camp, type: camp, lat: 36.04, lon: 36.85, capacity: 4000}]
  routes: [{route: east_camp, from: east, to: camp, km: 12, class: primary}]
END
cat > "$folder/isles.yaml" <<END
title: Three isles about the date line
period: {from: 2024-03-01, to: 2024-03-31}
network:
  places:
    - {place: w, name: West isle, type: town, lat: -17.0, lon: 179.6, population: 20000, adm3: Isles, adm3_pcode: XX010101}
    - {place: e, name: East isle, type: town, lat: -17.1, lon: -179.7, population: 1000, adm3: Isles, adm3_pcode: XX010101}
    - {place: f, name: Far isle, type: town, lat: -17.3, lon: -179.2, population: 1000, adm3: Far, adm3_pcode: XX010102}
  routes:
    - {route: we, from: w, to: e, km: 80, class: primary}
    - {route: fe, from: f, to: e, km: 60, class: primary}
groups: [{name: everyone, share: 1}]
bombardment: [{place: w, from: 2024-03-05, to: 2024-03-14, strikes_per_day: 20}]
engine: {members: 4, seed: 1}
END
"$nuzuh" --quiet run "$scenarios/toy.yaml" -o "$folder/base.h5" --members 6 --force
for name in camp isles; do
  "$nuzuh" --quiet run "$folder/$name.yaml" -o "$folder/$name.h5" --members 6 --force
done
"$nuzuh" --quiet compare "$folder/base.h5" "$folder/camp.h5" -o "$folder/camp.csv" --force
