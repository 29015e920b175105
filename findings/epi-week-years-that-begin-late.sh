#!/usr/bin/env bash
# epi-week 0.0.1 (npm): weeks of the epidemiological year ("CDC week") of dates.
#
# Expected   weeks run from Sunday to Saturday, and week 1 is the first with at least four days in the year (CDC, MMWR
#            Weeks). 3 to 9 January 2010 is week 1 of 2010, 1 January 2010 lies in week 52 of 2009.
# Seen       in years that begin on a Thursday, Friday or Saturday weeks are one too high from the first Sunday to the end of
#            the year: 9 of the 21 years from 2010 to 2030, and days before that Sunday in most of them. It also sets the
#            given date's hours to 0, so that a time of day is lost to whoever holds the date.
# Way out    hand it a copy of the date, and work the number out from the Wednesday of the week.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent epi-week@0.0.1

cat > weeks.cjs <<'JS'
const assert = require("node:assert").strict;
const epiWeek = require("epi-week");

// Days since the Sunday of week 1, which is the week of 4 January; a week belongs to the year of its Wednesday.
function expected(date) {
  const wednesday = new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate() - date.getDay() + 3));
  const fourth = new Date(Date.UTC(wednesday.getUTCFullYear(), 0, 4));
  const days = (wednesday - fourth) / 864e5 + fourth.getUTCDay() - 3;
  return { week: days / 7 + 1, year: wednesday.getUTCFullYear() };
}
assert.deepEqual(expected(new Date(2010, 0, 3)), { week: 1, year: 2010 });
assert.deepEqual(expected(new Date(2010, 0, 1)), { week: 52, year: 2009 });
assert.deepEqual(expected(new Date(2015, 0, 1)), { week: 53, year: 2014 });

const wrong = {};
for (let day = new Date(2010, 0, 1); day.getFullYear() < 2031; day.setDate(day.getDate() + 1)) {
  const seen = epiWeek(new Date(day)), right = expected(day);
  if (seen.week !== right.week || seen.year !== right.year) wrong[day.getFullYear()] = (wrong[day.getFullYear()] ?? 0) + 1;
}
console.log("3 January 2010:", epiWeek(new Date(2010, 0, 3)), "days not as expected:", wrong);
assert.deepEqual(wrong, { 2010: 365, 2011: 365, 2015: 362, 2016: 366, 2021: 363, 2022: 365, 2026: 362, 2027: 365, 2028: 365 });
assert.deepEqual(epiWeek(new Date(2010, 0, 3)), { week: 2, year: 2010 });
assert.deepEqual(epiWeek(new Date(2015, 5, 3)), { week: 23, year: 2015 });
assert.deepEqual(expected(new Date(2015, 5, 3)), { week: 22, year: 2015 });

const noon = new Date(2019, 4, 6, 12);
epiWeek(noon);
assert.equal(noon.getHours(), 0);
JS
TZ=UTC node weeks.cjs
