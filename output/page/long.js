// Long lists and long tables: of a country with thousands of places.
const MANY_OPTIONS = 100;   // more are not looked through by eye; judgement
const ROWS_AT_ONCE = 200;   // rows of a table that are made together; judgement

/** Letters alone: without accents, apostrophes and case, as people type a name that they heard. */
const plainLetters = text => text.normalize("NFD").replace(/[^\p{L}\p{N} ]/gu, "").toLowerCase();

/** A field above a long list that narrows it to entries that hold what is typed; Enter takes the first of them. */
function makeSearchable(id, what) {
    const select = byId(id), options = [...select.querySelectorAll("option")].filter(option => option.value !== "");
    if (options.length <= MANY_OPTIONS) return;
    const letters = options.map(option => plainLetters(option.textContent));
    const field = element("input", {type: "search", id: `${id}-search`, placeholder: say("search.placeholder", {number: options.length, what}), "aria-label": say("search.label", {what}), autocomplete: "off"});
    const told = element("output", {for: field.id, class: "note"});
    const found = () => { const typed = plainLetters(field.value.trim()); return options.filter((_, k) => letters[k].includes(typed)); };
    const take = option => {
        select.value = option.value;
        select.dispatchEvent(new Event("change"));
    };
    field.addEventListener("input", () => {
        const left = new Set(found());
        options.forEach(option => { option.hidden = !left.has(option); });
        told.replaceChildren(field.value.trim() === "" ? "" : left.size === 0 ? say("search.none", {what}) : say("search.some", {number: left.size, all: options.length}));
    });
    field.addEventListener("keydown", event => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        const first = found()[0];
        if (first) take(first);
    });
    select.before(field, told);
}

/** Puts a table with any number of rows into its place: those at the beginning, and a button that adds the next ones.
 *
 * rowOf: cells of a row by its number; rowAttributes: of its element */
function putLongTable(id, caption, columns, count, rowOf, rowAttributes, most, what) {
    const rows = first => table(caption, columns, Array.from({length: Math.min(ROWS_AT_ONCE, count - first)}, (_, k) => rowOf(first + k)),
        k => rowAttributes(first + k));
    while (byId(id).nextElementSibling?.matches("button.more")) byId(id).nextElementSibling.remove();
    fillIn(id, rows(0));
    showLess(id, most, what);
    if (count <= ROWS_AT_ONCE) return;
    const body = byId(id).querySelector("tbody"), button = element("button", {type: "button", class: "more"});
    const words = () => button.replaceChildren(say("table.more", {number: Math.min(ROWS_AT_ONCE, count - body.children.length), all: count, what}));
    button.addEventListener("click", () => {
        body.append(...rows(body.children.length).querySelector("tbody").children);
        if (body.children.length === count) button.remove();
        else words();
        markCutTables();
    });
    words();
    (byId(id).nextElementSibling?.classList.contains("more") ? byId(id).nextElementSibling : byId(id)).after(button);
}
