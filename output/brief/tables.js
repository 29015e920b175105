// Tables: sites by the date they are full, needs, reported figures, homes, behaviour.

const small = words => element("span", {class: "band"}, words);

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
    const columns = [["Planning figure"], ["Counts"], ["Persons", "number"], ["Passed in", "number"], ["Passed by", "day"],
        ...(p.most ? [["Warning before", "day"], ["At the most", "number"]] : [["At the end", "number"]])];
    const rows = p.name.map((name, k) => [name, countedWords(k), grouped(p.persons[k]),
        isEnsemble ? `${percent(p.chance[k])} of runs` : p.chance[k] ? "yes" : "no",
        p.passed_on ? dayCell(p.passed_on.map(row => row[k])) : p.median_date[k] === "-" ? "–" : shortDay(parseDay(p.median_date[k])),
        ...(p.most ? [leadCell(k), spread(...[MEDIAN, LOW, HIGH].map(q => p.most[q][k]))] : [spread(p.median[k], p.low[k], p.high[k])])]);
    fillIn("planning", table("Planning figures", columns, rows, k => ({"data-planning": p.name[k]})));
    if (p.most) byId("planning").append(element("p", {class: "note"}, `A warning is the first day on which a share of the figure is passed, ${[...new Set(p.trigger)].map(percent).join(" or ")}; days are those `
        + "from the warning until the figure is passed, where it is. Warnings in vain are those after which it is not passed before the run ends."));
}

/** "arrivals within 14 days, Dana". */
function countedWords(k) {
    const p = data.planning, words = [QUANTITY_WORDS[p.quantity[k]] ?? p.quantity[k]];
    if (p.within?.[k]) words[0] += ` within ${grouped(p.within[k])} days`;
    if (p.place_or_area && p.place_or_area[k] !== "all") words.push(nameOf(p.place_or_area[k]));
    return words.join(", ");
}

/** Days of warning, their range, and how often the warning is in vain. */
function leadCell(k) {
    const p = data.planning, five = p.lead.map(row => row[k]), vain = p.chance_of_warning[k] - p.chance[k];
    if (five[MEDIAN] === null) return [p.chance_of_warning[k] > 0 ? small(`in vain in ${percent(vain)} of runs`) : "–"];
    const middle = element("b", {}, five[MEDIAN] === 1 ? "1 day" : `${grouped(five[MEDIAN])} days`);
    return isEnsemble ? [middle, " ", small(`${grouped(five[LOW])} to ${grouped(five[HIGH])}; in vain ${vain > 0 ? `in ${percent(vain)} of runs` : "in no run"}`)] : [middle];
}

// --- three cases --------------------------------------------------------------------------------------------

const CASE_ROWS = [["end", "people_displaced", "People displaced"], ["end", "movements", "Movements"], ["most", "displaced", "Staying inside the country at the most"],
    ["most", "without_shelter", "Without shelter at the most"], ["most", "households_in_tents", "Households in tents at the most"], ["most", "waiting", "Waiting at the most"],
    ["end", "abroad", "Abroad at the end"], ["end", "returned", "Returns"]];

function showCases() {
    const cases = data.cases;
    if (!cases || !isEnsemble) return leaveOut("cases-section");
    const valueOf = (one, when, name) => when === "end" ? one.end[name] : one.most[name].persons;
    const dayWords = (one, when, name) => when === "most" && one.most[name].persons >= 10 ? [" ", small(shortDay(dayOf(one.most[name].record)))] : [];
    const shown = CASE_ROWS.filter(([when, name]) => cases.some(one => valueOf(one, when, name) >= 10));
    const people = shown.map(([when, name, words]) => [words, ...cases.map(one => [persons(valueOf(one, when, name)), ...dayWords(one, when, name)])]);
    const needs = needRows().map(({k, words, factor}) => [`${words}, at the most`, ...cases.map(one => amount(one.needs[k] * factor))]);
    const heads = ["Best case", "Likely case", "Worst case"].map((words, k) => [`${words} (run ${cases[k].member})`, "number"]);
    fillIn("cases-words", `Three single runs of ${about.members}: those at 5 %, in the middle and at 95 % in order of people displaced by the end. Each is one possible course of events as a whole, `
        + "so that its numbers belong together; ranges elsewhere on this page are over all runs, number by number.");
    fillIn("cases", table("Best, likely and worst case", [["By the end, or at the most"], ...heads], [...people, ...needs], k => ({"data-case": shown[k]?.[1] ?? "need"})));
}

