// The slider and the play button that move a map through time.
const PLAYED_IN = 30000;  // milliseconds from the first to the last frame
const player = {frame: 0, count: 1, aWeek: 1, show: () => {}};
let playing = null;  // {since, from} while it plays

function moveTo(f) {
    player.frame = Math.max(0, Math.min(player.count - 1, f));
    player.show();
}

function stop() {
    playing = null;
    byId("map").classList.remove("moving");
    byId("play").setAttribute("aria-pressed", "false");
    fillIn("play-word", say("map.play"));
}

function step(now) {
    if (!playing) return;
    playing.since ??= now;
    const f = playing.from + Math.floor((now - playing.since) / playing.pause) * playing.stride;
    if (f !== player.frame) moveTo(f);
    if (player.frame === player.count - 1) return stop();
    requestAnimationFrame(step);
}

function play() {
    if (playing) return stop();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (player.frame === player.count - 1) moveTo(0);
    playing = {from: player.frame, pause: calm ? 1500 : Math.min(600, Math.max(60, PLAYED_IN / player.count)), stride: calm ? player.aWeek : 1};
    byId("map").classList.add("moving");
    byId("play").setAttribute("aria-pressed", "true");
    fillIn("play-word", say("map.pause"));
    requestAnimationFrame(step);
}

/** Says which day the frame at hand is of. */
function showDay(day) {
    byId("slider").value = player.frame;
    byId("slider").setAttribute("aria-valuetext", day);
    fillIn("day", day);
    fillIn("on-day", say("map.on_day", {day}));
}

/** show: draws the frame at hand, `player.frame`. */
function startPlayer(count, aWeek, first, show) {
    Object.assign(player, {count, aWeek, frame: first, show});
    byId("slider").max = count - 1;
    byId("slider").addEventListener("input", event => { stop(); moveTo(Number(event.target.value)); });
    byId("play").addEventListener("click", play);
}
