// What changes against another run, if the page was made with one.

const signed = (value, unit) => value > 0 ? amount(value, unit, "number.plus") : value < 0 ? amount(-value, unit, "number.minus") : "0";
const signedRange = ([low, , , , high], unit) => signed(low, unit) === signed(high, unit) ? say("number.in_nine_of_ten") : say("number.range", {low: signed(low, unit), high: signed(high, unit)});

/** "39 million fewer person-days at risk (36 to 42 million in 9 of 10 pairs)": the first thing that a what-if is asked. */
function changeWords(row) {
    const [low, , middle, , high] = row.change, fewer = middle < 0, unit = unitOfBand(row.change);
    if (row.less + row.more === 0) return say("comparison.same");
    const number = amount(Math.abs(middle), unit);
    if (!isEnsemble) return say(fewer ? "comparison.fewer" : "comparison.more", {number});
    const band = low < 0 && high > 0 ? say("comparison.fewer_to_more", {fewer: amount(-low, unit), more: amount(high, unit)})
        : say("number.range", {low: amount(fewer ? -high : low, unit), high: amount(fewer ? -low : high, unit)});
    return say(fewer ? "comparison.fewer_band" : "comparison.more_band", {number, band, pairs: say(`pairs.${data.comparison.pairs}`)});
}

function showComparison() {
    const c = data.comparison;
    if (!c) return leaveOut("comparison-section");
    document.body.classList.add("compared");
    fillIn("comparison-heading", say("comparison.heading", {title: c.title}));
    const risk = c.totals.find(row => row.quantity === "person_days_at_risk");
    fillIn("comparison-words", ...(risk ? [changeWords(risk), " ", say("comparison.at_risk")] : []));
    fillIn("comparison-notes", ...c.notes.flatMap(note => [...fromFile(note), " "]));
    const change = row => {
        const unit = unitOfBand(row.change), middle = element("b", {}, signed(row.change[MEDIAN], unit));
        return isEnsemble ? [middle, " ", small(signedRange(row.change, unit))] : [middle];
    };
    const columns = [[say("comparison.there"), "number"], [say("comparison.here"), "number"], [say("comparison.change"), "number"]];
    const cells = row => [amount(row.other), amount(row.here), change(row)];
    const totals = c.totals.filter(row => row.other || row.here);
    fillIn("changes", table(say("comparison.totals"), [[say("comparison.over_the_run")], ...columns], totals.map(row => [[termOf("outcome", row.quantity), " ", small(termOf("unit", row.unit))], ...cells(row)]), k => ({"data-change": totals[k].quantity})));
    if (!c.places.length) return fillIn("diverted", say("comparison.nobody_elsewhere"));
    fillIn("diverted", table(say("comparison.arrivals"), [[say("comparison.arrivals_at")], ...columns], c.places.map(row => [row.place === undefined ? [row.id, " ", small(say("comparison.only_there"))] : bothNames(row.place), ...cells(row)]), k => ({"data-diverted": c.places[k].id})));
}
