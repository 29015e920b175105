// What changes against another run, if the page was made with one.

const signed = (value, unit) => value > 0 ? `+${amount(value, unit)}` : value < 0 ? `\u2212${amount(-value, unit)}` : "0";
const signedRange = ([low, , , , high], unit) => signed(low, unit) === signed(high, unit) ? "in 9 of 10" : `${signed(low, unit)} to ${signed(high, unit)}`;

const CHANGES = {person_days_at_risk: "person-days at risk", total_people_displaced: "people displaced", total_movements: "movements",
    most_total_without_shelter: "without shelter on the worst day", total_without_shelter: "without shelter at the end",
    total_households_in_tents: "in tents at the end", total_abroad: "abroad at the end",
    most_total_could_not_leave: "could not leave on the worst day", total_remaining: "at home in danger at the end", total_returned: "returns"};

/** "39 million fewer person-days at risk (36 to 42 million in 9 of 10 pairs)": the first thing that a what-if is asked. */
function changeWords(row) {
    const [low, , middle, , high] = row.change, fewer = middle < 0, unit = unitOfBand(row.change);
    const pairs = data.comparison.pairs.replace(/^all /, "");
    if (row.less + row.more === 0) return "Person-days at risk are the same in every run.";
    const ends = low < 0 && high > 0 ? `${amount(-low, unit)} fewer to ${amount(high, unit)} more`
        : `${amount(fewer ? -high : low, unit)} to ${amount(fewer ? -low : high, unit)}`;
    const band = isEnsemble ? `, ${ends} in 9 of 10 ${pairs}` : "";
    return `${amount(Math.abs(middle), unit)} ${fewer ? "fewer" : "more"} person-days at risk${band}.`;
}

function showComparison() {
    const c = data.comparison;
    if (!c) return leaveOut("comparison-section");
    document.body.classList.add("compared");
    fillIn("comparison-heading", `What changes against “${c.title}”`);
    const risk = c.totals.find(row => row.quantity === "person_days_at_risk");
    fillIn("comparison-words", ...(risk ? [changeWords(risk), " People are at risk where one strike a day or more is in reach, under assault, or where a town has fallen."] : []));
    fillIn("comparison-notes", c.notes.join(" "));
    const change = row => {
        const unit = unitOfBand(row.change), middle = element("b", {}, signed(row.change[MEDIAN], unit));
        return isEnsemble ? [middle, " ", small(signedRange(row.change, unit))] : [middle];
    };
    const columns = [["There", "number"], ["Here", "number"], ["Change", "number"]];
    const cells = row => [amount(row.other), amount(row.here), change(row)];
    const totals = c.totals.filter(row => row.other || row.here);
    fillIn("changes", table("Totals there and here", [["Over the run"], ...columns], totals.map(row => [[CHANGES[row.quantity] ?? row.quantity, " ", small(row.unit)], ...cells(row)]), k => ({"data-change": totals[k].quantity})));
    if (!c.places.length) return fillIn("diverted", "Nobody arrives elsewhere.");
    fillIn("diverted", table("Arrivals there and here", [["Arrivals at, persons"], ...columns], c.places.map(row => [row.place === undefined ? [row.id, " ", small("only there")] : bothNames(row.place), ...cells(row)]), k => ({"data-diverted": c.places[k].id})));
}
