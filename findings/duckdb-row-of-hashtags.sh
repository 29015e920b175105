#!/usr/bin/env bash
# DuckDB 1.5.6 (npm @duckdb/node-api 1.5.6-r.1): a table with a row of HXL hashtags below its header.
#
# Expected   a file is read one way whatever its length: the second line is data or it is not.
# Seen       up to 2,045 rows of data the line of tags is passed over and the numbers are numbers; from 2,046 rows on it
#            is counted as a row and every column is text. Nothing is said. A query that worked on a short table fails,
#            or counts one row too many, on a longer one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent @duckdb/node-api@1.5.6-r.1
cat > read.mjs <<'JS'
import { DuckDBInstance } from "@duckdb/node-api";
import { writeFileSync } from "node:fs";

const base = await (await DuckDBInstance.create(":memory:")).connect();
const seen = {};
for (const rows of [2045, 2046]) {
    const lines = ["place,persons", "#loc,#affected"];
    for (let row = 0; row < rows; ++row) lines.push(`p${row % 7},${row}`);
    writeFileSync("table.csv", lines.join("\n") + "\n");
    const read = await base.runAndReadAll("select typeof(persons), count(*) from 'table.csv' group by 1");
    const [type, count] = read.getRows()[0];
    seen[rows] = `${type} ${count}`;
    console.log(`${rows} rows below the tags: persons are ${type}, ${count} rows`);
}
if (seen[2045] !== "BIGINT 2045" || seen[2046] !== "VARCHAR 2047") throw new Error("not as seen");
JS
node read.mjs
