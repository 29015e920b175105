// A study, set by set: a chosen set's totals among those of all sets, and totals at the end by each setting that is varied.
const axes = data.axes, setCount = data.done.length;
const ofSets = data.totals.filter(one => one.sets), ofAllRuns = data.totals.filter(one => one.all_runs);
const FEW_VALUES = 12;      // that a list offers; of more a slider takes the nearest
const WIDE_RANGE = 20;      // ratio of the largest to the smallest value from which an axis is logarithmic
const isDone = s => data.done[s] > 0;
const doneSets = data.done.map((_, s) => s).filter(isDone);
const capital = text => text.replace(/\p{L}/u, letter => letter.toLocaleUpperCase(LANGUAGE));
const totalName = one => termOf("total", one.name);

/** Five quantiles over a set's replicates at a point; of one replicate the same number five times. */
const fiveAt = (one, s, p) => one.sets[s].length > 1 ? one.sets[s].map(row => row[p]) : Array(5).fill(one.sets[s][0][p]);
const bandsOf = (one, s) => one.sets[s].length > 1 ? one.sets[s] : Array(5).fill(one.sets[s][0]);
const middleAtEnd = (one, s) => one.sets[s].length > 1 ? atEnd(one.sets[s][MEDIAN]) : atEnd(one.sets[s][0]);

// --- choosing a set -----------------------------------------------------------------------------------------

/** Values of an axis, each once: numbers by size, words as they come. */
const settingsOf = axis => axis.is_word ? [...new Set(axis.values)] : [...new Set(axis.values)].sort((a, b) => a - b);
const distinct = axes.map(settingsOf);
const ranks = distinct.map(values => new Map(values.map((value, k) => [value, values.length > 1 ? k / (values.length - 1) : 0])));
const valueWords = (axis, value) => axis.is_word ? String(value) : inDigits(value, 4);
const unitWords = axis => axis.unit && axis.unit !== "-" && axis.unit !== "1" ? termOf("unit", axis.unit) : "";
let chosen = doneSets[0];

/** The set nearest to the chosen one with another value of one axis: nearest in that axis first, then in rank in the others. */
function nearestWith(k, value) {
    const apart = s => axes.map((axis, j) => j === k ? 0 : axis.is_word ? Number(axis.values[s] !== axis.values[chosen]) : Math.abs(ranks[j].get(axis.values[s]) - ranks[j].get(axis.values[chosen])));
    const there = s => axes[k].is_word ? Number(axes[k].values[s] !== value) : Math.abs(ranks[k].get(axes[k].values[s]) - ranks[k].get(value));
    const keys = new Map(doneSets.map(s => [s, [there(s), d3.sum(apart(s), one => one * one)]]));
    return [...doneSets].sort((a, b) => keys.get(a)[0] - keys.get(b)[0] || keys.get(a)[1] - keys.get(b)[1])[0];
}

const controls = [];  // functions that set every control to the chosen set

function listOf(axis, k) {
    const select = element("select", {id: `axis-${k}`}, ...distinct[k].map((value, j) => element("option", {value: String(j)}, valueWords(axis, value))));
    select.addEventListener("change", () => chooseWith(k, distinct[k][Number(select.value)]));
    controls.push(() => { select.value = String(distinct[k].indexOf(axis.values[chosen])); });
    return element("div", {class: "chooser"}, select);
}

function sliderOf(axis, k) {
    const input = element("input", {type: "range", id: `axis-${k}`, min: 0, max: distinct[k].length - 1, step: 1}), output = element("output", {for: `axis-${k}`});
    input.addEventListener("input", () => chooseWith(k, distinct[k][Number(input.value)]));
    controls.push(() => {
        input.value = distinct[k].indexOf(axis.values[chosen]);
        output.textContent = valueWords(axis, axis.values[chosen]);
        input.setAttribute("aria-valuetext", output.textContent);
    });
    return element("div", {class: "slider"}, input, output);
}

function drawControls() {
    fillIn("axes", ...axes.map((axis, k) => {
        const unit = unitWords(axis);
        return element("div", {class: "lever", "data-axis": axis.key}, element("label", {for: `axis-${k}`}, asWritten(axis.key)), unit ? ` [${unit}]` : "",
            distinct[k].length <= FEW_VALUES ? listOf(axis, k) : sliderOf(axis, k));
    }));
}

/** Shows the set that differs from the chosen one in this axis alone, or the nearest, and says which of both it is. */
function chooseWith(k, value) {
    const s = nearestWith(k, value);
    choose(s, axes.every((axis, j) => axis.values[s] === (j === k ? value : axis.values[chosen])));
}

function choose(s, isAsAsked = true) {
    chosen = s;
    controls.forEach(control => control());
    showChosenSet(isAsAsked);
    drawAll();
}

// --- what it shows ------------------------------------------------------------------------------------------

