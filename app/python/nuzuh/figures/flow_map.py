"""The flow map: everyone's way from home to where they arrived, over the roads and the border."""
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from .drawing import BLUE, GREY, HALO, INK, VERMILLION, thousands

FLOWS_ON_MAP = 140
FLOWS_IN_FRAME = 60  # the map is framed around these; smaller ones may leave it


def arc(start, end, points=40):
    """A bow from start to end, bent to its right so that ways there and back lie apart."""
    start, end = np.array(start), np.array(end)
    across = np.array([end[1] - start[1], start[0] - end[0]])
    bend = (start + end) / 2 + 0.16 * across
    s = np.linspace(0, 1, points)[:, None]
    return (1 - s) ** 2 * start + 2 * s * (1 - s) * bend + s ** 2 * end


def blend(share):
    """From the colour of homes to the colour of receiving places, through a light grey."""
    home, middle, place = (np.array(to_rgb(c)) for c in (VERMILLION, "#B9A9B4", BLUE))
    if share < 0.5:
        return home + (middle - home) * 2 * share
    return middle + (place - middle) * (2 * share - 1)


def width_of(persons, widest):
    """Points; in proportion to persons, and never too thin to be seen."""
    return max(0.35, 8 * persons / widest)


def draw_flow(ax, start, end, width, order):
    curve = arc(start, end)
    pieces = np.stack([curve[:-1], curve[1:]], axis=1)
    shades = [blend(s) for s in np.linspace(0, 1, len(pieces))]
    ax.plot(*curve.T, color="white", linewidth=width + 1.2, solid_capstyle="butt", zorder=2 + 0.001 * order)
    ax.add_collection(LineCollection(pieces, colors=shades, linewidths=width, capstyle="round",
                                     zorder=2.0005 + 0.001 * order))


def of_homes(run, name):
    """What a run says of homes: id, name, lat, lon. Up to format 2.4 they are its places, in the same order."""
    of_places = {"id": "place_id", "name": "place_name"}.get(name, name)
    return run[f"origin_{name}" if f"origin_{name}" in run else of_places].values


def flows_between(run):
    """Persons from home to every other place, mean over members [home, place]; 0 where homes are not told apart."""
    if "arrivals_from_mean" not in run:
        return np.zeros((run.sizes["place"], run.sizes["place"]))
    flows = run.arrivals_from_mean.values.astype(float)
    flows[of_homes(run, "id")[:, None] == run.place_id.values] = 0
    return flows


