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
    const totalNames = names(1);
    const floats = (start, count) => new Float32Array(engine.memory.buffer, start, count).slice();
    /** Rows of a table: one a member. */
    const rows = (start, count, width) => { const values = floats(start, count * width); return Array.from({length: count}, (_, m) => values.subarray(m * width, (m + 1) * width)); };

    return {
        /** Takes the scenario of a results file. */
        open(scenario) { hand(scenario); must(engine.nuzuh_open()); },
        /** Lays a what-if over it, or "": the scenario as it was run, which is kept beside. Gives what is doubtful about it. */
        lay(whatIf) { hand(whatIf); must(engine.nuzuh_lay()); return said(); },
        /** Runs what was laid last, or the scenario as it was run: expected values, or some members.
         *
         * totals, byPlace: by name, [member][record] and [member][record * places + place]; arrivals [member][place]; full
         * [member][level * places + place]; needs [member][3 * need + (at the most, at the end, first day short)] */
        run(isChanged, isExpected, first, count) {
            must(engine.nuzuh_run(isChanged ? 1 : 0, isExpected ? 1 : 0, first, count));
            const notes = said(), places = names(0), fields = names(2), records = engine.nuzuh_records(), size = records * places.length;
            const byName = (keys, start, width) => {
                const all = rows(start, count, keys.length * width);
                return Object.fromEntries(keys.map((name, f) => [name, all.map(row => row.subarray(f * width, (f + 1) * width))]));
            };
            const made = {notes, places, records, totals: byName(totalNames, engine.nuzuh_totals(), records), byPlace: byName(fields, engine.nuzuh_by_place(), size),
                full: rows(engine.nuzuh_full(), count, engine.nuzuh_levels() * places.length), needs: rows(engine.nuzuh_needs(), count, 3 * engine.nuzuh_needs_counted()),
                atRisk: Array.from(new Float64Array(engine.memory.buffer, engine.nuzuh_at_risk(), count))};
            made.arrivals = made.byPlace.arrivals.map(series => {
                const sum = new Float64Array(places.length);
                series.forEach((value, k) => { sum[k % places.length] += value; });
                return sum;
            });
            if (isExpected) {
                made.exposure = floats(engine.nuzuh_exposure(), size);
                made.capacity = floats(engine.nuzuh_capacity(), places.length);
                made.about = textAt(engine.nuzuh_names(3)).split("\n").slice(0, places.length).map(line => line.split("\t"));
                made.fallen = new Int32Array(engine.memory.buffer, engine.nuzuh_fallen(), places.length).slice();
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
