#!/usr/bin/env bash
# Keeps what this program writes, for the programs to come: make_old_files.sh NUZUH SCENARIOS VERSION.tar.xz
#
# To be run once for every version of the results format, with the program of that version and its own scenarios. The archive holds
# run.h5, an ensemble of the toy; totals_by_day.csv, the totals that the same program exported of it; study.h5, a study of it;
# study.h5.parts, a segment of that study; and day.state, a checkpoint. check_old_files.py reads them.
set -euo pipefail
nuzuh=$(realpath "$1")
archive=$(realpath "$3")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$2"/toy* "$work"
cd "$work"
few=(--set "output.every=10 days" --members 2)
"$nuzuh" --quiet run toy.yaml -o run.h5 "${few[@]}" >/dev/null
"$nuzuh" --quiet export run.h5 --to csv -o csv
cp csv/totals_by_day.csv .
"$nuzuh" --quiet run toy.yaml -o short.h5 "${few[@]}" --until 2024-03-10 --checkpoint day.state >/dev/null
cat >study.yaml <<EOF
extends: toy.yaml
title: A study
axes: {behaviour.leave.h_max: [0.2, 0.4, 0.6]}
design: grid
replicates: 2
output: {every: 10 days}
collect: [{output: total_movements}, {output: displaced, keep: quantiles}]
EOF
"$nuzuh" --quiet sweep study.yaml -o study.h5
"$nuzuh" --quiet sweep study.yaml -o parts.h5 --shard 1/2
mv parts.h5.parts study.h5.parts
tar --sort=name --owner=0 --group=0 --numeric-owner -cJf "$archive" run.h5 totals_by_day.csv day.state study.h5 study.h5.parts
