// Headline, key figures, assumptions and provenance; then everything is drawn.

/** What the page is about, in one line above its title. */
function kindWords() {
    if (isEnsemble) return say("kind.runs", {count: about.members});
    return say(about.mode === "expected" ? "kind.expected" : "kind.one_run");
}

/** How likely planning figures are passed, for a reader who plans. */
function planningWords() {
    const p = data.planning;
    if (!p) return "";
    const parts = p.name.map((_, k) => {
        const date = parseDay(p.median_date[k]);
        const passed = isEnsemble ? date ? say("headline.often_half_by", {often: often(p.chance[k]), day: longDay(date)}) : often(p.chance[k])
            : p.chance[k] ? say("headline.by_day", {day: longDay(date)}) : say("headline.not_at_all");
        return p.quantity[k] === "people_displaced" ? say("headline.persons", {persons: p.persons[k], passed})
            : say("headline.quantity", {persons: p.persons[k], quantity: termOf("quantity", p.quantity[k]), passed});
    });
    return ` ${say("headline.planning", {figures: listed(parts, "headline.another_figure")})}`;
}

/** What the page says of all runs in short: of the file, or of a change. */
function showNumbers() {
    const isChanged = document.body.classList.contains("is-changed");
    const five = data.totals.people_displaced.map(atEnd), day = longDay(lastDay), unit = unitOfBand(five);
    const middle = element("strong", {"data-total": "people_displaced"}, persons(five[MEDIAN], unit));
    fillIn("kind", kindWords());
    fillIn("headline", ...(isEnsemble ? sayWith("headline.band", {day, persons: middle, low: persons(five[LOW], unit), high: persons(five[HIGH], unit)})
        : sayWith("headline.one", {day, persons: middle})), isChanged ? "" : planningWords());
    if (byId("bands")) byId("bands").hidden = isChanged;
    showKeyFigures();
}

function showHeadline() {
    fillIn("title", asWritten(about.title));
    if (about.outside_evidence) fillIn("outside-evidence", element("strong", {}, ...fromFile(about.outside_evidence)));
    else leaveOut("outside-evidence");
    if (about.bands && (isEnsemble || about.mode === "expected")) fillIn("bands", ...fromFile(about.bands), " ", ...fromFile(about.variance));
    else leaveOut("bands");
    if (about.week_days !== 7) fillIn("long-weeks", say("page.long_weeks", {days: grouped(about.week_days)}));
    else leaveOut("long-weeks");
    if (about.places_simulated > placeCount) fillIn("some-places", say("page.some_places", {shown: placeCount, all: about.places_simulated}));
    else leaveOut("some-places");
    if (about.summary) fillIn("lead", asWritten(about.summary));
    else leaveOut("lead");
}

/** Totals on the last day, and the most there are on any one day. */
const KEY_FIGURES = [["people_displaced", "key.people_displaced", "end"], ["movements", "key.movements", "end"],
    ["without_shelter", "key.without_shelter", "peak"], ["households_in_tents", "key.households_in_tents", "peak"],
    ["waiting", "key.waiting", "peak"],
    ["abroad", "key.abroad", "end"], ["returned", "key.returned", "end"], ["remaining", "key.remaining", "peak"]];

function showKeyFigures() {
    const five = ([name, , when]) => when === "peak" ? data.peaks[name] : data.totals[name]?.map(atEnd);
    const shown = KEY_FIGURES.filter(row => five(row) && five(row)[HIGH] >= 10).slice(0, 6);
    fillIn("key-figures", ...shown.map(row => {
        const numbers = five(row), unit = unitOfBand(numbers);
        const band = isEnsemble ? [element("dd", {class: "band"}, range(numbers[LOW], numbers[HIGH], unit))] : [];
        return element("div", {}, element("dt", {}, say(row[1])), element("dd", {"data-key": row[0]}, persons(numbers[MEDIAN], unit)), ...band);
    }));
}

// --- what was assumed ---------------------------------------------------------------------------------------

function groupWords(groups) {
    const one = g => {
        const group = say("assumed.group", {name: g.name, share: percent(g.share), size: inDigits(g.household_size, 6), stay: percent(g.immobile_share)});
        return g.drawn_to ? say("assumed.drawn_to", {group, place: nameOf(g.drawn_to), times: inDigits(g.draw, 6)}) : group;
    };
    return say("assumed.groups", {groups: listed(groups.map(one), "list.strong_separator")});
}