// --- sites --------------------------------------------------------------------------------------------------

const dayWords = value => shortDay(addDays(firstDay, value));

/** "22 May", and from when to when in nine in ten runs; a missing day is one that fewer runs come to. */
function dayCell(five) {
    if (five[MEDIAN] === null && five[LOW] === null) return ["–"];
    const middle = five[MEDIAN] === null ? "not in half of runs" : dayWords(five[MEDIAN]);
    if (!isEnsemble) return [element("b", {}, middle)];
    const low = five[LOW] === null ? "later" : dayWords(five[LOW]), high = five[HIGH] === null ? "later" : dayWords(five[HIGH]);
    return [element("b", {}, middle), " ", small(low === high ? "in every run" : `${low} to ${high}`)];
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
        fillIn("sites-words", limited.length ? "No place comes near its capacity." : "The scenario sets no limit to what places can shelter.");
        return leaveOut("sites");
    }
    const never = Number.MAX_SAFE_INTEGER;
    const key = i => full ? [full.day[MEDIAN][1][i] ?? never, -full.chance[1][i]] : [-stays.most[i], 0];
    reached.sort((a, b) => key(a)[0] - key(b)[0] || key(a)[1] - key(b)[1]);
    const dayAt = (level, i) => dayCell(full.day.map(row => row[level][i]));
    const columns = [["Place"], ["Room", "number"],
        ...(full ? [["80 % full", "day"], ["Full", "day"], ["120 % full", "day"], ["Full in", "number"], ...(isEnsemble ? [["0 to 100 % of runs, by date"]] : [])] : []),
        ["Stay at the end", "number"], ["Most without shelter", "number"]];
    const rowOf = k => { const i = reached[k]; return [bothNames(i), grouped(places.capacity[i]),
        ...(full ? [dayAt(0, i), dayAt(1, i), dayAt(2, i), isEnsemble ? `${percent(full.chance[1][i])} of runs` : full.chance[1][i] ? "yes" : "no", ...(isEnsemble ? [[rise(i)]] : [])] : []),
        spread(stays.end[MEDIAN][i], stays.end[LOW][i], stays.end[HIGH][i]), persons(stays.most_without_shelter[i])]; };
    const count = full ? reached.filter(i => full.chance[1][i] >= 0.5).length : reached.length;
    fillIn("sites-words", full
        ? `${count} of ${limited.length} places with a limit are full in at least half of all runs. Days are those by which half of the runs have come to it${isEnsemble ? ", in small print from the 5th to the 95th of a hundred runs" : ""}.`
        : "Places with a limit, by how many people stay there at most.");
    putLongTable("sites", "Places by the day on which they are full", columns, reached.length, rowOf, k => ({"data-place": places.id[reached[k]]}), 12, "places");
}

// --- needs --------------------------------------------------------------------------------------------------

function amount(value, unit = unitOf(value)) {
    if (value > 0 && value < 10) return d3.format(".2~r")(value);
    const rounded = inUnits(value, unit);
    return rounded >= 1e6 ? d3.format(".3~r")(rounded / 1e6) + " million" : grouped(rounded);
}

/** Median of five quantiles, and the range of nine in ten runs. */
function amountSpread(five) {
    const unit = unitOfBand(five);
    const number = element("b", {}, amount(five[MEDIAN], unit));
    const low = amount(five[LOW], unit), high = amount(five[HIGH], unit);
    return isEnsemble && five[HIGH] > 0 ? [number, " ", small(low === high ? "in 9 of 10 runs" : `${low} to ${high}`)] : [number];
}

/** How needs are told: words, and what the file's unit is multiplied by. Water and food are needed every day. */
const NEED_WORDS = {water: ["Water, tonnes (m\u00b3) a day", 1 / 1000], food: ["Food, tonnes a day", data.needs?.tonnes_a_million_kcal],
    "living space": ["Living space, m\u00b2", 1], latrines: ["Latrines", 1]};
const needFactor = k => NEED_WORDS[data.needs.name[k]]?.[1] ?? 1;
const needWords = k => NEED_WORDS[data.needs.name[k]]?.[0] ?? `${data.needs.name[k]}, ${data.needs.unit[k]}`;
const isDaily = k => ["water", "food"].includes(data.needs.name[k]);