const chosenBand = one => {
    const five = fiveAt(one, chosen, records - 1), unit = unitOfBand(five);
    return {unit, five, words: isEnsemble ? say("study.value_band", {value: persons(five[MEDIAN], unit), band: range(five[LOW], five[HIGH], unit)}) : persons(five[MEDIAN], unit)};
};

function showChosenSet(isAsAsked) {
    if (!doneSets.length) return fillIn("chosen", say("study.none_done"));
    const parts = ofSets.slice(0, 4).map(one => say("study.total", {total: totalName(one), value: chosenBand(one).words}));
    const set = say(data.done[chosen] < about.members ? "study.set_partly" : "study.set", {set: chosen, done: data.done[chosen], replicates: about.members});
    fillIn("chosen", isAsAsked ? "" : `${say("study.nearest")} `, set, " ", parts.length ? say("study.at_the_end", {day: longDay(lastDay), totals: listed(parts, "list.strong_separator")}) : "");
}

function drawTotal(host, one) {
    const label = one.sets ? say("study.chart", {total: totalName(one), value: chosenBand(one).words, day: longDay(lastDay)})
        : say("study.chart_all_runs", {total: totalName(one), value: persons(atEnd(one.all_runs[MEDIAN])), day: longDay(lastDay)});
    const high = one.sets ? d3.max(doneSets, s => d3.max(bandsOf(one, s)[HIGH])) : d3.max(one.all_runs[HIGH]);
    chart(host, {height: chartHeight(), most: high, label}, (plot, x, y) => {
        const at = k => x(dayOf(k));
        if (!one.sets) return drawFan(plot, at, y, one.all_runs, GREEN);
        const middles = t => doneSets.map(s => bandsOf(one, s)[MEDIAN][t]);
        const area = d3.area().x((_, t) => at(t)).y0(pair => y(pair[0])).y1(pair => y(pair[1]));
        plot.append("path").attr("class", "all-sets").attr("d", area(about.days.map((_, t) => [d3.min(middles(t)), d3.max(middles(t))])));
        drawFan(plot, at, y, bandsOf(one, chosen), BLUE);
    });
}

function drawTotals() {
    fillIn("charts", ...[...ofSets, ...ofAllRuns].map(one => element("figure", {"data-total": one.name}, element("figcaption", {}, element("h3", {}, capital(totalName(one))),
        element("p", {}, one.sets ? termOf("unit", one.unit) : say("study.all_runs_only", {unit: termOf("unit", one.unit)}))), element("div"))));
    [...byId("charts").children].forEach((figure, k) => drawTotal(figure.lastElementChild, [...ofSets, ...ofAllRuns][k]));
}

function showEnds() {
    if (!ofSets.length) return fillIn("ends");
    const rows = ofSets.map(one => {
        const {five, unit} = chosenBand(one), all = doneSets.map(s => middleAtEnd(one, s));
        const number = element("b", {}, persons(five[MEDIAN], unit)), most = d3.max(bandsOf(one, chosen)[MEDIAN]);
        return [capital(totalName(one)), isEnsemble ? [number, " ", small(range(five[LOW], five[HIGH], unit))] : [number], persons(most, unit), say("number.range", {low: persons(d3.min(all)), high: persons(d3.max(all))})];
    });
    fillIn("ends", table(say("totals.heading"), [[say("study.total_heading")], [say("study.end_of_chosen"), "number"], [say("planning.at_the_most"), "number"], [say("study.end_of_all"), "number"]],
        rows, k => ({"data-end": ofSets[k].name})));
}

/** The total that is shown by settings; undefined where none is kept set by set. */
const shownTotal = () => ofSets[Number(byId("total")?.value ?? 0)];

// --- totals by settings -------------------------------------------------------------------------------------

/** Where the values of an axis stand on a line of some pixels. */
function lineOf(k, width) {
    const values = distinct[k], ends = [values[0], values[values.length - 1]];
    if (axes[k].is_word || values.length === 1) return value => width * (values.indexOf(value) + 0.5) / values.length;
    return (ends[0] > 0 && ends[1] / ends[0] > WIDE_RANGE ? d3.scaleLog : d3.scaleLinear)(ends, [8, width - 8]);
}

/** Words below such a line: of all values if they stand apart, else of the first and the last; none lies outside of the picture. */
function ticksOf(k, line, width) {
    const half = words => PIXELS_A_LETTER * words.length / 2;
    const ticks = distinct[k].map(value => ({words: valueWords(axes[k], value), x: line(value)}));
    for (const tick of ticks) tick.x = Math.max(half(tick.words), Math.min(width - half(tick.words), tick.x));
    const areApart = ticks.every((tick, j) => !j || tick.x - ticks[j - 1].x > half(tick.words) + half(ticks[j - 1].words) + 4);
    return areApart ? ticks : [ticks[0], ticks[ticks.length - 1]];
}

