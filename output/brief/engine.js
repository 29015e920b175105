// The engine in the page: nuzuh as WebAssembly in a worker (app/page_engine). The page and the tests under node start it alike.

/** Starts the engine. It knows no files, no clock and no address: whatever it would ask of a system is answered with "there is none".
 *
 * bytes: of the module */
async function startEngine(bytes) {
    const module = await WebAssembly.compile(bytes), imports = {};
    const notThere = 52;  // ENOSYS of WASI
    for (const {module: from, name} of WebAssembly.Module.imports(module)) {
        (imports[from] ??= {})[name] = name === "emscripten_notify_memory_growth" ? () => {}
            : name === "environ_sizes_get" ? (count, size) => { new Uint32Array(engine.memory.buffer)[count >> 2] = new Uint32Array(engine.memory.buffer)[size >> 2] = 0; return 0; }
            : name === "environ_get" ? () => 0
            : name === "proc_exit" ? code => { throw new Error(`the engine stopped with code ${code}`); }
            : () => from === "env" ? -notThere : notThere;
    }
    const engine = (await WebAssembly.instantiate(module, imports)).exports;
    engine._initialize();

    const textAt = start => {
        const memory = new Uint8Array(engine.memory.buffer);
        return new TextDecoder().decode(memory.subarray(start, memory.indexOf(0, start)));
    };
    const hand = text => {
        const bytes = new TextEncoder().encode(text), room = engine.nuzuh_room(bytes.length);
        new Uint8Array(engine.memory.buffer).set(bytes, room);
    };
    const said = () => textAt(engine.nuzuh_said());
    const must = done => { if (!done) throw new Error(said()); };
    const names = what => textAt(engine.nuzuh_names(what)).split("\n").filter(Boolean);
    const totalNames = names(1), placeFields = names(2);
    const floats = (start, count) => new Float32Array(engine.memory.buffer, start, count).slice();

    return {
        /** Takes the scenario of a results file. */
        open(scenario) { hand(scenario); must(engine.nuzuh_open()); },
        /** Lays a what-if over it; gives what is doubtful about it. */
        lay(whatIf) { hand(whatIf); must(engine.nuzuh_lay()); return said(); },
        /** Expected values, or some members: totals by name, [member][record]; arrivals and days until full, [member][place]. */
        run(isExpected, first, count) {
            must(engine.nuzuh_run(isExpected ? 1 : 0, first, count));
            const places = names(0), records = engine.nuzuh_records(), width = totalNames.length;
            const all = floats(engine.nuzuh_totals(), count * width * records), totals = {};
            totalNames.forEach((name, f) => {
                totals[name] = Array.from({length: count}, (_, m) => all.subarray((m * width + f) * records, (m * width + f + 1) * records));
            });
            const byMember = start => { const values = floats(start, count * places.length); return Array.from({length: count}, (_, m) => values.subarray(m * places.length, (m + 1) * places.length)); };
            const made = {places, records, totals, arrivals: byMember(engine.nuzuh_arrivals()), full: byMember(engine.nuzuh_full()),
                atRisk: Array.from(new Float64Array(engine.memory.buffer, engine.nuzuh_at_risk(), count))};
            if (isExpected) {
                const size = records * places.length, values = floats(engine.nuzuh_by_place(), placeFields.length * size);
                made.byPlace = Object.fromEntries(placeFields.map((name, f) => [name, values.subarray(f * size, (f + 1) * size)]));
            }
            return made;
        },
    };
}

/** The engine as it was put into the page: base64 of a module that is compressed by gzip. */
async function unpackEngine(text) {
    const packed = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** What runs in the worker. A question is {number, whatIf, members}; what-ifs are answered first by expected values, then by members in
 * blocks, beside the same members of the scenario as it stands. A later question ends an earlier one. */
function serveQuestions() {
    const together = 8, today = {whatIf: "", members: null};
    let engine = null, asked = null, isBusy = false;
    const pause = () => new Promise(done => { const {port1, port2} = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });

    function joined(parts) {
        const all = {...parts[0], totals: {}, arrivals: parts.flatMap(part => part.arrivals), full: parts.flatMap(part => part.full), atRisk: parts.flatMap(part => part.atRisk)};
        for (const name of Object.keys(parts[0].totals)) all.totals[name] = parts.flatMap(part => part.totals[name]);
        return all;
    }

    /** Members of what is laid over now; nothing if another question came in between. */
    async function members(count, number) {
        const parts = [];
        for (let first = 0; first < count; first += together) {
            await pause();
            if (asked.number !== number) return null;
            parts.push(engine.run(false, first, Math.min(together, count - first)));
        }
        return joined(parts);
    }

    async function answer({number, whatIf, members: count}) {
        const since = performance.now(), notes = engine.lay(whatIf);
        const expected = engine.run(true, 0, 1);
        postMessage({number, notes, expected, milliseconds: performance.now() - since});
        if (!count) return;
        const changed = await members(count, number);
        if (!changed) return;
        const milliseconds = performance.now() - since;
        if (today.members?.atRisk.length !== count) {
            engine.lay("");
            today.members = whatIf === "" ? changed : await members(count, number);
            if (!today.members) return;
        }
        postMessage({number, band: changed, today: today.members, milliseconds});
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
                engine.open(data.scenario);
                postMessage({isReady: true});
            } catch (fault) {
                return postMessage({isReady: false, wrong: String(fault.message ?? fault)});
            }
        } else {
            asked = data;
        }
        if (engine && asked && !isBusy) work();
    };
}
