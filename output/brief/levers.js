// Levers: what the scenario says, changed by a reader, and what follows by the engine in the page.

const MEMBERS = 200;         // of a band
const SLIDES = {days: 60};   // most days by which a front is moved
const spanDays = data.levers ? Math.round(days(firstDay, parseDay(data.levers.ends))) : 0;
const isoDay = d3.utcFormat("%Y-%m-%d");
const dayAt = k => addDays(firstDay, k);
const dayNumber = text => Math.round(days(firstDay, parseDay(text)));
const never = spanDays + 1;  // the last position of some sliders of days

/** What a reader has changed; nothing here means that it is as it was run. */
const unchanged = () => ({strikes: {}, truce: null, fronts: {}, crossings: {}, routes: {}, camps: {}, camp: null, text: null});
let change = unchanged();

// --- a change as a what-if ----------------------------------------------------------------------------------

const quoted = text => JSON.stringify(text);
const row = entries => `- {${Object.entries(entries).map(([key, value]) => `${key}: ${value}`).join(", ")}}`;

/** The front as it comes: moved by some days, and cut short by a truce. */
function frontRow(front, by, truce) {
    const moved = text => text === null ? null : dayNumber(text) + by;
    let [from, to, falls] = [front.from, front.to, front.falls].map(moved);
    const first = Math.min(...[from, falls].filter(day => day !== null));
    const isCut = truce !== null && Math.max(from ?? 0, to ?? 0, falls ?? 0) >= truce;
    if (from !== null) from = Math.max(0, from);
    if (falls !== null) falls = Math.max(0, falls);
    if (isCut) [falls, to] = [null, truce - 1];
    if (falls !== null && falls > spanDays) falls = null;
    if (to !== null && to > spanDays) to = null;
    if (first > spanDays || (isCut && (from === null || from >= truce))) from = to = falls = null;
    const source = [...(by ? [`moved by ${by} days`] : []), ...(isCut ? ["truce"] : [])].join(", then ");
    if (!source) return null;
    const day = value => value === null ? "~" : isoDay(dayAt(value));
    return row({place: quoted(front.place), assault_from: day(from), assault_to: day(to), falls: day(falls), source: quoted(`what if: ${source}`)});
}

/** Lists of a change, key by key. */
function changedLists(of) {
    const source = quoted("what if"), lists = {bombardment: [], fronts: [], crossings: [], routes: [], camps: [], ceasefires: [], "network.places": [], "network.routes": []};
    for (const [area, {factor, from}] of Object.entries(of.strikes))
        lists.bombardment.push(row({area: quoted(area), from: isoDay(dayAt(from)), factor, source}));
    if (of.truce !== null) {
        const said = quoted("what if: truce"), from = isoDay(dayAt(of.truce));
        if (data.levers.struck) lists.bombardment.push(row({area: quoted("all"), from, strikes_per_day: 0, source: said}));
        lists.ceasefires.push(row({area: quoted("all"), from, source: said}));
    }
    for (const front of data.levers.fronts) {
        const made = frontRow(front, of.fronts[front.place] ?? 0, of.truce);
        if (made) lists.fronts.push(made);
    }
    for (const [place, {policy, quota, from}] of Object.entries(of.crossings))
        lists.crossings.push(row({place: quoted(place), from: isoDay(dayAt(from)), policy, ...(policy === "quota" ? {quota} : {}), source}));
    for (const [route, from] of Object.entries(of.routes))
        lists.routes.push(row({route: quoted(route), from: isoDay(dayAt(from)), status: "closed", source}));
    for (const [place, percent] of Object.entries(of.camps))
        lists["network.places"].push(row({place: quoted(place), capacity: Math.round(places.capacity[placeById.get(place)] * percent / 100), source: quoted(`what if: ${percent} % of its capacity`)}));
    if (of.camp) {
        const {beside, room, from} = of.camp, i = placeById.get(beside);
        lists["network.places"].push(row({place: "what_if_camp", name: quoted(`New camp beside ${places.name[i]}`), type: "camp",
            lat: (places.lat[i] + 0.018).toFixed(4), lon: places.lon[i].toFixed(4), capacity: room, source}));
        lists["network.routes"].push(row({route: "what_if_road", from: quoted(beside), to: "what_if_camp", km: 2, source}));
        if (from > 0) lists.camps.push(row({place: "what_if_camp", from: isoDay(firstDay), to: isoDay(dayAt(from - 1)), status: "closed", source}));
    }
    return lists;
}

