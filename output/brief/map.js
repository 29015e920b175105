// The map, moved through time by a slider and a play button.
const motion = data.motion;
const frameCount = motion.frames.length;
const framing = motion.flows.pairs;
let flows = framing;  // none while the page shows a change: its engine does not tell homes apart
const framesAWeek = Math.max(1, Math.round(7 / Math.max(1, (about.days[motion.frames[1] ?? 0] ?? 1) - about.days[motion.frames[0]])));

const FLOWS_IN_FRAME = 60;   // the map is framed around these; smaller ones may leave it
const WIDEST = 7;            // pixels
const LARGEST = isCrowded ? 14 : 22;  // pixels

const mostFlow = d3.max(flows, flow => d3.max(flow.persons)) ?? 1;
const mostStrikes = d3.max(motion.strikes, row => d3.max(row)) || 1;
const flowWidth = d3.scaleLinear([0, mostFlow], [0.6, WIDEST]);
const radius = d3.scaleSqrt([0, 1], [0, LARGEST]);  // of displaced people; fitted to the map
const haloRadius = d3.scaleSqrt([0, mostStrikes], [0, isCrowded ? 13 : 30]);

const origins = data.origins ?? places;  // homes, where the page does not tell of all places

let drawn = null;  // what the map is made of, once it is drawn

/** The frame in whose week most people came somewhere. */
function busiestFrame() {
    const gained = f => f ? d3.sum(motion.displaced[f], (now, i) => Math.max(0, now - motion.displaced[f - 1][i])) : 0;
    const moved = motion.frames.map((_, f) => flows.length ? d3.sum(flows, flow => flow.persons[f]) : gained(f));
    return d3.max(moved) > 0 ? moved.indexOf(d3.max(moved)) : frameCount - 1;
}

/** The places that take part, so that the map is framed around them. */
function placesInPlay() {
    const all = places.name.map((_, i) => i);
    if (data.origins) return all;
    const inPlay = new Set(framing.slice(0, FLOWS_IN_FRAME).flatMap(flow => [flow.from, flow.to]));
    return inPlay.size > 1 ? [...inPlay] : all;
}

/** A bow from home to refuge, bent to its right so that ways there and back lie apart. */
function bow([x0, y0], [x1, y1]) {
    return `M${x0.toFixed(1)},${y0.toFixed(1)}Q${((x0 + x1) / 2 - 0.16 * (y1 - y0)).toFixed(1)},${((y0 + y1) / 2 + 0.16 * (x1 - x0)).toFixed(1)} ${x1.toFixed(1)},${y1.toFixed(1)}`;
}

// --- what stands still --------------------------------------------------------------------------------------

function addGradients(svg, at, homeAt) {
    svg.append("defs").selectAll("linearGradient").data(flows).join("linearGradient")
        .attr("id", (_, k) => `flow-${k}`).attr("gradientUnits", "userSpaceOnUse")
        .attr("x1", d => homeAt(d.from)[0]).attr("y1", d => homeAt(d.from)[1]).attr("x2", d => at(d.to)[0]).attr("y2", d => at(d.to)[1])
        .selectAll("stop").data([[0, VERMILLION], [0.5, "#b3a3ae"], [1, BLUE]]).join("stop")
        .attr("offset", d => d[0]).attr("stop-color", d => d[1]);
}

