// Fan charts.

/** The middle line, half of all runs, and nine in ten runs. */
function drawFan(plot, x, y, bands, colour, curve) {
    const area = (low, high) => {
        const shape = d3.area().x((_, i) => x(i)).y0((_, i) => y(bands[low][i])).y1((_, i) => y(bands[high][i]));
        return (curve ? shape.curve(curve) : shape)(bands[MEDIAN]);
    };
    const line = d3.line().x((_, i) => x(i)).y(value => y(value));
    if (isEnsemble) {
        plot.append("path").attr("d", area(LOW, HIGH)).attr("fill", colour).attr("fill-opacity", 0.18);
        plot.append("path").attr("d", area(LOWER, UPPER)).attr("fill", colour).attr("fill-opacity", 0.3);
    }
    plot.append("path").attr("d", (curve ? line.curve(curve) : line)(bands[MEDIAN]))
        .attr("fill", "none").attr("stroke", colour).attr("stroke-width", 2);
}

/** Short numbers for an axis that ends at `most`: 400, 40k, 1.2m. */
function axisNumber(most) {
    return value => {
        if (value >= 1e6) return say("axis.millions", {number: inDigits(value / 1e6, 12)});
        return value > 0 && most >= 1e4 ? say("axis.thousands", {number: inDigits(value / 1e3, 12)}) : grouped(value);
    };
}

/** Whole months if there are several, else days. */
function dayTicks(scale, width) {
    const span = (scale.domain()[1] - scale.domain()[0]) / 86400000;
    const most = Math.max(2, Math.floor(width / 48));
    let ticks = scale.ticks(most);
    for (let fewer = most - 1; ticks.length > most && fewer > 0; --fewer) ticks = scale.ticks(fewer);
    return {ticks, words: date => span <= 62 ? shortDay(date) : date.getUTCMonth() ? monthOf(date, "months_short") : String(date.getUTCFullYear())};
}

const PIXELS_A_LETTER = 6.6;  // of the numbers beside an axis

/** An SVG of the width there is, with axes: draws(plot, x by date, y, width, height). */
function chart(host, {height, most, label, onPaper = 460, margin = {top: 10, right: 12, bottom: 24, left: 44}, yTicks = 5, start = firstDay}, draw) {
    const full = Math.max(120, roomFor(host, onPaper)), inner = height - margin.top - margin.bottom;
    const y = d3.scaleLinear([0, Math.max(1, most)], [inner, 0]).nice(yTicks), numbers = axisNumber(y.domain()[1]);
    const left = Math.max(margin.left, 10 + PIXELS_A_LETTER * d3.max(y.ticks(yTicks), value => plainText(numbers(value)).length));
    const width = full - left - margin.right;
    const svg = d3.select(host).html("").append("svg").attr("viewBox", `0 0 ${full} ${height}`)
        .attr("role", "img").attr("aria-label", label);
    const plot = svg.append("g").attr("transform", `translate(${left},${margin.top})`);
    const x = d3.scaleUtc([start, lastDay], [0, width]);
    plot.append("g").attr("class", "rules").selectAll("line").data(y.ticks(yTicks)).join("line")
        .attr("x2", width).attr("y1", y).attr("y2", y);
    const days = dayTicks(x, width);
    plot.append("g").attr("class", "axis").attr("transform", `translate(0,${inner})`)
        .call(d3.axisBottom(x).tickValues(days.ticks).tickFormat(days.words).tickSizeOuter(0));
    plot.append("g").attr("class", "axis values").call(d3.axisLeft(y).ticks(yTicks).tickFormat(numbers).tickSize(0));
    draw(plot, x, y, width, inner);
}

// --- reported figures ---------------------------------------------------------------------------------------

/** The reported figures as rows. */
function reportedRows() {
    const r = data.reported;
    if (!r) return [];
    return r.name.map((name, i) => Object.fromEntries(Object.keys(r).map(key => [key, r[key][i]])));
}

const isEverywhere = row => ["all", "", "-"].includes(row.place_or_area);
const days = (from, to) => (to - from) / 86400000;

/** Whether a figure counts from the start of the run, give or take a week. */
const isSinceStart = row => row.from === "-" || Math.abs(days(firstDay, parseDay(row.from))) <= 7;

/** A figure as a point with its interval; hollow if no parameter was set with it in view. */
function drawPoint(plot, x, y, row, colour) {
    const at = x(parseDay(row.to)), top = y.domain()[1];
    const mark = plot.append("g").attr("class", "reported");
    mark.append("title").text(say("chart.reported", {name: row.name, persons: row.persons, source: row.source}));
    mark.append("line").attr("x1", at).attr("x2", at).attr("y1", y(row.reported_low)).attr("y2", y(Math.min(top, row.reported_high)))
        .attr("stroke", colour).attr("stroke-width", 1.2);
    mark.append("circle").attr("cx", at).attr("cy", y(row.persons)).attr("r", 4)
        .attr("fill", row.fitted ? colour : "#fff").attr("stroke", row.fitted ? "#fff" : colour).attr("stroke-width", row.fitted ? 1 : 2);
}

