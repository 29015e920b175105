#!/usr/bin/env bash
# Builds with warnings as errors and runs every test but the slow ones.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
cmake --preset ci
cmake --build --preset ci
ctest --preset ci -j "$(nproc)" "$@"
