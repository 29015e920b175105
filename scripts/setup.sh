#!/usr/bin/env bash
# Installs what is missing; quick when nothing is.
#
#     setup.sh run          what building, running and drawing need
#     setup.sh [test]       that, and what the tests and the developer's tools need
#     setup.sh page         what making the engine of the brief's page anew needs: emscripten, and the source of yaml-cpp in build/yaml-cpp
#     setup.sh desktop      that of test, and QGIS and LibreOffice Calc (700 MB), whose tests are skipped without them
set -euo pipefail

build=(g++ cmake ninja-build libeigen3-dev libhdf5-dev libdeflate-dev libyaml-cpp-dev libcli11-dev libfmt-dev
       librandom123-dev libboost-dev nlohmann-json3-dev libosmium2-dev libxlsxwriter-dev)
draw=(python3-numpy python3-xarray python3-netcdf4 python3-pandas python3-matplotlib)
test=(git dpkg-dev libgtest-dev libgmock-dev libbenchmark-dev libopenmpi-dev openmpi-bin slurm-wlm munge snakemake clang
      libomp-dev)
read_results=(python3-h5netcdf python3-openpyxl python3-geopandas python3-jsonschema python3-yaml r-base-core r-cran-ncdf4 gdal-bin
              python3-gdal netcdf-bin hdf5-tools)
python_package=(pybind11-dev python3-dev python3-setuptools python3-wheel python3-pip python3-dask python3-mpi4py python3-sklearn mypy)
shells=(zsh fish mandoc groff-base)  # completion and manual pages are tried in them
look_at_sources=(clang-tidy clang-format shellcheck doxygen)
site=(python3-sphinx python3-myst-parser furo)
look_at_pages=(chromium)  # the tests of the brief; they are skipped without it
command -v npm >/dev/null || look_at_pages+=(nodejs npm)
desktop=(python3-qgis libreoffice-calc)
page=(emscripten dpkg-dev libdeflate-tools)

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

if ! command -v apt-get >/dev/null; then
    cat >&2 <<NAMES
This is not a Debian or Ubuntu system. Please install the counterparts of these packages:
  to build:           ${build[*]}
  to draw:            ${draw[*]}
  to test:            ${test[*]}
  to read results:    ${read_results[*]}
  to look at sources: ${look_at_sources[*]}
  to look at pages:   ${look_at_pages[*]}
  to use from Python: ${python_package[*]}
  to try completion:  ${shells[*]}
  for the site:       ${site[*]}
  for the desktop:    ${desktop[*]}
  for the page:       ${page[*]}
NAMES
    exit 1
fi

# The source of yaml-cpp as Debian has it, for the engine of the page, which cannot link the library of the system.
fetch_yaml_cpp() {
    local here folder
    here=$(cd "$(dirname "$0")/.." && pwd)
    [ -f "$here/build/yaml-cpp/src/parser.cpp" ] && return
    folder=$(mktemp -d)
    mkdir -p "$folder/lists/partial" "$folder/parts" "$here/build"
    cat /etc/apt/sources.list.d/*.sources 2>/dev/null | sed 's/^Types: .*/Types: deb-src/' >"$folder/parts/all.sources"
    sed -n 's/^deb /deb-src /p' /etc/apt/sources.list 2>/dev/null >"$folder/parts/all.list" || true
    local options=(-q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$folder/parts" -o Dir::State::lists="$folder/lists"
                   -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root)
    (cd "$folder" && apt-get "${options[@]}" update && apt-get "${options[@]}" source yaml-cpp)
    rm -rf "$here/build/yaml-cpp"
    mv "$folder"/yaml-cpp-*/ "$here/build/yaml-cpp"
    rm -rf "$folder"
}

wanted=("${build[@]}" "${draw[@]}")
case "${1:-test}" in
    run) ;;
    test) wanted+=("${test[@]}" "${read_results[@]}" "${look_at_sources[@]}" "${look_at_pages[@]}" "${python_package[@]}" "${shells[@]}" "${site[@]}") ;;
    desktop) wanted+=("${test[@]}" "${read_results[@]}" "${look_at_sources[@]}" "${look_at_pages[@]}" "${python_package[@]}" "${shells[@]}" "${site[@]}" "${desktop[@]}") ;;
    page) wanted=("${build[@]}" "${page[@]}") ;;
    *)
        echo "setup.sh: there is nothing called '$1' to set up: run, test, page or desktop" >&2
        exit 2
        ;;
esac
missing=()
for package in "${wanted[@]}"; do
    is_installed "$package" || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    [ "${1:-test}" = page ] && fetch_yaml_cpp
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo)
fi
echo "Installing: ${missing[*]}"
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}" </dev/null
[ "${1:-test}" = page ] && fetch_yaml_cpp
exit 0
