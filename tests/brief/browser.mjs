// Opens a brief in headless Chromium and prints what it finds as JSON: browser.mjs WHAT PAGE MODULES [ARGUMENT]
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , what, file, modules, argument] = process.argv;
const require = createRequire(pathToFileURL(modules + "/"));
const { chromium } = require("playwright-core");

const DESK = {width: 1280, height: 900}, PHONE = {width: 390, height: 844};

/** Everything that the page says to the console, and every address that it asks for beside its own. */
async function opened(browser, {viewport = DESK, ...options} = {}) {
    const page = await browser.newPage({viewport, ...options});
    page.heard = [];
    page.asked = [];
    page.on("console", message => page.heard.push(message.text()));
    page.on("pageerror", error => page.heard.push(String(error)));
    page.on("request", request => page.asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    page.asked.shift();
    return page;
}

const texts = (page, selector, key) => page.$$eval(selector, (found, name) =>
    Object.fromEntries(found.map(one => [one.getAttribute(name), one.textContent.trim()])), key);

/** What the map shows: the day, who stays in all by its title, and the size of every circle. */
async function mapNow(page) {
    return {
        day: await page.textContent("#day"),
        value: Number(await page.inputValue("#slider")),
        title: await page.textContent("#map-title"),
        at: await page.$$eval("#map .stay circle", found => found.map(one => [Number(one.getAttribute("cx")), Number(one.getAttribute("cy"))])),
        scale: parseInt(await page.textContent("#map .scale-bar text")),
        radii: await page.$$eval("#map .stay circle", found => found.map(one => Number(one.getAttribute("r")))),
        totals: await texts(page, "#day-figures dd", "data-total"),
    };
}

/** Everything that a change redraws, in texts and sizes. */
const wholePage = page => page.evaluate(() => {
    const by = (selector, key) => Object.fromEntries([...document.querySelectorAll(selector)].map(one => [one.dataset[key], one.textContent.trim()]));
    const rows = selector => [...document.querySelectorAll(selector)].filter(row => row.closest("[hidden]") === null).map(row => [...row.children].map(cell => cell.textContent.trim()));
    const text = id => document.getElementById(id)?.textContent ?? "";
    return {
        kind: text("kind"), headline: text("headline"), which: text("which-words"), keyFigures: by("#key-figures dd[data-key]", "key"), arrivals: by("[data-arrivals]", "arrivals"),
        sites: Object.fromEntries([...document.querySelectorAll("#sites tbody tr")].map(row => [row.dataset.place, [...row.children].slice(1).map(cell => cell.textContent.trim())])),
        needs: rows("#needs tbody tr"), charts: ["totals", "weekly", "shelter", "tents", "pieces"].map(id => document.querySelector(`#${id} svg`)?.getAttribute("aria-label") ?? ""),
        radii: [...document.querySelectorAll("#map .stay circle, #map .bare circle")].map(one => Math.round(100 * Number(one.getAttribute("r"))) / 100), title: text("map-title"), day: text("day"), dayFigures: by("#day-figures dd", "total"),
        largest: [...document.querySelectorAll("#largest li")].map(one => one.textContent),
    };
});

/** Sets controls as a reader would, one after the other. */
async function move(page, controls) {
    for (const [id, value] of controls)
        await page.$eval(`#${id}`, (control, to) => {
            control.value = to;
            if (control.value !== String(to)) throw new Error(`${control.id} does not take ${to}`);
            control.dispatchEvent(new Event(control.tagName === "SELECT" ? "change" : "input"));
        }, value);
}

/** Until the last question is answered: by expected values, a band, or what is wrong. */
const answered = (page, kind, before) => page.waitForFunction(([kind, before]) => {
    const {asked, answered, shows} = document.getElementById("changed").dataset;
    return asked && asked !== before && asked === answered && (kind === "expected" || shows === kind || shows === "wrong");
}, [kind, before], {timeout: 120000});
const lastAsked = page => page.$eval("#changed", host => host.dataset.asked);

async function saved(page, button) {
    const download = page.waitForEvent("download");
    await page.click(button);
    return readFileSync(await (await download).path(), "utf8");
}

/** The worker is asked for no members: expected values stay. */
const withoutMembers = () => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message) { post.call(this, "members" in message ? {...message, members: 0} : message); };
};