function drawMap() {
    const host = byId("map");
    const width = Math.max(200, roomFor(host, 640));
    const {project, height} = projection(width, placesInPlay());
    const at = i => project([places.lon[i], places.lat[i]]), homeAt = o => project([origins.lon[o], origins.lat[o]]);
    const svg = d3.select(host).html("").append("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("role", "img").attr("aria-labelledby", "map-title");
    svg.append("title").attr("id", "map-title");
    addGradients(svg, at, homeAt);
    const clusters = clustersOf(at), inCluster = name => circles(svg, name, k => clusters[k].at, clusters);
    fitRadius(clusters);
    const halos = inCluster("halo");
    drawGround(svg, project, width, height);
    const lines = svg.append("g").attr("class", "flows").selectAll("path").data(flows).join("path")
        .attr("d", d => bow(homeAt(d.from), at(d.to))).attr("stroke", (_, k) => `url(#flow-${k})`);
    const dots = svg.append("g").attr("class", "dots").selectAll("path").data(flows).join("path").attr("d", d => bow(homeAt(d.from), at(d.to)));
    drawMarks(svg, at);
    const stay = inCluster("stay");
    const bare = inCluster("bare");
    const fallen = drawFallen(svg, at);
    const chosen = svg.append("circle").attr("class", "chosen").attr("r", 0);
    const most = places.name.map((_, i) => d3.max(motion.displaced, row => row[i]));
    const left = new Map(data.homes.map(home => [home.place, home.persons[MEDIAN]]));
    drawNames(svg, project, width, height, i => most[i] + (left.get(i) ?? 0), i => radius(most[i]));
    inCluster("targets").attr("r", 9).on("click", (_, cluster) => choose(largestOf(cluster)));
    drawn = {halos, lines, dots, stay, bare, fallen, chosen, at};
    drawMapKey();
    showFrame();
}

/** The largest disc stands for the most people who stay at what is drawn as one. */
function fitRadius(clusters) {
    radius.domain([0, d3.max(motion.displaced, row => d3.max(clusters, cluster => d3.sum(cluster.places, i => row[i]))) || 1]);
}

/** The place of a cluster at which most people stay now. */
function largestOf(cluster) {
    const stay = cluster.places.map(i => motion.displaced[player.frame][i]);
    return cluster.places[stay.indexOf(d3.max(stay))];
}

// --- what moves ---------------------------------------------------------------------------------------------

function showFrame() {
    const f = player.frame, record = motion.frames[f], day = longDay(dayOf(record));
    const inside = i => places.type[i] !== "abroad";
    drawn.halos.attr("r", cluster => haloRadius(d3.max(cluster.places, i => motion.strikes[f][i])));
    drawn.lines.attr("stroke-width", d => d.persons[f] ? flowWidth(d.persons[f]) : 0);
    drawn.dots.attr("stroke-width", d => d.persons[f] ? Math.max(1.2, Math.min(3, flowWidth(d.persons[f]) / 2)) : 0);
    drawn.stay.attr("r", cluster => radius(d3.sum(cluster.places, i => motion.displaced[f][i])));
    drawn.bare.attr("r", cluster => radius(d3.sum(cluster.places, i => inside(i) ? Math.min(motion.displaced[f][i], motion.without_shelter[f][i]) : 0)));
    drawn.fallen.attr("visibility", (_, i) => places.fallen[i] !== null && places.fallen[i] <= record ? "visible" : "hidden");
    showDay(day);
    const staying = d3.sum(motion.displaced[f].filter((_, i) => inside(i)));
    d3.select("#map-title").text(say("map.title", {places: places.name.length, day, persons: persons(staying)}));
    showDayFigures(record);
    showLargest(f);
    showPlace();
}

const DAY_FIGURES = [["people_displaced", "day.people_displaced"], ["displaced", "day.displaced"],
    ["without_shelter", "day.without_shelter"], ["remaining", "day.remaining"], ["abroad", "day.abroad"]];

function showDayFigures(record) {
    const rows = DAY_FIGURES.filter(([name]) => data.totals[name] && d3.max(data.totals[name][HIGH]) > 0);
    fillIn("day-figures", ...rows.flatMap(([name, words]) => {
        const five = data.totals[name].map(row => row[record]);
        const unit = unitOfBand(five);
        const band = isEnsemble ? [element("span", {class: "band"}, range(five[LOW], five[HIGH], unit))] : [];
        return [element("dt", {}, say(words)), element("dd", {"data-total": name}, element("b", {}, persons(five[MEDIAN], unit)), " ", ...band)];
    }));
}

function showLargest(f) {
    const before = motion.displaced[f - framesAWeek];
    const gains = motion.displaced[f].map((now, i) => ({i, more: now - (before ? before[i] : 0)}))
        .filter(gain => gain.more >= 10).sort((a, b) => b.more - a.more).slice(0, 5);
    const rows = gains.map(({i, more}) => element("li", {}, ...bothNames(i), " ", element("b", {}, isolated(say("map.gain", {persons: persons(more)})))));
    fillIn("largest", ...(rows.length ? rows : [element("li", {class: "none"}, say("map.nowhere_grew"))]));
}

// --- one place ----------------------------------------------------------------------------------------------

function choose(i) {
    byId("place").value = String(i);
    chooseSheet(i);
    showPlace();
}

function showPlace() {
    const f = player.frame;
    showChosen(drawn, i => radius(motion.displaced[f][i]) + 5, i => {
        const lines = [say("map.staying", {persons: persons(motion.displaced[f][i])})];
        if (motion.without_shelter[f][i] > 0) lines.push(say("map.without_shelter", {persons: persons(motion.without_shelter[f][i])}));
        if (places.capacity[i] !== null) lines.push(say("map.room", {persons: places.capacity[i]}));
        if (motion.strikes[f][i] > 0) lines.push(say("map.strikes", {number: motion.strikes[f][i]}));
        if (places.fallen[i] !== null) lines.push(say("map.fallen_on", {day: longDay(dayOf(places.fallen[i]))}));
        return lines;
    });
}

function drawMapKey() {
    const line = roundBelow(mostFlow), dot = roundBelow(radius.domain()[1] * (7 / LARGEST) ** 2);
    const items = [
        keyItem(say(isCrowded ? "map.key_staying_together" : "map.key_staying", {persons: dot}), svg => svg.append("g").attr("class", "stay").append("circle").attr("cx", 14).attr("cy", 7).attr("r", radius(dot))),
        keyItem(say("map.key_without_shelter"), svg => {
            svg.append("g").attr("class", "stay").append("circle").attr("cx", 14).attr("cy", 7).attr("r", 7);
            svg.append("g").attr("class", "bare").append("circle").attr("cx", 14).attr("cy", 7).attr("r", 4);
        }),
    ];
    if (flows.length) {
        items.push(keyItem(say("map.key_flows", {persons: line}), svg => {
            [[0, VERMILLION], [9, "#b3a3ae"], [18, BLUE]].forEach(([x, colour]) =>
                svg.append("path").attr("d", `M${x + 1},7h9`).attr("stroke", colour).attr("stroke-width", flowWidth(line)));
        }));
    }
    if (d3.max(motion.strikes, row => d3.max(row)) > 0)
        items.push(keyItem(say("map.key_strikes"), svg => svg.append("g").attr("class", "halo").append("circle").attr("cx", 14).attr("cy", 7).attr("r", 7)));
    if (places.fallen.some(record => record !== null))
        items.push(fallenKey());
    if (data.border) items.push(borderKey());
    fillIn("map-key", ...items);
}

function showMapNote() {
    const share = flows.length ? [say("map.lines_share", {number: flows.length, share: percent(motion.flows.share)})] : [];
    const lines = motion.flows.tracked ? [say("map.lines"), ...share] : [say(data.journeys ? "map.no_lines_at_end" : "map.no_lines_pooled")];
    fillIn("map-note", say(isEnsemble ? "map.opens_runs" : "map.opens_one_run", {count: about.members, lines: lines.join(" ")}));
}

function startMap() {
    startPlayer(frameCount, framesAWeek, busiestFrame(), showFrame);
    fillPlaces(showPlace);
    showMapNote();
    drawMap();
}
