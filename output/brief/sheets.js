// A sheet for any place or sub-district: who comes, who stays, when it is full, who is in tents, what they need.
const sheets = data.sheets.of;
const SHEET_LOW = 0, SHEET_MIDDLE = 1, SHEET_HIGH = 2;

function sheetName(one) {
    if (one.place !== undefined) return placeName(one.place);
    if (one.camps) return say("sheet.camps", {count: one.camps});
    return say("sheet.district", {name: one.pcode ? say("sheet.name_and_code", {name: one.district, code: one.pcode}) : one.district, count: one.places.length});
}
const placesOf = one => one.places ?? [one.place];

/** Low, middle and high as five quantiles, so that a band is drawn and told as everywhere. */
const asFive = rows => [rows[SHEET_LOW], rows[SHEET_MIDDLE], rows[SHEET_MIDDLE], rows[SHEET_MIDDLE], rows[SHEET_HIGH]];

/** The point at which the middle of the runs is highest. */
const peakOf = rows => rows[SHEET_MIDDLE].indexOf(d3.max(rows[SHEET_MIDDLE]));
const atPoint = (rows, p) => asFive(rows).map(row => row[p]);

/** Room for displaced people: null where a place has no limit. */
function roomOf(one) {
    const rooms = placesOf(one).map(i => places.capacity[i]);
    return rooms.includes(null) ? null : d3.sum(rooms);
}

/** "It is full in 83 % of runs, in half of all runs by 22 May 2019 (3 May to 9 June)." */
function fullWords(one) {
    if (one.place === undefined || !data.full || !(places.capacity[one.place] > 0)) return [];
    const five = data.full.day.map(row => row[1][one.place]), share = data.full.chance[1][one.place];
    if (!share) return [say("sheet.never_full")];
    if (five[MEDIAN] === null) return [say("sheet.full", {often: often(share)})];
    const day = longDay(addDays(firstDay, five[MEDIAN]));
    if (!isEnsemble) return [say("sheet.full_by", {day})];
    return [say("sheet.full_half_by", {often: often(share), day, band: daySpread(five)})];
}

function sheetWords(one) {
    const room = roomOf(one), p = peakOf(one.stay), most = atPoint(one.stay, p), unit = unitOfBand(most);
    const people = d3.sum(placesOf(one), i => places.population[i]);
    const atMost = {day: longDay(dayOf(data.sheets.ends[p])), persons: persons(most[MEDIAN], unit)};
    return [...(people ? [say("sheet.people", {persons: persons(people)})] : []), room === null ? say("sheet.no_limit") : say("sheet.room", {persons: room}), ...fullWords(one),
        isEnsemble ? say("sheet.most_band", {...atMost, band: range(most[LOW], most[HIGH], unit)}) : say("sheet.most", atMost)].join(" ");
}

function sheetChart(one, rows, heading, words, colour, room) {
    const figure = element("figure", {}, element("figcaption", {}, element("h3", {}, heading), element("p", {}, words)), element("div"));
    byId("sheet").append(figure);
    const most = Math.max(d3.max(rows[SHEET_HIGH]), room && room < 3 * d3.max(rows[SHEET_HIGH]) ? room * 1.03 : 0);
    chart(figure.lastElementChild, {height: 180, most, yTicks: 4, label: say("sheet.chart", {heading, name: sheetName(one), persons: persons(d3.max(rows[SHEET_MIDDLE]))})},
        (plot, x, y, width) => {
            const ends = data.sheets.ends.map(dayOf);
            if (ends.length === 1) ends.push(lastDay);
            const bands = asFive(rows).map(row => row.length === 1 ? [row[0], row[0]] : row);
            drawFan(plot, i => x(ends[i]), y, bands, colour);
            if (room && room <= most) plot.append("line").attr("class", "room").attr("x2", width).attr("y1", y(room)).attr("y2", y(room));
        });
}

/** What those who stay there need at the most, whether in houses, camps or tents. */
function showSheetNeeds(one) {
    const host = byId("sheet-needs");
    if (!data.needs) return host.replaceChildren();
    const stay = atPoint(one.stay, peakOf(one.stay)), tents = atPoint(one.in_tents, peakOf(one.in_tents));
    const rows = needRows().map(({k, words, factor, standard}) => {
        const of = people => amountSpread(people.map(value => value * data.needs.per_person[k] * factor));
        return [words, standard, of(stay), of(tents)];
    });
    host.replaceChildren(table(say("sheet.needs_in", {name: sheetName(one)}), [[say("needs.need")], [say("needs.standard"), "number"], [say("sheet.needs_stay"), "number"], [say("sheet.needs_tents"), "number"]], rows));
}

