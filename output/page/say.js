// What a page says: the wordings of its language, words/*.json. All scripts of a page make one module.
const WORDS = JSON.parse(document.getElementById("words").textContent);
const LANGUAGE = document.documentElement.lang, isRightToLeft = document.documentElement.dir === "rtl";
const pluralRules = new Intl.PluralRules(LANGUAGE);
const grouped = new Intl.NumberFormat(WORDS["locale"], {maximumFractionDigits: 0}).format;

/** Text that stands inside another: numbers with signs and names keep their own direction in a page from right to left. */
const isolated = text => isRightToLeft ? `\u2068${text}\u2069` : text;

/** Text without the marks that steer its direction. */
const plainText = text => text.replace(/[\u200e\u200f\u2066-\u2069]/g, "");

/** The wording of a key; of one with forms for numbers, that of `count` by the rules of the language. */
function wordingOf(key, count) {
    const wording = WORDS[key];
    if (wording === undefined) throw new Error(`no wording of ${key}`);
    return typeof wording === "string" ? wording : wording[pluralRules.select(count)];
}

/** The wording of a key as texts and elements, "{name}" replaced by its value: a number, a text, an element or a list of these. */
function sayWith(key, values = {}) {
    const inside = value => typeof value === "number" ? isolated(grouped(value)) : typeof value === "string" ? isolated(value) : value;
    return wordingOf(key, values.count).split(/\{(\w+)\}/).flatMap((part, k) => {
        if (k % 2 === 0) return part ? [part] : [];
        if (values[part] === undefined) throw new Error(`no value of ${part} in ${key}`);
        return [values[part]].flat().map(inside);
    });
}

/** Text of ours: in a page from right to left it runs so even if it starts with a name in Latin letters. */
const told = text => isRightToLeft ? `\u200f${text}` : text;

/** The wording of a key as text. */
const say = (key, values) => told(sayWith(key, values).join(""));

/** "a, b, c", or with another wording between them. */
const listed = (items, between = "list.separator") => told(items.map(isolated).join(wordingOf(between)));

/** The wording of a term of the file, such as a quantity; a term that the table does not know stays as it is. */
const termOf = (group, term) => WORDS[`${group}.${term}`] ?? term;