/** A figure counted over some days, as a bar as long as these days at its persons a week. */
function drawSpan(plot, x, y, row, colour) {
    const from = parseDay(row.from) ?? firstDay, to = addDays(parseDay(row.to), 1);
    const weeks = days(from, to) / 7;
    const mark = plot.append("g").attr("class", "reported");
    mark.append("title").text(say("chart.reported_weekly", {name: row.name, persons: row.persons, weekly: persons(row.persons / weeks), source: row.source}));
    mark.append("rect").attr("x", x(from)).attr("width", Math.max(4, x(to) - x(from))).attr("y", y(row.persons / weeks) - 2.5).attr("height", 5)
        .attr("rx", 2.5).attr("fill", row.fitted ? INK : "#fff").attr("stroke", row.fitted ? "#fff" : INK).attr("stroke-width", row.fitted ? 1 : 1.6);
}

// --- the charts ---------------------------------------------------------------------------------------------

const TOTALS = [["people_displaced", BLUE, "chart.people"], ["movements", VERMILLION, "chart.movements"]];
const SHELTER = [["with_shelter", BLUE, "chart.with_shelter"], ["without_shelter", VERMILLION, "chart.without_shelter"]];
const TENTS = [["households_in_tents", GREEN, "chart.households"]];

/** Heights of the words at the ends of the curves, apart from each other. */
function wordHeights(ends) {
    if (ends.length < 2 || Math.abs(ends[0] - ends[1]) >= 32) return ends;
    const middle = (ends[0] + ends[1]) / 2, up = ends[0] < ends[1] ? -16 : 16;
    return [middle + up, middle - up];
}

/** Curves over time with their names at the end, and reported figures that count the same. */
function drawCurves(id, curves, points = []) {
    const shown = curves.filter(([name]) => data.totals[name]);
    if (!shown.length) return byId(id).closest("figure")?.remove();
    const most = d3.max(shown, ([name]) => Math.max(d3.max(data.totals[name][HIGH]),
        d3.max(points.filter(row => row.quantity === name), row => Math.max(row.persons, row.reported_high) * 1.03) ?? 0));
    const last = name => atEnd(data.totals[name][MEDIAN]);
    const lastWords = name => { const five = data.totals[name].map(atEnd); return persons(five[MEDIAN], unitOfBand(five)); };
    const words = listed(shown.map(([name, , label]) => say("chart.on_day", {label: say(label), day: longDay(lastDay), persons: lastWords(name)})), "list.strong_separator");
    chart(byId(id), {height: chartHeight(), most, label: say("chart.label", {words}), margin: {top: 12, right: 92, bottom: 24, left: 44}},
        (plot, x, y, width) => {
            const heights = wordHeights(shown.map(([name]) => y(last(name))));
            shown.forEach(([name, colour, label], k) => {
                drawFan(plot, i => x(dayOf(i)), y, data.totals[name], colour);
                const text = plot.append("text").attr("class", "direct").attr("y", Math.min(heights[k], y(0) - 14)).attr("fill", colour);
                text.append("tspan").attr("x", width + 6).attr("class", "direct-number").text(lastWords(name));
                text.append("tspan").attr("x", width + 6).attr("dy", 14).text(say(label));
            });
            for (const [name, colour] of shown)
                for (const row of points.filter(row => row.quantity === name)) drawPoint(plot, x, y, row, colour);
        });
}

const chartHeight = () => printing ? 184 : 280;

/** Bands by week as steps: the last week's value once more, so that the step ends where the week does. */
function weeklyChart(host, bands, options, spans) {
    const ends = data.arrivals.week_ends.map(dayOf);
    const edges = [firstDay, ...ends.map(end => addDays(end, 1))];
    const steps = bands.map(row => [...row, row[row.length - 1]]);
    chart(host, options, (plot, x, y) => {
        drawFan(plot, i => x(edges[i]), y, steps, options.colour, d3.curveStepAfter);
        for (const row of spans) drawSpan(plot, x, y, row, options.colour);
    });
}

function drawWeekly() {
    byId("weekly-figure").hidden = !data.arrivals.all;
    byId("series-words").hidden = Boolean(data.arrivals.all);
    if (!data.arrivals.all) return fillIn("series-words", say(about.keeps_series ? "totals.some_places" : "totals.no_series"));
    const spans = reportedRows().filter(row => isEverywhere(row) && ["movements", "arrivals"].includes(row.quantity)
        && row.from !== "-" && days(parseDay(row.from), parseDay(row.to)) <= 62 && !isSinceStart(row));
    const perWeek = row => row.persons * 7 / (days(parseDay(row.from), parseDay(row.to)) + 1);
    const most = Math.max(d3.max(data.arrivals.all[HIGH]), d3.max(spans, perWeek) ?? 0);
    fillIn("weekly-words", say(spans.length ? "chart.all_places_reported" : "chart.all_places"));
    weeklyChart(byId("weekly"), data.arrivals.all, {height: chartHeight(), most, colour: GREEN,
        label: say("chart.weekly", {persons: persons(d3.max(data.arrivals.all[MEDIAN]))})}, spans);
}