/** The lists of a change as YAML; "" if nothing is changed. */
function whatIfText(of) {
    if (of.text !== null) return of.text;
    const lists = changedLists(of);
    const text = (key, indent) => lists[key].length ? `${indent}${key.split(".").pop()}:\n${lists[key].map(one => `${indent}  ${one}\n`).join("")}` : "";
    const network = text("network.places", "  ") + text("network.routes", "  ");
    return ["bombardment", "fronts", "crossings", "routes", "camps", "ceasefires"].map(key => text(key, "")).join("") + (network ? `network:\n${network}` : "");
}

const stem = (about.input_files.split("\n")[0].split("  ")[1] ?? "scenario").replace(/^.*\//, "").replace(/\.[^.]*$/, "");
const asRun = `${stem}-as-run.yaml`;

/** The whole file of a what-if. */
const whatIfFile = of => `# Made on the page of "${about.title}". ${asRun} is the scenario as it was run; the page saves that too.\n`
    + `extends: ${quoted(asRun)}\n${data.reported ? "replaces: [reported]\n" : ""}title: ${quoted(`${about.title}, changed`)}\n${whatIfText(of)}`
    + `output: {file: ${quoted(`${stem}-changed.h5`)}}\n`;

/** Entries of a line "- {key: value, ...}" as it was written above. */
function entriesOf(line) {
    const entries = {};
    for (const [, key, value] of line.matchAll(/(\w+): ("(?:[^"\\]|\\.)*"|[^,}]+)/g)) entries[key] = value.startsWith('"') ? JSON.parse(value) : value;
    return entries;
}

/** The change that a file of the page stands for; of any other what-if its text as it is. */
function changeFrom(file) {
    const own = file.split("\n").filter(line => !/^(#|extends:|replaces:|title:|output:)/.test(line)).join("\n"), made = unchanged();
    let list = "", opens = 0;
    for (const line of own.split("\n")) {
        const head = line.match(/^( *)(\w+):$/);
        if (head) list = head[1] ? `network.${head[2]}` : head[2];
        if (!/^ *- \{/.test(line)) continue;
        const one = entriesOf(line), from = one.from ? dayNumber(one.from) : 0;
        if (list === "bombardment" && one.factor) made.strikes[one.area] = {factor: Number(one.factor), from};
        if (list === "ceasefires") made.truce = from;
        if (list === "fronts" && /moved by/.test(one.source)) made.fronts[one.place] = parseInt(one.source.match(/moved by (-?\d+)/)[1]);
        if (list === "crossings") made.crossings[one.place] = {policy: one.policy, quota: Number(one.quota ?? 0), from};
        if (list === "routes") made.routes[one.route] = from;
        if (list === "network.places" && one.type) made.camp = {beside: "", room: Number(one.capacity), from: opens};
        else if (list === "network.places") made.camps[one.place] = parseInt(one.source?.match(/(\d+) %/)?.[1] ?? 100);
        if (list === "network.routes" && made.camp) made.camp.beside = one.from;
        if (list === "camps") opens = dayNumber(one.to) + 1;
    }
    try {
        if (whatIfText(made).trim() === own.trim()) return made;
    } catch { /* names that are not of this scenario: the engine says so of the text */ }
    return {...unchanged(), text: file};
}

// --- the worker ---------------------------------------------------------------------------------------------

const leverEngine = {worker: null, number: 0, today: null, waiting: null};

function startWorker() {
    if (leverEngine.worker) return;
    if (typeof DecompressionStream === "undefined" || typeof WebAssembly === "undefined")
        return sayWrong(say("levers.too_old"));
    const source = `${[startEngine, unpackEngine, serveQuestions].map(String).join("\n")}\nserveQuestions();`;
    leverEngine.worker = new Worker(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
    leverEngine.worker.onmessage = ({data: answer}) => {
        if (answer.isReady === false) return sayWrong(say("levers.does_not_start", {reason: answer.wrong}));
        if (answer.isReady) return;
        if (!leverEngine.today && answer.expected) {
            leverEngine.today = answer.expected;
            showEngineNote();
            if (leverEngine.waiting) askEngine(leverEngine.waiting);
            return;
        }
        if (answer.number !== leverEngine.number) return;
        Object.assign(byId("changed").dataset, {answered: answer.number, shows: answer.wrong ? "wrong" : answer.band ? "band" : "expected"});
        if (answer.wrong) sayWrong(answer.wrong, true);
        else showAnswer(answer);
    };
    leverEngine.worker.postMessage({packed: byId("engine").textContent, scenario: about.scenario});
    leverEngine.worker.postMessage({number: 0, whatIf: "", members: 0});
}

/** Asks what follows from a what-if. Until the scenario as it stands has been answered, the last question waits. */
function askEngine(whatIf) {
    startWorker();
    leverEngine.waiting = whatIf;
    if (!leverEngine.today) return;
    leverEngine.worker.postMessage({number: ++leverEngine.number, whatIf, members: MEMBERS});
    byId("changed").dataset.asked = leverEngine.number;
}

// --- what follows -------------------------------------------------------------------------------------------

/** The quantiles of a page, by linear interpolation. */
function fiveOf(values) {
    const sorted = Float64Array.from(values).sort();
    return [0.05, 0.25, 0.5, 0.75, 0.95].map(q => {
        const at = q * (sorted.length - 1), below = Math.floor(at);
        return sorted[below] + (at - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
    });
}

const lastOf = series => series[series.length - 1];
const mostOf = series => series.reduce((most, value) => Math.max(most, value), 0);
const OUTCOMES = [["total_people_displaced", lastOf], ["total_movements", lastOf], ["most_total_without_shelter", mostOf], ["total_without_shelter", lastOf],
    ["total_households_in_tents", lastOf], ["total_abroad", lastOf], ["total_remaining", lastOf], ["total_returned", lastOf]];
const outcomesOf = (made, m) => [["person_days_at_risk", made.atRisk[m]],
    ...OUTCOMES.map(([name, of]) => [name, of(made.totals[name.replace("most_", "")][m])])];

/** isOfEngine: in English, as the command line would say it. */
function sayWrong(words, isOfEngine = false) {
    fillIn("changed-headline");
    fillIn("changed-words", isOfEngine ? ledEnglish(words, "wrong") : element("span", {class: "wrong"}, words));
    byId("changed").hidden = true;
}

/** What the levers' engine is, where it is another than that of the file, and what it gives without a change. */
function showEngineNote() {
    const here = lastOf(leverEngine.today.totals.total_people_displaced[0]), there = atEnd(data.totals.people_displaced[MEDIAN]);
    fillIn("levers-note", say(about.engine === "pooled" ? "levers.note_pooled" : "levers.note_other",
        {count: MEMBERS, engine: about.engine, expected: persons(here), middle: persons(there)}));
}

/** A number as run, changed, and the difference: of expected values, or of pairs of runs. */
function differences(answer) {
    const {today} = leverEngine;
    if (answer.expected) {
        const after = outcomesOf(answer.expected, 0);
        return outcomesOf(today, 0).map(([name, value], k) => ({name, before: value, after: after[k][1], change: [after[k][1] - value]}));
    }
    const all = (made, k) => made.atRisk.map((_, m) => outcomesOf(made, m)[k][1]);
    return outcomesOf(today, 0).map(([name], k) => {
        const before = all(answer.today, k), after = all(answer.band, k);
        return {name, before: fiveOf(before)[MEDIAN], after: fiveOf(after)[MEDIAN], change: fiveOf(after.map((value, m) => value - before[m]))};
    });
}

const changeCell = five => {
    if (five.length === 1) return [element("b", {}, signed(five[0], unitOf(five[0])))];
    const unit = unitOf(five[LOW], five[MEDIAN], five[HIGH]);
    return [element("b", {}, signed(five[MEDIAN], unit)), " ", small(signedRange(five, unit))];
};

/** Arrivals by place, in tens, where most differs. */
function placeDifferences(answer) {
    const made = answer.expected ?? answer.band, before = answer.expected ? leverEngine.today : answer.today;
    const tens = value => value < 10 ? 0 : 10 * Math.round(value / 10);
    return made.places.map((id, i) => {
        const was = before.places.indexOf(id);
        const each = made.arrivals.map((row, m) => [was < 0 ? 0 : before.arrivals[m][was], row[i]]);
        const change = each.length > 1 ? fiveOf(each.map(([a, b]) => b - a)) : [each[0][1] - each[0][0]];
        const middle = k => tens(each.length > 1 ? fiveOf(each.map(pair => pair[k]))[MEDIAN] : each[0][k]);
        return {id, index: i, before: middle(0), after: middle(1), change: change.map(value => Math.sign(value) * tens(Math.abs(value)))};
    }).filter(one => one.change[one.change.length >> 1]).sort((a, b) => Math.abs(b.change[b.change.length >> 1]) - Math.abs(a.change[a.change.length >> 1])).slice(0, 8);
}

const shownCurves = {expected: null, band: null};

/** Curves with and without the change; the band of the changed one once its runs are there. */
function drawChanged() {
    if (!shownCurves.expected || byId("changed").hidden) return;
    for (const [id, name, colour] of [["changed-displaced", "total_people_displaced", BLUE], ["changed-shelter", "total_without_shelter", VERMILLION]]) {
        const before = leverEngine.today.totals[name][0], after = shownCurves.expected.totals[name][0];
        const runs = shownCurves.band?.totals[name];
        const bands = runs ? Array.from({length: records}, (_, t) => fiveOf(runs.map(series => series[t]))) : null;
        const most = Math.max(mostOf(before), mostOf(after), bands ? d3.max(bands, five => five[HIGH]) : 0);
        chart(byId(id), {height: 220, most, label: say("levers.chart", {day: longDay(lastDay), changed: persons(lastOf(after)), as_run: persons(lastOf(before))})}, (plot, x, y) => {
            if (bands) plot.append("path").attr("d", d3.area().x((_, t) => x(dayOf(t))).y0(five => y(five[LOW])).y1(five => y(five[HIGH]))(bands)).attr("fill", colour).attr("fill-opacity", 0.2);
            const line = d3.line().x((_, t) => x(dayOf(t))).y(value => y(value));
            plot.append("path").attr("d", line(Array.from(before))).attr("fill", "none").attr("stroke", GREY).attr("stroke-width", 2).attr("stroke-dasharray", "5 4");
            plot.append("path").attr("d", line(Array.from(after))).attr("fill", "none").attr("stroke", colour).attr("stroke-width", 2);
        });
    }
}

function showAnswer(answer) {
    if (answer.expected) Object.assign(shownCurves, {expected: answer.expected, band: null});
    else shownCurves.band = answer.band;
    const isChanged = whatIfText(change) !== "";
    byId("changed").hidden = !isChanged;
    if (!isChanged) {
        fillIn("changed-headline");
        return fillIn("changed-words", say("levers.nothing"));
    }
    const rows = differences(answer), fled = rows.find(one => one.name === "total_people_displaced");
    const middle = fled.change[fled.change.length >> 1], pairs = fled.change.length > 1;
    const unit = pairs ? unitOf(fled.change[LOW], middle, fled.change[HIGH]) : unitOf(middle);
    const values = () => ({persons: element("strong", {}, persons(fled.after)), day: longDay(lastDay), number: persons(Math.abs(middle), unit), band: pairs ? signedRange(fled.change, unit) : ""});
    const words = () => sayWith(Math.abs(middle) < 1 ? "levers.same" : middle < 0 ? (pairs ? "levers.fewer_band" : "levers.fewer") : pairs ? "levers.more_band" : "levers.more", values());
    fillIn("changed-words", ...words(), ...(answer.notes ? [ledEnglish(answer.notes, "doubtful")] : []));
    fillIn("changed-headline", say("levers.below"), " ", ...words());
    const shown = rows.filter(one => Math.max(one.before, one.after) >= 10);
    const expected = Object.fromEntries(outcomesOf(shownCurves.expected, 0));
    const columns = [[say("levers.as_run"), "number"], [say("levers.changed"), "number"], [say("levers.difference"), "number"]];
    fillIn("changed-totals", table(say("levers.totals"), [[pairs ? say("levers.middle_of", {count: MEMBERS}) : say("levers.expected")], ...columns],
        shown.map(one => [say(`outcome.${one.name}`), ...[one.before, one.after].map(value => one.name === "person_days_at_risk" ? amount(value) : persons(value)), changeCell(one.change)]), k => ({"data-outcome": shown[k].name, "data-expected": String(expected[shown[k].name])})));
    const moved = placeDifferences(answer);
    fillIn("changed-places", ...(moved.length ? [table(say("levers.arrivals"), [[say("levers.arrivals_at")], ...columns],
        moved.map(one => [placeById.has(one.id) ? bothNames(placeById.get(one.id)) : change.camp ? say("levers.camp_beside", {place: nameOf(change.camp.beside)}) : one.id, amount(one.before), amount(one.after), changeCell(one.change)]),
        k => ({"data-moved": moved[k].id, "data-expected": String(shownCurves.expected.arrivals[0][moved[k].index])}))] : [say("levers.nobody_elsewhere")]));
    byId("changed").dataset[pairs ? "bandIn" : "expectedIn"] = Math.round(answer.milliseconds);
    drawChanged();
    markCutTables();
}

// --- the levers ---------------------------------------------------------------------------------------------

const leverParts = [];  // functions that set every control to what `change` says

/** Moves levers and asks. */
function changed() {
    leverParts.forEach(part => part());
    fillIn("opened", ...(change.text === null ? [] : [say("levers.from_a_file")]));
    for (const control of byId("levers").querySelectorAll("input, select")) control.disabled = change.text !== null;
    askEngine(whatIfText(change));
}

/** A slider with words beside it and a mark at the value as it was run. */
function slider({id, label, min, max, step = 1, today, words, get, set}) {
    const input = element("input", {type: "range", id, min, max, step, "aria-describedby": `${id}-today`}), output = element("output", {for: id});
    const at = (today - min) / (max - min);
    const mark = element("span", {class: "mark-today", id: `${id}-today`}, say("levers.today", {value: words(today)}));
    const box = element("div", {class: "slider"}, element("label", {for: id}, label), input, output, element("span", {class: "tick", "aria-hidden": "true"}), mark);
    box.style.setProperty("--today", at);
    leverParts.push(() => {
        input.value = get();
        output.textContent = words(Number(input.value));
        input.setAttribute("aria-valuetext", words(Number(input.value)));
    });
    input.addEventListener("input", () => { set(Number(input.value)); changed(); });
    return box;
}

function chooser(id, label, options, onChoice) {
    const select = element("select", {id}, ...options.map(([value, words]) => element("option", {value}, words)));
    select.addEventListener("change", () => onChoice(select.value));
    return {box: element("div", {class: "chooser"}, element("label", {for: id}, label), " ", select), select};
}

function lever(id, legend, ...parts) {
    byId("levers").append(element("fieldset", {id: `lever-${id}`, class: "lever"}, element("legend", {}, legend), ...parts));
}

const dayOrNever = atNever => k => k > spanDays ? atNever : longDay(dayAt(k));
const byName = (a, b) => a[1].localeCompare(b[1], LANGUAGE);
const put = (map, key, value, isAsRun) => { if (isAsRun) delete map[key]; else map[key] = value; };

function strikesLever() {
    if (!data.levers.struck) return;
    const area = chooser("strikes-area", say("lever.in"), [["all", say("lever.all_areas")], ...data.levers.areas.map(id => [id, nameOf(id)]).sort(byName)], changed);
    const now = () => change.strikes[area.select.value] ?? {factor: 1, from: strikesFrom};
    let strikesFrom = 0;
    lever("strikes", say("lever.strikes"), area.box,
        slider({id: "strikes-factor", label: say("lever.strikes"), min: 0, max: 300, step: 10, today: 100, words: value => say("number.percent", {number: value}), get: () => Math.round(100 * now().factor),
            set: value => put(change.strikes, area.select.value, {factor: value / 100, from: now().from}, value === 100)}),
        slider({id: "strikes-from", label: say("lever.from"), min: 0, max: spanDays, today: 0, words: dayOrNever(""), get: () => now().from,
            set: value => { strikesFrom = value; if (change.strikes[area.select.value]) change.strikes[area.select.value].from = value; }}));
}

function truceLever() {
    lever("truce", say("lever.truce"), element("p", {}, say("lever.truce_note")),
        slider({id: "truce-from", label: say("lever.from"), min: 1, max: never, today: never, words: dayOrNever(say("lever.no_truce")), get: () => change.truce ?? never,
            set: value => { change.truce = value === never ? null : value; }}));
}

function frontsLever() {
    if (!data.levers.fronts.length) return;
    const front = chooser("front", say("lever.at"), data.levers.fronts.map(one => [one.place, one.falls ? say("lever.front_falls", {place: nameOf(one.place), day: shortDay(parseDay(one.falls))}) : nameOf(one.place)]), changed);
    const words = value => value === 0 ? say("lever.on_its_day") : say(value < 0 ? "lever.days_earlier" : "lever.days_later", {count: Math.abs(value)});
    lever("fronts", say("lever.front"), front.box,
        slider({id: "front-days", label: say("lever.front_days"), min: -SLIDES.days, max: SLIDES.days, today: 0, words, get: () => change.fronts[front.select.value] ?? 0,
            set: value => put(change.fronts, front.select.value, value, value === 0)}));
}

function crossingsLever() {
    const gates = places.id.map((id, i) => [id, placeName(i)]).filter((_, i) => places.type[i] === "crossing");
    if (!gates.length) return;
    const saidOf = id => { const rows = (data.assumptions.crossings ?? []).filter(one => one.place === id); return rows.length ? listed(rows.map(policyWords), "list.strong_separator") : say("policy.closed"); };
    const asRunWords = element("p", {});
    const gate = chooser("crossing", say("lever.at"), gates, changed);
    const policy = chooser("crossing-policy", say("lever.policy"), [["", say("lever.policy_as_run")], ["open", say("lever.policy_open")], ["quota", say("lever.policy_quota")], ["closed", say("lever.policy_closed")]],
        value => { put(change.crossings, gate.select.value, {...now(), policy: value}, value === ""); changed(); });
    const now = () => change.crossings[gate.select.value] ?? {policy: "", quota: 500, from: 0};
    const move = part => value => { if (change.crossings[gate.select.value]) Object.assign(change.crossings[gate.select.value], {[part]: value}); else if (part === "quota") change.crossings[gate.select.value] = {policy: "quota", quota: value, from: 0}; };
    leverParts.push(() => { policy.select.value = now().policy; asRunWords.textContent = say("lever.policy_today", {policy: saidOf(gate.select.value)}); });
    const quotaAsRun = (data.assumptions.crossings ?? []).find(one => one.policy === "quota")?.quota ?? 0;
    lever("crossings", say("lever.crossing"), gate.box, policy.box, asRunWords,
        slider({id: "crossing-quota", label: say("lever.quota"), min: 0, max: Math.max(5000, 4 * quotaAsRun), step: 100, today: quotaAsRun, words: grouped, get: () => now().quota, set: move("quota")}),
        slider({id: "crossing-from", label: say("lever.from"), min: 0, max: spanDays, today: 0, words: dayOrNever(""), get: () => now().from, set: move("from")}));
}

function routesLever() {
    if (!data.levers.routes.length) return;
    const route = chooser("route", say("lever.between"), data.levers.routes.map(one => [one.id, say("lever.road_between", {from: nameOf(one.from), to: nameOf(one.to)})]).sort(byName), changed);
    lever("routes", say("lever.road"), route.box,
        slider({id: "route-from", label: say("lever.closed_from"), min: 0, max: never, today: never, words: dayOrNever(say("lever.as_scenario_says")), get: () => change.routes[route.select.value] ?? never,
            set: value => put(change.routes, route.select.value, value, value === never)}));
}

function campsLever() {
    const limited = places.id.map((id, i) => [id, say("lever.place_and_room", {place: placeName(i), room: places.capacity[i] ?? 0}), i]).filter(([, , i]) => places.capacity[i] > 0 && places.type[i] !== "crossing");
    const order = limited.sort((a, b) => (places.type[b[2]] === "camp") - (places.type[a[2]] === "camp") || byName(a, b));
    if (order.length) {
        const camp = chooser("camp", say("lever.at"), order.map(([id, words]) => [id, words]), changed);
        lever("camps", say("lever.room"), camp.box,
            slider({id: "camp-room", label: say("lever.capacity"), min: 0, max: 400, step: 10, today: 100, words: value => say("number.percent", {number: value}), get: () => change.camps[camp.select.value] ?? 100,
                set: value => put(change.camps, camp.select.value, value, value === 100)}));
    }
    const towns = places.id.map((id, i) => [id, placeName(i), i]).filter(([, , i]) => !["crossing", "abroad"].includes(places.type[i])).sort(byName);
    if (!towns.length) return;
    const beside = chooser("new-camp", say("lever.beside"), towns.map(([id, words]) => [id, words]), value => { if (change.camp) change.camp.beside = value; changed(); });
    const room = () => change.camp?.room ?? 0;
    let newCampFrom = 0;
    leverParts.push(() => { if (change.camp) beside.select.value = change.camp.beside; });
    lever("new-camp", say("lever.new_camp"), beside.box,
        slider({id: "new-camp-room", label: say("lever.room_for"), min: 0, max: 100000, step: 1000, today: 0, words: value => value ? say("lever.people", {count: value}) : say("lever.no_new_camp"), get: room,
            set: value => { change.camp = value ? {beside: beside.select.value, room: value, from: change.camp?.from ?? newCampFrom} : null; }}),
        slider({id: "new-camp-from", label: say("lever.opens"), min: 0, max: spanDays, today: 0, words: dayOrNever(""), get: () => change.camp?.from ?? newCampFrom,
            set: value => { newCampFrom = value; if (change.camp) change.camp.from = value; }}));
}

function saveText(name, text) {
    const link = element("a", {href: URL.createObjectURL(new Blob([text], {type: "application/yaml"})), download: name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function startLevers() {
    if (!data.levers) return leaveOut("levers-section");
    strikesLever();
    truceLever();
    frontsLever();
    crossingsLever();
    routesLever();
    campsLever();
    leverParts.forEach(part => part());
    byId("changed").hidden = true;
    fillIn("changed-words", say("levers.nothing"));
    byId("reset").addEventListener("click", () => { change = unchanged(); changed(); });
    byId("save").addEventListener("click", () => saveText(`${stem}-changed.yaml`, change.text ?? whatIfFile(change)));
    byId("save-scenario").addEventListener("click", () => saveText(asRun, about.scenario));
    byId("open").addEventListener("change", async event => {
        const [file] = event.target.files;
        if (!file) return;
        change = changeFrom(await file.text());
        changed();
        event.target.value = "";
    });
    fillIn("save-words", say("levers.save_words", {as_run: asRun, changed: `${stem}-changed.yaml`}));
    for (const sign of ["pointerenter", "focusin"]) byId("levers-section").addEventListener(sign, startWorker, {once: true});
}
