#!/usr/bin/env bash
# Hmisc 4.8-0 (Debian r-cran-hmisc 4.8-0-1): quantiles of numbers whose weights are shares, as an importance sample or a
# posterior has them.
#
# Expected   1 to 100, each with weight 1/100, has the quantiles of 1 to 100 without weights: 5.95, 50.5 and 95.05.
# Seen       100, 100 and 100: every quantile is the largest number. wtd.quantile takes weights for counts of cases, finds
#            one case in all, and says nothing; wtd.var of the same warns of one effective observation, and wtd.Ecdf is right.
#            With normwt = TRUE, or weights of 1, the quantiles are as expected. Weights that add to 10 give numbers in between.
#
# A 90 % band of a weighted ensemble becomes a line at its worst member.
set -euo pipefail
command -v Rscript >/dev/null || { echo "needs r-base-core" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
needed=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
    r-cran-hmisc | grep '^r-cran-' | sort -u | grep -v '^r-cran-hmisc$')
# shellcheck disable=SC2086
apt-get download -qq r-cran-hmisc=4.8-0-1 $needed 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done

R_LIBS=$folder/root/usr/lib/R/site-library:$folder/root/usr/lib/R/library Rscript --vanilla - <<'R'
suppressPackageStartupMessages(library(Hmisc))
stopifnot(packageVersion("Hmisc") == "4.8.0")
x <- 1:100
at <- c(0.05, 0.5, 0.95)
seen <- function(name, weights, expected, ...) {
    found <- unname(wtd.quantile(x, weights, probs = at, ...))
    cat(name, ":", format(found, digits = 6), "\n")
    stopifnot(isTRUE(all.equal(found, expected, tolerance = 1e-6)))
}
right <- unname(quantile(x, at))
seen("weights of 1", rep(1, 100), right)
seen("weights of 1/100", rep(1 / 100, 100), rep(100, 3))
seen("weights of 1/100, normwt = TRUE", rep(1 / 100, 100), right, normwt = TRUE)
between <- unname(wtd.quantile(x, rep(1 / 10, 100), probs = at))
cat("weights of 1/10 :", format(between, digits = 6), "\n")
stopifnot(!isTRUE(all.equal(between, right)))
R
