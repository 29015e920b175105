"""Every command that writes files, on a toy so small that it is done in a moment, for tests of what becomes of the files."""
import pathlib
import subprocess

STUDY = """extends: toy.yaml
title: A study
axes: {behaviour.leave.h_max: {from: 0.1, to: 0.6}}
design: latin_hypercube
size: 12
collect: [{output: total_movements}, {output: displaced}, {output: without_shelter, keep: quantiles}]
"""
FIGURES = """extends: toy.yaml
title: Figures
reported: [{figure: early, quantity: movements, area: all, from: 2024-03-05, to: 2024-03-08, persons: 3000, source: invented}]
parameters: {prior: [{setting: behaviour.leave.h_max, spread: 0.5}]}
"""
EVENTS = """event_id_cnty,event_date,time_precision,event_type,sub_event_type,location,latitude,longitude,geo_precision
A1,2024-03-06,1,Explosions/Remote violence,Air/drone strike,East,36.0,37.0,1
A2,2024-03-07,1,Explosions/Remote violence,Shelling/artillery/missile attack,West,36.05,36.7,1
"""
CAMPS = pathlib.Path(__file__).parents[1] / "support" / "two_camps.yaml"
TWO_SHARDS = [f"sweep study.yaml -o s.h5 --shard {shard}/2 --threads 1" for shard in (1, 2)]

# name: (files that are there, made by; the command; files that it may write; names of files in which it keeps what is done)
COMMANDS = {
    "run": ([], "run toy.yaml -o r.h5", ["r.h5"], ""),
    "run_over": (["run toy.yaml -o r.h5 --seed 7"], "run toy.yaml -o r.h5 --force", ["r.h5"], ""),
    "checkpoint": ([], "run toy.yaml -o r.h5 --until 2024-03-08 --checkpoint c.state", ["r.h5", "c.state"], ""),
    "continue": (["run toy.yaml -o before.h5 --until 2024-03-08 --checkpoint c.state"],
                 "run toy.yaml -o r.h5 --continue c.state", ["r.h5"], ""),
    "keeping": ([], "run toy.yaml -o r.h5 --keep-every 0", ["r.h5"], ".parts/"),
    "keeping_people": ([], "run toy.yaml -o r.h5 --keep-every 0 --engine agents", ["r.h5"], ".parts/"),
    "sweep": ([], "sweep study.yaml -o s.h5 --threads 1", ["s.h5"], ".parts/"),
    "merge": (TWO_SHARDS, "merge s.h5.parts -o s.h5", ["s.h5"], ""),
    "calibrate": ([], "calibrate figures.yaml -o p.csv --particles 50 --draws 20 --keep-every 0", ["p.csv"], ".state"),
    "export": (["run toy.yaml -o r.h5"], "export r.h5 --to csv -o tables", ["tables"], ""),
    "export_over": (["run toy.yaml -o a.h5 --seed 7", "export a.h5 --to csv -o tables", "run toy.yaml -o r.h5"],
                    "export r.h5 --to csv -o tables --force", ["tables"], ""),
    "export_map": (["run toy.yaml -o r.h5"], "export r.h5 --to geojson -o map", ["map"], ""),
    "export_book": (["run toy.yaml -o r.h5"], "export r.h5 --to xlsx --share -o r.xlsx", ["r.xlsx"], ""),
    "brief": (["run toy.yaml -o r.h5"], "brief r.h5 -o r.html", ["r.html"], ""),
    "brief_over": (["run toy.yaml -o a.h5 --seed 7", "brief a.h5 -o r.html", "run toy.yaml -o r.h5"],
                   "brief r.h5 -o r.html --force", ["r.html"], ""),
    "import": ([], "import acled events.csv --places toy.yaml -o strikes.csv", ["strikes.csv"], ""),
    "compare": (["run toy.yaml -o a.h5", "run toy.yaml -o b.h5 --set crossings[0].quota=10"],
                "compare a.h5 b.h5 -o d.csv", ["d.csv"], ""),
    "sensitivity": (["sweep study.yaml -o s.h5 --threads 1"], "sensitivity s.h5 -o t.csv", ["t.csv"], ""),
    "score": ([], "score camps.yaml -o c.csv", ["c.csv"], ""),
    "forecast": ([], "forecast camps.yaml -o f.csv --ahead 14 --members 4 --hindsight", ["f.csv"], ""),
    "why": (["run toy.yaml -o r.h5"], "why r.h5 --place west -o w.csv", ["w.csv"], ""),
    "map": ([], "check toy.yaml --map m.html", ["m.html"], ""),
    "new": ([], "new region", ["region"], ""),
}


def words(nuzuh, text):
    one_thread = ("run", "calibrate", "score", "forecast", "why")
    return [nuzuh, *text.split(), *(["--threads", "1"] if text.split()[0] in one_thread else [])]


def make_stage(folder, nuzuh, toy, before):
    """Makes a folder with the toy and what is to be there before a command."""
    folder.mkdir()
    scenario = pathlib.Path(toy).read_text().replace("2024-04-30", "2024-03-12").replace("members: 50", "members: 3")
    for name, content in (("toy.yaml", scenario), ("study.yaml", STUDY), ("figures.yaml", FIGURES), ("events.csv", EVENTS),
                          ("camps.yaml", CAMPS.read_text())):
        (folder / name).write_text(content)
    for text in before:
        subprocess.run(words(nuzuh, text), cwd=folder, check=True, capture_output=True)


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_stray(path):
    name = pathlib.PurePath(path).name
    return name.endswith((".part", ".writing")) or name.startswith(".")


def written_names(paths, names):
    return [path for path in paths
            if not is_stray(path) and (path in names or any(path.startswith(name + "/") for name in names))]
