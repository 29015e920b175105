#!/usr/bin/env bash
# prob.js 1.0.6 and probability-distributions 0.9.1 (npm): Poisson numbers of a large mean.
#
# Expected   of a mean of 5,000 persons the numbers have a mean and a variance of about 5,000, or an error says that the
#            mean is too large.
# Seen       prob.js draws about 745, whatever the mean is from 745 on, and states the mean asked for. The first uniform
#            numbers whose product is below exp(-mean) are counted, and that is 0. probability-distributions, which
#            recommends means up to 100, tosses 10,000 coins from a mean of 30 on: of 9,000 the variance is a tenth of
#            the mean, and of 20,000 each number is exactly 10,000. Nothing is said. random 5.5.1 draws all of them
#            with the mean and variance asked for.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent prob.js@1.0.6 probability-distributions@0.9.1 random@5.5.1
cat > draw.mjs <<'JS'
import prob from "prob.js";
import distributions from "probability-distributions";
import random from "random";

const samplers = {
    "prob.js": (mean) => prob.poisson(mean),
    "probability-distributions": (mean) => () => distributions.rpois(1, mean)[0],
    random: (mean) => random.poisson(mean),
};
const near = (a, b, share) => Math.abs(a - b) <= share * b;

/** Draws so many numbers; their mean and variance have to be near the expected ones, the variance roughly. */
function check(name, mean, draws, expectedMean, expectedVariance) {
    const draw = samplers[name](mean);
    const numbers = Array.from({ length: draws }, () => draw());
    const average = numbers.reduce((a, b) => a + b) / draws;
    const variance = numbers.reduce((a, b) => a + (b - average) ** 2, 0) / (draws - 1);
    const seen = `mean ${average.toFixed(1)}, variance ${variance.toFixed(1)}`;
    console.log(`${name}, mean ${mean}: ${draws} numbers of ${seen}`);
    if (!near(average, expectedMean, 0.03) || !near(variance, expectedVariance, 0.7)) throw new Error("not as seen");
}
check("random", 500, 200, 500, 500);
check("random", 9000, 200, 9000, 9000);
check("random", 20000, 200, 20000, 20000);
check("prob.js", 500, 200, 500, 500);
check("prob.js", 1000, 200, 745, 745);
check("prob.js", 20000, 200, 745, 745);
if (prob.poisson(20000).Mean !== 20000) throw new Error("not as seen");
check("probability-distributions", 9000, 40, 9000, 900);
check("probability-distributions", 20000, 5, 10000, 0);
JS
node draw.mjs