/** Rows of tables of needs: those of the file, and tents that give the living space. */
function needRows() {
    if (!data.needs) return [];
    const rows = data.needs.name.map((name, k) => ({k, name, words: needWords(k), factor: needFactor(k), standard: standardOf(k)[1]}));
    const space = rows.find(row => row.name === "living space");
    if (space) rows.splice(space.k + 1, 0, {...space, name: "tents", words: "Tents for that space", factor: 1 / data.needs.m2_a_tent, standard: `${data.needs.m2_a_tent} m\u00b2 each`});
    return rows;
}

/** A need and its standard; what is counted in pieces is so many people a piece. */
function standardOf(k) {
    const {name, unit, per_person: each} = data.needs;
    if (name[k] === unit[k]) return [needWords(k), `1 for ${grouped(1 / each[k])} people`];
    const standard = name[k] === "food" ? `${grouped(1e6 * each[k])} kcal` : `${d3.format(".3~r")(each[k])} ${unit[k] === "m2" ? "m\u00b2" : unit[k]}`;
    return [needWords(k), standard + (isDaily(k) ? " a day" : "")];
}

function showNeeds() {
    const needs = data.needs;
    if (!needs) return leaveOut("needs-section");
    const shortIn = k => isEnsemble ? `${percent(needs.chance_short[k])} of runs` : needs.chance_short[k] ? "yes" : "no";
    const hasStock = needs.on_hand.some(Boolean) || needs.supply.some(Boolean);
    const columns = [["Need"], ["Standard, a person", "number"], ["At the most", "number"], ["At the end", "number"],
        ...(hasStock ? [["On hand", "number"], ["Comes in a day", "number"], ["First short", "day"], ["Short in", "number"]] : [])];
    const needed = needRows();
    const rows = needed.map(({k, words, factor, standard}) => [words, standard,
        amountSpread(needs.most[k].map(value => value * factor)), amountSpread(needs.end[k].map(value => value * factor)),
        ...(hasStock ? [amount(needs.on_hand[k] * factor), amount(needs.supply[k] * factor), dayCell(needs.short.map(row => row[k])), shortIn(k)] : [])]);
    fillIn("needs-words", "By the scenario's minimum standards, which are those of the Sphere Handbook unless it says otherwise. Water and food are for all who "
        + "are displaced inside the country, living space and latrines for those without shelter. Tonnes of food are dry rations of 550 g for 2,100 kcal (judgement).",
        hasStock ? "" : " The scenario names no stock to hold them against.");
    fillIn("needs", table("Needs against stock", columns, rows, k => needed[k].name === "tents" ? {class: "screen-only"} : {}));
}

// --- danger -------------------------------------------------------------------------------------------------

const BAND_WORDS = {"below 1": "less than one strike a day in reach", "1 to 2": "one to three strikes a day in reach",
    "2 to 3": "three to seven strikes a day in reach", "3 and more": "seven or more strikes a day in reach",
    "under assault": "under ground assault", "fallen": "fallen"};

/** How many people wanted to leave and could not on the worst day, and when that is. */
function worstDayWords(worst) {
    if (!worst?.day || worst.persons[HIGH] < 10) return "";
    const unit = unitOfBand(worst.persons), [low, , middle, , high] = worst.day;
    const band = isEnsemble ? ` (${range(worst.persons[LOW], worst.persons[HIGH], unit)})` : "";
    const when = isEnsemble && low !== high ? `, ${dayWords(middle)} in the middle of the runs and between ${dayWords(low)} and ${dayWords(high)} in 9 of 10` : `, ${dayWords(middle)}`;
    return ` On the worst day${when}, ${persons(worst.persons[MEDIAN], unit)} people want to leave and cannot${band}: the way out is blocked, or no place can be reached.`;
}

