// Runs the engine of the page under node: engine.mjs SOURCE_DIR, questions as JSON on stdin: {scenario, whatIf, members}. Prints what
// it gives as JSON: expected values, or members.
import { readFileSync } from "node:fs";

const source = process.argv[2];
const script = readFileSync(`${source}/output/brief/engine.js`, "utf8");
const {startEngine, unpackEngine} = new Function(`${script}\nreturn {startEngine, unpackEngine};`)();
const engine = await startEngine(await unpackEngine(readFileSync(`${source}/output/brief/engine.base64`, "utf8")));

const plain = (_, value) => value instanceof Float32Array || value instanceof Float64Array || value instanceof Int32Array ? Array.from(value, one => Number.isFinite(one) ? one : null) : value;
const answers = [];
for (const {scenario, whatIf, members} of JSON.parse(readFileSync(0, "utf8"))) {
    try {
        engine.open(scenario);
        engine.lay("");
        const notes = engine.lay(whatIf), isChanged = whatIf !== "", since = performance.now();
        const made = members ? engine.run(isChanged, false, 0, members) : engine.run(isChanged, true, 0, 1);
        answers.push({...made, notes: notes + made.notes, milliseconds: performance.now() - since});
    } catch (fault) {
        answers.push({wrong: String(fault.message ?? fault)});
    }
}
console.log(JSON.stringify(answers, plain));
