// What changes against another run, if the page was made with one.

const signed = value => value > 0 ? `+${amount(value)}` : value < 0 ? `\u2212${amount(-value)}` : "0";
const signedRange = ([low, , , , high]) => signed(low) === signed(high) ? "in 9 of 10" : `${signed(low)} to ${signed(high)}`;

const CHANGES = {person_days_at_risk: "person-days at risk", total_people_displaced: "people displaced", total_movements: "movements",
    most_total_without_shelter: "most without shelter on a day", total_without_shelter: "without shelter at the end",
    total_households_in_tents: "households in tents at the end", total_abroad: "abroad at the end",
    total_could_not_leave: "wanted to leave and could not", total_remaining: "at home in danger at the end", total_returned: "returns"};

/** "39 million fewer person-days at risk (36 to 42 million in 9 of 10 pairs)": the first thing that a what-if is asked. */
function changeWords(row) {
    const [low, , middle, , high] = row.change, fewer = middle < 0;
    const pairs = data.comparison.paired ? "pairs of runs that met the same chance" : "pairs of runs";
    if (row.less + row.more === 0) return "Person-days at risk are the same in every run.";
    const ends = low < 0 && high > 0 ? `${amount(-low)} fewer to ${amount(high)} more`
        : `${amount(fewer ? -high : low)} to ${amount(fewer ? -low : high)}`;
    const band = isEnsemble ? `, ${ends} in 9 of 10 ${pairs}` : "";
    return `${amount(Math.abs(middle))} ${fewer ? "fewer" : "more"} person-days at risk${band}.`;
}

function showComparison() {
    const c = data.comparison;
    if (!c) return leaveOut("comparison-section");
    document.body.classList.add("compared");
    fillIn("comparison-heading", `What changes against “${c.title}”`);
    fillIn("comparison-words", changeWords(c.totals[0]), " People are at risk where one strike a day or more is in reach, under assault, or where a town has fallen.");
    const change = row => isEnsemble ? [element("b", {}, signed(row.change[MEDIAN])), " ", small(signedRange(row.change))] : [element("b", {}, signed(row.change[MEDIAN]))];
    const columns = [["There", "number"], ["Here", "number"], ["Change", "number"]];
    const cells = row => [amount(row.other), amount(row.here), change(row)];
    const totals = c.totals.filter(row => row.other || row.here);
    fillIn("changes", table("Totals there and here", [["Over the run"], ...columns], totals.map(row => [CHANGES[row.quantity], ...cells(row)]), k => ({"data-change": totals[k].quantity})));
    if (!c.places.length) return fillIn("diverted", "Nobody arrives elsewhere.");
    fillIn("diverted", table("Arrivals there and here", [["Arrivals at"], ...columns], c.places.map(row => [bothNames(row.place), ...cells(row)])));
}
