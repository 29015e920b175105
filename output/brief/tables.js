// Tables: sites by the date they are full, needs, reported figures, homes, behaviour.

const small = words => element("bdi", {class: "band"}, words);

/** "37 % of runs", or of a single run whether it happens. */
const shareOfRuns = share => isEnsemble ? say("number.of_runs", {percent: percent(share)}) : say(share ? "number.yes" : "number.no");

/** Median, and the range of nine in ten runs below it. */
function spread(median, low, high) {
    const unit = isEnsemble ? unitOf(median, low, high) : unitOf(median);
    const number = element("b", {}, persons(median, unit));
    return isEnsemble ? [number, " ", small(range(low, high, unit))] : [number];
}

// --- planning figures ---------------------------------------------------------------------------------------

function showPlanning() {
    const p = data.planning;
    if (!p) return leaveOut("planning");
    const columns = [[say("planning.figure")], [say("planning.counts")], [say("planning.persons"), "number"], [say("planning.passed_in"), "number"], [say("planning.passed_by"), "day"],
        ...(p.most ? [[say("planning.warning_before"), "day"], [say("planning.at_the_most"), "number"]] : [[say("planning.at_the_end"), "number"]])];
    const rows = p.name.map((name, k) => [[asWritten(name)], countedWords(k), grouped(p.persons[k]),
        shareOfRuns(p.chance[k]),
        p.passed_on ? dayCell(p.passed_on.map(row => row[k])) : p.median_date[k] === "-" ? say("number.none") : shortDay(parseDay(p.median_date[k])),
        ...(p.most ? [leadCell(k), spread(...[MEDIAN, LOW, HIGH].map(q => p.most[q][k]))] : [spread(p.median[k], p.low[k], p.high[k])])]);
    fillIn("planning", table(say("planning.table"), columns, rows, k => ({"data-planning": p.name[k]})));
    if (p.most) byId("planning").append(element("p", {class: "note"}, say("planning.note", {shares: listed([...new Set(p.trigger)].map(percent), "list.or")})));
}

/** "arrivals within 14 days, Dana". */
function countedWords(k) {
    const p = data.planning, quantity = termOf("quantity", p.quantity[k]);
    const words = [p.within?.[k] ? say("planning.within", {quantity, count: p.within[k]}) : quantity];
    if (p.place_or_area && p.place_or_area[k] !== "all") words.push(nameOf(p.place_or_area[k]));
    return listed(words);
}

/** Days of warning, their range, and how often the warning is in vain. */
function leadCell(k) {
    const p = data.planning, five = p.lead.map(row => row[k]), vain = p.chance_of_warning[k] - p.chance[k];
    if (five[MEDIAN] === null) return [p.chance_of_warning[k] > 0 ? small(say("planning.in_vain", {percent: percent(vain)})) : say("number.none")];
    const middle = element("b", {}, say("planning.days", {count: five[MEDIAN]}));
    return isEnsemble ? [middle, " ", small(say(vain > 0 ? "planning.range_in_vain" : "planning.range_never_in_vain", {low: five[LOW], high: five[HIGH], percent: percent(vain)}))] : [middle];
}

// --- three cases --------------------------------------------------------------------------------------------

const CASE_ROWS = [["end", "people_displaced", "cases.people_displaced"], ["end", "movements", "cases.movements"], ["most", "displaced", "cases.displaced"],
    ["most", "without_shelter", "cases.without_shelter"], ["most", "households_in_tents", "cases.households_in_tents"], ["most", "waiting", "cases.waiting"],
    ["end", "abroad", "cases.abroad"], ["end", "returned", "cases.returned"]];

