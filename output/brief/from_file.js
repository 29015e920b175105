// Sentences that the program wrote into a results file, in English, told in the language of the page.
const inEnglish = text => element("span", {lang: "en", dir: "ltr"}, text);

/** Text of a scenario as its author wrote it, in its own direction. */
const asWritten = text => element("bdi", {}, text);

/** English text that stays so: in a page of another language it is led by words that say so. */
const ledEnglish = (text, kind = "") => element("span", {class: kind}, ...(LANGUAGE === "en" ? [text] : [say("page.in_english"), " ", inEnglish(text)]));

/** What the wording of a key takes in for a text that says the same in English; null if it says something else. */
function valuesOf(key, text) {
    const forms = WORDS["english"][key];
    for (const form of typeof forms === "string" ? [forms] : Object.values(forms)) {
        const names = [...form.matchAll(/\{(\w+)\}/g)].map(found => found[1]);
        const pattern = form.split(/\{\w+\}/).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("(.+?)");
        const found = text.match(new RegExp(`^${pattern}$`));
        if (found) return Object.fromEntries(names.map((name, k) => [name, found[k + 1]]));
    }
    return null;
}

/** A number, a list of ours, or what a scenario's author wrote, which stays so. */
function filePart(text) {
    if (/^-?[\d.]+$/.test(text)) return inDigits(Number(text), 12);
    const parts = text.split(/, (?![^(]*\))/).map(part => translated(part) ?? (part.includes(" ") ? null : part));
    return parts.includes(null) ? text : listed(parts);
}

/** A text of the file in the language of the page; null where the table of words does not know it. */
function translated(text) {
    for (const key of Object.keys(WORDS["english"]).filter(one => one.startsWith("file."))) {
        const values = valuesOf(key, text);
        if (!values) continue;
        const count = Number(values.count);
        return say(key, {...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, filePart(value)])), ...(values.count ? {count} : {})});
    }
    return null;
}

/** What a setting means, in the language of the page where its table translates what the program says now. */
function meaningOf(setting, sentence) {
    const key = `meaning.${setting}`;
    return LANGUAGE !== "en" && WORDS["english"][key] === sentence ? WORDS[key] : inEnglish(sentence);
}

/** Some sentences of the file, each told in the language of the page; from the first that it does not know on, as they are. */
function fromFile(text) {
    if (LANGUAGE === "en" || !text) return [text];
    for (let end = text.indexOf("."); end >= 0; end = text.indexOf(".", end + 1)) {
        if (end + 1 < text.length && text[end + 1] !== " ") continue;
        const told = translated(text.slice(0, end + 1)), rest = text.slice(end + 2);
        if (told !== null) return rest ? [told, " ", ...fromFile(rest)] : [told];
    }
    return [ledEnglish(text)];
}