function frontWords(fronts) {
    const fall = fronts.filter(front => front.falls).map(front => say("assumed.town_on_day", {town: nameOf(front.place), day: shortDay(parseDay(front.falls))}));
    const held = fronts.filter(front => !front.falls).map(front => nameOf(front.place));
    return [...(fall.length ? [say("assumed.fronts_fall", {towns: listed(fall)})] : []), ...(held.length ? [say("assumed.fronts_held", {towns: listed(held)})] : [])].join(" ");
}

/** "from 27 November 2024", and to when if it ends; "" where it always holds. */
function whenWords({from, to}) {
    const [first, last] = [from, to].map(day => day ? longDay(parseDay(day)) : "");
    return first ? last ? say("when.from_to", {first, last}) : say("when.from", {first}) : last ? say("when.to", {last}) : "";
}

/** What a crossing does, and when. */
function policyWords(c) {
    const policy = c.policy === "quota" ? say("policy.quota", {number: c.quota}) : say(`policy.${c.policy}`), when = whenWords(c);
    return when ? say("assumed.crossing_when", {policy, when}) : policy;
}

const crossingWords = crossings => listed(crossings.map(c => say("assumed.crossing", {place: nameOf(c.place), policy: policyWords(c)})), "list.strong_separator");

/** Orders to leave: how many, where and when, the first few by name. */
function orderWords(orders) {
    const of = [...new Set(orders.map(order => nameOf(order.of)))], days = orders.map(order => parseDay(order.from));
    const named = listed(of.slice(0, 6)), all = of.length > 6 ? say("assumed.more_places", {places: named, number: of.length - 6}) : named;
    return d3.min(days) < d3.max(days) ? say("assumed.orders_between", {places: all, first: longDay(d3.min(days)), last: longDay(d3.max(days))})
        : say("assumed.orders_on", {places: all, day: longDay(days[0])});
}

function ceasefireWords(entry) {
    const when = whenWords(entry);
    return entry.of === "all" ? say("assumed.ceasefire_everywhere", {when}) : say("assumed.ceasefire_in", {place: nameOf(entry.of), when});
}

function showAssumptions() {
    const a = data.assumptions;
    const capacity = d3.sum(places.capacity, value => value ?? 0), set = a.behaviour.filter(row => row.value !== row.default).length;
    const people = {persons: persons(d3.sum(places.population)), lived_in: places.population.filter(Boolean).length, places: placeCount, day: longDay(firstDay)};
    const items = [a.displaced_at_start ? say("assumed.people_and_displaced", {...people, displaced: persons(a.displaced_at_start)}) : say("assumed.people", people)];
    if (capacity) items.push(say("assumed.room", {persons: persons(capacity)}));
    items.push(groupWords(a.groups));
    if (a.fronts?.length) items.push(frontWords(a.fronts));
    if (a.orders?.length) items.push(orderWords(a.orders));
    items.push(...(a.ceasefires ?? []).map(ceasefireWords));
    if (a.crossings?.length) items.push(say("assumed.crossings", {crossings: crossingWords(a.crossings)}));
    else if (places.type.includes("crossing")) items.push(say("assumed.crossings_closed"));
    if (a.departures_given) items.push(say("assumed.departures_given"));
    if (a.rules === "flee3") items.push(say("assumed.rules_flee3"));
    items.push(say("assumed.behaviour", {all: a.behaviour.length, set}));
    if (isEnsemble && !about.bands) items.push(say("assumed.chance_alone"));
    fillIn("assumed", ...items.map(words => element("li", {}, words)));
}

function showProvenance() {
    const seed = String(about.seed), mode = about.mode === "expected" ? say("provenance.expected") : isEnsemble ? say("provenance.runs", {count: about.members, seed}) : say("provenance.run", {seed});
    fillIn("provenance", say("provenance.made", {source: about.source, engine: about.engine, mode, format: about.nuzuh_format, compiler: about.compiler}),
        element("span", {class: "screen-only"}, data.levers ? ` ${say("provenance.engine")}` : ""));
    fillIn("use", say("provenance.use"));
    fillIn("inputs", about.input_files || say("provenance.none"));
    fillIn("scenario", about.scenario);
}

// --- the page -----------------------------------------------------------------------------------------------

document.title = say("page.title", {title: about.title});
showHeadline();
showNumbers();
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