/** Arrivals by cause in the week chosen, or in all; those of several places are added up. */
function causesOf(one) {
    const week = byId("sheet-week").value, sums = new Map();
    const own = new Set(placesOf(one));
    for (const {place, causes} of sheets) {
        if (!own.has(place)) continue;
        for (const [cause, row] of Object.entries(causes)) sums.set(cause, (sums.get(cause) ?? 0) + row.at(week === "all" ? -1 : Number(week)));
    }
    return [...sums].filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
}

/** Shares in whole percent that add up to 100: the largest remainders are rounded up. */
function wholePercents(counts) {
    const all = d3.sum(counts), exact = counts.map(count => 100 * count / all), down = exact.map(Math.floor);
    const order = [...down.keys()].sort((a, b) => exact[b] - down[b] - exact[a] + down[a]).slice(0, 100 - d3.sum(down));
    return down.map((share, k) => share + (order.includes(k) ? 1 : 0));
}

/** Why those who came to a place had left the one before. */
function drawWhy(one) {
    const rows = causesOf(one), counts = rows.map(([, count]) => count), all = d3.sum(counts);
    fillIn("why-words", all > 0 ? say(isEnsemble ? "why.mean" : "why.all", {persons: persons(all)}) : say("why.nobody"));
    if (!(all > 0)) return byId("why").replaceChildren();
    const shares = wholePercents(counts);
    const bar = share => {
        const svg = d3.create("svg").attr("class", "share").attr("viewBox", "0 0 100 12").attr("aria-hidden", "true");
        svg.append("rect").attr("x", document.dir === "rtl" ? 100 - share : 0).attr("width", share).attr("height", 12).attr("fill", GREEN);
        return svg.node();
    };
    byId("why").replaceChildren(table(say("why.heading"), [[say("why.cause")], [say("why.share"), "number"], [say("why.persons"), "number"]], rows.map(([cause, count], k) =>
        [termOf("cause", cause), [shares[k] ? say("number.percent", {number: shares[k]}) : say("number.under_one_percent"), " ", bar(shares[k])], persons(count)])));
}

function startWhy() {
    const known = sheets.some(one => one.causes);
    byId("sheet-why").hidden = !known;
    if (!known) return;
    const ends = data.sheets.ends;
    const weeks = ends.map((end, p) => element("option", {value: String(p)}, say("number.range", {low: longDay(p ? addDays(dayOf(ends[p - 1]), 1) : firstDay), high: longDay(dayOf(end))})));
    fillIn("sheet-week", element("option", {value: "all"}, say("why.all_days")), ...weeks);
    byId("sheet-week").addEventListener("change", drawSheet);
}

const drawSheet = () => ofFile(drawSheetOfFile);

function drawSheetOfFile() {
    const one = sheets[Number(byId("sheet-of").value)];
    fillIn("sheet-words", sheetWords(one));
    fillIn("sheet");
    const days = Math.round(about.days[data.sheets.ends[1] ?? data.sheets.ends[0]] - (data.sheets.ends.length > 1 ? about.days[data.sheets.ends[0]] : -1));
    if (one.arrivals) sheetChart(one, one.arrivals, say("sheet.arrivals"), days === 7 ? say("sheet.each_week") : say("sheet.every_days", {count: days}), GREEN);
    const room = roomOf(one);
    const when = days === 7 ? say("sheet.end_of_week") : say("sheet.end_of_days", {count: days});
    sheetChart(one, one.stay, say("sheet.staying"), room ? say("sheet.dashed", {when}) : when, BLUE, room);
    sheetChart(one, one.in_tents, say("sheet.in_tents"), say("sheet.in_tents_note"), VERMILLION);
    if (!byId("sheet-why").hidden) drawWhy(one);
    showSheetNeeds(one);
    markCutTables();
}

function chooseSheet(i) {
    byId("sheet-of").value = String(sheets.findIndex(one => one.place === i));
    drawSheet();
}

function startSheets() {
    const options = test => sheets.map((one, k) => ({one, k})).filter(({one}) => test(one))
        .sort((a, b) => sheetName(a.one).localeCompare(sheetName(b.one), LANGUAGE)).map(({one, k}) => element("option", {value: String(k)}, sheetName(one)));
    const group = (label, test) => { const inside = options(test); return inside.length ? [element("optgroup", {label}, ...inside)] : []; };
    fillIn("sheet-of", ...options(one => one.camps), ...group(say("sheet.places"), one => one.place !== undefined), ...group(say("sheet.districts"), one => one.district));
    const most = sheets.map(one => one.place === undefined ? -1 : d3.max(one.stay[SHEET_MIDDLE]));
    byId("sheet-of").value = String(most.indexOf(d3.max(most)));
    byId("sheet-series").hidden = about.keeps_series;
    if (!about.keeps_series) fillIn("sheet-series", say("sheet.no_series"));
    byId("sheet-of").addEventListener("change", drawSheet);
    startWhy();
    makeSearchable("sheet-of", say("long.places_and_districts"));
    drawSheet();
}