function showCases() {
    const cases = data.cases;
    if (!cases || !isEnsemble) return leaveOut("cases-section");
    const valueOf = (one, when, name) => when === "end" ? one.end[name] : one.most[name].persons;
    const dayWords = (one, when, name) => when === "most" && one.most[name].persons >= 10 ? [" ", small(shortDay(dayOf(one.most[name].record)))] : [];
    const shown = CASE_ROWS.filter(([when, name]) => cases.some(one => valueOf(one, when, name) >= 10));
    const people = shown.map(([when, name, words]) => [say(words), ...cases.map(one => [persons(valueOf(one, when, name)), ...dayWords(one, when, name)])]);
    const needs = needRows().map(({k, words, factor}) => [say("cases.need", {need: words}), ...cases.map(one => amount(one.needs[k] * factor))]);
    const heads = ["cases.best", "cases.likely", "cases.worst"].map((key, k) => [say(key, {run: cases[k].member}), "number"]);
    fillIn("cases-words", say("cases.words", {count: about.members}));
    fillIn("cases", table(say("cases.heading"), [[say("cases.by_the_end")], ...heads], [...people, ...needs], k => ({"data-case": shown[k]?.[1] ?? "need"})));
}

// --- sites --------------------------------------------------------------------------------------------------

const dayWords = value => shortDay(addDays(firstDay, value));

/** "22 May", and from when to when in nine in ten runs; a missing day is one that fewer runs come to. */
function dayCell(five) {
    if (five[MEDIAN] === null && five[LOW] === null) return [say("number.none")];
    const middle = five[MEDIAN] === null ? say("day.not_in_half") : dayWords(five[MEDIAN]);
    return isEnsemble ? [element("b", {}, middle), " ", small(daySpread(five))] : [element("b", {}, middle)];
}

/** From when to when in nine in ten runs. */
function daySpread(five) {
    const [low, high] = [five[LOW], five[HIGH]].map(day => day === null ? say("day.later") : dayWords(day));
    return low === high ? say("number.in_every_run") : say("number.range", {low, high});
}

/** The share of runs in which a place is full, week by week, as a small area from none to all. */
function rise(i) {
    const shares = data.full.by_week.map(week => week[i]), last = shares.length - 1;
    const svg = d3.create("svg").attr("viewBox", "0 0 92 20").attr("class", "rise").attr("aria-hidden", "true");
    const x = k => last ? 1 + 90 * k / last : 1, y = share => 19 - 18 * share;
    svg.append("path").attr("class", "frame").attr("d", "M1,1H91M1,19H91");
    svg.append("path").attr("fill", BLUE).attr("fill-opacity", 0.75).attr("d", d3.area().x((_, k) => x(k)).y0(19).y1(y).curve(d3.curveStepAfter)(shares));
    return svg.node();
}

function showSites() {
    const stays = data.stays, full = data.full;
    const limited = places.name.map((_, i) => i).filter(i => places.capacity[i] > 0 && places.type[i] !== "abroad");
    const reached = limited.filter(i => full ? full.chance[0][i] > 0 : stays.most[i] > 0);
    if (!reached.length) {
        fillIn("sites-words", say(limited.length ? "sites.never_near" : "sites.no_limit"));
        byId("sites").hidden = true;
        return;
    }
    byId("sites").hidden = false;
    const never = Number.MAX_SAFE_INTEGER;
    const key = i => full ? [full.day[MEDIAN][1][i] ?? never, -full.chance[1][i]] : [-stays.most[i], 0];
    reached.sort((a, b) => key(a)[0] - key(b)[0] || key(a)[1] - key(b)[1]);
    const dayAt = (level, i) => dayCell(full.day.map(row => row[level][i]));
    const columns = [[say("sites.place")], [say("sites.room"), "number"],
        ...(full ? [[say("sites.full_80"), "day"], [say("sites.full_100"), "day"], [say("sites.full_120"), "day"], [say("sites.full_in"), "number"], ...(isEnsemble ? [[say("sites.rise")]] : [])] : []),
        [say("sites.stay_at_end"), "number"], [say("sites.most_without_shelter"), "number"]];
    const rowOf = k => { const i = reached[k]; return [bothNames(i), grouped(places.capacity[i]),
        ...(full ? [dayAt(0, i), dayAt(1, i), dayAt(2, i), shareOfRuns(full.chance[1][i]), ...(isEnsemble ? [[rise(i)]] : [])] : []),
        spread(stays.end[MEDIAN][i], stays.end[LOW][i], stays.end[HIGH][i]), persons(stays.most_without_shelter[i])]; };
    const count = full ? reached.filter(i => full.chance[1][i] >= 0.5).length : reached.length;
    fillIn("sites-words", say(!full ? "sites.words_stays" : isEnsemble ? "sites.words_runs" : "sites.words_one", {number: count, all: limited.length}));
    putLongTable("sites", say("sites.table"), columns, reached.length, rowOf, k => ({"data-place": places.id[reached[k]]}), 12, say("long.places"));
}

