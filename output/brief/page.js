// Headline, key figures, assumptions and provenance; then everything is drawn.

/** What the page is about, in one line above its title. */
function kindWords() {
    if (isEnsemble) return `Simulated in ${about.members} runs. Not a count, not a forecast.`;
    return about.mode === "expected" ? "Simulated, expected values: no bands. Not a count, not a forecast."
        : "Simulated in one run: no bands. Not a count, not a forecast.";
}

const QUANTITY_WORDS = {people_displaced: "displaced people", movements: "movements", displaced: "displaced people present",
    abroad: "people abroad", departures: "departures", arrivals: "arrivals", returns: "returns"};

/** How likely planning figures are passed, for a reader who plans. */
function planningWords() {
    const p = data.planning;
    if (!p) return "";
    const parts = p.name.map((_, k) => {
        const what = p.quantity[k] === "people_displaced" ? "" : ` ${QUANTITY_WORDS[p.quantity[k]]}`;
        const date = parseDay(p.median_date[k]);
        const passed = isEnsemble ? often(p.chance[k]) : p.chance[k] ? `by ${longDay(date)}` : "not at all";
        return `${grouped(p.persons[k])}${what} is passed ${passed}${isEnsemble && date ? `, in half by ${longDay(date)}` : ""}`;
    });
    return ` The planning figure of ${parts.join(", that of ")}.`;
}

function showHeadline() {
    const five = data.totals.people_displaced.map(atEnd), day = longDay(lastDay), unit = unitOfBand(five);
    const middle = element("strong", {"data-total": "people_displaced"}, persons(five[MEDIAN], unit));
    fillIn("kind", kindWords());
    fillIn("title", about.title);
    fillIn("headline", `By ${day}, `, middle, " people have been displaced",
        isEnsemble ? `, between ${persons(five[LOW], unit)} and ${persons(five[HIGH], unit)} in 9 of 10 runs.` : ".",
        planningWords());
    if (about.outside_evidence) fillIn("outside-evidence", element("strong", {}, about.outside_evidence));
    else leaveOut("outside-evidence");
    if (about.bands && (isEnsemble || about.mode === "expected")) fillIn("bands", `${about.bands} ${about.variance}`);
    else leaveOut("bands");
    if (about.summary) fillIn("lead", about.summary);
    else leaveOut("lead");
}

/** Totals on the last day, and the most there are on any one day. */
const KEY_FIGURES = [["people_displaced", "people displaced", "end"], ["movements", "movements", "end"],
    ["without_shelter", "without shelter at the worst", "peak"], ["households_in_tents", "households in tents at the worst", "peak"],
    ["waiting", "waiting at the worst", "peak"],
    ["abroad", "abroad at the end", "end"], ["returned", "returns", "end"], ["remaining", "at home in danger at the worst", "peak"]];

function showKeyFigures() {
    const five = ([name, , when]) => when === "peak" ? data.peaks[name] : data.totals[name]?.map(atEnd);
    const shown = KEY_FIGURES.filter(row => five(row) && five(row)[HIGH] >= 10).slice(0, 6);
    fillIn("key-figures", ...shown.map(row => {
        const numbers = five(row), unit = unitOfBand(numbers);
        const band = isEnsemble ? [element("dd", {class: "band"}, range(numbers[LOW], numbers[HIGH], unit))] : [];
        return element("div", {}, element("dt", {}, row[1]), element("dd", {"data-key": row[0]}, persons(numbers[MEDIAN], unit)), ...band);
    }));
}

// --- what was assumed ---------------------------------------------------------------------------------------

function groupWords(groups) {
    const one = g => `${g.name} (${percent(g.share)}): households of ${g.household_size}, ${percent(g.immobile_share)} cannot or will not leave${g.drawn_to ? `, drawn to ${nameOf(g.drawn_to)} (${g.draw} times)` : ""}`;
    return groups.map(one).join("; ") + ".";
}

function frontWords(fronts) {
    const fall = fronts.filter(front => front.falls);
    const text = fall.map(front => `${nameOf(front.place)} (${shortDay(parseDay(front.falls))})`).join(", ");
    const held = fronts.filter(front => !front.falls).map(front => nameOf(front.place)).join(", ");
    return (fall.length ? `Towns that fall: ${text}.` : "") + (held ? ` Assaulted and held: ${held}.` : "");
}

