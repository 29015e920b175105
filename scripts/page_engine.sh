#!/usr/bin/env bash
# Makes the engine of the brief's page anew: output/brief/engine.base64, from app/page_engine and sim by Debian's emscripten.
#
#     page_engine.sh            builds it by the preset `wasm` (about seven minutes of processor) and puts it there
#     page_engine.sh --check    says whether the one that is there is what the sources give, byte by byte
#
# `setup.sh page` installs what it needs. The build stands in build/wasm, or in the folder NUZUH_WASM_BUILD.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${NUZUH_WASM_BUILD:-build/wasm}
cmake --preset wasm -B "$build" >/dev/null
cmake --build "$build" --target nuzuh_page_engine
made=$(mktemp)
trap 'rm -f "$made"' EXIT
libdeflate-gzip -12 -c "$build/app/page_engine/nuzuh.wasm" | base64 --wrap=0 >"$made"
if [ "${1:-}" = --check ]; then
    cmp "$made" output/brief/engine.base64 || {
        echo "output/brief/engine.base64 is not what the sources give: run scripts/page_engine.sh and commit it" >&2
        exit 1
    }
    exit 0
fi
cp "$made" output/brief/engine.base64
echo "output/brief/engine.base64: $(stat --format=%s "$build/app/page_engine/nuzuh.wasm") bytes of WebAssembly, $(stat --format=%s output/brief/engine.base64) in the page"