const tasks = {
    async wholePage(browser) {
        const page = await opened(browser);
        await page.focus("#slider");
        await page.keyboard.press("End");
        return {...await wholePage(page), heard: page.heard};
    },
    /** The page before levers are moved, after, with the button pressed once and twice, and after the reset. */
    async changedPage(browser) {
        const page = await browser.newPage({viewport: DESK});
        page.heard = [];
        page.on("console", message => page.heard.push(message.text()));
        page.on("pageerror", error => page.heard.push(String(error)));
        await page.addInitScript(withoutMembers);
        await page.goto(pathToFileURL(file).href);
        await page.focus("#slider");
        await page.keyboard.press("End");
        const stays = () => page.$$eval(".as-run-note", all => all.filter(one => one.offsetHeight).map(one => one.textContent));
        const seen = {before: await wholePage(page), staysBefore: await stays()};
        let before = await lastAsked(page);
        await move(page, JSON.parse(argument));
        await answered(page, "expected", before);
        const shown = async () => ({...await wholePage(page), which: ""});
        Object.assign(seen, {changed: await shown(), stays: await stays(), file: await saved(page, "#save"), scenario: await saved(page, "#save-scenario")});
        await page.click("#which-button");
        seen.back = await shown();
        await page.click("#which-button");
        seen.again = await shown();
        before = await lastAsked(page);
        await page.click("#reset");
        await answered(page, "expected", before);
        seen.reset = await shown();
        return {...seen, heard: page.heard};
    },
    /** Levers moved, and one after the other set back by its own button. */
    async leversReset(browser) {
        const page = await opened(browser), {moves, first, then} = JSON.parse(argument);
        const enabled = () => page.$$eval(".lever-reset", all => all.filter(one => !one.disabled).map(one => one.id));
        const idle = {disabled: (await enabled()).length === 0, others: await page.locator(".lever").count() === await page.locator(".lever-reset").count()};
        const untouched = await saved(page, "#save");
        await move(page, moves);
        const moved = await enabled();
        await page.focus(`#reset-${first}`);
        await page.keyboard.press("Enter");
        const afterFirst = await saved(page, "#save"), ownName = await page.textContent("#lever-camps .own-name");
        const before = await lastAsked(page);
        await page.focus(`#reset-${then}`);
        await page.keyboard.press("Enter");
        await answered(page, "expected", before);
        return {idle, untouched, moved, afterFirst, ownName, afterThen: await saved(page, "#save"), words: await page.textContent("#changed-words"), heard: page.heard};
    },
    /** Milliseconds until expected values, the first members and a band are there, of the second move: the first also runs the scenario as it was run. */
    async leverSpeed(browser) {
        const page = await opened(browser);
        for (const value of [50, 80]) {
            const before = await lastAsked(page);
            await move(page, [["strikes-factor", value]]);
            await answered(page, "band", before);
        }
        return page.$eval("#changed", ({dataset}) => ({expected: Number(dataset.expectedIn), first_24: Number(dataset.partIn24), band: Number(dataset.bandIn)}));
    },
    /** Texts with numbers, and what was heard and asked on the way. */
    async numbers(browser) {
        const page = await opened(browser);
        return {
            heard: page.heard, asked: page.asked,
            kind: await page.textContent("#kind"),
            headline: await page.textContent("#headline"),
            keyFigures: await texts(page, "#key-figures dd[data-key]", "data-key"),
            arrivals: await texts(page, "[data-arrivals]", "data-arrivals"),
            sites: await page.$$eval("#sites tbody tr", rows => Object.fromEntries(rows.map(row =>
                [row.dataset.place, [...row.children].map(cell => cell.textContent.trim())]))),
            changes: await texts(page, "tr[data-change]", "data-change"),
            planning: await page.$$eval("tr[data-planning]", rows => rows.map(row => [...row.children].map(cell => cell.textContent.trim()))),
            cases: await page.$$eval("tr[data-case]", rows => Object.fromEntries(rows.map(row => [row.dataset.case, [...row.children].map(cell => cell.textContent.trim())]))),
            pieces: await page.locator("#pieces svg").count() ? await page.getAttribute("#pieces svg", "aria-label") : "",
            danger: await page.locator("#danger-words").count() ? await page.textContent("#danger-words") : "",
            comparison: await page.locator("#comparison-words").count() ? await page.textContent("#comparison-words") : "",
            diverted: await texts(page, "tr[data-diverted]", "data-diverted"),
            notes: await page.locator("#comparison-notes").count() ? await page.textContent("#comparison-notes") : "",
            sections: await page.$$eval("main section", found => found.map(one => one.id)),
            arabic: await page.$$eval(".arabic", found => found.map(one => [one.lang, one.dir, getComputedStyle(one).direction])),
            bands: await page.locator("#totals path[fill-opacity]").count(),
            weekly: await page.locator("#weekly svg:visible").count(), panels: await page.locator("#panels svg").count(),
            series: await page.locator("#series-words:visible").count() ? await page.textContent("#series-words") : "",
            somePlaces: await page.locator("#some-places").count() ? await page.textContent("#some-places") : "",
            map: await mapNow(page),
        };
    },
    /** The map by keyboard alone: Tab to play and slider, then Home, an arrow to the right, End. */
    async keyboard(browser) {
        const page = await opened(browser);
        const focused = () => page.evaluate(() => document.activeElement.id);
        for (let k = 0; k < 20 && await focused() !== "slider"; ++k) await page.keyboard.press("Tab");
        const seen = {focused: await focused()};
        for (const key of ["Home", "ArrowRight", "End"]) {
            await page.keyboard.press(key);
            seen[key] = await mapNow(page);
        }
        await page.focus("#place");
        await page.selectOption("#place", {index: 1});
        return {...seen, place: await page.textContent("#place-text"), heard: page.heard};
    },
    /** Play by keyboard, pause, and whether dots run along the lines. */
    async play(browser) {
        const seen = {};
        for (const reducedMotion of ["no-preference", "reduce"]) {
            const page = await opened(browser, {reducedMotion});
            await page.focus("#slider");
            await page.keyboard.press("Home");
            await page.focus("#play");
            await page.keyboard.press("Enter");
            const running = await page.getAttribute("#play", "aria-pressed");
            await page.waitForFunction(() => Number(document.getElementById("slider").value) > 0);
            const animated = await page.evaluate(() => document.getAnimations().length);
            await page.keyboard.press("Enter");
            const stopped = await page.inputValue("#slider");
            await page.waitForTimeout(400);
            seen[reducedMotion] = {running, animated, stopped, later: await page.inputValue("#slider"),
                pressed: await page.getAttribute("#play", "aria-pressed"), heard: page.heard};
        }
        return seen;
    },
    /** What axe-core finds against WCAG 2.2 A and AA and its best practices, at both widths, with everything unfolded. */
    async axe(browser) {
        const found = [];
        for (const viewport of [DESK, PHONE]) {
            const page = await opened(browser, {viewport});
            if (await page.locator("#truce-from").count()) {
                await page.focus("#truce-from");
                await page.keyboard.press("Home");
                await page.waitForFunction(() => !document.getElementById("changed").hidden, null, {timeout: 60000});
            }
            await page.$$eval("details", all => all.forEach(one => { one.open = true; }));
            await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
            const result = await page.evaluate(() => window.axe.run());
            found.push(...result.violations.map(v => `${v.id}: ${v.help}: ${v.nodes[0].html}`));
        }
        return found;
    },
    /** Every text that a reader meets, and that a screen reader says, but what is marked as English: with a lever moved, a place and a sub-district
     * chosen, and everything unfolded. */
    async texts(browser) {
        const page = await opened(browser), {waitFor, files} = JSON.parse(argument);
        const collect = () => page.evaluate(() => {
            const found = [document.title];
            for (const one of document.querySelectorAll("body *")) {
                if (one.closest("script, style, pre, code, noscript, [lang=en]:not(html)")) continue;
                for (const name of ["aria-label", "title", "placeholder", "aria-valuetext"]) if (one.hasAttribute(name)) found.push(one.getAttribute(name));
                for (const node of one.childNodes) if (node.nodeType === Node.TEXT_NODE && node.textContent.trim()) found.push(node.textContent);
            }
            return found;
        });
        const seen = await collect();
        const answered = what => page.waitForFunction(what => document.getElementById("changed").dataset.shows === what, what, {timeout: 120000});
        if (await page.locator("#place").count()) await page.selectOption("#place", {index: 1});
        if (await page.locator("#strikes-factor").count()) {
            await page.$eval("#strikes-factor", slider => { slider.value = 50; slider.dispatchEvent(new Event("input")); });
            await answered(waitFor);
            if (waitFor === "band") seen.push(...await collect());
            await page.$eval("#changed", one => delete one.dataset.shows);  // what is waited for below is an answer to what is moved now
            if (await page.locator("#front-days").count()) await page.$eval("#front-days", slider => { slider.value = -3; slider.dispatchEvent(new Event("input")); });
            await page.$eval("#new-camp-room", slider => { slider.value = 40000; slider.dispatchEvent(new Event("input")); });
            await answered("expected");
        }
        for (const option of await page.$$eval("#sheet-of option", all => all.length ? [all[0], all[all.length - 1]].map(one => one.value) : [])) {
            await page.selectOption("#sheet-of", option);
            seen.push(...await collect());
        }
        for (const file of files) {
            await page.setInputFiles("#open", file);
            await answered("wrong");
            seen.push(...await collect());
        }
        return {heard: page.heard, texts: [...new Set(seen)], english: await page.$$eval("body [lang=en]", all => all.map(one => [one.textContent, one.closest("table")?.parentElement.id ?? one.closest("[id]").id])),
            direction: await page.evaluate(() => getComputedStyle(document.body).direction)};
    },
    /** The page of a study, after each of some values was chosen: [[axis, place of the value in its list or slider], ...]. */
    async study(browser) {
        const page = await opened(browser), seen = [];
        for (const [axis, value] of JSON.parse(argument)) {
            await page.$eval(`#axis-${axis}`, (control, to) => { control.value = to; control.dispatchEvent(new Event(control.tagName === "SELECT" ? "change" : "input")); }, value);
            seen.push({words: await page.textContent("#chosen"), set: (await page.textContent("#chosen")).match(/Set (\d+)/)[1],
                ends: await page.$$eval("tr[data-end]", rows => Object.fromEntries(rows.map(row => [row.dataset.end, [...row.children].map(cell => cell.textContent)])))});
        }
        return {heard: page.heard, asked: page.asked, seen, rows: await page.locator("#sets tbody tr").count(), notShown: await page.textContent("#not-shown"),
            headline: await page.textContent("#headline"), reasons: await page.textContent("#bands"),
            charts: await page.$$eval("#charts figure", all => all.map(one => one.dataset.total)), effects: await page.locator("#effects svg").count()};
    },
    /** The page of a network, on its first frame and on another. */
    async network(browser) {
        const page = await opened(browser);
        const figures = () => texts(page, "#day-figures dd", "data-figure");
        const to = async frame => page.$eval("#slider", (slider, value) => { slider.value = value; slider.dispatchEvent(new Event("input")); }, frame);
        await to(0);
        const before = await figures();
        await to(Number(argument));
        const lost = await page.$$eval("#place option", all => all.find(one => one.textContent.startsWith("Lost")).value);
        await page.selectOption("#place", lost);
        return {heard: page.heard, asked: page.asked, before, figures: await figures(),
            findings: await page.$$eval("#findings li", all => all.map(one => one.textContent)),
            odd: await page.$$eval("#map .odd circle", all => all.filter(one => Number(one.getAttribute("r")) > 0).length),
            closed: await page.locator("#map .net path.closed").count(),
            chosen: await page.textContent("#place-text"),
            places: await page.$$eval("#places tbody tr", rows => Object.fromEntries(rows.map(row =>
                [row.dataset.place, [...row.children].map(cell => cell.textContent.trim())])))};
    },
    /** What levers give, move by move: each is [[control, value], ...], [words, of a file that is opened], or empty for a reset. */
    async levers(browser) {
        const page = await opened(browser), seen = [];
        const {moves, waitFor, whole} = JSON.parse(argument);
        for (const one of moves) {
            const before = await lastAsked(page);
            if (typeof one === "string") await page.setInputFiles("#open", one);
            else await page.click("#reset");
            if (typeof one !== "string") await move(page, one);
            await answered(page, waitFor, before);
            seen.push({
                file: await saved(page, "#save"), ...(whole ? {page: await wholePage(page)} : {}),
                words: await page.textContent("#changed-words"), headline: await page.textContent("#changed-headline"),
                note: await page.textContent("#levers-note"), opened: await page.textContent("#opened"),
                timing: await page.$eval("#changed", host => ({...host.dataset})),
                outcomes: await page.$$eval("tr[data-outcome]", rows => Object.fromEntries(rows.map(row => [row.dataset.outcome, [Number(row.dataset.expected), ...[...row.children].map(cell => cell.textContent)]]))),
                moved: await page.$$eval("tr[data-moved]", rows => Object.fromEntries(rows.map(row => [row.dataset.moved, Number(row.dataset.expected)]))),
                levers: await page.$$eval("#levers input, #levers select", all => Object.fromEntries(all.map(one => [one.id, one.value]))),
            });
        }
        return {heard: page.heard, asked: page.asked.filter(address => !address.startsWith("blob:")), seen, scenario: await saved(page, "#save-scenario")};
    },
    /** The first slider of the levers by keyboard alone. */
    async leversByKeyboard(browser) {
        const page = await opened(browser);
        await page.focus("#strikes-area");
        await page.keyboard.press("Tab");
        const focused = await page.evaluate(() => document.activeElement.id);
        for (let k = 0; k < 5; ++k) await page.keyboard.press("ArrowLeft");
        await page.waitForFunction(() => !document.getElementById("changed").hidden, null, {timeout: 60000});
        return {focused, says: await page.getAttribute("#strikes-factor", "aria-valuetext"), words: await page.textContent("#changed-words"), heard: page.heard};
    },
    async print(browser) {
        const page = await opened(browser);
        const pdf = await page.pdf({preferCSSPageSize: true, printBackground: true});
        return {pages: (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length};
    },
    async phone(browser) {
        const page = await opened(browser, {viewport: PHONE});
        await page.$$eval("details", all => all.forEach(one => { one.open = true; }));
        await page.waitForTimeout(100);
        return page.evaluate(() => ({room: innerWidth, used: document.documentElement.scrollWidth,
            tables: [...document.querySelectorAll(".wide")].map(host => ({id: host.id, room: host.clientWidth, inside: host.scrollWidth,
                sign: host.previousElementSibling?.matches(".cut-note") && host.previousElementSibling.offsetHeight ? host.previousElementSibling.textContent : ""}))}));
    },
    /** The sheet of the place or sub-district whose name holds some words. */
    async sheet(browser) {
        const page = await opened(browser);
        const value = await page.$$eval("#sheet-of option", (all, words) => (all.find(one => one.textContent === words) ?? all.find(one => one.textContent.includes(words))).value, argument);
        await page.selectOption("#sheet-of", value);
        return {heard: page.heard, words: await page.textContent("#sheet-words"), charts: await page.locator("#sheet svg").count(),
            needs: await page.$$eval("#sheet-needs tbody tr", rows => rows.map(row => row.textContent))};
    },
    /** Why people came to a place: in all days, and in the week that two presses of a key choose. */
    async why(browser) {
        const page = await opened(browser);
        if (!(await page.isVisible("#sheet-why"))) return {heard: page.heard, shown: false};
        await page.selectOption("#sheet-of", await page.$$eval("#sheet-of option", (all, words) => all.find(one => one.textContent === words).value, argument));
        const now = async () => ({days: await page.$eval("#sheet-week", select => select.selectedOptions[0].textContent), words: await page.textContent("#why-words"),
            rows: await page.$$eval("#why tbody tr", rows => rows.map(row => [...row.children].map(cell => cell.textContent.trim()))),
            bars: await page.$$eval("#why svg rect", bars => bars.map(bar => Number(bar.getAttribute("width"))))});
        const all = await now();
        await page.focus("#sheet-week");
        for (let k = 0; k < 2; ++k) await page.keyboard.press("ArrowDown");
        return {heard: page.heard, shown: true, all, week: await now()};
    },
    /** What the content security policy does to a script, a style and a picture put in from elsewhere. */
    async policy(browser) {
        const page = await opened(browser);
        return page.evaluate(async () => {
            const blocked = [];
            document.addEventListener("securitypolicyviolation", event => blocked.push(event.effectiveDirective));
            const script = document.createElement("script");
            script.textContent = "window.intruder = true";
            const picture = document.createElement("img");
            picture.src = "https://example.org/x.png";
            document.body.append(script, picture);
            await fetch("https://example.org/").catch(() => {});
            await new Promise(done => setTimeout(done, 200));
            return {blocked: [...new Set(blocked)].sort(), intruder: Boolean(window.intruder)};
        });
    },
    /** A country: how soon it is drawn and answers, what a crowded map holds, what a search finds, and how long its table is. */
    async country(browser) {
        const page = await opened(browser);
        const speed = await page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done({
            painted: Math.round(performance.getEntriesByType("paint").at(-1)?.startTime ?? -1), ready: Math.round(performance.now())})))));
        const rows = () => page.locator("#sites tbody tr").count();
        const seen = {speed, heard: page.heard, headline: await page.textContent("#headline"), map: await mapNow(page),
            circles: await page.locator("#map circle").count(), rows: await rows()};
        for (const button of await page.locator("#sites ~ button.more").all()) await button.click();
        seen.rowsAfter = await rows();
        const search = async (id, words) => {
            await page.fill(`#${id}-search`, words);
            const left = await page.$$eval(`#${id} option`, all => all.filter(one => !one.hidden && one.value !== "").length);
            await page.press(`#${id}-search`, "Enter");
            return left;
        };
        seen.placesFound = await search("place", argument);
        seen.place = await page.textContent("#place-text");
        seen.sheetsFound = await search("sheet-of", argument);
        seen.sheet = await page.textContent("#sheet-words");
        seen.sheetName = await page.$eval("#sheet-of", select => select.selectedOptions[0].textContent);
        seen.charts = await page.locator("#sheet svg").count();
        seen.asked = page.asked.filter(address => !address.startsWith("blob:"));  // the worker starts when the pointer comes near levers
        return seen;
    },
    /** A picture from the top to the end of the map, into the file that is given: scripts/gallery/brief.png. */
    async screenshot(browser) {
        const page = await opened(browser);
        const height = await page.$eval("#map-section", section => Math.ceil(section.getBoundingClientRect().bottom + 20));
        await page.setViewportSize({width: 1280, height});
        await page.screenshot({path: argument});
        return {};
    },
    /** A picture of the levers with some of them moved: {file, moves, width}. */
    async leversPicture(browser) {
        const {file, moves, width} = JSON.parse(argument);
        const page = await opened(browser, {viewport: {width, height: 900}});
        for (const [id, value] of moves) await page.$eval(`#${id}`, (control, to) => { control.value = to; control.dispatchEvent(new Event(control.tagName === "SELECT" ? "change" : "input")); }, value);
        await page.waitForFunction(() => document.getElementById("changed").dataset.shows === "band", null, {timeout: 120000});
        await (await page.$("#levers-section")).screenshot({path: file});
        return {heard: page.heard};
    },
    /** Milliseconds until something is painted, and until the slider answers. */
    async speed(browser) {
        const page = await opened(browser);
        return page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done({
            painted: Math.round(performance.getEntriesByType("paint").at(-1)?.startTime ?? -1),
            ready: Math.round(performance.now())})))));
    },
};

const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ["--no-sandbox"]});
try {
    console.log(JSON.stringify(await tasks[what](browser)));
} finally {
    await browser.close();
}
