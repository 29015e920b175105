#!/usr/bin/env bash
# R's jsonlite 1.8.4 (Debian r-cran-jsonlite 1.8.4+dfsg-1): numbers to JSON and back.
#
# Expected   `digits = NA`, which its help calls full precision, and `I(17)` give text from which the same number is read.
# Seen       15 significant digits at most, whatever is asked: 0.1 + 0.2 comes back as 0.3 and 1/3 is off in the last bits.
#            By default four decimals are kept: a hazard of 5e-05 a day is written as 0. Nothing is said.
set -euo pipefail
command -v Rscript >/dev/null || { echo "needs r-base-core" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq r-cran-jsonlite=1.8.4+dfsg-1 2>/dev/null
dpkg-deb -x r-cran-jsonlite*.deb root
R_LIBS=$folder/root/usr/lib/R/site-library Rscript --vanilla - <<'R'
library(jsonlite)
stopifnot(packageVersion("jsonlite") == "1.8.4")
back <- function(x, ...) fromJSON(as.character(toJSON(x, ...)))
for (x in c(0.1 + 0.2, 1 / 3)) {
    for (digits in list(NA, I(17))) {
        stopifnot(back(x, digits = digits) != x)
        cat(sprintf("%.17g with digits = %s: %s\n", x, format(digits), toJSON(x, digits = digits)))
    }
}
stopifnot(as.character(toJSON(5e-05)) == "[0]")
cat("5e-05 by default:", as.character(toJSON(5e-05)), "\n")
R
