// Numbers and days in words. All scripts of this folder make one module.
const data = JSON.parse(document.getElementById("data").textContent);
const about = data.about;
const isEnsemble = about.members > 1;

const LOW = 0, LOWER = 1, MEDIAN = 2, UPPER = 3, HIGH = 4;

// --- days ---------------------------------------------------------------------------------------------------

const firstDay = d3.utcParse("%Y-%m-%d")(about.time_coverage_start);
const addDays = (date, days) => new Date(date.getTime() + days * 86400000);
/** The day on which a record ends. */
const dayOf = record => addDays(firstDay, about.days[record]);
const longDay = d3.utcFormat("%-d %B %Y");
const shortDay = d3.utcFormat("%-d %b");
const parseDay = text => text === "-" || !text ? null : d3.utcParse("%Y-%m-%d")(text);
const records = about.days.length;
const lastDay = dayOf(records - 1);

// --- persons ------------------------------------------------------------------------------------------------

const grouped = d3.format(",.0f");

/** Persons to two digits, three if the first is a 1: a model's further digits say nothing. */
function persons(value) {
    if (value < 10) return value < 1 ? "0" : "fewer than 10";
    const power = Math.floor(Math.log10(value));
    const lead = Math.floor(value / 10 ** power);
    const unit = 10 ** Math.max(0, power - (lead === 1 ? 2 : 1));
    return grouped(Math.round(value / unit) * unit);
}


/** "610,000 to 700,000"; where both are the same, it is the number before that holds in nine of ten runs. */
function range(low, high) {
    const a = persons(low), b = persons(high);
    return a === b ? "in 9 of 10 runs" : `${a} to ${b}`;
}

const percent = share => share > 0 && share < 0.01 ? "under 1 %" : share < 1 && share > 0.99 ? "over 99 %" : `${Math.round(100 * share)} %`;

/** How often something happens, in words: "in 37 % of runs". */
function often(share) {
    if (share >= 1) return "in every run";
    if (share <= 0) return "in no run";
    return `in ${percent(share)} of runs`;
}

/** The last value of a band's row. */
const atEnd = row => row[row.length - 1];

// --- places -------------------------------------------------------------------------------------------------

const places = data.places;
const placeCount = places.name.length;
const placeById = new Map(places.id.map((id, i) => [id, i]));
const nameOf = id => placeById.has(id) ? places.name[placeById.get(id)] : id.replaceAll("_", " ");

// --- elements -----------------------------------------------------------------------------------------------

const byId = id => document.getElementById(id);

/** An element with attributes, and texts or elements inside. */
function element(tag, attributes = {}, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
}

/** The name of a place in Latin and, where known, Arabic letters. */
function bothNames(i) {
    const name = element("span", {}, places.name[i]);
    if (!places.arabic[i]) return [name];
    return [name, " ", element("span", {lang: "ar", dir: "rtl", class: "arabic"}, places.arabic[i])];
}

function fillIn(id, ...inside) { byId(id).replaceChildren(...inside); }

function leaveOut(id) { byId(id).remove(); }

let printing = false;

/** Width to draw at, in pixels: what there is on the screen, or on paper what leaves letters readable. */
const roomFor = (host, onPaper) => printing ? onPaper : host.clientWidth;
