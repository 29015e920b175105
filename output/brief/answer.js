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
 * shape: {ids, frames, weekEnds, weekLength, days} of the file: places, records on the map, last records of weeks, days of records */
function gatherRuns(shape) {
    const members = [], {frames, weekEnds, weekLength, days} = shape, last = days.length - 1;
    const tens = persons => persons < 10 ? 0 : 10 * Math.round(persons / 10), whole = values => values.map(Math.round);
    let ids = null, at = null, needCount = 0;
    const sum = values => values.reduce((total, value) => total + value, 0), most = values => values.reduce((most, value) => Math.max(most, value), 0);
    const lastOf = series => series[series.length - 1];
    const everyPlace = visit => ids.map((_, i) => visit(i));
    const transposed = rows => [0, 1, 2, 3, 4].map(q => rows.map(five => five[q]));

    /** By when a share of runs has come to something: null if fewer do. The same as day_reached in sim/study. */
    function dayReached(values, share) {
        const reached = values.filter(day => !Number.isNaN(day)).sort((a, b) => a - b), needed = Math.max(1, Math.ceil(share * values.length - 1e-9));
        return needed <= reached.length ? Math.round(reached[needed - 1]) : null;
    }
    const chanceBy = (values, day) => Math.round(1000 * values.filter(value => value <= day).length / values.length) / 1000;
    const fiveDays = values => [0.05, 0.25, 0.5, 0.75, 0.95].map(share => dayReached(values, share));

    return {
        /** Places come in the order of the page: those of the file, then what a change adds. isWhole: for a page, not for outcomes alone */
        add(made, isWhole = true) {
            ids = [...shape.ids, ...made.places.filter(id => !shape.ids.includes(id))];
            at = ids.map(id => made.places.indexOf(id));
            const count = made.places.length;
            const onMap = series => frames.map(t => Float32Array.from(at, i => i < 0 ? 0 : series[t * count + i]));
            needCount = made.needs[0].length / 3;
            made.atRisk.forEach((atRisk, m) => members.push({
                atRisk, needs: made.needs[m], totals: Object.fromEntries(Object.entries(made.totals).map(([name, rows]) => [name, rows[m]])),
                arrivals: at.map(i => i < 0 ? 0 : made.arrivals[m][i]), ...(isWhole && {full: at.map(i => [0, 1, 2].map(level => i < 0 ? NaN : made.full[m][level * count + i])),
                displaced: onMap(made.byPlace.displaced[m]), without: onMap(made.byPlace.without_shelter[m]),
                weekly: weekEnds.map((end, w) => at.map(i => { let persons = 0; for (let t = w ? weekEnds[w - 1] + 1 : 0; t <= end; ++t) persons += i < 0 ? 0 : made.byPlace.arrivals[m][t * count + i]; return persons; }))}),
            }));
        },
        count: () => members.length,
        /** What is told of pairs of runs, of the first of them: outcomes of each, and arrivals by place. */
        outcomes(count = members.length) {
            const first = members.slice(0, count), byName = valueOf => Object.fromEntries(Object.keys(first[0].totals).map(name => [name, first.map(one => valueOf(one.totals[name]))]));
            return {ids, curve: first[0].totals, atRisk: first.map(one => one.atRisk), arrivals: first.map(one => one.arrivals), last: byName(lastOf), most: byName(most)};
        },
        page(expected) {
            const names = Object.keys(members[0].totals), short = name => name.replace(/^total_/, "");
            const bands = (length, valueOf, rounded) => transposed(Array.from({length}, (_, k) => rounded(fiveOf(members.map(one => valueOf(one, k))))));
            const pieces = name => bands(weekEnds.length, (one, w) => one.totals[name][weekEnds[w]] - (w ? one.totals[name][weekEnds[w - 1]] : 0), whole);
            const means = field => frames.map((_, f) => everyPlace(i => { let persons = 0; for (const one of members) persons += one[field][f][i]; return tens(persons / members.length); }));
            const sample = new Float64Array(members.length), middle = (members.length - 1) / 2;
            /** The most that the middle of the runs comes to on any day of the map. */
            const medians = field => everyPlace(i => {
                let highest = 0;
                for (let f = 0; f < frames.length; ++f) {
                    let above = 0;  // members beyond the most so far: the middle is not, unless half of them are
                    for (let m = 0; m < members.length; ++m) above += (sample[m] = members[m][field][f][i]) > highest;
                    if (above < members.length / 2) continue;
                    sample.sort();
                    highest = Math.max(highest, (sample[Math.floor(middle)] + sample[Math.ceil(middle)]) / 2);
                }
                return tens(highest);
            });
            const mean = everyPlace(i => sum(members.map(one => one.arrivals[i])) / members.length);
            const largest = everyPlace(i => i).filter(i => mean[i] >= 10).sort((a, b) => mean[b] - mean[a]).slice(0, 8);
            const fullBy = (level, i) => members.map(one => one.full[i][level]);
            const needs = Array.from({length: needCount}, (_, k) => k), shortOn = k => members.map(one => one.needs[3 * k + 2]);
            const weeks = []; for (let t = 0; t <= last; t += weekLength) weeks.push(t);
            const placed = values => at.map(i => i < 0 ? null : values[i]);
            return {
                ids,
                totals: Object.fromEntries(names.map(name => [short(name), bands(days.length, (one, t) => one.totals[name][t], whole)])),
                peaks: Object.fromEntries(names.map(name => [short(name), whole(fiveOf(members.map(one => most(one.totals[name]))))])),
                pieces: Object.fromEntries(["total_people_displaced", "total_moved_on", "total_returned"].filter(name => names.includes(name)).map(name => [short(name), pieces(name)])),
                motion: {displaced: means("displaced"), without_shelter: means("without"),
                    strikes: frames.map(t => at.map(i => i < 0 ? 0 : Math.round(expected.exposure[t * expected.places.length + i])))},
                arrivals: {week_ends: weekEnds, all: bands(weekEnds.length, (one, w) => sum(one.weekly[w]), whole),
                    places: largest.map(i => ({place: i, in_all: fiveOf(members.map(one => one.arrivals[i])).map(tens), persons: bands(weekEnds.length, (one, w) => one.weekly[w][i], five => five.map(tens))}))},
                stays: {end: transposed(everyPlace(i => fiveOf(members.map(one => one.displaced[frames.length - 1][i])).map(tens))), most: medians("displaced"), most_without_shelter: medians("without")},
                full: {day: transposed([0, 1, 2].map(level => transposed(everyPlace(i => fiveDays(fullBy(level, i)))))),
                    chance: [0, 1, 2].map(level => everyPlace(i => chanceBy(fullBy(level, i), days[last]))), by_week: weeks.map(t => everyPlace(i => chanceBy(fullBy(1, i), days[t])))},
                needs: {end: needs.map(k => fiveOf(members.map(one => one.needs[3 * k + 1]))), most: needs.map(k => fiveOf(members.map(one => one.needs[3 * k]))),
                    short: transposed(needs.map(k => fiveDays(shortOn(k)))), chance_short: needs.map(k => shortOn(k).filter(day => day <= days[last]).length / members.length)},
                places: {about: placed(expected.about), capacity: placed(Array.from(expected.capacity, room => room >= 1e300 || !Number.isFinite(room) ? null : Math.round(room))),
                    fallen: placed(Array.from(expected.fallen, t => t < 0 ? null : t))},
            };
        },
    };
}

