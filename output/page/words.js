// Numbers and days in words, elements and tables.
const data = JSON.parse(document.getElementById("data").textContent);
const about = data.about;
let isEnsemble = about.members > 1;

const INK = "#1f2328", GREY = "#6b7177", RULE = "#e3e5e8";
const BLUE = "#0072b2", VERMILLION = "#d55e00", GREEN = "#00795a";
const LOW = 0, LOWER = 1, MEDIAN = 2, UPPER = 3, HIGH = 4;

// --- days ---------------------------------------------------------------------------------------------------

const firstDay = d3.utcParse("%Y-%m-%d")(about.time_coverage_start);
const addDays = (date, days) => new Date(date.getTime() + days * 86400000);
/** The day on which a record ends. */
const dayOf = record => addDays(firstDay, about.days[record]);
const monthOf = (date, months) => WORDS[months][date.getUTCMonth()];
const longDay = date => say("day.long", {count: date.getUTCDate(), month: monthOf(date, "months"), year: String(date.getUTCFullYear())});
const shortDay = date => say("day.short", {count: date.getUTCDate(), month: monthOf(date, "months_short")});
const parseDay = text => text === "-" || !text ? null : d3.utcParse("%Y-%m-%d")(text);
const records = about.days.length;
const lastDay = dayOf(records - 1);

// --- persons ------------------------------------------------------------------------------------------------

/** A number of at most so many digits. */
const inDigits = (value, digits) => new Intl.NumberFormat(WORDS["locale"], {maximumSignificantDigits: digits}).format(value);

/** The unit in which numbers that stand side by side are told: the largest power of ten that is at most a fifth of the
 * band, so that rounding moves no end by more than a tenth of it; never finer than three digits of the largest. */
function unitOf(...numbers) {
    const largest = d3.max(numbers, Math.abs), band = d3.max(numbers) - d3.min(numbers);
    const power = value => 10 ** Math.floor(Math.log10(value) + 1e-12);
    return Math.max(1, largest > 100 ? power(largest) / 100 : 1, band > 5 ? power(band / 5) : 1);
}

/** A number in whole units; one smaller than a unit keeps its first digit. */
function inUnits(value, unit) {
    if (Math.abs(value) < 1) return 0;
    const own = Math.min(unit, 10 ** Math.floor(Math.log10(Math.abs(value)) + 1e-12));
    return Math.round(value / own) * own;
}

/** Persons with the digits that the band beside them supports; three without a band. */
function persons(value, unit = unitOf(value)) {
    if (value < 10) return value < 1 ? "0" : say("number.few");
    return grouped(inUnits(value, unit));
}

/** "610,000 to 700,000"; where both are the same, it is the number before that holds in nine of ten runs. */
function range(low, high, unit) {
    const a = persons(low, unit), b = persons(high, unit);
    return a === b ? say("number.nine_of_ten_runs") : say("number.range", {low: a, high: b});
}

/** The unit for a median and its band, of five quantiles. */
const unitOfBand = five => isEnsemble ? unitOf(five[LOW], five[MEDIAN], five[HIGH]) : unitOf(five[MEDIAN]);

const percent = share => share > 0 && share < 0.01 ? say("number.under_one_percent") : share < 1 && share > 0.99 ? say("number.over_99_percent")
    : say("number.percent", {number: Math.round(100 * share)});

/** How often something happens, in words: "in 37 % of runs". */
function often(share) {
    if (share >= 1) return say("number.in_every_run");
    if (share <= 0) return say("number.in_no_run");
    return say("number.in_some_runs", {percent: percent(share)});
}

/** The last value of a band's row. */
const atEnd = row => row[row.length - 1];

// --- places -------------------------------------------------------------------------------------------------

const places = data.places;
const placeCount = places.name.length;
const placeById = new Map(places.id.map((id, i) => [id, i]));
/** The name of a place in the letters of the page, where the scenario has it in them. */
const placeName = i => LANGUAGE === "ar" && places.arabic[i] || places.name[i];
const nameOf = id => placeById.has(id) ? placeName(placeById.get(id)) : id.replaceAll("_", " ");

// --- elements -----------------------------------------------------------------------------------------------

const byId = id => document.getElementById(id);

/** An element with attributes, and texts or elements inside. */
function element(tag, attributes = {}, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
}

/** The name of a place in Latin and, where known, Arabic letters: those of the page first. */
function bothNames(i, of = places) {
    const latin = kind => element("bdi", kind, of.name[i]);
    if (!of.arabic[i] || of.arabic[i] === of.name[i]) return [latin({})];
    const arabic = kind => element("span", {lang: "ar", dir: "rtl", ...kind}, of.arabic[i]);
    return LANGUAGE === "ar" ? [arabic({}), " ", latin({class: "other-name"})] : [latin({}), " ", arabic({class: "arabic other-name"})];
}

function fillIn(id, ...inside) { byId(id).replaceChildren(...inside); }

function leaveOut(id) { byId(id).remove(); }

let printing = false;

/** Width to draw at, in pixels: what there is on the screen, or on paper what leaves letters readable. */
const roomFor = (host, onPaper) => printing ? onPaper : host.clientWidth;

/** Draws again what is as wide as the page, when that changes. */
function redrawAtWidth(redraw) {
    let width = document.body.clientWidth;
    addEventListener("resize", () => {
        if (document.body.clientWidth === width) return;
        width = document.body.clientWidth;
        redraw();
    });
    addEventListener("beforeprint", () => { printing = true; redraw(); });
    addEventListener("afterprint", () => { printing = false; redraw(); });
}

/** A table: columns are [heading, class], rows are lists of cells (text, or a list of texts and elements). */
function table(caption, columns, rows, rowAttributes = () => ({})) {
    const head = element("tr", {}, ...columns.map(([words, kind]) => element("th", {scope: "col", class: kind ?? ""}, words)));
    const body = rows.map((cells, k) => element("tr", rowAttributes(k), ...cells.map((cell, c) =>
        element(c ? "td" : "th", {...(c ? {} : {scope: "row"}), class: columns[c][1] ?? ""}, ...(Array.isArray(cell) ? cell : [cell])))));
    return element("table", {}, element("caption", {class: "unseen"}, caption), element("thead", {}, head), element("tbody", {}, ...body));
}

/** Shows the first rows of a long table, and a button for the rest. */
function showLess(id, most, what) {
    const rows = [...byId(id).querySelectorAll("tbody tr")];
    if (rows.length <= most + 3) return;
    const rest = rows.slice(most);
    const words = open => open ? say("table.first", {number: most}) : say(rows.length < ROWS_AT_ONCE ? "table.all" : "table.these", {number: rows.length, what});
    const button = element("button", {type: "button", "aria-expanded": "false", class: "more"}, words(false));
    const set = open => {
        rest.forEach(row => row.classList.toggle("folded", !open));
        button.setAttribute("aria-expanded", String(open));
        button.replaceChildren(words(open));
    };
    button.addEventListener("click", () => set(button.getAttribute("aria-expanded") === "false"));
    set(false);
    byId(id).after(button);
}

/** Says below each table that is wider than its room that there is more beside it. */
function markCutTables() {
    for (const host of document.querySelectorAll(".wide")) {
        const isCut = host.scrollWidth > host.clientWidth + 1;
        host.classList.toggle("cut", isCut);
        if (isCut && !host.previousElementSibling?.classList.contains("cut-note"))
            host.before(element("p", {class: "cut-note"}, say("table.slide")));
    }
}
document.querySelectorAll("details").forEach(one => one.addEventListener("toggle", markCutTables));