def largest_flows(flows):
    """(home, place, persons), smallest of the largest first."""
    chosen = np.argsort(-flows, axis=None)[:FLOWS_ON_MAP]
    pairs = [(i // flows.shape[1], i % flows.shape[1]) for i in chosen[::-1]]
    return [(home, place, flows[home, place]) for home, place in pairs if flows[home, place] > 0]


def label_places(ax, lon, lat, names, important):
    """Names beside their places, the most important first; those that find no free spot are left out."""
    fig = ax.figure
    fig.canvas.draw()
    renderer, frame = fig.canvas.get_renderer(), ax.get_window_extent()
    taken = [Bbox.from_bounds(x - 5, y - 5, 10, 10) for x, y in
             ax.transData.transform(np.column_stack([lon[important], lat[important]]))]
    spots = [(10, 0, "left", "center"), (-10, 0, "right", "center"), (0, 10, "center", "bottom"),
             (0, -10, "center", "top"), (8, 8, "left", "bottom"), (-8, 8, "right", "bottom"),
             (8, -8, "left", "top"), (-8, -8, "right", "top")]
    for i in important:
        for dx, dy, ha, va in spots:
            text = ax.annotate(names[i], (lon[i], lat[i]), xytext=(dx, dy), textcoords="offset points", ha=ha,
                               va=va, fontsize=9, path_effects=HALO, zorder=9)
            box = text.get_window_extent(renderer)
            inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
            if inside and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            text.remove()


def draw_border(ax, border):
    for part in np.unique(border.part):
        line = border.isel(border_point=border.part.values == part)
        ax.plot(line.lon, line.lat, color="#555555", linewidth=1.6, dashes=(5, 2), zorder=1.5)


def draw_roads(ax, run):
    if "edge_nodes" not in run:
        return
    ends = run.edge_nodes.values.astype(int)
    lines = np.stack([run.lon.values[ends], run.lat.values[ends]], axis=-1)
    ax.add_collection(LineCollection(lines, colors="#E2DFDA", linewidths=1.4, zorder=1))


def frame_map(ax, lon, lat):
    """Bounds around the places in play, in the shape of the room there is for the map."""
    ax.set_aspect(1 / np.cos(np.radians(lat.mean())), adjustable="datalim")
    pad_x, pad_y = 0.08 * np.ptp(lon) + 0.02, 0.06 * np.ptp(lat) + 0.02
    ax.set_xlim(lon.min() - pad_x, lon.max() + pad_x)
    ax.set_ylim(lat.min() - pad_y, lat.max() + pad_y)
    ax.set_xticks([])
    ax.set_yticks([])
    for side in ax.spines.values():
        side.set_visible(False)


def draw_backdrop(ax, file):
    """Areas of any file that geopandas reads, such as the administrative boundaries that OCHA gives out."""
    import geopandas

    frame = ax.axis()
    areas = geopandas.read_file(file).to_crs("EPSG:4326")
    for east in [0, 360] if frame[1] > 180 else [0]:  # both sides of the 180th meridian
        areas.set_geometry(areas.translate(east)).plot(ax=ax, color="#F6F4EF", edgecolor="#CFC9BE", aspect=None,
                                                       linewidth=0.7, zorder=0.5)
    ax.axis(frame)


def draw_map(ax, run, border, backdrop=None):
    lon, lat, names = run.lon.values, run.lat.values, run.place_name.values
    between = flows_between(run)
    flows = largest_flows(between)
    left = run.first_departures_mean.sum("time").values
    came = run.arrivals_mean.sum("time").values
    home_lon, home_lat = of_homes(run, "lon"), of_homes(run, "lat")
    framing = flows[-FLOWS_IN_FRAME:]
    homes, places = np.unique([home for home, *_ in framing]).astype(int), np.unique([place for _, place, _ in framing]).astype(int)
    if framing:
        frame_map(ax, np.concatenate([home_lon[homes], lon[places]]), np.concatenate([home_lat[homes], lat[places]]))
    else:
        frame_map(ax, lon, lat)
    if backdrop is not None:
        draw_backdrop(ax, backdrop)
    draw_roads(ax, run)
    if border is not None:
        draw_border(ax, border)
    widest = max((persons for *_, persons in flows), default=1)
    for order, (home, place, persons) in enumerate(flows):
        draw_flow(ax, (home_lon[home], home_lat[home]), (lon[place], lat[place]), width_of(persons, widest), order)
    area = 420 / max(left.max(), came.max(), 1)
    ax.scatter(lon, lat, s=came * area, color=BLUE, alpha=0.75, edgecolor="white", linewidth=0.8, zorder=4)
    ax.scatter(lon, lat, s=left * area, color=VERMILLION, alpha=0.75, edgecolor="white", linewidth=0.8, zorder=4)
    fallen = run.fallen.isel(time=-1).values > 0
    ax.scatter(lon[fallen], lat[fallen], s=26, marker="x", color=INK, linewidth=1.4, zorder=5)
    label_places(ax, lon, lat, names, np.argsort(-(left + came))[:22])
    ax.set_title("From home to refuge")
    shown = 100 * sum(persons for *_, persons in flows) / max(1, between.sum())
    note = f"Arrivals by home over the whole run; the flows drawn are {shown:.0f} % of all."
    add_map_key(ax, widest, note if flows else "The run does not tell homes apart: no flows.", border)


def add_map_key(ax, widest, note, border):
    unit = 10 ** int(np.floor(np.log10(widest)))
    keys = [
        Line2D([], [], marker="o", linestyle="", color=VERMILLION, alpha=0.75, markersize=9, label="left home"),
        Line2D([], [], marker="o", linestyle="", color=BLUE, alpha=0.75, markersize=9, label="arrived"),
        Line2D([], [], marker="x", linestyle="", color=INK, label="town fallen"),
        Line2D([], [], color="#B9A9B4", linewidth=width_of(unit, widest), label=f"{thousands(unit)} people"),
    ]
    if border is not None:
        keys.append(Line2D([], [], color="#555555", linewidth=1.6, dashes=(4, 2), label="border"))
    ax.legend(handles=keys, loc="upper center", bbox_to_anchor=(0.5, -0.005), ncol=len(keys), frameon=False, fontsize=9,
              handlelength=1.8, columnspacing=1.6)
    ax.text(0.5, -0.05, note, transform=ax.transAxes, ha="center", va="top", fontsize=8.5, color=GREY)