function drawEffects() {
    const one = shownTotal();
    fillIn("effects", ...axes.map(axis => element("figure", {"data-effect": axis.key}, element("figcaption", {}, element("h3", {}, asWritten(axis.key)), element("p", {}, unitWords(axis))), element("div"))));
    [...byId("effects").children].forEach((figure, k) => {
        const host = figure.lastElementChild, full = Math.max(120, roomFor(host, 215)), height = 160, bottom = 24;
        const most = d3.max(doneSets, s => middleAtEnd(one, s)), y = d3.scaleLinear([0, Math.max(1, most)], [height - bottom, 10]).nice(4), numbers = axisNumber(y.domain()[1]);
        const left = 10 + PIXELS_A_LETTER * d3.max(y.ticks(4), value => plainText(numbers(value)).length), width = full - left - 8, line = lineOf(k, width);
        const svg = d3.select(host).append("svg").attr("viewBox", `0 0 ${full} ${height}`).attr("role", "img")
            .attr("aria-label", say("study.effect_chart", {setting: axes[k].key, total: totalName(one), value: valueWords(axes[k], axes[k].values[chosen]), persons: persons(middleAtEnd(one, chosen))}));
        const plot = svg.append("g").attr("transform", `translate(${left},0)`);
        plot.append("g").attr("class", "axis values").call(d3.axisLeft(y).ticks(4).tickFormat(numbers).tickSize(0));
        plot.append("path").attr("d", `M0,${height - bottom}H${full - left}`).attr("stroke", RULE);
        plot.append("g").attr("class", "axis").selectAll("text").data(ticksOf(k, line, width)).join("text").attr("x", tick => tick.x).attr("y", height - 8)
            .attr("text-anchor", "middle").text(tick => tick.words);
        const dot = (s, name, r) => plot.append("circle").attr("class", name).attr("cx", line(axes[k].values[s])).attr("cy", y(middleAtEnd(one, s))).attr("r", r);
        doneSets.forEach(s => { if (s !== chosen) dot(s, "one-set", 3); });
        dot(chosen, "chosen-set", 5);
    });
}

function showSets() {
    const one = shownTotal();
    byId("sets").parentElement.querySelectorAll("button.more").forEach(button => button.remove());
    const columns = [[say("study.set_number"), "number"], ...axes.map(axis => [isolated(axis.key), axis.is_word ? "" : "number"]), [one ? capital(totalName(one)) : say("study.done"), "number"]];
    const lastCell = s => !one ? [say("study.done_of", {done: data.done[s], replicates: about.members})] : isDone(s) ? spreadOf(fiveAt(one, s, records - 1)) : [say("number.none")];
    putLongTable("sets", say("study.every_set"), columns, setCount, s => [String(s), ...axes.map(axis => axis.is_word ? [asWritten(axis.values[s])] : valueWords(axis, axis.values[s])), lastCell(s)],
        s => ({"data-set": String(s)}), 12, say("long.sets"));
}

const spreadOf = five => spread(five[MEDIAN], five[LOW], five[HIGH]);

// --- the page -----------------------------------------------------------------------------------------------

function showHeader() {
    document.title = say("page.title", {title: about.title});
    fillIn("kind", say("study.kind", {design: about.design}));
    fillIn("title", asWritten(about.title));
    const runs = setCount * about.members, done = d3.sum(data.done);
    fillIn("headline", say("study.headline", {sets: setCount, replicates: about.members, settings: axes.length}), done < runs ? ` ${say("study.not_done", {number: runs - done, all: runs})}` : "");
    fillIn("bands", ...fromFile(about.bands), ...data.reasons.slice(0, 5).flatMap(one => [" ", say("study.reason", {number: one.runs}), " ", ledEnglish(one.message)]));
    if (about.summary) fillIn("lead", asWritten(about.summary));
    else leaveOut("lead");
    const swatch = (kind, text) => element("li", {}, element("span", {class: `swatch ${kind}`, "aria-hidden": "true"}), text);
    fillIn("fan-key", ...(isEnsemble ? [swatch("line blue", say("fan.middle")), swatch("half blue", say("fan.half")), swatch("most blue", say("fan.most"))] : [swatch("line blue", say("study.one_replicate"))]),
        swatch("sets", say("study.all_sets")));
    fillIn("provenance", say("study.made", {source: about.source, engine: about.engine, mode: about.mode, seed: String(about.seed), format: about.nuzuh_format, compiler: about.compiler}));
    fillIn("not-shown", data.others.length ? say("study.not_shown", {outputs: listed(data.others)}) : "");
    fillIn("study", about.study);
}

function drawAll() {
    drawTotals();
    showEnds();
    if (ofSets.length && doneSets.length) drawEffects();
    markCutTables();
}

showHeader();
fillIn("total", ...ofSets.map((one, k) => element("option", {value: String(k)}, capital(totalName(one)))));
byId("total").addEventListener("change", () => { drawEffects(); showSets(); markCutTables(); });
if (!doneSets.length || !ofSets.length) ["choose-section", "effects-section"].forEach(leaveOut);
else drawControls();
if (ofSets.length && doneSets.length) choose(chosen);
else if (ofAllRuns.length) drawTotals();
showSets();
markCutTables();
redrawAtWidth(drawAll);