// --- needs --------------------------------------------------------------------------------------------------

/** sign: the wording of a number with its sign, if it has one */
function amount(value, unit = unitOf(value), sign = null) {
    const signed = number => sign ? say(sign, {number}) : number;
    if (value > 0 && value < 10) return signed(inDigits(value, 2));
    const rounded = inUnits(value, unit);
    return rounded >= 1e6 ? say("number.million", {count: rounded / 1e6, number: signed(inDigits(rounded / 1e6, 3))}) : signed(grouped(rounded));
}

/** Median of five quantiles, and the range of nine in ten runs. */
function amountSpread(five) {
    const unit = unitOfBand(five);
    const number = element("b", {}, amount(five[MEDIAN], unit));
    const low = amount(five[LOW], unit), high = amount(five[HIGH], unit);
    return isEnsemble && five[HIGH] > 0 ? [number, " ", small(low === high ? say("number.nine_of_ten_runs") : say("number.range", {low, high}))] : [number];
}

/** What the file's unit of a need is multiplied by. Water and food are needed every day. */
const NEED_FACTORS = {water: 1 / 1000, food: data.needs?.tonnes_a_million_kcal};
const needFactor = k => NEED_FACTORS[data.needs.name[k]] ?? 1;
const needWords = k => WORDS[`need.${data.needs.name[k]}`] ?? say("needs.other", {name: data.needs.name[k], unit: data.needs.unit[k]});
const isDaily = k => ["water", "food"].includes(data.needs.name[k]);

/** Rows of tables of needs: those of the file, and tents that give the living space. */
function needRows() {
    if (!data.needs) return [];
    const rows = data.needs.name.map((name, k) => ({k, name, words: needWords(k), factor: needFactor(k), standard: standardOf(k)}));
    const space = rows.find(row => row.name === "living space");
    if (space) rows.splice(space.k + 1, 0, {...space, name: "tents", words: say("needs.tents"), factor: 1 / data.needs.m2_a_tent, standard: say("needs.each", {number: inDigits(data.needs.m2_a_tent, 6)})});
    return rows;
}

/** The standard of a need; what is counted in pieces is so many people a piece. */
function standardOf(k) {
    const {name, unit, per_person: each} = data.needs;
    if (name[k] === unit[k]) return say("needs.one_for", {number: 1 / each[k]});
    const standard = name[k] === "food" ? say("unit.kcal", {number: 1e6 * each[k]}) : say("unit.number", {number: inDigits(each[k], 3), unit: termOf("unit", unit[k])});
    return isDaily(k) ? say("needs.a_day", {standard}) : standard;
}

function showNeeds() {
    const needs = data.needs;
    if (!needs) return leaveOut("needs-section");
    const hasStock = needs.on_hand.some(Boolean) || needs.supply.some(Boolean);
    const columns = [[say("needs.need")], [say("needs.standard"), "number"], [say("planning.at_the_most"), "number"], [say("planning.at_the_end"), "number"],
        ...(hasStock ? [[say("needs.on_hand"), "number"], [say("needs.supply"), "number"], [say("needs.first_short"), "day"], [say("needs.short_in"), "number"]] : [])];
    const needed = needRows();
    const rows = needed.map(({k, words, factor, standard}) => [words, standard,
        amountSpread(needs.most[k].map(value => value * factor)), amountSpread(needs.end[k].map(value => value * factor)),
        ...(hasStock ? [amount(needs.on_hand[k] * factor), amount(needs.supply[k] * factor), dayCell(needs.short.map(row => row[k])), shareOfRuns(needs.chance_short[k])] : [])]);
    fillIn("needs-words", say("needs.words"), hasStock ? "" : ` ${say("needs.no_stock")}`);
    fillIn("needs", table(say("needs.table"), columns, rows, k => needed[k].name === "tents" ? {class: "screen-only"} : {}));
}