/** Heights for words at the end of lines, in the order of the lines, moved apart where they would touch. */
function apart(ends, least) {
    const order = ends.map((_, k) => k).sort((a, b) => ends[b] - ends[a]), heights = [...ends];
    for (let k = 1; k < order.length; ++k) heights[order[k]] = Math.min(heights[order[k]], heights[order[k - 1]] - least);
    return heights;
}

/** What movements are made of, week by week, and returns. */
const PIECES = [["people_displaced", BLUE, "chart.first_flight"], ["moved_on", VERMILLION, "chart.moving_on"], ["returned", GREEN, "chart.return"]];

function drawPieces() {
    const pieces = data.pieces;
    if (!pieces) return byId("pieces-figure")?.remove();
    const shown = PIECES.filter(([name]) => d3.max(pieces[name][HIGH]) > 0);
    byId("pieces-figure").hidden = !shown.length;
    if (!shown.length) return;
    const edges = [firstDay, ...data.arrivals.week_ends.map(dayOf).map(end => addDays(end, 1))];
    const peak = name => pieces[name][MEDIAN].indexOf(d3.max(pieces[name][MEDIAN]));
    const words = listed(shown.map(([name, , label]) => say("chart.most_in_week", {label: say(label), day: longDay(addDays(edges[peak(name) + 1], -1)), persons: persons(pieces[name][MEDIAN][peak(name)])})), "list.strong_separator");
    chart(byId("pieces"), {height: chartHeight(), most: d3.max(shown, ([name]) => d3.max(pieces[name][HIGH])), label: say("chart.label", {words}), margin: {top: 12, right: 92, bottom: 24, left: 44}},
        (plot, x, y, width) => {
            const heights = apart(shown.map(([name]) => y(atEnd(pieces[name][MEDIAN])) - 2), 15);
            shown.forEach(([name, colour, label], k) => {
                drawFan(plot, i => x(edges[i]), y, pieces[name].map(row => [...row, row[row.length - 1]]), colour, d3.curveStepAfter);
                plot.append("text").attr("class", "direct").attr("x", width + 6).attr("y", heights[k]).attr("fill", colour).text(say(label));
            });
        });
}

function drawPanels() {
    const shown = data.arrivals.places;
    byId("arrivals-heading").hidden = byId("panels").hidden = !shown.length;
    if (!shown.length) return;
    const most = d3.max(shown, one => d3.max(one.persons?.[HIGH] ?? [0]));
    fillIn("panels", ...shown.map(one => {
        const head = element("h4", {}, ...bothNames(one.place));
        const total = element("p", {"data-arrivals": places.id[one.place]}, say("chart.in_all", {persons: persons(one.in_all[MEDIAN], unitOfBand(one.in_all))}));
        return element("figure", {"data-place": places.id[one.place]}, element("figcaption", {}, head, total), element("div"));
    }));
    [...byId("panels").children].forEach((figure, k) => {
        const one = shown[k], id = places.id[one.place];
        if (!one.persons) return;
        const spans = reportedRows().filter(row => row.quantity === "arrivals" && row.place_or_area === id);
        weeklyChart(figure.lastElementChild, one.persons, {height: 110, onPaper: 215, most, colour: GREEN, yTicks: 3,
            margin: {top: 6, right: 6, bottom: 20, left: 34},
            label: say("chart.weekly_at", {place: placeName(one.place), persons: persons(d3.max(one.persons[MEDIAN]))})}, spans);
    });
}

function drawFanKey() {
    const swatch = (kind, text) => element("li", {}, element("span", {class: `swatch ${kind}`, "aria-hidden": "true"}), text);
    const items = isEnsemble
        ? [swatch("line", say("fan.middle")), swatch("half", say("fan.half")), swatch("most", say("fan.most"))]
        : [swatch("line", say(about.mode === "expected" ? "fan.expected" : "fan.one_run"))];
    if (data.reported) {
        items.push(swatch("dot", say("fan.reported")));
        if (data.reported.fitted.some(fitted => !fitted)) items.push(swatch("dot hollow", say("fan.reported_not_fitted")));
    }
    fillIn("fan-key", ...items);
}

function drawCharts() {
    drawCurves("totals", TOTALS, reportedRows().filter(row => isEverywhere(row) && isSinceStart(row)));
    drawWeekly();
    drawPieces();
    drawCurves("shelter", SHELTER);
    drawCurves("tents", TENTS);
    drawPanels();
}
