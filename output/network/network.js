// A network before anything is run: what is doubtful, the map through time, and a table of roads and one of places.
const roads = data.roads, frames = data.frames;
const roadCount = roads.id.length;
const end = (r, which) => data.routes[2 * r + which];
const MOST_ROWS = 300;

const mostPeople = d3.max(places.population) || 1;
const mostStrikes = d3.max(frames.strikes, row => d3.max(row)) || 1;
const radius = d3.scaleSqrt([0, mostPeople], [0, 20]);
const haloRadius = d3.scaleSqrt([0, mostStrikes], [0, 32]);
let drawn = null;  // what the map is made of, once it is drawn

// --- what is odd --------------------------------------------------------------------------------------------

const FIT_WORDS = {too_short: "shorter than the straight line", too_long: "many times the straight line", long_way: "a long way round"};
const FIT_ORDER = ["too_short", "too_long", "long_way", "fits"];

/** What is odd about a place, in words; none where nothing is. */
function oddities(i) {
    const words = [];
    if (places.roads[i] === 0 && places.type[i] !== "abroad") words.push("no road leads here");
    else if (places.part[i] > 0) words.push("no road that is ever open leads from here to where most people live");
    if (places.twin[i] !== null) words.push(`${places.name[places.twin[i]]} lies within a kilometre`);
    if (places.type[i] === "town" && !places.population[i]) words.push("nobody lives here");
    return words;
}
const odd = places.name.map((_, i) => oddities(i));
const marked = new Set([...places.name.keys()].filter(i => odd[i].length));
for (const finding of data.findings) if (finding.place !== undefined) marked.add(finding.place);

function showHeader() {
    fillIn("title", about.title);
    const people = d3.sum(places.population), displaced = about.displaced;
    fillIn("headline", `${grouped(placeCount)} places and ${grouped(roadCount)} roads; ${grouped(people)} people live there on ${longDay(firstDay)}`,
        displaced ? `, and ${grouped(displaced)} more are displaced at the start.` : ".");
    if (about.summary) fillIn("lead", about.summary);
    else leaveOut("lead");
}

const sentence = words => `${words[0].toUpperCase()}${words.slice(1)}.`;

function showFindings() {
    const items = data.findings.map(one => element("li", {}, `${sentence(one.message)} ${one.hint ? `${sentence(one.hint)} ` : ""}`, element("span", {class: "band"}, one.where)));
    const lost = places.name.map((_, i) => i).filter(i => places.part[i] > 0 && places.type[i] !== "abroad");
    if (lost.length) items.push(element("li", {}, `${lost.length} of ${placeCount} places are not joined to where most people live: ${lost.slice(0, 8).map(i => places.name[i]).join(", ")}${lost.length > 8 ? ", …" : ""}.`));
    const long = roads.fit.filter(fit => fit === "long_way").length;
    if (long) items.push(element("li", {}, `${long} of ${roadCount} roads are more than twice as long as the straight line. Mountains and rivers do that; a wrong coordinate does too.`));
    fillIn("findings", ...(items.length ? items : [element("li", {}, "Nothing was found that looks wrong. Look at the map all the same: what is missing, no program sees.")]));
}

// --- map ----------------------------------------------------------------------------------------------------

const CLASS_WORDS = {highway: "highway", primary: "primary road", secondary: "secondary road", mountain: "mountain road", track: "track", border: "road across the border"};