// --- danger -------------------------------------------------------------------------------------------------

/** How many people wanted to leave and could not on the worst day, and when that is. */
function worstDayWords(worst) {
    if (!worst?.day || worst.persons[HIGH] < 10) return "";
    const unit = unitOfBand(worst.persons), [low, , middle, , high] = worst.day;
    const day = isEnsemble && low !== high ? say("danger.day_range", {middle: dayWords(middle), low: dayWords(low), high: dayWords(high)}) : dayWords(middle);
    const values = {day, persons: persons(worst.persons[MEDIAN], unit)};
    return ` ${isEnsemble ? say("danger.worst_day_band", {...values, band: range(worst.persons[LOW], worst.persons[HIGH], unit)}) : say("danger.worst_day", values)}`;
}

function showDanger() {
    const danger = data.danger;
    if (!danger) return leaveOut("danger-section");
    const columns = [[say("danger.there")], [say("danger.at_home"), "number"], [say("danger.displaced"), "number"], [say("danger.could_not_leave"), "number"]];
    const shown = danger.band.map((_, k) => k).filter(k => danger.person_days_at_home[k][HIGH] + danger.person_days_displaced[k][HIGH] > 0);
    const rows = shown.map(k => [termOf("danger", danger.band[k]), amountSpread(danger.person_days_at_home[k]),
        amountSpread(danger.person_days_displaced[k]), amountSpread(danger.could_not_leave[k])]);
    fillIn("danger-words", say("danger.words", {first: longDay(firstDay), last: longDay(lastDay)}),
        worstDayWords(danger.worst_day_to_leave));
    fillIn("danger", table(say("danger.table"), columns, rows));
}

// --- reported figures ---------------------------------------------------------------------------------------

/** Reported interval and simulated band on one logarithmic scale. */
function beside(row, scale) {
    const svg = d3.create("svg").attr("viewBox", "0 0 180 18").attr("class", "beside").attr("aria-hidden", "true");
    const at = value => scale(Math.max(scale.domain()[0], value));
    svg.append("line").attr("x1", at(row.simulated_low)).attr("x2", Math.max(at(row.simulated_low) + 1, at(row.simulated_high))).attr("y1", 6).attr("y2", 6).attr("stroke", BLUE).attr("stroke-width", 5);
    svg.append("circle").attr("cx", at(row.simulated_median)).attr("cy", 6).attr("r", 3).attr("fill", "#fff").attr("stroke", BLUE).attr("stroke-width", 2);
    svg.append("line").attr("x1", at(row.reported_low)).attr("x2", at(row.reported_high)).attr("y1", 13).attr("y2", 13).attr("stroke", INK).attr("stroke-width", 1.2);
    svg.append("circle").attr("cx", at(row.persons)).attr("cy", 13).attr("r", 3).attr("fill", row.fitted ? INK : "#fff").attr("stroke", INK);
    return svg.node();
}

/** A reported number as it was worded; "about" and "between" are shown by the interval. */
const boundWords = row => ["at_least", "over", "almost"].includes(row.bound) ? say(`bound.${row.bound}`, {number: row.persons}) : grouped(row.persons);

/** "people present, Dana, OCHA, 8 October 2019": what was counted, where, and who says so. */
const reportedWords = row => listed([termOf("quantity", row.quantity), ...(isEverywhere(row) ? [] : [nameOf(row.place_or_area)]), row.source.replace(/,? ?https?:\S+/g, "")]);

