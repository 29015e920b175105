#!/usr/bin/env bash
# jstat 1.9.6 (npm): quartiles, and percentiles in the upper tail.
#
# Expected   the second quartile is the median, 2.5 of 1, 2, 3, 4; percentile(0.95) of 1 to 10 is 9.55, halfway between the last
#            two and a little above, as percentile interpolates everywhere else (0.05 of 1 to 10 is 1.45).
# Seen       quartiles([1, 2, 3, 4]) is 1, 2, 3: the numbers at n/4, n/2 and 3n/4, rounded, counted from 1, so that all three are
#            too low. Between the last two numbers percentile does not interpolate and gives the lower: 9 of 1 to 10 at 0.95, and
#            10 as the median of 10 and 1,000. median itself is right. Nothing is said.
#
# Ten runs, of which the worst has ten times as many people without shelter, have a 95 % value in which it does not appear.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent jstat@1.9.6
cat > quartiles.mjs <<'JS'
import jstat from "jstat";
const { jStat } = jstat;
const upTo = (n) => Array.from({ length: n }, (_, i) => i + 1);

function check(what, found, expected) {
    console.log(`${what}: ${found}`);
    if (String(found) !== String(expected)) throw new Error(`not as seen: ${expected}`);
}
check("quartiles of 1 to 4", jStat.quartiles(upTo(4)), [1, 2, 3]);
check("median of 1 to 4", jStat.median(upTo(4)), 2.5);
check("quartiles of 1 to 20", jStat.quartiles(upTo(20)), [5, 10, 15]);
check("5 % of 1 to 10", jStat.percentile(upTo(10), 0.05).toFixed(2), "1.45");
check("85 % of 1 to 10", jStat.percentile(upTo(10), 0.85).toFixed(2), "8.65");
check("95 % of 1 to 10", jStat.percentile(upTo(10), 0.95), 9);
check("95 % of nine runs of 100 and one of 1,000", jStat.percentile([...Array(9).fill(100), 1000], 0.95), 100);
check("50 % of 10 and 1,000", jStat.percentile([10, 1000], 0.5), 10);
check("median of 10 and 1,000", jStat.median([10, 1000]), 505);
JS
node quartiles.mjs
