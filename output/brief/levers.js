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
        lists["network.places"].push(row({place: quoted(place), capacity: Math.round(asInFile.places.capacity[placeById.get(place)] * percent / 100), source: quoted(`what if: ${percent} % of its capacity`)}));
    if (of.camp) {
        const {beside, room, from} = of.camp, i = placeById.get(beside);
        lists["network.places"].push(row({place: "what_if_camp", name: quoted(`New camp beside ${asInFile.places.name[i]}`), type: "camp",
            lat: (asInFile.places.lat[i] + 0.018).toFixed(4), lon: asInFile.places.lon[i].toFixed(4), capacity: room, source}));
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

/** What the worker needs of the file to answer in its form. */
const shapeOfFile = () => ({ids: [...asInFile.places.id], frames: motion.frames, weekEnds: asInFile.data.arrivals.week_ends, days: about.days,
    weekLength: Math.max(1, Math.round(7 / (about.days.length > 1 ? about.days[1] - about.days[0] : 1)))});

function startWorker() {
    if (leverEngine.worker) return;
    if (typeof DecompressionStream === "undefined" || typeof WebAssembly === "undefined")
        return sayWrong(say("levers.too_old"));
    const source = `${[startEngine, unpackEngine, fiveOf, gatherRuns, serveQuestions].map(String).join("\n")}\nserveQuestions();`;
    leverEngine.worker = new Worker(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
    leverEngine.worker.onmessage = ({data: answer}) => {
        if (answer.isReady === false) return sayWrong(say("levers.does_not_start", {reason: answer.wrong}));
        if (answer.isReady) {
            leverEngine.today = answer.today;
            showEngineNote();
            if (leverEngine.waiting !== null) askEngine(leverEngine.waiting);
            return;
        }
        if (answer.number !== leverEngine.number) return;
        if (answer.wrong) sayWrong(answer.wrong, true);
        else showAnswer(answer);
        Object.assign(byId("changed").dataset, {answered: answer.number, shows: answer.wrong ? "wrong" : !answer.done ? "expected" : answer.done < answer.of ? "part" : "band"});
    };
    leverEngine.worker.postMessage({packed: byId("engine").textContent, scenario: about.scenario, shape: shapeOfFile(), members: MEMBERS});
}

/** Asks what follows from a what-if. Until the scenario as it was run has been answered, the last question waits. */
function askEngine(whatIf) {
    startWorker();
    leverEngine.waiting = whatIf;
    if (!leverEngine.today) return;
    leverEngine.worker.postMessage({number: ++leverEngine.number, whatIf, members: MEMBERS});
    byId("changed").dataset.asked = leverEngine.number;
}

// --- the page with a change ---------------------------------------------------------------------------------

const PARTS = ["totals", "peaks", "arrivals", "stays"], PARTS_OF_SOME = ["pieces", "full"];
const asInFile = {data: {...data}, motion: {...motion}, places: {...places}, flows, isEnsemble, members: about.members, mode: about.mode};
let shownPage = null, isShowingFile = false;  // the last answer's page; whether the reader looks at the file beside it

/** Places that a change adds stand behind those of the file. */
function takePlaces(page) {
    const own = asInFile.places, added = page ? page.ids.slice(own.id.length) : [], of = k => page.places.about[own.id.length + k];
    const grown = (key, value) => [...own[key], ...added.map((_, k) => value(k))];
    Object.assign(places, {id: grown("id", k => added[k]), name: grown("name", k => added[k] === "what_if_camp" && change.camp ? say("levers.camp_beside", {place: nameOf(change.camp.beside)}) : of(k)[0] || added[k]), arabic: grown("arabic", () => ""), pcode: grown("pcode", () => ""),
        type: grown("type", k => of(k)[1]), lat: grown("lat", k => Number(of(k)[2])), lon: grown("lon", k => Number(of(k)[3])),
        population: grown("population", k => Math.round(Number(of(k)[4]))), capacity: page?.places.capacity ?? own.capacity, fallen: page?.places.fallen ?? own.fallen});
    placeById.clear();
    places.id.forEach((id, i) => placeById.set(id, i));
}

/** Shows the page of an answer, or that of the file; parts that no answer has say that they are as it was run. */
function redrawPage(page, runs) {
    Object.assign(data, asInFile.data);
    Object.assign(motion, asInFile.motion, page ? {...page.motion, flows: {tracked: false, pairs: [], share: 1}} : {});
    flows = page ? [] : asInFile.flows;
    isEnsemble = page ? runs > 1 : asInFile.isEnsemble;
    Object.assign(about, page ? {members: Math.max(1, runs), mode: runs ? "stochastic" : "expected"} : {members: asInFile.members, mode: asInFile.mode});
    if (page) {
        for (const part of PARTS) data[part] = page[part];
        for (const part of PARTS_OF_SOME) if (data[part]) data[part] = page[part];
        if (data.needs) data.needs = {...data.needs, ...page.needs};
        data.journeys = null;  // its engine does not tell homes apart
    }
    takePlaces(page);
    document.body.classList.toggle("is-changed", Boolean(page));
    showNumbers();
    drawFanKey();
    showMapNote();
    drawMap();
    drawCharts();
    showSites();
    if (data.needs) showNeeds();
    markCutTables();
}

/** Draws something of the file while the page shows a change. */
function ofFile(draw) {
    const now = {data: {...data}, places: {...places}, isEnsemble};
    Object.assign(data, asInFile.data);
    Object.assign(places, asInFile.places);
    isEnsemble = asInFile.isEnsemble;
    draw();
    Object.assign(data, now.data);
    Object.assign(places, now.places);
    isEnsemble = now.isEnsemble;
}

/** Which of the two the reader looks at, in words and on the button. */
function showWhich() {
    byId("which").hidden = !shownPage;
    if (!shownPage) return;
    fillIn("which-words", say(isShowingFile ? "levers.shows_file" : shownPage.runs ? "levers.shows_runs" : "levers.shows_expected", {count: shownPage.runs, all: MEMBERS}));
    fillIn("which-button", say(isShowingFile ? "levers.show_changed" : "levers.show_file"));
}

function showOnPage(page, runs) {
    const was = shownPage && !isShowingFile;
    shownPage = page && {page, runs};
    if (!page) isShowingFile = false;
    if (!isShowingFile && (page || was)) redrawPage(page, runs);
    showWhich();
}

/** Marks what an answer does not redraw. */
function markWhatStays() {
    for (const id of ["comparison-heading", "planning", "journeys", "cases-heading", "sheet-heading", "danger-heading", "reported-heading", "drives-heading", "assumed-heading"]) {
        const heading = byId(id), note = element("p", {class: "as-run-note"}, say("levers.stays_as_run"));
        if (heading?.matches("h2")) heading.after(note);
        else heading?.before(note);
    }
}

// --- what follows -------------------------------------------------------------------------------------------

const lastOf = series => series[series.length - 1];
const mostOf = series => series.reduce((most, value) => Math.max(most, value), 0);
const OUTCOMES = [["total_people_displaced", "last"], ["total_movements", "last"], ["most_total_without_shelter", "most"], ["total_without_shelter", "last"],
    ["total_households_in_tents", "last"], ["total_abroad", "last"], ["total_remaining", "last"], ["total_returned", "last"]];
const outcomesOf = (runs, m) => [["person_days_at_risk", runs.atRisk[m]], ...OUTCOMES.map(([name, kind]) => [name, runs[kind][name.replace("most_", "")][m]])];

/** isOfEngine: in English, as the command line would say it. */
function sayWrong(words, isOfEngine = false) {
    fillIn("changed-headline");
    fillIn("changed-words", isOfEngine ? ledEnglish(words, "wrong") : element("span", {class: "wrong"}, words));
    byId("changed").hidden = true;
    showOnPage(null);
}

/** What the levers' engine is, where it is another than that of the file, and what it gives without a change. */
function showEngineNote() {
    const here = leverEngine.today.last.total_people_displaced[0], there = atEnd(asInFile.data.totals.people_displaced[MEDIAN]);
    fillIn("levers-note", say(about.engine === "pooled" ? "levers.note_pooled" : "levers.note_other",
        {count: MEMBERS, engine: about.engine, expected: persons(here), middle: persons(there)}));
}

/** A number as run, changed, and the difference: of expected values, or of pairs of runs. */
function differences({runs, today}) {
    const all = (of, k) => of.atRisk.map((_, m) => outcomesOf(of, m)[k][1]);
    return outcomesOf(today, 0).map(([name], k) => {
        const before = all(today, k), after = all(runs, k);
        if (before.length === 1) return {name, before: before[0], after: after[0], change: [after[0] - before[0]]};
        return {name, before: fiveOf(before)[MEDIAN], after: fiveOf(after)[MEDIAN], change: fiveOf(after.map((value, m) => value - before[m]))};
    });
}

const changeCell = five => {
    if (five.length === 1) return [element("b", {}, signed(five[0], unitOf(five[0])))];
    const unit = unitOf(five[LOW], five[MEDIAN], five[HIGH]);
    return [element("b", {}, signed(five[MEDIAN], unit)), " ", small(signedRange(five, unit))];
};

/** Arrivals by place, in tens, where most differs. */
function placeDifferences({runs, today}) {
    const tens = value => value < 10 ? 0 : 10 * Math.round(value / 10);
    return runs.ids.map((id, i) => {
        const each = runs.arrivals.map((row, m) => [today.arrivals[m][i] ?? 0, row[i]]);
        const change = each.length > 1 ? fiveOf(each.map(([a, b]) => b - a)) : [each[0][1] - each[0][0]];
        const middle = k => tens(each.length > 1 ? fiveOf(each.map(pair => pair[k]))[MEDIAN] : each[0][k]);
        return {id, index: i, before: middle(0), after: middle(1), change: change.map(value => Math.sign(value) * tens(Math.abs(value)))};
    }).filter(one => one.change[one.change.length >> 1]).sort((a, b) => Math.abs(b.change[b.change.length >> 1]) - Math.abs(a.change[a.change.length >> 1])).slice(0, 8);
}

const shownCurves = {expected: null, bands: null};  // of the change: a run of expected values, and quantiles of members

/** Curves with and without the change; the band of the changed one once its runs are there. */
function drawChanged() {
    if (!shownCurves.expected || byId("changed").hidden) return;
    for (const [id, name, colour] of [["changed-displaced", "people_displaced", BLUE], ["changed-shelter", "without_shelter", VERMILLION]]) {
        const before = leverEngine.today.curve[`total_${name}`], after = shownCurves.expected.curve[`total_${name}`], bands = shownCurves.bands?.[name];
        const most = Math.max(mostOf(before), mostOf(after), bands ? d3.max(bands[HIGH]) : 0);
        chart(byId(id), {height: 220, most, label: say("levers.chart", {day: longDay(lastDay), changed: persons(lastOf(after)), as_run: persons(lastOf(before))})}, (plot, x, y) => {
            if (bands) plot.append("path").attr("d", d3.area().x((_, t) => x(dayOf(t))).y0((_, t) => y(bands[LOW][t])).y1((_, t) => y(bands[HIGH][t]))(bands[MEDIAN])).attr("fill", colour).attr("fill-opacity", 0.2);
            const line = d3.line().x((_, t) => x(dayOf(t))).y(value => y(value));
            plot.append("path").attr("d", line(Array.from(before))).attr("fill", "none").attr("stroke", GREY).attr("stroke-width", 2).attr("stroke-dasharray", "5 4");
            plot.append("path").attr("d", line(Array.from(after))).attr("fill", "none").attr("stroke", colour).attr("stroke-width", 2);
        });
    }
}

function showAnswer(answer) {
    const isChanged = whatIfText(change) !== "";
    byId("changed").hidden = !isChanged;
    if (!isChanged) {
        fillIn("changed-headline");
        showOnPage(null);
        return fillIn("changed-words", say("levers.nothing"));
    }
    if (!answer.done) Object.assign(shownCurves, {expected: answer.runs, bands: null});
    else shownCurves.bands = answer.page.totals;
    showOnPage(answer.page, answer.done);
    const rows = differences(answer), fled = rows.find(one => one.name === "total_people_displaced");
    const middle = fled.change[fled.change.length >> 1], pairs = fled.change.length > 1;
    const unit = pairs ? unitOf(fled.change[LOW], middle, fled.change[HIGH]) : unitOf(middle);
    const values = () => ({persons: element("strong", {}, persons(fled.after)), day: longDay(lastDay), number: persons(Math.abs(middle), unit), band: pairs ? signedRange(fled.change, unit) : ""});
    const words = () => sayWith(Math.abs(middle) < 1 ? "levers.same" : middle < 0 ? (pairs ? "levers.fewer_band" : "levers.fewer") : pairs ? "levers.more_band" : "levers.more", values());
    const soFar = answer.done && answer.done < answer.of ? [" ", say("levers.so_far", {number: answer.done, all: answer.of})] : [];
    fillIn("changed-words", ...words(), ...soFar, ...(answer.notes ? [ledEnglish(answer.notes, "doubtful")] : []));
    fillIn("changed-headline", say("levers.below"), " ", ...words(), ...soFar);
    const shown = rows.filter(one => Math.max(one.before, one.after) >= 10);
    const expected = Object.fromEntries(outcomesOf(shownCurves.expected, 0));
    const columns = [[say("levers.as_run"), "number"], [say("levers.changed"), "number"], [say("levers.difference"), "number"]];
    fillIn("changed-totals", table(say("levers.totals"), [[pairs ? say("levers.middle_of", {count: answer.done}) : say("levers.expected")], ...columns],
        shown.map(one => [say(`outcome.${one.name}`), ...[one.before, one.after].map(value => one.name === "person_days_at_risk" ? amount(value) : persons(value)), changeCell(one.change)]), k => ({"data-outcome": shown[k].name, "data-expected": String(expected[shown[k].name])})));
    const moved = placeDifferences(answer);
    fillIn("changed-places", ...(moved.length ? [table(say("levers.arrivals"), [[say("levers.arrivals_at")], ...columns],
        moved.map(one => [placeById.has(one.id) ? bothNames(placeById.get(one.id)) : one.id, amount(one.before), amount(one.after), changeCell(one.change)]),
        k => ({"data-moved": moved[k].id, "data-expected": String(shownCurves.expected.arrivals[0][moved[k].index])}))] : [say("levers.nobody_elsewhere")]));
    byId("changed").dataset[!pairs ? "expectedIn" : answer.done < answer.of ? `partIn${answer.done}` : "bandIn"] = Math.round(answer.milliseconds);
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

/** A lever, what it is called in a scenario, and a button that sets it back.
 *
 * isMoved: whether it is; reset: takes back what it changed; ownName: keys and identifiers of the scenario */
function lever(id, legend, {isMoved, reset, ownName}, ...parts) {
    const own = element("code", {dir: "ltr"});
    leverParts.push(() => own.replaceChildren(ownName()));
    const button = element("button", {type: "button", id: `reset-${id}`, class: "lever-reset", "aria-label": say("lever.set_back_one", {lever: legend})}, say("lever.set_back"));
    leverParts.push(() => { button.disabled = !isMoved() || change.text !== null; });
    button.addEventListener("click", () => { reset(); box.querySelector("select, input").focus(); changed(); });
    const box = element("fieldset", {id: `lever-${id}`, class: "lever"}, element("legend", {}, legend), ...parts,
        element("p", {class: "own-name"}, ...sayWith("lever.own_name", {name: own})), button);
    byId("levers").append(box);
}

/** Of a lever with an entry for each of what it can be about: set back, none is left. */
const ofEntries = (key, also = () => {}) => ({isMoved: () => Object.keys(change[key]).length > 0, reset: () => { change[key] = {}; also(); }});
/** Of a lever with one value. */
const ofOne = (key, also = () => {}) => ({isMoved: () => change[key] !== null, reset: () => { change[key] = null; also(); }});

const dayOrNever = atNever => k => k > spanDays ? atNever : longDay(dayAt(k));
const byName = (a, b) => a[1].localeCompare(b[1], LANGUAGE);
const put = (map, key, value, isAsRun) => { if (isAsRun) delete map[key]; else map[key] = value; };

function strikesLever() {
    if (!data.levers.struck) return;
    const area = chooser("strikes-area", say("lever.in"), [["all", say("lever.all_areas")], ...data.levers.areas.map(id => [id, nameOf(id)]).sort(byName)], changed);
    const now = () => change.strikes[area.select.value] ?? {factor: 1, from: strikesFrom};
    let strikesFrom = 0;
    lever("strikes", say("lever.strikes"), {...ofEntries("strikes", () => { strikesFrom = 0; }), ownName: () => `bombardment, area: ${area.select.value}`}, area.box,
        slider({id: "strikes-factor", label: say("lever.strikes"), min: 0, max: 300, step: 10, today: 100, words: value => say("number.percent", {number: value}), get: () => Math.round(100 * now().factor),
            set: value => put(change.strikes, area.select.value, {factor: value / 100, from: now().from}, value === 100)}),
        slider({id: "strikes-from", label: say("lever.from"), min: 0, max: spanDays, today: 0, words: dayOrNever(""), get: () => now().from,
            set: value => { strikesFrom = value; if (change.strikes[area.select.value]) change.strikes[area.select.value].from = value; }}));
}

function truceLever() {
    lever("truce", say("lever.truce"), {...ofOne("truce"), ownName: () => "ceasefires, area: all"}, element("p", {}, say("lever.truce_note")),
        slider({id: "truce-from", label: say("lever.from"), min: 1, max: never, today: never, words: dayOrNever(say("lever.no_truce")), get: () => change.truce ?? never,
            set: value => { change.truce = value === never ? null : value; }}));
}

function frontsLever() {
    if (!data.levers.fronts.length) return;
    const front = chooser("front", say("lever.at"), data.levers.fronts.map(one => [one.place, one.falls ? say("lever.front_falls", {place: nameOf(one.place), day: shortDay(parseDay(one.falls))}) : nameOf(one.place)]), changed);
    const words = value => value === 0 ? say("lever.on_its_day") : say(value < 0 ? "lever.days_earlier" : "lever.days_later", {count: Math.abs(value)});
    lever("fronts", say("lever.front"), {...ofEntries("fronts"), ownName: () => `fronts, place: ${front.select.value}`}, front.box,
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
    lever("crossings", say("lever.crossing"), {...ofEntries("crossings"), ownName: () => `crossings, place: ${gate.select.value}`}, gate.box, policy.box, asRunWords,
        slider({id: "crossing-quota", label: say("lever.quota"), min: 0, max: Math.max(5000, 4 * quotaAsRun), step: 100, today: quotaAsRun, words: grouped, get: () => now().quota, set: move("quota")}),
        slider({id: "crossing-from", label: say("lever.from"), min: 0, max: spanDays, today: 0, words: dayOrNever(""), get: () => now().from, set: move("from")}));
}

function routesLever() {
    if (!data.levers.routes.length) return;
    const route = chooser("route", say("lever.between"), data.levers.routes.map(one => [one.id, say("lever.road_between", {from: nameOf(one.from), to: nameOf(one.to)})]).sort(byName), changed);
    lever("routes", say("lever.road"), {...ofEntries("routes"), ownName: () => `routes, route: ${route.select.value}`}, route.box,
        slider({id: "route-from", label: say("lever.closed_from"), min: 0, max: never, today: never, words: dayOrNever(say("lever.as_scenario_says")), get: () => change.routes[route.select.value] ?? never,
            set: value => put(change.routes, route.select.value, value, value === never)}));
}

function campsLever() {
    const limited = places.id.map((id, i) => [id, say("lever.place_and_room", {place: placeName(i), room: places.capacity[i] ?? 0}), i]).filter(([, , i]) => places.capacity[i] > 0 && places.type[i] !== "crossing");
    const order = limited.sort((a, b) => (places.type[b[2]] === "camp") - (places.type[a[2]] === "camp") || byName(a, b));
    if (order.length) {
        const camp = chooser("camp", say("lever.at"), order.map(([id, words]) => [id, words]), changed);
        lever("camps", say("lever.room"), {...ofEntries("camps"), ownName: () => `network.places, place: ${camp.select.value}, capacity`}, camp.box,
            slider({id: "camp-room", label: say("lever.capacity"), min: 0, max: 400, step: 10, today: 100, words: value => say("number.percent", {number: value}), get: () => change.camps[camp.select.value] ?? 100,
                set: value => put(change.camps, camp.select.value, value, value === 100)}));
    }
    const towns = places.id.map((id, i) => [id, placeName(i), i]).filter(([, , i]) => !["crossing", "abroad"].includes(places.type[i])).sort(byName);
    if (!towns.length) return;
    const beside = chooser("new-camp", say("lever.beside"), towns.map(([id, words]) => [id, words]), value => { if (change.camp) change.camp.beside = value; changed(); });
    const room = () => change.camp?.room ?? 0;
    let newCampFrom = 0;
    leverParts.push(() => { if (change.camp) beside.select.value = change.camp.beside; });
    lever("new-camp", say("lever.new_camp"), {...ofOne("camp", () => { newCampFrom = 0; }), ownName: () => "network.places, place: what_if_camp"}, beside.box,
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
    markWhatStays();
    byId("which-button").addEventListener("click", () => {
        isShowingFile = !isShowingFile;
        redrawPage(isShowingFile ? null : shownPage.page, shownPage.runs);
        showWhich();
    });
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