function drawMap() {
    const host = byId("map"), width = Math.max(200, roomFor(host, 640));
    const {project, height} = projection(width, places.name.map((_, i) => i));
    const at = i => project([places.lon[i], places.lat[i]]);
    const svg = d3.select(host).html("").append("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("role", "img").attr("aria-labelledby", "map-title");
    svg.append("title").attr("id", "map-title");
    const halos = circles(svg, "halo", at);
    drawGround(svg, project, width, height);
    const lines = svg.append("g").attr("class", "net").selectAll("path").data(roads.id).join("path")
        .attr("d", (_, r) => `M${at(end(r, 0))}L${at(end(r, 1))}`)
        .attr("class", (_, r) => `${roads.class[r]} ${roads.fit[r]}`);
    lines.append("title").text((_, r) => roadWords(r));
    drawMarks(svg, at);
    const lives = circles(svg, "lives", at).attr("r", (_, i) => radius(places.population[i]));
    circles(svg, "camps", at).attr("r", (_, i) => /camp/.test(places.type[i]) ? 5 : 0);
    const told = circles(svg, "told", at);
    circles(svg, "odd", at).attr("r", (_, i) => marked.has(i) ? radius(places.population[i]) + 6 : 0);
    const fallen = drawFallen(svg, at);
    const chosen = svg.append("circle").attr("class", "chosen").attr("r", 0);
    drawNames(svg, project, width, height, i => (marked.has(i) ? mostPeople : 0) + places.population[i], i => radius(places.population[i]));
    circles(svg, "targets", at).attr("r", 9).on("click", (_, name) => choose(places.name.indexOf(name)));
    drawn = {halos, lines, lives, told, fallen, chosen, at};
    showFrame();
}

const roadWords = r => `${roads.id[r]}: ${places.name[end(r, 0)]} to ${places.name[end(r, 1)]}, ${CLASS_WORDS[roads.class[r]]}, ${roads.km[r]} km${FIT_WORDS[roads.fit[r]] ? `, ${FIT_WORDS[roads.fit[r]]}` : ""}`;

function showFrame() {
    const f = player.frame, day = longDay(dayOf(f)), closed = new Set(frames.closed[f]), told = new Set(frames.ordered[f]);
    drawn.halos.attr("r", (_, i) => haloRadius(frames.strikes[f][i]));
    drawn.lines.classed("closed", (_, r) => closed.has(r));
    drawn.told.attr("r", (_, i) => told.has(i) ? radius(places.population[i]) + 3 : 0);
    const hasFallen = i => places.falls[i] !== null && places.falls[i] <= about.days[f];
    drawn.fallen.attr("visibility", (_, i) => hasFallen(i) ? "visible" : "hidden");
    showDay(day);
    const strikes = d3.sum(frames.strikes[f]);
    d3.select("#map-title").text(`Map of ${placeCount} places and ${roadCount} roads on ${day}: ${d3.format(".1~f")(strikes)} strikes, ${closed.size} roads closed.`);
    const figures = [["strikes a day", d3.format(",.1~f")(strikes)], ["places struck", grouped(frames.strikes[f].filter(Boolean).length)],
        ["roads closed", grouped(closed.size)], ["places told to leave", grouped(told.size)],
        ["places fallen", grouped(places.name.filter((_, i) => hasFallen(i)).length)]];
    fillIn("day-figures", ...figures.flatMap(([words, number]) => [element("dt", {}, words), element("dd", {"data-figure": words}, element("b", {}, number))]));
    showPlace();
}

function choose(i) {
    byId("place").value = String(i);
    showPlace();
}

function showPlace() {
    showChosen(drawn, i => radius(places.population[i]) + 9, i => {
        const joined = [...Array(roadCount).keys()].filter(r => end(r, 0) === i || end(r, 1) === i);
        const lines = [`${grouped(places.population[i])} people live here`];
        if (places.displaced[i]) lines.push(`${grouped(places.displaced[i])} displaced people at the start`);
        if (places.capacity[i] !== null) lines.push(`room for ${grouped(places.capacity[i])}`);
        if (places.strikes[i]) lines.push(`${d3.format(",.1~f")(places.strikes[i])} strikes, ${strikeDays(i)}`);
        lines.push(...odd[i], ...joined.map(roadWords));
        if (places.source[i]) lines.push(`Source: ${places.source[i]}`);
        return lines;
    });
}

function drawMapKey() {
    const disc = roundBelow(mostPeople * (7 / 20) ** 2);
    const classes = Object.keys(CLASS_WORDS).filter(name => roads.class.includes(name));
    const mark = (kind, r) => svg => svg.append("g").attr("class", kind).append("circle").attr("cx", 14).attr("cy", 7).attr("r", r);
    const line = kind => svg => svg.append("g").attr("class", "net").append("path").attr("class", kind).attr("d", "M1,7h26");
    const items = [keyItem(`${grouped(disc)} people live here`, mark("lives", radius(disc)))];
    if (places.type.some(type => /camp/.test(type))) items.push(keyItem("camp", mark("camps", 5)));
    items.push(...classes.map(name => keyItem(CLASS_WORDS[name], line(name))));
    if (roads.fit.some(fit => fit.startsWith("too_"))) items.push(keyItem("length contradicts the coordinates", line("too_short")));
    if (frames.closed.some(row => row.length)) items.push(keyItem("road closed on the day", line("closed")));
    if (d3.max(frames.strikes, row => d3.max(row)) > 0) items.push(keyItem("strikes of the day", mark("halo", 7)));
    if (frames.ordered.some(row => row.length)) items.push(keyItem("people told to leave", mark("told", 6)));
    if (marked.size) items.push(keyItem("to be looked at", mark("odd", 6)));
    if (places.falls.some(day => day !== null))
        items.push(fallenKey());
    if (data.border) items.push(borderKey());
    fillIn("map-key", ...items);
}

/** The frame with most strikes. */
function busiestFrame() {
    const strikes = frames.strikes.map(row => d3.sum(row));
    return d3.max(strikes) > 0 ? strikes.indexOf(d3.max(strikes)) : 0;
}

// --- tables -------------------------------------------------------------------------------------------------

const strikeDays = i => `${shortDay(addDays(firstDay, places.first_strike[i]))} to ${shortDay(addDays(firstDay, places.last_strike[i]))}`;

/** The first rows, and a note that says how many more there are. */
function firstOf(rows, noun, id, words) {
    const more = rows.length > MOST_ROWS ? ` The first ${MOST_ROWS} of ${grouped(rows.length)} ${noun}; nuzuh check --table lists all.` : "";
    fillIn(id, words + more);
    return rows.slice(0, MOST_ROWS);
}

function showRoads() {
    const order = [...Array(roadCount).keys()].sort((a, b) => FIT_ORDER.indexOf(roads.fit[a]) - FIT_ORDER.indexOf(roads.fit[b]) || roads.detour[b] - roads.detour[a]);
    const shown = firstOf(order, "roads", "roads-words", "Those that contradict their coordinates first, then by how far they lead round.");
    const days = frames.closed.length ? about.days[about.days.length - 1] + 1 : 0;
    const columns = [["Road"], ["From"], ["To"], ["Class"], ["km", "number"], ["Straight line, km", "number"], ["Times", "number"], ["Hours", "number"], ["Closed"], ["To be looked at"]];
    fillIn("roads", table("Roads", columns, shown.map(r => [roads.id[r], places.name[end(r, 0)], places.name[end(r, 1)], CLASS_WORDS[roads.class[r]], String(roads.km[r]),
        String(roads.straight_km[r]), roads.detour[r] ? roads.detour[r].toFixed(2) : "–", roads.hours[r].toFixed(1),
        roads.days_closed[r] ? (roads.days_closed[r] === days ? "always" : `${roads.days_closed[r]} days`) : "–", FIT_WORDS[roads.fit[r]] ?? ""]),
    k => ({"data-road": roads.id[shown[k]]})));
    showLess("roads", Math.max(12, roads.fit.filter(fit => fit !== "fits").length), "roads");
}

function showPlaces() {
    const order = places.name.map((_, i) => i).sort((a, b) => odd[b].length - odd[a].length || places.population[b] - places.population[a]);
    const shown = firstOf(order, "places", "places-words", "Those with something to be looked at first, then by how many people live there.");
    const columns = [["Place"], ["Kind"], ["People", "number"], ["Displaced at the start", "number"], ["Room", "number"], ["Roads", "number"], ["Strikes", "number"], ["From, to"], ["To be looked at"]];
    fillIn("places", table("Places", columns, shown.map(i => [bothNames(i), typeWords(i), grouped(places.population[i]),
        places.displaced[i] ? grouped(places.displaced[i]) : "–", places.capacity[i] === null ? "no limit" : grouped(places.capacity[i]), String(places.roads[i]),
        places.strikes[i] ? d3.format(",.1~f")(places.strikes[i]) : "–", places.strikes[i] ? strikeDays(i) : "–", odd[i].join("; ")]),
    k => ({"data-place": places.id[shown[k]]})));
    showLess("places", Math.max(12, odd.filter(words => words.length).length), "places");
}

document.title = `${about.title} – network`;
showHeader();
showFindings();
const weeks = about.days.length > 1 ? Math.max(1, Math.round(7 / (about.days[1] - about.days[0]))) : 1;
startPlayer(about.days.length, weeks, busiestFrame(), showFrame);
fillPlaces(showPlace);
drawMapKey();
drawMap();
showRoads();
showPlaces();
markCutTables();

redrawAtWidth(() => {
    drawMap();
    markCutTables();
});
