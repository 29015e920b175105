// The ground of a map: projection, roads, scale, names, marks and the list of places.

/** The middle of the shortest stretch of meridians that holds all of these: places on both sides of the 180th lie together. */
function middleMeridian(lons) {
    const sorted = [...lons].sort((a, b) => a - b), gaps = sorted.map((lon, k) => (k ? lon - sorted[k - 1] : lon + 360 - sorted[sorted.length - 1]));
    const west = gaps.indexOf(d3.max(gaps));
    return sorted[west] + (360 - gaps[west]) / 2;
}

/** A map in Mercator's projection, framed around some places. */
function projection(width, inPlay) {
    const middle = middleMeridian(inPlay.map(i => places.lon[i]));
    const points = {type: "MultiPoint", coordinates: inPlay.map(i => [places.lon[i], places.lat[i]])};
    const pad = 34, mercator = () => d3.geoMercator().rotate([-middle, 0]);
    const flat = mercator().fitWidth(width - 2 * pad, points);
    const [[, top], [, bottom]] = d3.geoPath(flat).bounds(points);
    const height = printing ? Math.round(0.62 * width) : Math.round(Math.min(Math.max(bottom - top + 2 * pad, 320), Math.max(360, Math.min(width * 1.2, 640))));
    return {project: mercator().fitExtent([[pad, pad], [width - pad, height - pad]], points), height};
}

/** A length in kilometres that is round and about a fifth of the map's width. */
function scaleBar(project, width, height) {
    const [lon, lat] = project.invert([width / 2, height / 2]);
    const pixelsAKm = Math.abs(project([lon + 0.01, lat])[0] - project([lon, lat])[0]) / (1.11320 * Math.cos(lat * Math.PI / 180));
    const wanted = width / 5 / pixelsAKm, power = 10 ** Math.floor(Math.log10(wanted));
    const km = power * (wanted / power >= 5 ? 5 : wanted / power >= 2 ? 2 : 1);
    return {km, pixels: km * pixelsAKm};
}

function drawGround(svg, project, width, height) {
    const at = i => project([places.lon[i], places.lat[i]]);
    const ground = svg.append("g");
    const roads = [];
    for (let k = 0; k < data.routes.length; k += 2) roads.push([at(data.routes[k]), at(data.routes[k + 1])]);
    ground.append("path").attr("class", "roads").attr("d", roads.map(([a, b]) => `M${a}L${b}`).join(""));
    if (data.border) {
        ground.append("path").attr("class", "border")
            .attr("d", d3.geoPath(project)({type: "MultiLineString", coordinates: data.border}));
    }
    const bar = scaleBar(project, width, height);
    const scale = svg.append("g").attr("class", "scale-bar").attr("transform", `translate(10,${height - 10})`);
    scale.append("path").attr("d", `M0,-4V0H${bar.pixels}V-4`);
    scale.append("text").attr("x", bar.pixels / 2).attr("y", -7).attr("text-anchor", "middle").text(say("map.kilometres", {number: inDigits(bar.km, 3)}));
}

/** Names beside their places, the weightiest first; those that find no free spot are left out.
 *
 * weight: of a place, by its index; size: radius of what is drawn there [pixels] */
function drawNames(svg, project, width, height, weight, size) {
    const order = places.name.map((_, i) => i).sort((a, b) => weight(b) - weight(a)).slice(0, width < 480 ? 12 : 24);
    const taken = order.map(i => {
        const [x, y] = project([places.lon[i], places.lat[i]]), r = Math.min(8, size(i));
        return [x - r, y - r, x + r, y + r];
    });
    const overlaps = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    const names = svg.append("g").attr("class", "names");
    for (const i of order) {
        const [x, y] = project([places.lon[i], places.lat[i]]);
        const long = 6.4 * placeName(i).length, off = 4 + Math.min(9, size(i));
        const spots = [[off, 4, "start", 0], [-off, 4, "end", -1], [0, -off - 1, "middle", -0.5], [0, off + 10, "middle", -0.5],
            [off, -8, "start", 0], [off, 14, "start", 0], [-off, -8, "end", -1], [-off, 14, "end", -1]];
        for (const [dx, dy, anchor, share] of spots) {
            const box = [x + dx + share * long, y + dy - 10, x + dx + (share + 1) * long, y + dy + 3];
            if (box[0] < 2 || box[2] > width - 2 || box[1] < 2 || box[3] > height - 2 || taken.some(other => overlaps(box, other))) continue;
            taken.push(box);
            names.append("text").attr("x", x + dx).attr("y", y + dy).attr("text-anchor", anchor).text(placeName(i));
            break;
        }
    }
}