function showReported() {
    const rows = reportedRows();
    if (!rows.length) return leaveOut("reported-section");
    const part = fitted => rows.filter(row => Boolean(row.fitted) === fitted);
    const inside = (list, key) => list.length ? [say(key, {number: list.filter(row => row.inside).length, all: list.length})] : [];
    const [first, second] = [...inside(part(true), "reported.fitted"), ...inside(part(false), "reported.not_fitted")];
    const outside = rows.filter(row => !row.inside).map(row => row.name);
    fillIn("reported-words", say("reported.meet", {figures: second ? say("list.and", {first, second}) : first}),
        outside.length ? ` ${say("reported.do_not", {figures: listed(outside, "list.strong_separator")})}` : "");
    const numbers = rows.flatMap(row => [row.simulated_low, row.reported_low]).filter(value => value > 0);
    const scale = d3.scaleLog([Math.max(1, d3.min(numbers) ?? 1), d3.max(rows, row => Math.max(row.simulated_high, row.reported_high, 10))], [5, 175]).clamp(true);
    const cells = rows.map(row => [[asWritten(row.name), " ", small(reportedWords(row))],
        boundWords(row), spread(row.simulated_median, row.simulated_low, row.simulated_high),
        [beside(row, scale)], say(row.inside ? "number.yes" : "number.no")]);
    fillIn("reported", table(say("reported.table"),
        [[say("reported.figure")], [say("reported.reported"), "number"], [say("reported.simulated"), "number"], [say("reported.both"), "picture"], [say("reported.meets")]], cells));
}

// --- what drives the result ---------------------------------------------------------------------------------

function showHomes() {
    const homes = data.homes;
    if (!homes.length) return leaveOut("drives-section");
    const spreadKnown = isEnsemble && homes.some(home => home.share_of_spread !== 0);
    const fell = i => places.fallen[i] === null ? "" : shortDay(dayOf(places.fallen[i]));
    const columns = [[say("drives.fled_from")], [say("drives.people"), "number"], [say("drives.fallen"), "day"], ...(spreadKnown ? [[say("drives.share"), "number"]] : [])];
    const rows = homes.map(home => [bothNames(home.place), spread(home.persons[MEDIAN], home.persons[LOW], home.persons[HIGH]), fell(home.place),
        ...(spreadKnown ? [percent(Math.max(0, home.share_of_spread))] : [])]);
    const top = spreadKnown ? [...homes].sort((a, b) => b.share_of_spread - a.share_of_spread).slice(0, 2).filter(home => home.share_of_spread > 0.05) : [];
    const [first, second] = top.map(home => say("drives.home_share", {home: placeName(home.place), share: percent(home.share_of_spread)}));
    fillIn("drives-words", say("drives.words"), top.length ? ` ${say("drives.differ", {homes: second ? say("list.and", {first, second}) : first})}` : "");
    fillIn("homes", table(say("drives.table"), columns, rows));
    showLess("homes", 8, say("long.homes"));
}

// --- from where to where ------------------------------------------------------------------------------------

function showJourneys() {
    if (!data.journeys?.length) return leaveOut("journeys-part");
    const rows = data.journeys.map(one => [bothNames(one.from, data.origins), bothNames(one.to), spread(one.persons[MEDIAN], one.persons[LOW], one.persons[HIGH])]);
    fillIn("journeys", table(say("journeys.table"), [[say("journeys.home")], [say("journeys.arrived_at")], [say("journeys.arrivals"), "number"]], rows));
}

// --- behaviour ----------------------------------------------------------------------------------------------

function showBehaviour() {
    const number = value => inDigits(value, 4);
    const rows = data.assumptions.behaviour.map(row => {
        const set = row.value !== row.default;
        return [[asWritten(row.key)], set ? [element("b", {}, number(row.value))] : number(row.value), row.unit === "-" ? "" : termOf("unit", row.unit), number(row.default), [meaningOf(row.key, row.meaning)], [inEnglish(row.source)]];
    });
    if (LANGUAGE !== "en") byId("behaviour").before(element("p", {class: "note"}, say("behaviour.in_english")));
    fillIn("behaviour", table(say("behaviour.table"), [[say("behaviour.setting")], [say("behaviour.value"), "number"], [say("behaviour.unit")], [say("behaviour.default"), "number"], [say("behaviour.meaning")], [say("behaviour.source")]], rows));
}

function showTables() {
    showPlanning();
    showCases();
    showSites();
    showNeeds();
    showDanger();
    showReported();
    showHomes();
    showJourneys();
    showBehaviour();
}
