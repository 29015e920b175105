#!/usr/bin/env python3
"""lebanon_tables.py NUZUH EVIDENCE FOLDER: makes the tables of scenarios/lebanon anew from its evidence, by `nuzuh import region`.

EVIDENCE holds places.csv, roads.csv, bombardment.csv and reported_figures.csv as they were gathered; FOLDER gets the scenario that the import makes of
them. What differs from what ships is printed, with its row, and the exit code is then 1.
"""
import csv
import pathlib
import re
import subprocess
import sys

SHIPPED = pathlib.Path(__file__).resolve().parent.parent / "scenarios" / "lebanon"
CLASSES = {"main": "primary"}
LEFT_OUT = {"iraq"}  # across Syria and by air: the scenario has no way there


def rows(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(path, columns, lines):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(columns)
        out.writerows(lines)
    return path


def type_of(place):
    kind = place["type"]
    return "crossing" if kind.startswith("border crossing") else "abroad" if kind == "abroad" else "town"


def closure(road, crossings):
    """Days on which a road is closed; at the border `crossings` of the scenario say who gets across."""
    return ["", ""] if road["to"] in crossings else [road["closed_from"], road["closed_to"]]


def figures(reported):
    """What the scenario is held against: people away from home since the war came, and Lebanese and Syrians together who crossed."""
    lines = [["displaced", r["date"], r["value"], f"{r['source_org']}, {r['report_date']}"] for r in reported
             if r["quantity"] == "idps_in_lebanon" and r["date"] > "2024-09-17"]
    crossed = {}
    for r in reported:
        if r["quantity"].startswith("crossed_to_syria_cumulative_general_security"):
            crossed[r["date"]] = crossed.get(r["date"], 0) + int(r["value"])
    return lines + [["abroad", day, people, "General Security"] for day, people in crossed.items()]


def evidence_as_tables(evidence, folder):
    """The evidence in the columns that the import reads."""
    folder.mkdir(parents=True, exist_ok=True)
    places = [p for p in rows(evidence / "places.csv") if p["id"] not in LEFT_OUT]
    roads = [r for r in rows(evidence / "roads.csv") if not LEFT_OUT & {r["from"], r["to"]}]
    rates = [r for r in rows(evidence / "bombardment.csv") if r["kind"] == "phase_rate"]
    crossings = {p["id"] for p in places if type_of(p) == "crossing"}
    return (
        write(folder / "places.csv", ["place", "name", "name_ar", "adm2_pcode", "type", "lat", "lon", "population"],
              [[p["id"], p["name"], p["name_ar"], p["pcode"], type_of(p), p["lat"], p["lon"], p["population"]] for p in places]),
        write(folder / "links.csv", ["route", "from", "to", "km", "class", "source", "closed_from", "closed_to"],
              [[r["id"], r["from"], r["to"], r["km"], CLASSES.get(r["class"], r["class"]), r["km_source"], *closure(r, crossings)] for r in roads]),
        write(folder / "rates.csv", ["area", "places", "from", "to", "strikes_per_day", "source"],
              [[r["area"], r["place_ids"], r["date_from"], r["date_to"], r["value"], f"{r['quantity'][:3]}: {r['low']} to {r['high']} a day; {r['notes']}"] for r in rates]),
        write(folder / "reported.csv", ["quantity", "to", "persons", "source"], figures(rows(evidence / "reported_figures.csv"))))


def differences(made):
    """What a table that was made says otherwise than the one that ships."""
    def by_key(path, key, values):
        return {tuple(r[k] for k in key): tuple(float(r[v]) if v in ("lat", "lon", "population", "km", "strikes_per_day") else r[v]
                                               for v in values) for r in rows(path)}

    def compare(name, made, shipped):
        for key in sorted(made.keys() | shipped.keys()):
            if made.get(key) != shipped.get(key):
                yield f"{name} {' '.join(key)}: made {made.get(key)}, ships {shipped.get(key)}"

    for name, key, values in (("places.csv", ["place"], ["name", "name_ar", "type", "lat", "lon", "population", "leads_to", "adm2_pcode"]),
                              ("areas.csv", ["area", "place"], []), ("routes.csv", ["route"], ["from", "to", "km", "class"]),
                              ("bombardment.csv", ["area", "from", "to"], ["strikes_per_day", "source"])):
        yield from compare(name, by_key(made / "network" / name, key, values), by_key(SHIPPED / name, key, values))


def of_scenario(path):
    """Entries of a scenario that the tables do not hold: closures of roads and reported figures, by what they say."""
    text = path.read_text(encoding="utf-8")

    def entries(key):
        block = re.search(rf"^{key}:\n((?:[ #].*\n|\n)*)", text, re.MULTILINE)
        return re.findall(r"\{(.*?)\}", block.group(1), re.DOTALL) if block else []

    def value(entry, key):
        found = re.search(rf"\b{key}: ([^,\n]+)", entry)
        return found.group(1).strip() if found else ""

    return ({tuple(value(e, k) for k in ("route", "from", "to")) for e in entries("routes")}
            | {(value(e, "quantity"), value(e, "to"), f"{float(value(e, 'persons')):.0f}") for e in entries("reported")})


def expected(difference):
    """What no evidence says: the import leaves out links behind a crossing, and whose people are drawn to Syria."""
    return (difference.startswith("areas.csv syria ") or (difference.startswith("routes.csv") and "'border')" in difference)
            or ("crossing" in difference and difference.startswith("places.csv") and "made None" not in difference))


def main():
    nuzuh, evidence, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    places, links, rates, reported = evidence_as_tables(evidence, folder / "tables")
    subprocess.run([nuzuh, "import", "region", folder / "made", "--force", "--places", places, "--roads", links, "--bombardment", rates,
                    "--reported", reported], check=True)
    wrong = [d for d in differences(folder / "made") if not expected(d)]
    made, ships = of_scenario(folder / "made" / "scenario.yaml"), of_scenario(SHIPPED.parent / "lebanon-2024.yaml")
    wrong += [f"made and not shipped: {' '.join(e)}" for e in sorted(made - ships)]
    wrong += [f"shipped and not made: {' '.join(e)}" for e in sorted(ships - made)]
    print("\n".join(wrong) or "the tables are those that ship")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
