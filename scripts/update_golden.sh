#!/usr/bin/env bash
# Writes the reports kept in tests/mistakes/cases, the digests in tests/golden and scenarios/scenario.schema.json anew.
# Read every one that changed before keeping it.
set -euo pipefail
cd "$(dirname "$0")/.."

cmake --preset dev
cmake --build --preset dev --target mistakes_tests golden_tests print_schema
NUZUH_UPDATE_GOLDEN=1 ctest --preset dev -R 'Mistake|GoldenDigests' "$@"
build/dev/tests/mistakes/print_schema > scenarios/scenario.schema.json
git --no-pager diff --stat -- tests/mistakes/cases tests/golden scenarios/scenario.schema.json
