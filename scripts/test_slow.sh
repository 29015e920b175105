#!/usr/bin/env bash
# Builds with warnings as errors and runs the slow tests: long campaigns and large samples.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh
cmake --preset ci
cmake --build --preset ci
ctest --preset slow -j "$(nproc)" "$@"
