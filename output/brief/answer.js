// What levers answer with: runs of the engine in the form of the file's data (data.cpp, motion.cpp, sums.cpp), so that the page draws
// both alike; made in the worker.

/** The quantiles of a page, by linear interpolation. */
function fiveOf(values) {
    const sorted = new Float64Array(values).sort();
    return [0.05, 0.25, 0.5, 0.75, 0.95].map(q => {
        const at = q * (sorted.length - 1), below = Math.floor(at);
        return sorted[below] + (at - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
    });
}

/** Gathers runs and gives the page's data of them.
 *
 * shape: {ids, frames, weekEnds, weekLength, days} of the file: places, records on the map, last records of weeks, days of records
 * most: how many runs there may be; what the page shows of them lies beside one another, [..., run] */
function gatherRuns(shape, most = 1) {
    const members = [], {frames, weekEnds, weekLength, days} = shape, last = days.length - 1;
    const tens = persons => persons < 10 ? 0 : 10 * Math.round(persons / 10), whole = values => values.map(Math.round);
    let ids = null, at = null, needCount = 0, curve = null, totals = null, full = null, weekly = null, onMap = null;
    const sum = values => values.reduce((total, value) => total + value, 0), highest = values => values.reduce((top, value) => Math.max(top, value), 0);
    const lastOf = series => series[series.length - 1];
    const everyPlace = visit => ids.map((_, i) => visit(i));
    const transposed = rows => [0, 1, 2, 3, 4].map(q => rows.map(five => five[q]));
    const named = valueOf => Object.fromEntries(Object.keys(curve).map(name => [name, valueOf(name)]));
    /** The runs' values at one place of a table [..., run]. */
    const runsAt = (table, k) => table.subarray(k * most, k * most + members.length);

    /** The days on which a share of runs has come to something: null if fewer do. The same as day_reached in sim/study. */
    function fiveDays(values) {
        const sorted = Float64Array.from(values).sort(), never = sorted.findIndex(Number.isNaN), reached = never < 0 ? sorted.length : never;  // NaN stands last
        return [0.05, 0.25, 0.5, 0.75, 0.95].map(share => {
            const needed = Math.max(1, Math.ceil(share * values.length - 1e-9));
            return needed <= reached ? Math.round(sorted[needed - 1]) : null;
        });
    }
    function shareBy(values, day) {
        let count = 0;
        for (const value of values) count += value <= day;
        return count / values.length;
    }
    const chanceBy = (values, day) => Math.round(1000 * shareBy(values, day)) / 1000;

    function makeRoom(made) {
        const table = size => new Float32Array(size * most);
        full = table(3 * ids.length).fill(NaN);
        totals = Object.fromEntries(Object.keys(made.totals).map(name => [name, table(days.length)]));
        weekly = new Float64Array(weekEnds.length * ids.length * most);
        onMap = Object.fromEntries(["displaced", "without_shelter"].map(field => [field, {runs: table(frames.length * ids.length), sums: new Float64Array(frames.length * ids.length)}]));
    }

    /** What the page shows of some runs beside their outcomes. */
    function addWhole(made, first, count) {
        const width = made.places.length, size = made.atRisk.length;
        if (!totals) makeRoom(made);
        for (const name in totals) {
            for (let t = 0; t < days.length; ++t) for (let m = 0; m < size; ++m) totals[name][t * most + first + m] = made.totals[name][m][t];
        }
        for (const field in onMap) {
            const {runs, sums} = onMap[field];
            for (let f = 0, k = 0; f < frames.length; ++f) {
                for (let i = 0; i < count; ++i, ++k) {
                    for (let m = 0; m < size && at[i] >= 0; ++m) sums[k] += runs[k * most + first + m] = made.byPlace[field][m][frames[f] * width + at[i]];
                }
            }
        }
        for (let i = 0; i < count; ++i) {
            for (let m = 0; m < size && at[i] >= 0; ++m) {
                for (let level = 0; level < 3; ++level) full[(level * count + i) * most + first + m] = made.full[m][level * width + at[i]];
                for (let w = 0, t = 0; w < weekEnds.length; ++w) {
                    let persons = 0;
                    for (; t <= weekEnds[w]; ++t) persons += made.byPlace.arrivals[m][t * width + at[i]];
                    weekly[(w * count + i) * most + first + m] = persons;
                }
            }
        }
    }

    return {
        /** Places come in the order of the page: those of the file, then what a change adds. isWhole: for a page, not for outcomes alone */
        add(made, isWhole = true) {
            ids ??= [...shape.ids, ...made.places.filter(id => !shape.ids.includes(id))];
            at ??= ids.map(id => made.places.indexOf(id));
            curve ??= Object.fromEntries(Object.entries(made.totals).map(([name, rows]) => [name, rows[0]]));
            needCount = made.needs[0].length / 3;
            if (isWhole) addWhole(made, members.length, ids.length);
            made.atRisk.forEach((atRisk, m) => members.push({atRisk, needs: made.needs[m], arrivals: at.map(i => i < 0 ? 0 : made.arrivals[m][i]),
                last: named(name => lastOf(made.totals[name][m])), most: named(name => highest(made.totals[name][m]))}));
        },
        count: () => members.length,
        /** What is told of pairs of runs, of the first of them: outcomes of each, and arrivals by place. */
        outcomes(count = members.length) {
            const first = members.slice(0, count), byName = kind => named(name => first.map(one => one[kind][name]));
            return {ids, curve, atRisk: first.map(one => one.atRisk), arrivals: first.map(one => one.arrivals), last: byName("last"), most: byName("most")};
        },
        page(expected) {
            const short = name => name.replace(/^total_/, ""), count = members.length, places = ids.length;
            const bands = (length, valuesAt, rounded) => transposed(Array.from({length}, (_, k) => rounded(fiveOf(valuesAt(k)))));
            const sinceLast = (name, w) => Float64Array.from(runsAt(totals[name], weekEnds[w]), (value, m) => value - (w ? runsAt(totals[name], weekEnds[w - 1])[m] : 0));
            const pieces = name => bands(weekEnds.length, w => sinceLast(name, w), whole);
            const means = field => frames.map((_, f) => everyPlace(i => tens(onMap[field].sums[f * places + i] / count)));
            const middle = (count - 1) / 2;
            /** The most that the middle of the runs comes to on any day of the map. */
            const medians = field => everyPlace(i => {
                let top = 0;
                for (let f = 0; f < frames.length; ++f) {
                    const values = runsAt(onMap[field].runs, f * places + i);
                    let above = 0;  // members beyond the most so far: the middle is not, unless half of them are
                    for (let m = 0; m < count; ++m) above += values[m] > top;
                    if (above < count / 2) continue;
                    const sorted = values.slice().sort();
                    top = Math.max(top, (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2);
                }
                return tens(top);
            });
            const mean = everyPlace(i => sum(members.map(one => one.arrivals[i])) / count);
            const largest = everyPlace(i => i).filter(i => mean[i] >= 10).sort((a, b) => mean[b] - mean[a]).slice(0, 8);
            const fullBy = (level, i) => runsAt(full, level * places + i), arrivalsAt = (w, i) => runsAt(weekly, w * places + i);
            const arrivalsIn = w => members.map((_, m) => sum(everyPlace(i => arrivalsAt(w, i)[m])));
            const needs = Array.from({length: needCount}, (_, k) => k), shortOn = k => members.map(one => one.needs[3 * k + 2]);
            const weeks = []; for (let t = 0; t <= last; t += weekLength) weeks.push(t);
            const placed = values => at.map(i => i < 0 ? null : values[i]);
            return {
                ids,
                totals: Object.fromEntries(Object.keys(totals).map(name => [short(name), bands(days.length, t => runsAt(totals[name], t), whole)])),
                peaks: Object.fromEntries(Object.keys(totals).map(name => [short(name), whole(fiveOf(members.map(one => one.most[name])))])),
                pieces: Object.fromEntries(["total_people_displaced", "total_moved_on", "total_returned"].filter(name => name in totals).map(name => [short(name), pieces(name)])),
                motion: {displaced: means("displaced"), without_shelter: means("without_shelter"),
                    strikes: frames.map(t => at.map(i => i < 0 ? 0 : Math.round(expected.exposure[t * expected.places.length + i])))},
                arrivals: {week_ends: weekEnds, all: bands(weekEnds.length, arrivalsIn, whole),
                    places: largest.map(i => ({place: i, in_all: fiveOf(members.map(one => one.arrivals[i])).map(tens), persons: bands(weekEnds.length, w => arrivalsAt(w, i), five => five.map(tens))}))},
                stays: {end: transposed(everyPlace(i => fiveOf(runsAt(onMap.displaced.runs, (frames.length - 1) * places + i)).map(tens))), most: medians("displaced"), most_without_shelter: medians("without_shelter")},
                full: {day: transposed([0, 1, 2].map(level => transposed(everyPlace(i => fiveDays(fullBy(level, i)))))),
                    chance: [0, 1, 2].map(level => everyPlace(i => chanceBy(fullBy(level, i), days[last]))), by_week: weeks.map(t => everyPlace(i => chanceBy(fullBy(1, i), days[t])))},
                needs: {end: needs.map(k => fiveOf(members.map(one => one.needs[3 * k + 1]))), most: needs.map(k => fiveOf(members.map(one => one.needs[3 * k]))),
                    short: transposed(needs.map(k => fiveDays(shortOn(k)))), chance_short: needs.map(k => shareBy(shortOn(k), days[last]))},
                places: {about: placed(expected.about), capacity: placed(Array.from(expected.capacity, room => room >= 1e300 || !Number.isFinite(room) ? null : Math.round(room))),
                    fallen: placed(Array.from(expected.fallen, t => t < 0 ? null : t))},
            };
        },
    };
}

/** What runs in the worker. A question is {number, whatIf, members}; what-ifs are answered first by expected values, then by members in
 * blocks, beside the same members of the scenario as it was run: after some of them, and when all are there. A later question ends an
 * earlier one. While nothing is asked, members of the scenario as it was run are run ahead. */
function serveQuestions() {
    const together = 4, told = [24, 56, 104], asRun = {expected: null, members: null};
    let engine = null, shape = null, asked = null, isBusy = false;
    const pause = () => new Promise(done => { const {port1, port2} = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });
    const gathered = made => { const runs = gatherRuns(shape); runs.add(made); return runs; };

    /** Runs the next members of the scenario as it was run. */
    function runAsRun(size) {
        asRun.members.add(engine.run(false, false, asRun.members.count(), size), false);
    }
    async function runAhead(most) {
        while (!asked && asRun.members.count() < most) {
            runAsRun(Math.min(together, most - asRun.members.count()));
            await pause();
        }
    }

    async function answer({number, whatIf, members: count}) {
        const since = performance.now(), notes = engine.lay(whatIf), isChanged = whatIf !== "";
        const expected = engine.run(isChanged, true, 0, 1), one = gathered(expected);
        postMessage({number, notes, done: 0, of: count, page: one.page(expected), runs: one.outcomes(), today: asRun.expected, milliseconds: performance.now() - since});
        if (!isChanged) return;
        const changed = gatherRuns(shape, count);
        let membersNotes = "";
        for (let first = 0; first < count; first += together) {
            const size = Math.min(together, count - first);
            await pause();
            if (asked.number !== number) return;
            const made = engine.run(true, false, first, size);
            membersNotes ||= made.notes;
            changed.add(made);
            const done = changed.count();
            if (asRun.members.count() < done) {
                await pause();
                if (asked.number !== number) return;
                runAsRun(done - asRun.members.count());
            }
            if (done === count || told.includes(done))
                postMessage({number, notes: [notes, membersNotes].filter(Boolean).join("\n"), done, of: count, page: changed.page(expected), runs: changed.outcomes(), today: asRun.members.outcomes(done), milliseconds: performance.now() - since});
        }
    }

    async function work() {
        isBusy = true;
        for (let last = null; asked && asked.number !== last;) {
            last = asked.number;
            const question = asked;
            try {
                await answer(question);
            } catch (fault) {
                postMessage({number: question.number, wrong: String(fault.message ?? fault)});
            }
        }
        isBusy = false;
    }

    onmessage = async ({data}) => {
        if (data.packed) {
            try {
                engine = await startEngine(await unpackEngine(data.packed));
                shape = data.shape;
                asRun.members = gatherRuns(shape);
                engine.open(data.scenario);
                engine.lay("");
                asRun.expected = gathered(engine.run(false, true, 0, 1)).outcomes();
                postMessage({isReady: true, today: asRun.expected});
                runAhead(data.members).catch(() => {});  // what is wrong is said when it is asked
            } catch (fault) {
                return postMessage({isReady: false, wrong: String(fault.message ?? fault)});
            }
        } else {
            asked = data;
        }
        if (engine && asked && !isBusy) work();
    };
}