function crossingWords(crossings) {
    return crossings.map(c => {
        const when = [c.from ? `from ${longDay(parseDay(c.from))}` : "", c.to ? `to ${longDay(parseDay(c.to))}` : ""].filter(Boolean).join(" ");
        const policy = c.policy === "quota" ? `lets ${grouped(c.quota)} people a day through` : c.policy;
        return `${nameOf(c.place)}: ${policy}${when ? " " + when : ""}`;
    }).join("; ") + ".";
}

/** "from 27 November 2024", and to when if it ends. */
const whenWords = entry => `from ${longDay(parseDay(entry.from))}${entry.to ? ` to ${longDay(parseDay(entry.to))}` : ""}`;

/** Orders to leave: how many, where and when, the first few by name. */
function orderWords(orders) {
    const of = [...new Set(orders.map(order => nameOf(order.of)))];
    const days = orders.map(order => parseDay(order.from));
    const when = d3.min(days) < d3.max(days) ? `between ${longDay(d3.min(days))} and ${longDay(d3.max(days))}` : `on ${longDay(days[0])}`;
    return `People are told to leave ${of.slice(0, 6).join(", ")}${of.length > 6 ? ` and ${of.length - 6} more places or areas` : ""}, ${when}.`;
}

function showAssumptions() {
    const a = data.assumptions;
    const people = d3.sum(places.population), capacity = d3.sum(places.capacity, value => value ?? 0);
    const set = a.behaviour.filter(row => row.value !== row.default).length;
    const items = [`${persons(people)} people live in ${places.population.filter(Boolean).length} of ${placeCount} places on ${longDay(firstDay)}; ${a.displaced_at_start ? `${persons(a.displaced_at_start)} more are displaced already` : "everyone is at home"}.`];
    if (capacity) items.push(`Places with a limit have room for ${persons(capacity)} displaced people beyond those who live there.`);
    items.push(`Groups: ${groupWords(a.groups)}`);
    if (a.fronts?.length) items.push(frontWords(a.fronts));
    if (a.orders?.length) items.push(orderWords(a.orders));
    for (const entry of a.ceasefires ?? []) items.push(`A ceasefire holds ${entry.of === "all" ? "everywhere" : `in ${nameOf(entry.of)}`} ${whenWords(entry)}, and people know of it.`);
    if (a.crossings?.length) items.push(`Crossings: ${crossingWords(a.crossings)}`);
    else if (places.type.includes("crossing")) items.push("All crossings are closed.");
    if (a.departures_given) items.push("Departures are given, not simulated.");
    if (a.rules) items.push(`People decide by ${a.rules}.`);
    items.push(`Of ${a.behaviour.length} numbers that describe behaviour, the scenario sets ${set}; the rest stand at their defaults.`);
    if (isEnsemble && !about.bands) items.push("The ranges hold chance alone. What is uncertain about behaviour and inputs comes on top.");
    fillIn("assumed", ...items.map(words => element("li", {}, words)));
}

function showProvenance() {
    const mode = about.mode === "expected" ? "expected values" : `${about.members} ${isEnsemble ? "runs" : "run"}, seed ${about.seed}`;
    fillIn("provenance", `${about.source}; engine ${about.engine}, ${mode}; results format ${about.nuzuh_format}; ${about.compiler}. `
        + "The scenario below, saved as a file and run by this version, gives the same numbers. Drawn with D3 (ISC licence).",
        element("span", {class: "screen-only"}, data.levers ? " The engine of the levers holds parts of Eigen (MPL 2), Boost, fmt, yaml-cpp, musl, emscripten (MIT and alike), libc++ (Apache 2) and Random123 (BSD, D. E. Shaw Research)." : ""));
    fillIn("use", "Made for preparedness: shelter, water, food, routes, access. Not for planning attacks, closing borders ahead of people, or leaving anyone out. "
        + "Counts by place are rounded to tens, and those below ten left out. Before acting on it, ask people who are there.");
    fillIn("inputs", about.input_files || "none");
    fillIn("scenario", about.scenario);
}

// --- the page -----------------------------------------------------------------------------------------------

document.title = `${about.title} – brief`;
showHeadline();
showKeyFigures();
showAssumptions();
showProvenance();
drawFanKey();
startMap();
drawCharts();
showTables();
showComparison();
startSheets();
startLevers();
markCutTables();

redrawAtWidth(() => {
    drawMap();
    drawCharts();
    drawSheet();
    drawChanged();
    markCutTables();
});
