#!/usr/bin/env bash
# Installs what building, running and testing need. Quick when nothing is missing.
# With --desktop also QGIS and LibreOffice Calc (700 MB), whose tests are skipped without them.
set -euo pipefail

build=(g++ cmake ninja-build pkg-config libeigen3-dev libhdf5-dev libdeflate-dev libyaml-cpp-dev libcli11-dev
       libfmt-dev librandom123-dev libboost-dev nlohmann-json3-dev)
test=(libgtest-dev libgmock-dev libbenchmark-dev libopenmpi-dev openmpi-bin slurm-wlm munge snakemake clang
       libomp-dev)
read_results=(python3 python3-numpy python3-xarray python3-netcdf4 python3-h5netcdf python3-pandas
              python3-matplotlib python3-geopandas python3-jsonschema python3-yaml r-base-core r-cran-ncdf4 gdal-bin
              python3-gdal netcdf-bin hdf5-tools)

look_at_pages=(chromium)  # the tests of the brief; they are skipped without it
command -v npm >/dev/null || look_at_pages+=(nodejs npm)
desktop=(python3-qgis libreoffice-calc)

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

if ! command -v apt-get >/dev/null; then
    cat >&2 <<NAMES
This is not a Debian or Ubuntu system. Please install the counterparts of these packages:
  to build:         ${build[*]}
  to test:          ${test[*]}
  to read results:  ${read_results[*]}
  to look at pages: ${look_at_pages[*]}
  for the desktop:  ${desktop[*]}
NAMES
    exit 1
fi

wanted=("${build[@]}" "${test[@]}" "${read_results[@]}" "${look_at_pages[@]}")
if [ "${1:-}" = --desktop ]; then
    wanted+=("${desktop[@]}")
fi
missing=()
for package in "${wanted[@]}"; do
    is_installed "$package" || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo)
fi
echo "Installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}" </dev/null
