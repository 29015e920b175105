#!/usr/bin/env bash
# Writes the reports kept in tests/mistakes/cases and the digests in tests/golden anew. Read every one that changed
# before keeping it.
set -euo pipefail
cd "$(dirname "$0")/.."

cmake --preset dev
cmake --build --preset dev --target mistakes_tests golden_tests
NUZUH_UPDATE_GOLDEN=1 ctest --preset dev -R 'Mistake|GoldenDigests' "$@"
git --no-pager diff --stat -- tests/mistakes/cases tests/golden