function showDanger() {
    const danger = data.danger;
    if (!danger) return leaveOut("danger-section");
    const columns = [["Danger there"], ["Person-days at home", "number"], ["Person-days displaced", "number"], ["Person-days on which people could not leave", "number"]];
    const shown = danger.band.map((_, k) => k).filter(k => danger.person_days_at_home[k][HIGH] + danger.person_days_displaced[k][HIGH] > 0);
    const rows = shown.map(k => [BAND_WORDS[danger.band[k]] ?? danger.band[k], amountSpread(danger.person_days_at_home[k]),
        amountSpread(danger.person_days_displaced[k]), amountSpread(danger.could_not_leave[k])]);
    fillIn("danger-words", `Days that people spend in danger from ${longDay(firstDay)} to ${longDay(lastDay)}: a hundred people for ten days are a thousand person-days.`,
        worstDayWords(danger.worst_day_to_leave));
    fillIn("danger", table("Person-days by danger", columns, rows));
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

const BOUNDS = {about: "", at_least: "at least ", over: "over ", almost: "almost ", between: ""};

function showReported() {
    const rows = reportedRows();
    if (!rows.length) return leaveOut("reported-section");
    const part = fitted => rows.filter(row => Boolean(row.fitted) === fitted);
    const inside = list => `${list.filter(row => row.inside).length} of ${list.length}`;
    const words = [];
    if (part(true).length) words.push(`${inside(part(true))} figures that parameters were set by`);
    if (part(false).length) words.push(`${inside(part(false))} that no parameter was set by`);
    const outside = rows.filter(row => !row.inside).map(row => row.name);
    fillIn("reported-words", `The simulated range and the reported one meet for ${words.join(" and ")}.`,
        outside.length ? ` They do not for: ${outside.join("; ")}.` : "");
    const numbers = rows.flatMap(row => [row.simulated_low, row.reported_low]).filter(value => value > 0);
    const scale = d3.scaleLog([Math.max(1, d3.min(numbers) ?? 1), d3.max(rows, row => Math.max(row.simulated_high, row.reported_high, 10))], [5, 175]).clamp(true);
    const cells = rows.map(row => [[row.name, " ", small(row.source.replace(/,? ?https?:\S+/g, ""))],
        `${BOUNDS[row.bound] ?? ""}${grouped(row.persons)}`, spread(row.simulated_median, row.simulated_low, row.simulated_high),
        [beside(row, scale)], row.inside ? "yes" : "no"]);
    fillIn("reported", table("Reported figures beside the simulated ones",
        [["Figure"], ["Reported", "number"], ["Simulated", "number"], ["Both (blue: simulated)", "picture"], ["Meet"]], cells));
}

// --- what drives the result ---------------------------------------------------------------------------------

function showHomes() {
    const homes = data.homes;
    if (!homes.length) return leaveOut("drives-section");
    const spreadKnown = isEnsemble && homes.some(home => home.share_of_spread !== 0);
    const fell = i => places.fallen[i] === null ? "" : shortDay(dayOf(places.fallen[i]));
    const columns = [["Fled from"], ["People", "number"], ["Fallen", "day"], ...(spreadKnown ? [["Share of spread", "number"]] : [])];
    const rows = homes.map(home => [bothNames(home.place), spread(home.persons[MEDIAN], home.persons[LOW], home.persons[HIGH]), fell(home.place),
        ...(spreadKnown ? [percent(Math.max(0, home.share_of_spread))] : [])]);
    const top = spreadKnown ? [...homes].sort((a, b) => b.share_of_spread - a.share_of_spread).slice(0, 2).filter(home => home.share_of_spread > 0.05) : [];
    const named = top.map(home => `${places.name[home.place]} (${percent(home.share_of_spread)})`).join(" and ");
    fillIn("drives-words", "Strikes and the front decide who leaves; most people displaced come from the places below.",
        top.length ? ` Runs differ most by how many leave ${named}: that is their part in the spread of the total.` : "");
    fillIn("homes", table("Homes by people displaced", columns, rows));
    showLess("homes", 8, "homes");
}

// --- from where to where ------------------------------------------------------------------------------------

function showJourneys() {
    if (!data.journeys?.length) return leaveOut("journeys-part");
    const rows = data.journeys.map(one => [bothNames(one.from), bothNames(one.to), spread(one.persons[MEDIAN], one.persons[LOW], one.persons[HIGH])]);
    fillIn("journeys", table("Homes and places with most arrivals over the whole run", [["Home"], ["Arrived at"], ["Arrivals", "number"]], rows));
}

// --- behaviour ----------------------------------------------------------------------------------------------

function showBehaviour() {
    const number = value => String(Number(value.toPrecision(4)));
    const rows = data.assumptions.behaviour.map(row => {
        const set = row.value !== row.default;
        return [row.key, set ? [element("b", {}, number(row.value))] : number(row.value), row.unit === "-" ? "" : row.unit, number(row.default), row.meaning, row.source];
    });
    fillIn("behaviour", table("Numbers of behaviour", [["Setting"], ["Value", "number"], ["Unit"], ["Default", "number"], ["Meaning"], ["The default rests on"]], rows));
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