const MOST_MARKS = 400;  // places; more lie on one another on a map of this size. Judgement
const isCrowded = places.name.length > MOST_MARKS;
const CELL = 24;         // pixels between the marks of a crowded map

/** What is drawn as one: each place, or on a crowded map the places of a cell, at the middle of them. Regions abroad stand alone.
 *
 * @return  [{at, places}] in order of their first places */
function clustersOf(at) {
    const cells = new Map();
    places.name.forEach((_, i) => {
        const [x, y] = at(i), alone = !isCrowded || places.type[i] === "abroad";
        const key = alone ? `place ${i}` : `${Math.floor(x / CELL)} ${Math.floor(y / CELL)}`;
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(i);
    });
    return [...cells.values()].map(inside => ({places: inside, at: [0, 1].map(k => d3.sum(inside, i => at(i)[k]) / inside.length)}));
}

const typeWords = i => termOf("type", places.type[i]);

/** The mark of a place without people: towns a dot, crossings a square. */
function drawMarks(svg, at) {
    const marks = svg.append("g").attr("class", "marks");
    if (isCrowded) {
        const dots = places.name.map((_, i) => `M${at(i).map(value => value.toFixed(1))}h0`).filter((_, i) => places.type[i] !== "crossing");
        marks.append("path").attr("class", "crowd").attr("d", dots.join(""));
    }
    places.name.forEach((name, i) => {
        if (isCrowded && places.type[i] !== "crossing") return;
        const [x, y] = at(i), square = places.type[i] === "crossing";
        if (square) marks.append("rect").attr("x", x - 3).attr("y", y - 3).attr("width", 6).attr("height", 6);
        else marks.append("circle").attr("cx", x).attr("cy", y).attr("r", 1.8);
    });
}

function circles(svg, name, at, of = places.name) {
    return svg.append("g").attr("class", name).selectAll("circle").data(of).join("circle")
        .attr("cx", (_, i) => at(i)[0]).attr("cy", (_, i) => at(i)[1]);
}

/** A cross on every place, to be shown where it has fallen. */
function drawFallen(svg, at) {
    return svg.append("g").attr("class", "fallen").selectAll("path").data(places.name).join("path")
        .attr("d", (_, i) => { const [x, y] = at(i); return `M${x - 4},${y - 4}l8,8m0,-8l-8,8`; });
}

// --- beside the map -----------------------------------------------------------------------------------------

/** Both names of a place in one text. */
const optionWords = i => !places.arabic[i] ? places.name[i] : LANGUAGE === "ar" ? `${places.arabic[i]} \u2066${places.name[i]}\u2069` : `${places.name[i]} \u2067${places.arabic[i]}\u2069`;

/** The list of places to choose from. */
function fillPlaces(show) {
    const order = places.name.map((_, i) => i).sort((a, b) => placeName(a).localeCompare(placeName(b), LANGUAGE));
    const options = order.map(i => element("option", {value: String(i)}, optionWords(i)));
    fillIn("place", element("option", {value: ""}, say("map.choose")), ...options);
    byId("place").addEventListener("change", show);
    makeSearchable("place", say("long.places"));
}

/** A ring round the chosen place, and what is said of it; neither where none is chosen.
 *
 * drawn: the map's marks; ring: radius [pixels] and lines: sentences of a place, by its index */
function showChosen(drawn, ring, lines) {
    const value = byId("place").value, i = Number(value);
    if (value === "") {
        drawn.chosen.attr("r", 0);
        return fillIn("place-text");
    }
    const [x, y] = drawn.at(i);
    drawn.chosen.attr("cx", x).attr("cy", y).attr("r", ring(i));
    fillIn("place-text", element("p", {}, ...bothNames(i), " ", say("map.place_and_type", {type: typeWords(i)})), element("ul", {}, ...lines(i).map(line => element("li", {}, line))));
}

function keyItem(words, draw) {
    const item = element("li");
    draw(d3.select(item).append("svg").attr("viewBox", "0 0 28 14").attr("aria-hidden", "true"));
    item.append(words);
    return item;
}

const fallenKey = () => keyItem(say("map.fallen"), svg => svg.append("g").attr("class", "fallen").append("path").attr("d", "M10,3l8,8m0,-8l-8,8"));
const borderKey = () => keyItem(say("map.border"), svg => svg.append("path").attr("class", "border").attr("d", "M1,7h26"));

/** A round number of at most `value`. */
function roundBelow(value) {
    const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
    return power * (value >= 5 * power ? 5 : value >= 2 * power ? 2 : 1);
}