/** What runs in the worker. A question is {number, whatIf, members}; what-ifs are answered first by expected values, then by members in
 * blocks, beside the same members of the scenario as it was run: after some of them, and when all are there. A later question ends an
 * earlier one. */
function serveQuestions() {
    const together = 8, told = [24, 56, 104], asRun = {expected: null, members: null};
    let engine = null, shape = null, asked = null, isBusy = false;
    const pause = () => new Promise(done => { const {port1, port2} = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });
    const gathered = made => { const runs = gatherRuns(shape); runs.add(made); return runs; };

    async function answer({number, whatIf, members: count}) {
        const since = performance.now(), notes = engine.lay(whatIf), isChanged = whatIf !== "";
        const expected = engine.run(isChanged, true, 0, 1), one = gathered(expected);
        postMessage({number, notes, done: 0, of: count, page: one.page(expected), runs: one.outcomes(), today: asRun.expected, milliseconds: performance.now() - since});
        if (!isChanged) return;
        const changed = gatherRuns(shape);
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
                asRun.members.add(engine.run(false, false, first, size), false);
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
            } catch (fault) {
                return postMessage({isReady: false, wrong: String(fault.message ?? fault)});
            }
        } else {
            asked = data;
        }
        if (engine && asked && !isBusy) work();
    };
}
