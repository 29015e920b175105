#!/usr/bin/env python3
"""A made-up country of any number of places, to see how time and memory grow.

    made_up_country.py PLACES FOLDER [--seed 1] [--days 245] [--people-a-place 12000]

Writes places.csv, routes.csv, strikes.csv and scenario.yaml into FOLDER. Places lie at random on a square at the density of
northwest Syria, each joined to its three nearest neighbours and all into one network; every tenth is a camp. A front of
strikes moves from west to east through the middle, an eighth of the places being struck for a fortnight each. Nothing in
it is a place on earth. The same seed gives the same files.
"""
import argparse
import csv
import datetime
import math
import random
from pathlib import Path

PLACES_A_DEGREE = 80  # a square degree; northwest Syria has 68 places on 0.9 by 0.9 degrees
FIRST_DAY = datetime.date(2030, 1, 1)
CLASSES = ("highway", "primary", "secondary", "track")


def kilometres(a, b):
    """On a plane, which is near enough within a country: 111 km a degree, less along parallels."""
    return math.hypot((a[0] - b[0]) * 111, (a[1] - b[1]) * 111 * math.cos(math.radians(a[0])))


def neighbours(points):
    """For each point the others, nearest first, as far as they stand in the cells around it; at least three."""
    cell = math.sqrt(6 / PLACES_A_DEGREE)
    cells = {}
    for i, point in enumerate(points):
        cells.setdefault((int(point[0] / cell), int(point[1] / cell)), []).append(i)
    for i, point in enumerate(points):
        row, column = int(point[0] / cell), int(point[1] / cell)
        near, reach = [], 0
        while len(near) < min(3, len(points) - 1):
            reach += 1
            near = [j for a in range(-reach, reach + 1) for b in range(-reach, reach + 1)
                    for j in cells.get((row + a, column + b), ()) if j != i]
        yield i, sorted(near, key=lambda j: kilometres(point, points[j]))


def joined(points):
    """Pairs of places that a road joins: neighbours, and from north to south whatever these leave apart."""
    above = list(range(len(points)))

    def root(i):
        while above[i] != i:
            above[i] = i = above[above[i]]
        return i

    pairs = set()

    def join(a, b):
        pairs.add((min(a, b), max(a, b)))
        above[root(a)] = root(b)

    for i, near in neighbours(points):
        for j in near[:3]:
            join(i, j)
    order = sorted(range(len(points)), key=lambda i: points[i])
    for a, b in zip(order, order[1:]):
        if root(a) != root(b):
            join(a, b)
    return sorted(pairs)


def write(path, columns, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(columns)
        table.writerows(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=245)
    parser.add_argument("--people-a-place", type=float, default=12000)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(options.seed)
    side = math.sqrt(options.places / PLACES_A_DEGREE)
    points = [(30 + draw.random() * side, 20 + draw.random() * side) for _ in range(options.places)]

    def people():  # log-normal with a standard deviation of 1, as sizes of towns go; judgement
        return round(options.people_a_place / 0.9 * math.exp(draw.gauss(-0.5, 1)))

    rows = []
    for i, (lat, lon) in enumerate(points):
        camp = i % 10 == 9
        rows.append([f"p{i}", f"Place {i}", "camp" if camp else "town", f"{lat:.5f}", f"{lon:.5f}",
                     0 if camp else people(), draw.randint(2000, 20000)])
    write(options.folder / "places.csv", ["place", "name", "type", "lat", "lon", "population", "capacity"], rows)
    write(options.folder / "routes.csv", ["route", "from", "to", "km", "class"],
          [[f"r{n}", f"p{a}", f"p{b}", f"{max(0.5, 1.25 * kilometres(points[a], points[b])):.1f}", draw.choice(CLASSES)]
           for n, (a, b) in enumerate(joined(points))])
    middle = 30 + side / 2
    struck = sorted(range(options.places), key=lambda i: abs(points[i][0] - middle))[:max(1, options.places // 8)]
    struck.sort(key=lambda i: points[i][1])
    strikes = []
    for n, i in enumerate(struck):
        first = FIRST_DAY + datetime.timedelta(days=n * max(1, options.days // 2) // len(struck))
        last = min(first + datetime.timedelta(days=14), FIRST_DAY + datetime.timedelta(days=options.days - 1))
        strikes.append([f"p{i}", first, last, draw.choice([3, 8, 20]), "made up"])
    write(options.folder / "strikes.csv", ["place", "from", "to", "strikes_per_day", "source"], strikes)
    last = FIRST_DAY + datetime.timedelta(days=options.days - 1)
    (options.folder / "scenario.yaml").write_text(f"""title: A made-up country of {options.places} places
period: {{from: {FIRST_DAY}, to: {last}}}
network:
  places: [{{table: places.csv}}]
  routes: [{{table: routes.csv}}]
groups: [{{name: everyone, share: 1}}]
bombardment: [{{table: strikes.csv}}]
engine: {{members: 1, seed: {options.seed}}}
output: {{file: run.h5, origins: at_end}}
""", encoding="utf-8")


if __name__ == "__main__":
    main()
