#!/usr/bin/env python3
"""command.py PROMISE NUZUH SCENARIO: runs the command and checks one promise about it."""
import csv
import json
import os
import pathlib
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "preloaded"))
from preload import signalled

promise, nuzuh, toy = sys.argv[1:]
folder = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_app_"))
FEW = ["--members", "3"]


def command(*words, code=0, **options):
    """Runs nuzuh in the scratch folder; its exit code must be `code`."""
    done = subprocess.run([nuzuh, *map(str, words)], cwd=folder, capture_output=True, text=True, timeout=200,
                          **options)
    assert done.returncode == code, f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def files():
    return sorted(path.name for path in folder.iterdir())


def help_and_version_are_everywhere():
    assert command("--version").stdout.startswith("nuzuh 0.")
    for words in ([], ["check"], ["run"], ["brief"], ["compare"], ["export"], ["score"], ["forecast"],
                  ["import", "acled"], ["import", "region"], ["new"], ["explain"], ["schema"]):
        text = command(*words, "--help").stdout
        assert "Example" in text, f"{words} --help has no example"
    for option in ("-o", "--engine", "--mode", "--members", "--seed", "--threads", "--until", "--set", "--traces",
                   "--force"):
        assert option in command("run", "--help").stdout, option


def usage_mistakes_exit_with_2():
    for words in ([], ["walk"], ["run"], ["run", toy, "--speed", "9"], ["run", toy, "--members", "0"],
                  ["run", toy, "--engine", "steam"], ["run", toy, "--seed", "-1"], ["run", toy, "--until", "soon"],
                  ["run", "missing.yaml"], ["run", toy, "--set", "behaviour.leave.hmax=1"],
                  ["explain", "no_such_key"], ["explain", "missing.h5"], ["export", "missing.h5", "--to", "csv"],
                  ["export", toy], ["export", "missing.h5", "--to", "pdf"], ["compare", "missing.h5"],
                  ["compare", "missing.h5", "missing.h5"]):
        done = command(*words, code=2)
        assert done.stdout == "" and done.stderr, words
    assert files() == []


def mistakes_in_a_scenario_exit_with_2_and_run_nothing():
    text = pathlib.Path(toy).read_text().replace("population", "populaton")
    (folder / "wrong.yaml").write_text(text)
    for verb in ("check", "run"):
        done = command(verb, "wrong.yaml", code=2)
        assert "wrong.yaml:" in done.stderr and "did you mean 'population'" in done.stderr, done.stderr
        assert done.stdout == ""
    assert files() == ["wrong.yaml"]
    assert "nothing wrong" in command("check", toy).stdout
    assert "50,000 people" in command("check", toy).stdout
    assert "200 strikes in the period, 61 days" in command("check", toy).stdout
    closed = command("check", toy, "--set", "network.routes.west_gate.status=closed").stdout
    assert "3 routes (1 closed the whole time)" in closed, closed
    quiet = command("--quiet", "check", toy)
    assert quiet.stdout == quiet.stderr == ""


def a_run_prints_results_on_stdout_and_messages_on_stderr():
    done = command("run", toy, *FEW, "-o", "a.h5")
    assert "movements" in done.stdout and "people displaced" in done.stdout and "First full" in done.stdout
    assert "Runs short" in done.stdout and "water" in done.stdout
    assert "a.h5" in done.stderr and "written" in done.stderr
    assert files() == ["a.h5"]
    done = command("run", toy, *FEW, "-o", "b.h5", "--quiet")
    assert done.stderr == "" and "movements" in done.stdout


def options_reach_the_run_and_its_file():
    command("run", toy, "-o", "a.h5", "--members", "4", "--seed", "7", "--until", "2024-03-10", "--set",
            "behaviour.leave.h_max=0.05", "--set", "output.every=2 days")
    text = command("explain", "a.h5").stdout
    assert "member 4" in text and "time 5" in text and "2024-03-10" in text
    assert any(line.split() == ["seed", "7"] for line in text.splitlines()), text
    scenario = command("explain", "--scenario", "a.h5").stdout
    assert "h_max: 0.05" in scenario
    command("run", toy, "-o", "agents.h5", "--engine", "agents", "--members", "1", "--traces", "5")
    text = command("explain", "agents.h5").stdout
    assert "/histories/times_displaced" in text and "/traces/household" in text
    command("run", toy, "-o", "expected.h5", "--mode", "expected")
    assert "member 1" in command("explain", "expected.h5").stdout


def results_do_not_depend_on_threads():
    for threads in (1, 4):
        command("run", toy, *FEW, "-o", f"{threads}.nc", "--threads", threads)
    assert (folder / "1.nc").read_bytes() == (folder / "4.nc").read_bytes()


def an_existing_file_is_refused_before_the_run():
    (folder / "a.h5").write_text("precious")
    done = command("run", toy, "-o", "a.h5", "--members", "100000", code=2)
    assert "--force" in done.stderr and (folder / "a.h5").read_text() == "precious"
    assert "no folder" in command("run", toy, "-o", "nowhere/a.h5", code=2).stderr
    assert "cannot write" in command("run", toy, "-o", "/proc/a.h5", code=2).stderr
    command("run", toy, *FEW, "-o", "a.h5", "--force")
    assert (folder / "a.h5").read_bytes()[1:4] == b"HDF"
    command("run", toy, *FEW)
    command("run", toy, *FEW, code=2)
    assert files() == ["a.h5", "toy.h5"], "without -o the file has the scenario's name"


def combinations_without_effect_are_refused():
    assert "--traces" in command("run", toy, "--traces", "5", code=2).stderr
    assert "compartments" in command("run", toy, "--engine", "agents", "--mode", "expected", code=2).stderr
    assert "same" in command("run", toy, "--mode", "expected", "--members", "5", "--fixed", code=2).stderr
    assert files() == []


def a_run_that_does_not_fit_into_memory_is_refused():
    # A million members of 61 records and 4 places are 15 GB of place fields alone; a step of records more.
    done = command("run", toy, "--members", "1000000", "--set", "period.to=2030-01-01", code=2)
    assert "memory" in done.stderr and "--members" in done.stderr and "output.every" in done.stderr
    assert files() == []


def stopped_run(number, *words):
    """A run that is stopped by a signal when what is done is kept for the first time."""
    done = command("run", toy, *words, "--keep-every", 0, code=75, env=signalled(nuzuh, number, ".parts/"))
    assert "--resume" in done.stderr and done.stdout == "", done.stderr


def kept_in(parts):
    return sorted(file for file in (folder / parts).iterdir() if file.suffix in (".members", ".running"))


def a_signal_keeps_the_runs_that_are_done():
    for i, (number, members, more) in enumerate(((signal.SIGINT, 200, []), (signal.SIGTERM, 100, ["--threads", "1"]),
                                                 (signal.SIGUSR1, 800, ["--threads", "1", "--set",
                                                                          "engine.track_origin=false"]))):
        many = ["--members", members, *more]
        stopped_run(number, "-o", f"{i}.h5", *many)
        assert not (folder / f"{i}.h5").exists() and kept_in(f"{i}.h5.parts")
        assert "--resume" in command("run", toy, "-o", f"{i}.h5", *many, code=2).stderr
        done = command("run", toy, "-o", f"{i}.h5", "--members", members - 1, *more, "--resume", code=2)
        assert f"{i}.h5.parts was left by another run" in done.stderr, done.stderr
        command("run", toy, "-o", f"{i}.h5", *many, "--resume")
        command("run", toy, "-o", "whole.h5", *many, "--force")
        assert (folder / f"{i}.h5").read_bytes() == (folder / "whole.h5").read_bytes()
        assert not (folder / f"{i}.h5.parts").exists()
        assert "nothing left" in command("run", toy, "-o", f"{i}.h5", *many, "--resume").stderr
        assert "another scenario" in command("run", toy, "-o", f"{i}.h5", "--members", 7, "--resume", code=2).stderr


def a_single_run_goes_on_from_the_day_where_it_stood():
    long = [pathlib.Path(toy).parent / "idlib-2019.yaml", "--members", 1, "--engine", "agents", "--set", "unit=person",
            "--set", "period.step=1/4 day"]
    kept = folder / "a.h5.parts" / "0000000.running"
    resumed = []
    for number, at, code in ((signal.SIGTERM, 1, 75), (signal.SIGUSR1, 3, 75), (signal.SIGKILL, 2, -signal.SIGKILL)):
        command("run", *long, "-o", "a.h5", "--keep-every", 0, *resumed, code=code, env=signalled(nuzuh, number, kept.name, at))
        assert kept.exists() and not (folder / "a.h5").exists()
        resumed = ["--resume"]
    command("run", *long, "-o", "a.h5", "--resume")
    command("run", *long, "-o", "whole.h5")
    assert (folder / "a.h5").read_bytes() == (folder / "whole.h5").read_bytes()
    assert not kept.parent.exists()


def a_calibration_goes_on_where_it_was_broken_off():
    few = [pathlib.Path(toy).parent / "idlib-2019-august.yaml", "--particles", 50, "--draws", 20, "--threads", 1]
    command("calibrate", *few, "-o", "whole.csv")
    state = folder / "a.csv.state"
    again = ["calibrate", *few, "-o", "a.csv", "--keep-every", 0]
    command(*again, code=75, env=signalled(nuzuh, signal.SIGTERM, state.name))
    command(*again, "--resume", code=-signal.SIGKILL, env=signalled(nuzuh, signal.SIGKILL, state.name, at=2))
    assert "broken off" in command(*again, code=2).stderr
    other = command(*again, "--seed", 7, "--resume", code=2).stderr
    assert "left by another calibration" in other, other
    command(*again, "--resume", code=75, env=signalled(nuzuh, signal.SIGINT, state.name))
    command(*again, "--resume")
    assert (folder / "a.csv").read_bytes() == (folder / "whole.csv").read_bytes()
    assert not list(folder.glob("*a.csv.state*")), "what a kill left while it wrote is taken away"
    state.write_bytes(b"nothing of the kind")
    (folder / "a.csv").unlink()
    assert "set aside as" in command("calibrate", *few, "-o", "a.csv", "--resume").stderr
    assert (folder / "a.csv").read_bytes() == (folder / "whole.csv").read_bytes()


def regions_are_calibrated_together():
    august = pathlib.Path(toy).parent / "idlib-2019-august.yaml"
    (folder / "other.yaml").write_text(f"extends: {august}\ntitle: Another region\n")
    few = [august, "other.yaml", "--particles", 50, "--draws", 20]
    said = command("calibrate", *few, "-o", "p.csv").stdout
    assert "lies between regions" in said and "Another region" in said, said
    tables = [(folder / name).read_text() for name in ("p.csv", "p.idlib-2019-august.csv", "p.other.csv")]
    assert len(set(tables)) == 3 and all(text.startswith("draw,setting,value\n0,") for text in tables)
    (folder / "third.yaml").write_text(f"extends: {august}\nreplaces: [parameters.posterior]\nparameters: {{posterior: [table: p.csv]}}\n")
    command("check", "third.yaml")
    for wrong, why in (([august, august], "have the same name"), ([*few, *["--until", "2019-08-20"] * 3], "3 times for 2 scenarios"),
                       ([*few, "--until", "soon"], "is no date"), (few, "p.other.csv")):
        assert why in command("calibrate", *wrong, "-o", "q.csv" if wrong is not few else "p.csv", code=2).stderr
    assert not list(folder.glob("q.*"))


def kept_runs_that_are_damaged_are_run_again():
    many = ["--members", 200, "--threads", 2]
    stopped_run(signal.SIGINT, "-o", "a.h5", *many)
    kept = kept_in("a.h5.parts")
    for damage in (lambda content: content[:-9], lambda content: content[:9000] + b"?" + content[9001:], lambda _: b""):
        content = kept[0].read_bytes()
        kept[0].write_bytes(damage(content))
        shutil.copytree(folder / "a.h5.parts", folder / "c.h5.parts")
        done = command("run", toy, "-o", "c.h5", *many, "--resume")
        assert f"{kept[0].name} is damaged" in done.stderr, done.stderr
        if not (folder / "whole.h5").exists():
            command("run", toy, "-o", "whole.h5", *many)
        assert (folder / "c.h5").read_bytes() == (folder / "whole.h5").read_bytes()
        (folder / "c.h5").unlink()
        kept[0].write_bytes(content)


def what_is_not_of_this_run_is_never_taken():
    mine = folder / "a.h5.parts" / "thesis" / "chapter.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("precious")
    study = folder / "study.yaml"
    study.write_text(f"extends: {toy}\ntitle: s\naxes: {{behaviour.leave.h_max: [0.1, 0.2]}}\ndesign: grid\ncollect: [{{output: total_movements}}]\n")
    for words in (["run", toy, *FEW], ["sweep", study]):
        assert "is in the way" in command(*words, "-o", "a.h5", "--force", code=2).stderr and mine.exists()
    shutil.rmtree(mine.parents[1])

    many = ["--members", 200, "--threads", 1, "--fixed"]
    stopped_run(signal.SIGTERM, "-o", "b.h5", *many, "--seed", 1)
    stopped_run(signal.SIGTERM, "-o", "c.h5", *many, "--seed", 2)
    shutil.copy(kept_in("b.h5.parts")[0], folder / "c.h5.parts" / "0000199.running")
    (folder / "c.h5.parts" / "0000198.running").mkdir()  # no file of ours
    done = command("run", toy, "-o", "c.h5", *many, "--seed", 2, "--resume")
    assert "0000199.running is damaged or of another run" in done.stderr, done.stderr
    command("run", toy, "-o", "whole.h5", *many, "--seed", 2)
    assert (folder / "c.h5").read_bytes() == (folder / "whole.h5").read_bytes()


def what_is_asked_for_besides_is_not_said_to_be_done():
    command("run", toy, *FEW, "-o", "a.h5")
    assert "nothing left" in command("run", toy, *FEW, "-o", "a.h5", "--resume").stderr
    assert "no.state is not" in command("run", toy, *FEW, "-o", "a.h5", "--resume", "--checkpoint", "no.state", code=2).stderr
    command("run", toy, *FEW, "-o", "a.h5", "--resume", "--continue", "nothing.state", code=2)
    agents = [*FEW, "--engine", "agents", "-o", "agents.h5"]
    command("run", toy, *agents)
    assert "holds no traces" in command("run", toy, *agents, "--traces", 5, "--resume", code=2).stderr


def a_failing_write_leaves_no_file():
    if "TSAN_OPTIONS" in os.environ:
        print("skipped: under this limit the thread sanitizer itself ends by a signal")
        sys.exit(77)

    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))

    done = command("run", toy, *FEW, "-o", "a.h5", code=1, preexec_fn=small_files)
    assert "nuzuh: error" in done.stderr and "a.h5 is not written" in done.stderr
    assert done.stdout == "" and files() == []


def names_in(name):
    return sorted(path.name for path in (folder / name).iterdir())


def exports_are_written_whole_and_never_over_others():
    command("run", toy, *FEW, "-o", "a.h5")
    done = command("export", "a.h5", "--to", "csv")
    assert "a-csv/places_by_day.csv" in done.stdout and "bytes" in done.stdout
    assert {"READ_ME.txt", "columns.csv", "places.csv", "totals_by_day.csv"} <= set(names_in("a-csv"))
    before = (folder / "a-csv/flows.csv").read_bytes()
    (folder / "a-csv/flows.csv").write_text("mine")
    assert "--force" in command("export", "a.h5", "--to", "csv", code=2).stderr
    assert (folder / "a-csv/flows.csv").read_text() == "mine"
    command("export", "a.h5", "--to", "csv", "--force")
    assert (folder / "a-csv/flows.csv").read_bytes() == before
    command("export", "a.h5", "--to", "geojson", "-o", "map")
    assert "places_by_week.geojson" in names_in("map")
    command("export", "a.h5", "--to", "quantiles", "-o", "hub", "--quiet")
    assert names_in("hub") == ["READ_ME.txt", "columns.csv", "quantiles.csv"]
    command("export", "a.h5", "--to", "csv", "--share")
    assert names_in("a-shared-csv") == ["READ_ME.txt", "columns.csv", "sub_districts_by_week.csv", "totals_by_week.csv"]
    assert "--bom" in command("export", "a.h5", "--to", "geojson", "--bom", "-o", "b", code=2).stderr
    assert "no folder" in command("export", "a.h5", "--to", "csv", "-o", "no/where", code=2).stderr
    assert "is a file" in command("export", "a.h5", "--to", "csv", "-o", "a.h5", code=2).stderr
    assert not (folder / "b").exists() and not (folder / "no").exists()


def what_a_command_reads_is_never_overwritten():
    """Not by its name, not by another way or link to it, not when forced."""
    small_flee_case()
    command("run", toy, *FEW, "-o", "a.h5")
    command("run", toy, *FEW, "-o", "b.h5")
    shutil.copy(toy, folder / "base.yaml")
    (folder / "study.yaml").write_text("extends: base.yaml\ntitle: s\naxes:\n"
                                       "  behaviour.leave.h_max: [0.1, 0.2]\ndesign: grid\ncollect: [{output: total_movements}]\n")
    command("sweep", "study.yaml", "-o", "s.h5", "--shard", "1/2")
    part = next((folder / "s.h5.parts").glob("runs-*.h5"))
    (folder / "camps.yaml").write_text(REGISTERED)
    events = folder / "events.csv"
    events.write_bytes((pathlib.Path(__file__).parent.parent / "region" / "acled_events.csv").read_bytes())
    os.link(folder / "a.h5", folder / "hard.html")
    os.symlink("b.h5", folder / "soft.csv")
    os.mkdir(folder / "out")
    os.symlink("../a.h5", folder / "out" / "places.csv")
    os.symlink("../a.h5", folder / "out" / "places.geojson")
    os.symlink("../a.h5", folder / "out" / "quantiles.csv")
    (folder / "x").mkdir()
    os.symlink(folder / "made_up" / "input_csv" / "locations.csv", folder / "x" / "places.csv")
    kept = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for words in (["run", "camps.yaml", "-o", "camps.yaml"],
                  ["run", "camps.yaml", "-o", "made_up/../camps.yaml"],
                  ["run", "made_up", "-o", "made_up/simsetting.yml"],
                  ["sweep", "study.yaml", "-o", "study.yaml"], ["sweep", "study.yaml", "-o", "base.yaml"],
                  ["brief", "a.h5", "-o", "a.h5"], ["brief", "a.h5", "-o", "hard.html"],
                  ["brief", "a.h5", "--against", "b.h5", "-o", "b.h5"],
                  ["compare", "a.h5", "b.h5", "-o", "b.h5"], ["compare", "a.h5", "b.h5", "-o", "soft.csv"],
                  ["export", "a.h5", "--to", "csv", "-o", "out"], ["export", "a.h5", "--to", "geojson", "-o", "out"],
                  ["export", "a.h5", "--to", "quantiles", "-o", "out"],
                  ["export", "a.h5", "--to", "quantiles", "--share", "-o", "out"],
                  ["import", "acled", "events.csv", "--places", "camps.yaml", "-o", "events.csv"],
                  ["import", "acled", "events.csv", "--places", "camps.yaml", "-o", "camps.yaml"],
                  ["import", "flee", "made_up", "-o", "x.yaml"],
                  ["import", "flee", "made_up", "-o", "made_up/input_csv/routes.csv"],
                  ["merge", "s.h5.parts", "-o", part], ["merge", "s.h5.parts", "-o", "s.h5.parts/study.yaml"],
                  ["check", "camps.yaml", "--map", "camps.yaml"], ["check", "made_up", "--map", "made_up/input_csv/routes.csv"],
                  ["score", "camps.yaml", "-o", "camps.yaml"], ["forecast", "camps.yaml", "-o", "camps.yaml"]):
        done = command(*words, "--force", code=2)
        assert "another file of this command" in done.stderr, (words, done.stderr)
        assert "--force" not in done.stderr, ("no way out", words, done.stderr)
        assert all(path.read_bytes() == content for path, content in kept.items()), words


def traces_are_never_shared():
    command("run", toy, "-o", "a.h5", "--engine", "agents", "--members", "1", "--traces", "5")
    for to in ("csv", "geojson", "quantiles"):
        done = command("export", "a.h5", "--to", to, "--share", "-o", "out", code=2)
        assert "traces" in done.stderr and "never shared" in done.stderr
        assert files() == ["a.h5"]
    command("export", "a.h5", "--to", "csv", "-o", "out")
    assert not any("trace" in name or "histor" in name for name in names_in("out"))


def runs_that_met_the_same_chance_are_compared_in_pairs():
    command("run", toy, *FEW, "-o", "a.h5")
    command("run", toy, *FEW, "-o", "b.h5", "--set", "title=no strikes", "--set", "bombardment[0].strikes_per_day=0")
    done = command("compare", "a.h5", "b.h5", "-o", "difference.csv")
    assert "averted" in done.stdout and "fewer in 100 %" in done.stdout and "no strikes" in done.stdout
    assert "Arrivals at" in done.stdout and "west" in done.stdout and "difference.csv" in done.stderr
    lines = (folder / "difference.csv").read_text().splitlines()
    assert lines[0].startswith("quantity,unit,") and lines[1].startswith("#indicator+code,")
    assert any(line.startswith("person_days_at_risk,person-days,") for line in lines)
    assert "--force" in command("compare", "a.h5", "b.h5", "-o", "difference.csv", code=2).stderr
    assert "the same person-days" in command("compare", "a.h5", "a.h5").stdout


def runs_that_are_no_pairs_are_refused():
    command("run", toy, *FEW, "-o", "a.h5")
    command("run", toy, *FEW, "--seed", "9", "-o", "seed.h5")
    command("run", toy, *FEW, "--until", "2024-03-20", "-o", "short.h5")
    done = command("compare", "a.h5", "seed.h5", "-o", "out.csv", code=2)
    assert "different seeds, 1 and 9" in done.stderr and "--unpaired" in done.stderr and done.stdout == ""
    assert "different days" in command("compare", "a.h5", "short.h5", "--unpaired", code=2).stderr
    assert "leave it out" in command("compare", "a.h5", "a.h5", "--unpaired", code=2).stderr
    assert "independent runs" in command("compare", "a.h5", "seed.h5", "--unpaired").stdout
    assert files() == ["a.h5", "seed.h5", "short.h5"]


def with_camp(name, place, after=""):
    """The toy with a camp more, as a scenario beside the results."""
    (folder / name).write_text(
        f"extends: {toy}\ntitle: A camp more\nnetwork:\n"
        f"  places: [{{place: {place}, name: New camp, type: camp, lat: 36.04, lon: 36.85, capacity: 4000}}]\n"
        f"  routes: [{{route: to_{place}, from: east, to: {place}, km: 12, class: primary}}]\n{after}")
    return name


def what_only_one_run_has_is_said_and_not_misread():
    command("run", toy, *FEW, "-o", "base.h5")
    command("run", with_camp("camp.yaml", "camp"), *FEW, "-o", "camp.h5")
    command("run", with_camp("hill.yaml", "a_hill"), *FEW, "-o", "hill.h5")
    command("run", toy, *FEW, "--engine", "pooled", "-o", "blind.h5")
    for a, b, said in [("base", "camp", "Only B has this place: camp"), ("camp", "base", "Only A has this place: camp"),
                       ("camp", "hill", "Only A has this place: camp"), ("base", "blind", "Only A tells arrivals by home"),
                       ("blind", "base", "Only B tells arrivals by home"), ("blind", "camp", "Only B has this place: camp")]:
        pairs = ["--unpaired"] if "blind" in (a, b) else []  # pooled runs are another engine
        done = command("compare", f"{a}.h5", f"{b}.h5", *pairs, "-o", f"{a}-{b}.csv")
        assert said in done.stdout, (a, b, done.stdout)
        with open(folder / f"{a}-{b}.csv", newline="") as file:
            rows = list(csv.DictReader(file))[1:]
        blind = "blind" in (a, b)
        assert any(row["origin"] for row in rows) != blind, (a, b)
        at_camp = [row for row in rows if row["place"] == "camp" and row["quantity"] == "arrivals" and not row["origin"]]
        assert len(at_camp) == ("camp" in (a, b)), (a, b)
        for row in at_camp:
            nobody, some = ("a_median", "b_median") if b == "camp" else ("b_median", "a_median")
            assert float(row[nobody]) == 0 and float(row[some]) > 0 and row["name"] == "New camp", row
        for row in rows:
            assert row["place"] != "west" or row["quantity"] != "arrivals" or row["origin"] or float(row["a_median"]) > 0, row


def quantities_are_told_with_their_unit_and_no_false_digit():
    (folder / "shut.yaml").write_text(f"extends: {toy}\ntitle: Shut in\naccess:\n"
                                      "  - {area: all, from: 2024-03-05, to: 2024-03-25, access: 0.2, source: what if}\n")
    command("run", toy, *FEW, "-o", "a.h5")
    done = command("run", "shut.yaml", *FEW, "-o", "b.h5")
    numbers = re.findall(r"\d[\d,]*", done.stdout.split("On 2024")[1].split("Most displaced")[0].replace("2024-04-30", ""))
    assert all(len(number.replace(",", "").rstrip("0")) <= 3 for number in numbers), numbers
    text = command("compare", "a.h5", "b.h5").stdout
    worst = re.search(r"could not leave, on the worst day +persons +0 +([\d,]+)", text)
    every = re.search(r"could not leave, all days together +person-days +0 +([\d,]+)", text)
    assert worst and every, text
    assert int(worst[1].replace(",", "")) * 3 < int(every[1].replace(",", "")), text
    for line in text.split("Over the run")[1].split("Arrivals at")[0].splitlines()[1:]:
        assert not line or re.search(r"persons|person-days|households", line), line


def records_of_other_lengths_are_compared_but_for_their_most():
    for name, every in (("day", "1 day"), ("week", "7 days"), ("other", "7 days")):
        command("run", toy, *FEW, "-o", f"{name}.h5", "--set", f"output.every={every}")
    text = command("compare", "week.h5", "day.h5", "-o", "c.csv").stdout
    assert "Records of A are 7 days long, those of B 1: what is most in any of them is not compared." in text, text
    assert "worst" not in text and "most_" not in (folder / "c.csv").read_text(), text
    rows = list(csv.DictReader(open(folder / "c.csv", newline="")))[1:]
    assert len(rows) > 20
    for row in rows:
        assert abs(float(row["a_median"]) - float(row["b_median"])) <= 1e-3 * float(row["b_median"]), row
    assert "without shelter, worst record of 7 days" in command("compare", "week.h5", "other.h5").stdout


def weeks_that_records_do_not_make_are_not_told():
    for every, tells_weeks in (("1 day", True), ("7 days", True), ("2 days", False), ("10 days", False)):
        command("run", toy, *FEW, "-o", "a.h5", "--force", "--set", f"output.every={every}")
        done = command("export", "a.h5", "--to", "quantiles", "-o", "q", "--force")
        rows = (folder / "q/quantiles.csv").read_text()
        assert ("weekly_arrivals" in rows) == tells_weeks and "weekly_displaced" in rows, every
        assert ("cannot be told" in done.stdout + done.stderr) != tells_weeks, (every, done.stdout, done.stderr)
        command("brief", "a.h5", "--force")
        days = re.search(r'"week_days":(\d+)', (folder / "a.html").read_text())
        assert int(days[1]) == {"2 days": 8, "10 days": 10}.get(every, 7), (every, days)


def both_streams_in_one_file_stand_in_order():
    command("run", toy, *FEW, "-o", "a.h5")
    with open(folder / "both.txt", "w") as both:
        subprocess.run([nuzuh, "compare", "a.h5", "a.h5", "-o", "c.csv"], cwd=folder, stdout=both, stderr=both, check=True)
    text = (folder / "both.txt").read_text()
    assert text.index("the same person-days") < text.index("written: c.csv"), text


def a_study_is_a_table_and_nothing_else():
    (folder / "study.yaml").write_text(
        f"extends: {toy}\naxes:\n  behaviour.leave.h_max: {{from: 0.1, to: 0.6}}\n  groups.everyone.travel: [foot, vehicle]\n"
        "design: latin_hypercube\nsize: 4\nreplicates: 2\n"
        "collect: [{output: total_movements}, {output: arrivals}, {output: first_day_full}, {output: displaced, keep: quantiles}]\n")
    command("sweep", "study.yaml", "-o", "s.h5")
    command("export", "s.h5", "--to", "csv")
    with open(folder / "s-csv/runs.csv", newline="") as file:
        head, tags, *rows = csv.reader(file)
    assert len(rows) == 8 and all(tag.startswith("#") for tag in tags)
    for name in ("run", "set", "replicate", "status", "behaviour_leave_h_max", "groups_everyone_travel", "total_movements",
                 "most_total_movements", "arrivals_west", "first_day_full_100_percent_west"):
        assert name in head, (name, head)
    assert "displaced_quantile" in (folder / "s-csv/READ_ME.txt").read_text()
    travel = {row[head.index("groups_everyone_travel")] for row in rows}
    assert travel == {"foot", "vehicle"} and 0.1 <= float(rows[0][head.index("behaviour_leave_h_max")]) <= 0.6
    import xarray
    with xarray.open_dataset(folder / "s.h5", engine="netcdf4") as study:
        for k, row in enumerate(rows):
            assert abs(float(row[head.index("total_movements")]) - float(study.total_movements[k, -1])) < 0.06
            came = float(study.arrivals[k].sum("time").sel(place="west"))
            assert abs(float(row[head.index("arrivals_west")]) - came) < 0.06 + 1e-6 * came
    command("run", toy, *FEW, "-o", "a.h5")
    before = files()
    for words in (["brief", "s.h5", "--against", "a.h5"], ["brief", "s.h5", "--no-levers"], ["compare", "s.h5", "s.h5"], ["compare", "a.h5", "s.h5"], ["compare", "s.h5", "a.h5"],
                  ["brief", "a.h5", "--against", "s.h5"], ["export", "s.h5", "--to", "geojson"],
                  ["export", "s.h5", "--to", "quantiles"], ["export", "s.h5", "--to", "csv", "--share"]):
        done = command(*words, code=2)
        assert "s.h5 holds a study" in done.stderr and done.stdout == "", (words, done.stderr)
    assert files() == before
    scripts = pathlib.Path(toy).parents[1] / "scripts"
    for words in (["plot_run.py", "s.h5"], ["plot_compare.py", "a.h5", "s.h5"]):
        done = subprocess.run(["/usr/bin/python3", scripts / words[0], *words[1:]], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 2 and "s.h5 holds a study" in done.stderr, done


def tables_without_hashtags_have_numbers_in_their_columns():
    (folder / "odd.yaml").write_text(f"extends: {toy}\ntitle: 'Plan #2'\nplanning:\n"
                                     "  figures: [{name: 'plan #7', persons: 20000, quantity: people_displaced, source: 'page #3'}]\n")
    command("run", "odd.yaml", *FEW, "-o", "a.h5")
    for options, has_tags in ([], True), (["--no-hxl"], False):
        command("export", "a.h5", "--to", "csv", "-o", "out", "--force", *options)
        for path in (folder / "out").glob("*.csv"):
            head, second, *rest = path.read_text().splitlines()
            assert second.startswith("#") == has_tags, path
            assert "#" not in "".join(rest) or path.name == "columns.csv" and has_tags, path
            if not has_tags:
                with open(path, newline="") as file:
                    lines = list(csv.reader(file))
                assert len({len(line) for line in lines}) == 1 and "hashtag" not in head, path
    assert "plan \uff037" in (folder / "out/planning.csv").read_text()
    import pandas
    assert pandas.read_csv(folder / "out/places_by_day.csv").displaced.dtype == float
    assert "--no-hxl" in command("export", "a.h5", "--to", "geojson", "--no-hxl", code=2).stderr


def exports_land_beside_the_results():
    (folder / "deep").mkdir()
    command("run", toy, *FEW, "-o", "deep/a.h5")
    command("export", "deep/a.h5", "--to", "csv")
    command("export", "deep/a.h5", "--to", "geojson", "--share")
    command("brief", "deep/a.h5")
    assert {"a-csv", "a-shared-geojson", "a.html"} <= set(names_in("deep")) and files() == ["deep"], files()


def explain_says_how_a_file_was_made():
    command("run", toy, *FEW, "-o", "a.h5")
    text = command("explain", "a.h5").stdout
    for word in ("compartments", "seed", "toy.yaml", "/displaced", "member 3, time 61, place 4", "persons"):
        assert word in text, word
    assert "h_max" in command("explain", "behaviour.leave.h_max").stdout
    assert "h_max" in command("explain").stdout
    (folder / "output").mkdir()
    assert "output.every" in command("explain", "output").stdout, "a setting comes before a folder of that name"
    assert "h_max" in command("explain", toy).stdout
    (folder / "note.h5").write_text("not HDF5")
    assert "note.h5" in command("explain", "note.h5", code=2).stderr
    (folder / "note.csv").write_text("a,b\n1,2\n")
    assert "note.csv is no scenario, no results and no checkpoint" in command("explain", "note.csv", code=2).stderr


def a_checkpoint_says_what_it_is_and_what_else_was_asked_for():
    command("run", toy, *FEW, "-o", "a.h5", "--until", "2024-03-14", "--checkpoint", "a.state", "--set", "output.every=7 days")
    assert "3 runs by compartments, seed 1, records every 7 steps, 0 traces, after 14 steps" in command("explain", "a.state").stdout
    done = command("run", toy, *FEW, "-o", "b.h5", "--continue", "a.state", code=2)
    assert "output.every" in done.stderr and "origins" not in done.stderr, done.stderr


def what_totals_alone_cannot_tell_is_said_by_the_name_of_the_setting():
    totals = ["--set", "output.members=totals"]
    command("run", toy, *FEW, "-o", "all.h5")
    printed = command("run", toy, *FEW, *totals, "-o", "totals.h5").stdout
    assert printed == command("run", toy, *FEW, "-o", "all.h5", "--force").stdout, "the summary is of the run, not of what is kept"
    assert (folder / "totals.h5").stat().st_size < (folder / "all.h5").stat().st_size
    told = command("explain", "totals.h5").stdout
    assert "totals alone" in told and "/arrivals_over_run" in told and "/displaced " not in told, told
    for words in (["export", "totals.h5", "--to", "csv", "--share", "-o", "out"], ["score", "totals.h5"],
                  ["export", "totals.h5", "--to", "geojson", "--share", "-o", "out"]):
        done = command(*words, code=2)
        assert done.stdout == "" and "output.members: totals" in done.stderr and "--set output.members=all" in done.stderr, done.stderr
    for form in ("csv", "geojson", "quantiles"):
        assert "output.members: totals" in command("export", "totals.h5", "--to", form, "-o", form).stderr, form
        assert "output.members" not in command("export", "all.h5", "--to", form, "-o", f"all-{form}").stderr, form
    assert "water" in (folder / "csv/needs_of_places_by_week.csv").read_text()
    command("brief", "totals.h5")
    command("run", toy, *FEW, *totals, "--set", "output.causes=true", "-o", "causes.h5")
    command("export", "causes.h5", "--to", "csv", "-o", "causes")
    assert "arrivals_by_strikes" in (folder / "causes/causes_by_day.csv").read_text(), "by cause there are means and quantiles too"
    command("run", toy, *FEW, *totals, "-o", "b.h5", "--set", "bombardment[0].strikes_per_day=0")
    command("run", toy, *FEW, "-o", "b-all.h5", "--set", "bombardment[0].strikes_per_day=0")
    told, whole = command("compare", "totals.h5", "b.h5").stdout, command("compare", "all.h5", "b-all.h5").stdout
    assert "Of A no arrivals by home are kept of each member (output.members: totals): not compared." in told, told
    for heading in ("Over the run", "Arrivals at"):
        assert told.split(heading)[1] == whole.split(heading)[1]
    mixed = command("compare", "all.h5", "b.h5").stdout
    assert mixed.split("Over the run")[1] == whole.split("Over the run")[1] and "Only A tells arrivals by home" in mixed
    assert "did you mean 'totals'" in command("run", toy, "--set", "output.members=total", code=2).stderr
    (folder / "study.yaml").write_text(f"extends: {toy}\naxes: {{behaviour.leave.h_max: [0.2, 0.4]}}\ndesign: grid\n")
    done = command("sweep", "study.yaml", "-o", "s.h5", *totals, code=2)
    assert "output.members" in done.stderr and "collect" in done.stderr and not (folder / "s.h5").exists(), done.stderr


def some_places_are_told_and_nothing_is_added_up_over_them():
    some = ["--set", "output.places=[west, gate]"]
    printed = command("run", toy, *FEW, "-o", "all.h5", "--force").stdout
    assert command("run", toy, *FEW, *some, "-o", "some.h5").stdout == printed, "the summary is of the run, not of what is kept"
    told = command("explain", "some.h5").stdout
    assert "2 of 4 (output.places)" in told and "totals are those of everyone" in told, told
    for words in (["export", "some.h5", "--to", "csv", "--share", "-o", "out"], ["score", "some.h5"]):
        done = command(*words, code=2)
        assert done.stdout == "" and "2 of 4 (output.places)" in done.stderr and "--set output.places=~" in done.stderr, done.stderr
    for form in ("csv", "geojson", "quantiles"):
        command("export", "some.h5", "--to", form, "-o", f"some-{form}")
    command("export", "all.h5", "--to", "csv", "-o", "all-places")
    for table in ("totals_by_day.csv", "needs_by_day.csv"):
        assert (folder / "some-csv" / table).read_text() == (folder / "all-places" / table).read_text(), table
    assert "\neast,East,,west," in (folder / "some-csv/flows.csv").read_text(), "homes are all"
    command("brief", "some.h5")
    assert "tells of 2 of 4 places (output.places)" in command("compare", "some.h5", "all.h5").stdout
    assert "arrivals, mean of" in command("why", "some.h5", "--place", "west").stdout
    done = command("why", "some.h5", "--place", "east", code=2)
    assert "does not tell of 'east'" in done.stderr and "output.places" in done.stderr, done.stderr
    again = command("run", toy, *FEW, *some, "--set", "output.places=~", "-o", "again.h5").stdout
    assert again == printed and (folder / "again.h5").read_bytes() == (folder / "all.h5").read_bytes()
    done = command("run", toy, "--set", "output.places=[wset, gate, gate]", code=2).stderr
    assert "there is no place 'wset'" in done and "did you mean 'west'?" in done and "'gate' is named twice" in done, done
    for value, wrong in (("west", "expects a list"), ("[]", "at least one"), ("[east, west, gate, beyond]", "names every place")):
        assert wrong in command("run", toy, "--set", f"output.places={value}", code=2).stderr, value


PLANTED = """title: planted
period: {from: 2020-01-01, to: 2020-01-10}
network:
  places:
    - {place: a, name: Alpha, name_ar: ألف, type: town, lat: 35, lon: 36, population: 10000}
    - {place: b, name: Beta, type: town, lat: 35, lon: 37, population: 5000}
    - {place: c, name: Gamma, type: town, lat: 35.3, lon: 36.5, population: 2000}
    - {place: d, name: Delta, type: town, lat: 35.301, lon: 36.501, population: 100}
  routes:
    - {route: short, from: a, to: b, km: 50, class: highway}
    - {route: round, from: a, to: c, km: 120}
    - {route: shut, from: b, to: c, km: 60, status: closed}
groups: [{name: all, share: 1, household_size: 5, threshold: 30}]
bombardment: [{place: a, from: 2020-01-03, to: 2020-01-04, strikes_per_day: 6}]
routes: [{route: round, from: 2020-01-05, to: 2020-01-06, status: closed}]
orders: [{place: b, from: 2020-01-02, to: 2020-01-04}]
"""


def a_network_is_told_as_tables_and_drawn_on_a_page():
    """Known answers: 91.09 km of straight line along the parallel of 35 degrees, a part, twins, days closed."""
    (folder / "planted.yaml").write_text(PLANTED)
    lines = [line.split() for line in command("check", "planted.yaml", "--table").stdout.splitlines()]
    rows = {line[0]: line for line in lines if line}
    assert rows["a"][:7] == ["a", "town", "10,000", "0", "2", "12.0", "2020-01-03"], rows["a"]
    assert rows["short"][:9] == ["short", "a", "b", "highway", "50", "91.1", "0.55", "1.9", "0"], rows["short"]
    assert " ".join(rows["short"][9:]) == "shorter than the straight line"
    assert rows["round"][8] == "2" and " ".join(rows["round"][9:]) == "a long way round", rows["round"]
    assert rows["shut"][8] == "10" and len(rows["shut"]) == 9, rows["shut"]
    assert " ".join(rows["d"][-7:]) == "no road, within 1 km of c", rows["d"]
    for page in ("one.html", "other.html"):
        command("check", "planted.yaml", "--map", page)
    text = (folder / "one.html").read_bytes()
    assert text == (folder / "other.html").read_bytes() and text.endswith(b"</html>\n") and b"src=" not in text
    (folder / "other.html").write_text("precious")
    assert "--force" in command("check", "planted.yaml", "--map", "other.html", code=2).stderr
    assert (folder / "other.html").read_text() == "precious"
    (folder / "wrong.yaml").write_text(PLANTED.replace("km: 50", "km: -1"))
    command("check", "wrong.yaml", "--map", "wrong.html", code=2)
    (folder / "study.yaml").write_text("extends: planted.yaml\ntitle: s\naxes:\n  behaviour.leave.h_max: [0.1]\n"
                                       "design: grid\ncollect: [{output: total_movements}]\n")
    assert "base scenario" in command("check", "study.yaml", "--table", code=2).stderr
    assert files() == ["one.html", "other.html", "planted.yaml", "study.yaml", "wrong.yaml"]


def a_brief_is_the_same_each_time_and_whole_or_absent():
    command("run", toy, *FEW, "-o", "a.h5")
    assert "a.html" in command("brief", "a.h5").stderr
    page = (folder / "a.html").read_bytes()
    assert page.startswith(b"<!DOCTYPE html>") and page.endswith(b"</html>\n")
    assert b"http-equiv" in page and b"src=" not in page and b"href=" not in page
    command("brief", "a.h5", "-o", "b.html")
    assert (folder / "b.html").read_bytes() == page
    (folder / "b.html").write_text("precious")
    assert "--force" in command("brief", "a.h5", "-o", "b.html", code=2).stderr
    assert (folder / "b.html").read_text() == "precious"
    command("brief", "a.h5", "-o", "b.html", "--force", "--quiet")
    assert (folder / "b.html").read_bytes() == page
    assert "no.h5" in command("brief", "no.h5", code=2).stderr
    (folder / "note.h5").write_text("not HDF5")
    assert "note.h5" in command("brief", "note.h5", code=2).stderr
    assert files() == ["a.h5", "a.html", "b.html", "note.h5"]


def a_run_that_is_stopped_goes_on_as_if_it_had_not_been():
    for engine in ("agents", "compartments"):
        words = [*FEW, "--engine", engine, "--force"]
        command("run", toy, *words, "-o", "whole.h5")
        command("run", toy, *words, "-o", "part.h5", "--until", "2024-03-11", "--checkpoint", "state")
        command("run", toy, *words, "-o", "rest.h5", "--continue", "state", "--threads", "2")
        assert (folder / "whole.h5").read_bytes() == (folder / "rest.h5").read_bytes()
    command("run", toy, *FEW, "--set", "crossings[0].to=2024-03-20", "-o", "later.h5", "--continue", "state")
    for words, said in ((["--set", "behaviour.leave.h0=0.001"], "another scenario"), (["--seed", "2"], "seed 1"),
                        (["--until", "2024-03-09"], "2024-03-11")):
        done = command("run", toy, *FEW, *words, "-o", "no.h5", "--continue", "state", code=2)
        assert said in done.stderr and "state" in done.stderr, done.stderr
    (folder / "half").write_bytes((folder / "state").read_bytes()[:-9])
    assert "damaged" in command("run", toy, *FEW, "-o", "no.h5", "--continue", "half", code=2).stderr
    assert "--force" in command("run", toy, *FEW, "-o", "no.h5", "--checkpoint", "state", code=2).stderr
    assert "no.h5" not in files()


def a_file_made_again_from_its_own_scenario_is_the_same():
    command("run", toy, *FEW, "-o", "a.h5")
    (folder / "again.yaml").write_text(command("explain", "--scenario", "a.h5").stdout)
    command("run", "again.yaml", "-o", "b.h5")
    first, again = (command("explain", "--scenario", name).stdout for name in ("a.h5", "b.h5"))
    assert first == again
    sums = [command("run", name, "-o", "c.h5", "--force", *FEW).stdout for name in (toy, "again.yaml")]
    assert sums[0] == sums[1]


REGISTERED = (pathlib.Path(__file__).parents[1] / "support" / "two_camps.yaml").read_text()


def rows(name):
    with open(folder / name, newline="") as file:
        return list(csv.DictReader(file))


def scores_stand_beside_baselines_in_both_forms():
    (folder / "camps.yaml").write_text(REGISTERED)
    done = command("score", "camps.yaml", "--by-camp", "--series", "series.csv")
    assert done.stdout.index("capacities withheld") < done.stdout.index("capacities as given")
    table = rows("camps.scores.csv")
    models = {(r["form"], r["model"]) for r in table}
    assert ("capacities withheld", "gravity") in models and ("capacities as given", "fill to capacity") in models
    assert ("capacities withheld", "fill to capacity") not in models
    command("score", "camps.yaml", "--set", "engine.mode=expected", "--set", "engine.members=1", "-o", "mean.csv")
    for score in ("ard", "ard_rescaled", "crps"):
        assert [r[score] for r in table if r["model"] == "its expected run"] == \
            [r[score] for r in rows("mean.csv") if r["model"] == "this run"]
    plain = {r["model"]: float(r["ard"]) for r in table
             if r["form"] == "capacities withheld" and r["place"] == "mean over camps"}
    assert plain["gravity"] < plain["equal shares"], plain   # two to one came; three to one and one to one are said
    last = rows("series.csv")[-1]
    assert last["date"] == "2024-05-30" and last["counted"] == "1800"
    command("score", "camps.yaml", code=2)                   # the table exists
    command("run", "camps.yaml", "-o", "camps.h5")
    command("score", "camps.h5", "-o", "of_results.csv")
    assert rows("of_results.csv") == table
    assert "no registrations" in command("score", toy, code=2).stderr


def forecasts_are_scored_against_plain_rules():
    (folder / "camps.yaml").write_text(REGISTERED)
    done = command("forecast", "camps.yaml", "--members", "20", "--ahead", "14", "--set", "engine.members=1", "--hindsight")
    assert "14 days ahead" in done.stdout and "capacities withheld" in done.stdout and "With hindsight" in done.stdout
    table = rows("camps.forecasts.csv")
    assert {r["origin"] for r in table} == {"2024-03-29", "2024-04-26"}
    first = next(r for r in table if r["place"] == "Far" and r["days_ahead"] == "14")
    assert first["counted"] == "840" and abs(float(first["persistence"]) - 840) < 1
    assert float(first["q05"]) <= float(first["q50"]) <= float(first["q95"])
    assert all(float(first[f"{rule}_wis_log"]) >= 0 for rule in ("persistence", "recent_split", "pool"))
    assert abs(float(first["model_weight"]) - 1 / 3) < 1e-3  # nothing has come by the first origin
    assert all(word in done.stdout for word in ("persistence", "recent split", "pool"))
    (folder / "camps.yaml").write_text(REGISTERED.replace(
        "behaviour:\n", "".join(f"  - {{place: {place}, date: 2024-{day}, persons: {persons}}}\n" for place, day, persons in (
            ("near", "03-25", 1000), ("near", "04-20", 2000), ("far", "03-25", 500), ("far", "04-20", 1000))) + "behaviour:\n"))
    told = command("forecast", "camps.yaml", "--members", "8", "--set", "engine.members=1", "--force").stdout
    assert "reported by then" in told and "Members draw" in told and "relative" in told, told
    fixed = command("forecast", "camps.yaml", "--members", "8", "--set", "engine.members=1", "--force", "--fixed",
                    "--leaving", "recent").stdout
    assert "chance alone" in fixed and "is not known: as many a day" in fixed, fixed
    assert "registrations" in command("forecast", toy, code=2).stderr
    done = command("forecast", "camps.yaml", "--set", "engine.mode=expected", "--set", "engine.members=1", "-o", "none.csv",
                   code=2)
    assert "engine.mode: expected has none" in done.stderr and not (folder / "none.csv").exists(), done


def reported_figures_are_forecast_from_what_was_published():
    """Without registrations: a later figure changes nothing before it is published, and options of the other kind are refused."""
    text = pathlib.Path(toy).read_text() + """
reported:
  - {figure: one, quantity: movements, to: 2024-03-10, persons: 3000, published: 2024-03-12, source: invented}
  - {figure: two, quantity: movements, to: 2024-03-17, persons: PERSONS, published: 2024-03-20, source: invented}
  - {figure: three, quantity: movements, to: 2024-04-02, persons: 9000, published: 2024-04-05, source: invented}
"""
    for name, persons in (("a", 7000), ("b", 14000)):
        (folder / f"{name}.yaml").write_text(text.replace("PERSONS", str(persons)))
        command("forecast", f"{name}.yaml", "--every", "7", "--ahead", "7,14", "--members", "40")
    one, other = rows("a.forecasts.csv"), rows("b.forecasts.csv")
    said = ("q05", "q50", "q95", "plain_q50", "pool_q50", "model_weight")
    early = [(a, b) for a, b in zip(one, other) if a["origin"] < "2024-03-20"]
    late = [(a, b) for a, b in zip(one, other) if "2024-03-20" <= a["origin"] < "2024-04-05"]
    assert early and late and all(a[k] == b[k] for a, b in early for k in said)
    assert all(float(b["q50"]) > 1.3 * float(a["q50"]) for a, b in late), late
    known = [row for row in one if row["published"]]
    assert {row["day"] for row in known} == {"2024-03-17", "2024-04-02"} and all(row["wis_log"] for row in known)
    done = command("forecast", "a.yaml", "--from", "2024-03-25", "--members", "40", "--force")
    learned = next(row for row in one if row["origin"] == "2024-03-26")
    alone = command("forecast", "a.yaml", "--from", "2024-03-26", "--members", "40", "-o", "alone.csv")
    assert alone and learned in rows("alone.csv"), "a day asked alone has learned from the weeks before it"
    assert "from 2024-03-25" in done.stdout and {row["origin"] for row in rows("a.forecasts.csv")} == {"2024-03-25"}
    warned = command("forecast", "a.yaml", "--every", "7", "--ahead", "14", "--members", "40", "--trigger", "6000,8000", "--force").stdout
    assert "movements 6,000" in warned and "all of these" not in warned.split("movements 8,000")[0], warned
    assert "2024-03-10 to 2024-04-02" in warned, "7,000 may be 5,600 to 8,750 and says nothing of 6,000; 9,000 is at least 7,200"
    assert "no effect without --trigger" in command("forecast", "a.yaml", "--trigger-chance", "0.4", "--force", code=2).stderr
    assert "no day of the period" in command("forecast", "a.yaml", "--from", "2025-01-01", "--force", code=2).stderr
    done = command("forecast", "a.yaml", "--from", "2024-03-02", "-o", "none.csv", code=2)
    assert "first figure is known from 2024-03-12 on" in done.stderr and not (folder / "none.csv").exists(), done
    assert "reported figures" in command("forecast", "a.yaml", "--raw", "--force", code=2).stderr
    (folder / "camps.yaml").write_text(REGISTERED)
    assert "registrations" in command("forecast", "camps.yaml", "--from", "2024-04-01", code=2).stderr
    assert "registrations" in command("forecast", "camps.yaml", "--trigger", "500", code=2).stderr
    assert "at least two" in command("forecast", toy, code=2).stderr
    (folder / "early.yaml").write_text(text.replace("PERSONS", "7000").replace("2024-03-12", "2024-03-02"))
    assert "before its last day" in command("check", "early.yaml", code=2).stderr


def forecasts_of_what_never_changes_have_no_ratio():
    small_flee_case()
    case = folder / "made_up"
    hazard = ["--set", "behaviour.rules=hazard_choice", "--set", "engine.kind=compartments", "--members", "4"]
    (case / "input_csv" / "sim_period.csv").write_text("StartDate,2020-01-01\nLength,40\n")
    (case / "input_csv" / "conflicts.csv").write_text("#Day,Alpha\n" + "".join(f"{day},1\n" for day in range(40)))
    for first, second in (("5000", "5000"), ("8000", "0"), ("5000", "6000")):
        (case / "source_data" / "first.csv").write_text(f"2020-01-01,{first}\n2020-01-09,{second}\n2020-01-25,{second}\n")
        (case / "source_data" / "second.csv").write_text(f"2020-01-01,{first}\n2020-01-25,{first}\n")
        done = command("forecast", "made_up", "--every", "10", "--ahead", "7,14", *hazard, "--force")
        assert "nan" not in done.stdout and "inf" not in done.stdout, done.stdout
        table = rows("made_up.forecasts.csv")
        assert table, "both camps are reported on again on the 25th"
        assert all(float(r["q50"]) > 0 for r in table if float(r["counted"]) > 0), table[0]
        done = command("score", "made_up", *hazard[:-2], "--force")
        assert "nan" not in done.stdout + (folder / "made_up.scores.csv").read_text()
    # From the 11th, no report comes within three days, nor in whole weeks.
    silent = command("forecast", "made_up", "--every", "10", "--ahead", "3", *hazard, "--force").stdout
    assert "nothing to score: no camp is reported on between" in silent and "weeks ahead:" not in silent, silent
    assert rows("made_up.forecasts.csv") == []
    for words, why in ((["--every", "20", "--ahead", "56"], "no forecast fits the period"),
                       (["--every", "39", "--ahead", "7"], "no forecast fits the period")):
        done = command("forecast", "made_up", *words, *hazard, "-o", "none.csv", code=2)
        assert why in done.stderr and done.stdout == "" and not (folder / "none.csv").exists(), done
    for name in ("first", "second"):
        (case / "source_data" / f"{name}.csv").write_text("2020-01-01,400\n")
    assert "fewer than 1,000 people" in command("forecast", "made_up", *hazard, "--every", "10", "--ahead", "7",
                                                "-o", "none.csv", code=2).stderr


def a_new_scenario_runs_and_replaces_nothing():
    made = ["bombardment.csv", "places.csv", "routes.csv", "scenario.yaml"]
    scenario = folder / "regions" / "mine" / "scenario.yaml"
    command("new", "regions/mine")
    assert sorted(path.name for path in scenario.parent.iterdir()) == made
    assert "warning" not in command("check", scenario).stderr
    told = command("run", scenario, "-o", "mine.h5", *FEW).stdout
    fled = re.search(r"people displaced +([\d,]+)", told)
    assert fled and 0 < int(fled[1].replace(",", "")) < 60000, told
    (scenario.parent / "routes.csv").unlink()
    scenario.write_text("mine")
    refused = command("new", "regions/mine", code=2).stderr
    assert all(name in refused for name in made if name != "routes.csv") and "--force" in refused, refused
    assert scenario.read_text() == "mine" and not (scenario.parent / "routes.csv").exists()
    command("new", "regions/mine", "--force")
    assert "warning" not in command("check", scenario).stderr
    (folder / "taken").write_text("a file")
    assert "taken" in command("new", "taken", code=2).stderr


ROADS = """<osm version="0.6">
<node id="1" lat="10.00" lon="30.00"/><node id="2" lat="10.00" lon="30.10"/><node id="3" lat="10.00" lon="30.20"/>
<node id="4" lat="10.10" lon="30.10"/>
<way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="primary"/></way>
<way id="11"><nd ref="2"/><nd ref="4"/><tag k="highway" v="tertiary"/></way>
</osm>
"""


def workbook(path, rows):
    """A workbook of two sheets, the second with the rows: all its texts are inline, its numbers plain."""
    import zipfile
    def sheet(rows):
        cells = "".join("<row r='%d'>%s</row>" % (r, "".join(
            f"<c r='{chr(65 + c)}{r}' t='inlineStr'><is><t>{v}</t></is></c>" if isinstance(v, str) else f"<c r='{chr(65 + c)}{r}'><v>{v}</v></c>"
            for c, v in enumerate(row))) for r, row in enumerate(rows, 1))
        return f"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{cells}</sheetData></worksheet>"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' "
                      f"xmlns:r='{relation}'><sheets><sheet name='about' sheetId='1' r:id='a'/><sheet name='units' sheetId='2' r:id='b'/>"
                      "</sheets></workbook>")
        file.writestr("xl/_rels/workbook.xml.rels", "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                      "<Relationship Id='a' Type='x' Target='worksheets/sheet1.xml'/><Relationship Id='b' Type='x' Target='worksheets/sheet2.xml'/>"
                      "</Relationships>")
        file.writestr("xl/worksheets/sheet1.xml", sheet([["note"], ["made up"]]))
        file.writestr("xl/worksheets/sheet2.xml", sheet(rows))


def a_workbook_counts_from_1904_and_names_its_unit():
    """A serial number is a date of the workbook's own system, and a number whose format has letters in quotes is a number."""
    import zipfile
    rows_of_sheet = ["operation", "admin1Pcode", "adminLevel", "numPresentIdpInd", "reportingDate", "roundNumber"]
    header = "".join(f"<c t='inlineStr'><is><t>{name}</t></is></c>" for name in rows_of_sheet)
    texts = "".join(f"<c t='inlineStr'><is><t>{text}</t></is></c>" for text in ("war", "XX2"))
    for from_1904, serial in (("0", 45736), ("1", 44274), ("true", 44274)):  # all of them 2025-03-20
        sheet = (f"<worksheet><sheetData><row r='1'>{header}</row><row r='2'>{texts}<c><v>1</v></c><c s='1'><v>800</v></c>"
                 f"<c s='2'><v>{serial}</v></c><c><v>1</v></c></row></sheetData></worksheet>")
        with zipfile.ZipFile(folder / "dtm.xlsx", "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("xl/workbook.xml", f"<workbook xmlns:r='r'><workbookPr date1904='{from_1904}'/><sheets>"
                          "<sheet name='rounds' sheetId='1' r:id='a'/></sheets></workbook>")
            file.writestr("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='a' Type='x' "
                          "Target='worksheets/sheet1.xml'/></Relationships>")
            file.writestr("xl/styles.xml", "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='#,##0\\ &quot;people "
                          "displaced&quot;'/><numFmt numFmtId='165' formatCode='[$-409]d\\-mmm\\-yy'/></numFmts><cellXfs>"
                          "<xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='165'/></cellXfs></styleSheet>")
            file.writestr("xl/worksheets/sheet1.xml", sheet)
        (folder / "places.csv").write_text("name,adm1_pcode,lat,lon\nAbel,XX1,10,30\nBaker,XX2,10,30.2\n")
        command("import", "region", "land", "--force", "--places", "places.csv", "--reported", "dtm.xlsx", "--from", "2025-03-01",
                "--to", "2025-03-31")
        said = (folder / "land" / "scenario.yaml").read_text()
        assert "2025-03-20" in said and "800" in said, said


def a_region_becomes_a_scenario_that_runs():
    if "without libosmium" in command("import", "region", "--help").stdout:
        return
    workbook(folder / "units.xlsx", [["adm1_name", "adm1_pcode", "center_lat", "center_lon", "valid_to"],
                                     ["Abel", "XX1", 10.0, 30.0, ""], ["Baker", "XX2", 10.0, 30.2, ""],
                                     ["Caïn", "XX3", 10.1, 30.1, ""], ["Dust", "XX4", 12.0, 33.0, ""], ["Old", "XX1", 1, 1, "2020-01-01"]])
    (folder / "people.csv").write_text("adm1_pcode,adm1_name,T_TL\nXX1,Abel,4000\nXX2,Baker,9000\nXX3,Cain,2500\nXX4,Dust,7\n")
    (folder / "roads.osm").write_text(ROADS)
    (folder / "months.csv").write_text("admin1_code,event_type,events,reference_period_start,reference_period_end\n"
                                       "XX1,political_violence,90,2025-03-01,2025-03-31\nXX1,civilian_targeting,50,2025-03-01,2025-03-31\n")
    (folder / "dtm.csv").write_text("operation,admin1Pcode,adminLevel,numPresentIdpInd,reportingDate,roundNumber\n"
                                    "war,XX2,1,800,2025-03-20T00:00:00,1\n")
    words = ["import", "region", "land", "--places", "units.xlsx", "--population", "people.csv", "--roads", "roads.osm",
             "--bombardment", "months.csv", "--reported", "dtm.csv"]
    done = command(*words)
    assert "4 towns, 0 camps, 1 forks; people: 15,507 (the source counts 15,507); routes: 3" in done.stdout, done.stdout
    report = (folder / "land" / "report.csv").read_text()
    for said in ("Dust lies", "no longer in force (valid_to): 1", "90 events of political violence", "50 of other kinds",
                 "default thresholds"):
        assert said in report, report
    routes = rows("land/network/routes.csv")
    assert {r["from"] for r in routes} | {r["to"] for r in routes} == {"abel", "baker", "cain", "fork_1"}, routes
    assert "nothing wrong" in command("check", "land/scenario.yaml").stdout
    command("run", "land/scenario.yaml", "-o", "land.h5", *FEW)
    command("brief", "land.h5")
    again = (folder / "land" / "scenario.yaml").read_bytes()
    command(*words, "--force")
    assert (folder / "land" / "scenario.yaml").read_bytes() == again


def files_in_a_zip_are_read_as_they_are():
    import zipfile
    row = "{0}\t{1}\t{1}\t\t10\t30.{0}\tP\tPPL\tXX\t\t01\t\t\t\t{2}\t\t\tX\t\n"
    units = [json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"adm1_pcode": "XX1", **extra}, "geometry": {"type": "Polygon", "coordinates": [
            [[west, 9], [east, 9], [east, 11], [west, 11], [west, 9]]]}} for west, east, extra in areas]})
        for areas in ([(29, 31, {})], [(29, 30.15, {"adm2_pcode": "XX11"}), (30.15, 31, {"adm2_pcode": "XX12"})])]
    road = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"highway": "primary"}, "geometry": {
        "type": "LineString", "coordinates": [[30.1, 10], [30.2, 10]]}}]}
    for name, inside in (("XX.zip", {"XX.txt": row.format(1, "Abel", 500) + row.format(2, "Baker", 70), "readme.txt": "about\tthis\n"}),
                         ("units.geojson.zip", {"a/adm1.geojson": units[0], "a/adm2.geojson": units[1], "__MACOSX/a/._adm2.geojson": "x"}),
                         ("people.zip", {"people.csv": "adm2_pcode,T_TL\nXX11,600\nXX12,80\n"}), ("roads.zip", {"roads.geojson": json.dumps(road)}),
                         ("empty.zip", {"picture.png": "x"})):
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as file:
            for one, text in inside.items():
                file.writestr(one, text)
    days = ["--from", "2025-01-01", "--to", "2025-01-31"]
    done = command("import", "region", "land", "--places", "XX.zip", "--boundaries", "units.geojson.zip", "--population", "people.zip",
                   "--roads", "roads.zip", *days)
    assert "2 towns" in done.stdout and "people: 680 (the source counts 680)" in done.stdout and "routes: 1" in done.stdout, done.stdout
    assert [row["adm2_pcode"] for row in rows("land/network/places.csv")] == ["XX11", "XX12"]
    report = (folder / "land/report.csv").read_text()
    assert "units.geojson.zip (adm2.geojson)" in report, report
    assert "holds no table, boundaries or grid" in command("import", "region", "no", "--places", "empty.zip", *days, code=2).stderr
    whole = (folder / "people.zip").read_bytes()
    (folder / "people.zip").write_bytes(whole[:40] + b"?" + whole[41:])
    assert "can't be taken out" in command("import", "region", "no", "--places", "XX.zip", "--population", "people.zip", *days, code=2).stderr
    assert not (folder / "no").exists()


def tables_of_lebanon_are_made_of_its_evidence():
    evidence = os.environ.get("NUZUH_LEBANON_EVIDENCE")
    if not evidence:
        sys.exit(77)
    script = pathlib.Path(__file__).parent.parent.parent / "scripts" / "lebanon_tables.py"
    done = subprocess.run([sys.executable, script, nuzuh, evidence, folder / "lebanon"], capture_output=True, text=True)
    assert done.returncode == 0 and "the tables are those that ship" in done.stdout, done.stdout + done.stderr
    assert "nothing wrong" in command("check", "lebanon/made/scenario.yaml").stdout


def a_region_that_is_wrong_is_not_written():
    (folder / "places.csv").write_text("name,lat,lon\nAbel,10,30\nBaker,95,30\nCain,ten,30\n")
    (folder / "people.csv").write_text("adm1_pcode,T_TL\nZZ1,5\n")
    done = command("import", "region", "land", "--places", "places.csv", "--from", "2025-01-01", "--to", "2025-02-30", code=2)
    assert "--to '2025-02-30' is no date" in done.stderr, done.stderr
    done = command("import", "region", "land", "--places", "places.csv", "--from", "2025-01-01", "--to", "2025-02-28", code=2)
    assert "places.csv:3" in done.stderr and "places.csv:4" in done.stderr, done.stderr
    (folder / "places.csv").write_text("name,lat,lon\nAbel,10,30\n")
    done = command("import", "region", "land", "--places", "places.csv", "--population", "people.csv", code=2)
    assert "belong to no place" in done.stderr and "days of the scenario are not known" in done.stderr, done.stderr
    for name, text in (("broken.osm.pbf", "nothing"), ("broken.xlsx", "PK nothing"), ("broken.geojson", "{")):
        (folder / name).write_text(text)
        option = "--roads" if "osm" in name else "--places"
        done = command("import", "region", "land", "--places", "places.csv", option, name, "--from", "2025-01-01", "--to",
                       "2025-02-28", code=2)
        assert name in done.stderr, done.stderr
    (folder / "grid.tif").write_text("")
    assert "gdal" in command("import", "region", "land", "--places", "places.csv", "--population", "grid.tif", code=2).stderr
    assert not (folder / "land").exists()


def regions_of_real_samples_come_out_as_counted():
    samples = os.environ.get("NUZUH_REGION_SAMPLES")
    if not samples:
        sys.exit(77)
    there = pathlib.Path(samples)
    days = ["--from", "2025-01-01", "--to", "2025-12-31"]
    done = command("import", "region", "dj", "--places", there / "places/DJ.txt", "--roads",
                   there / "osm/djibouti-main-roads.osm.pbf", *days)
    assert "12 towns, 1 camps" in done.stdout and "people: 749,274 (the source counts 749,274)" in done.stdout, done.stdout
    assert "35.2 km from the nearest road" in (folder / "dj/report.csv").read_text()
    assert "nothing wrong" in command("check", "dj/scenario.yaml").stdout
    for level, places in ((3, 175), (2, 72)):
        for people in ("cod_population_admin3.csv", "caf_admpop_adm3_2015_v2.csv"):
            done = command("import", "region", "caf", "--force", "--level", level, "--places", there / "admin/caf_cod_ab.xlsx",
                           "--population", there / "population" / people, *days, "--bombardment",
                           there / "conflict/invented-hdx_hapi_conflict_event_caf.csv", "--reported",
                           there / "displacement/invented-dtm-from-api-admin-0-to-2.csv")
            assert f"{places} towns" in done.stdout and "people: 4,953,014 (the source counts 4,953,014)" in done.stdout, done.stdout
            report = (folder / "caf/report.csv").read_text()
            assert "173 events of political violence" in report and "no roads were given" in report, report
    counted = {"dtm-from-api-admin-0-to-2": (58313, 33956, 46109, 40398), "hdx_hapi_idps_caf": (109499, 78252, 79658, 70246)}
    for form, people in counted.items():
        command("import", "region", "idps", "--force", "--level", 2, "--places", there / "admin/caf_cod_ab.xlsx", *days, "--reported",
                there / f"displacement/invented-{form}.csv")
        report = (folder / "idps/report.csv").read_text()
        for day, number in zip(("2025-01-31", "2025-03-31", "2025-05-31", "2025-07-31"), people):
            assert f"(invented) {day}: {number} people" in report, (form, day, report)
    for form in ("ind_idmc_idu_events.csv", "idmc_idu.json"):
        (folder / "india.csv").write_text("name,lat,lon\nImphal,24.8,93.95\n")
        command("import", "region", "idu", "--force", "--places", "india.csv", "--from", "2023-01-01", "--to", "2024-12-31", "--reported",
                there / "displacement" / form)
        report = (folder / "idu/report.csv").read_text()
        taken, far = (int(re.search(pattern, report).group(1)) for pattern in (r"(\d+) conflict events taken", r"(\d+) farther than"))
        assert "107 disasters" in report and taken + far == 6 and taken > 0, report
    assert "nothing wrong" in command("check", "caf/scenario.yaml").stdout
    places = ["--force", "--places", there / "places/DJ.txt"]
    done = command("import", "region", "dj", *places, "--boundaries", there / "admin/global_pcodes_adm_1_2.csv", *days)
    report = (folder / "dj/report.csv").read_text()
    # The camp of the table bears no unit's name either.
    assert "8 of 13 places get a P-code by name" in report, report
    for name in ("Loyada", "Djibouti", "Alaïli Ḏaḏḏa‘", "Goubétto"):
        assert f"'{name}' gets no P-code" in report, report
    done = command("import", "region", "months", *places[:1], "--places", there / "admin/caf_cod_ab.xlsx", "--level", 2, "--bombardment",
                   there / "conflict/invented-political_violence_events_and_fatalities.xlsx", "--from", "2018-01-01", "--to", "2026-12-31")
    months = [line for line in (folder / "months/report.csv").read_text().splitlines() if "spread over their months" in line and "(HRP_" in line]
    assert len(months) == 2 and sum(int(n) for line in months for n in re.findall(r"(\d+) (?:events of political violence|outside|in units)", line)) == 307, months
    command("import", "region", "dj", *places, "--reported", there / "displacement/unhcr_situations.csv", *days)
    report = (folder / "dj/report.csv").read_text()
    assert "25 stocks abroad, 3655707 people; kept apart: 2 rows, 451805 people in their own country, 4 rows" in report, report
    if shutil.which("gdal_translate"):
        for grid in ("dji_ppp_2020_1km", "GHS_POP_E2020_54009_1000"):
            done = command("import", "region", "dj", *places, "--population", there / f"raster/invented-{grid}.tif", *days)
            assert "people: 760,341 (the source counts 760,341)" in done.stdout, done.stdout
            far, = re.findall(r"(\d+) of them live farther than 5 km", (folder / "dj/report.csv").read_text())
            assert abs(int(far) - (760341 - 749518)) <= 1, far
        routes = set()
        for form in ("lines.geojson", "lines.gpkg", "lines_shp.zip"):
            command("import", "region", "dj", *places, "--roads", there / f"roads/hotosm_dji_roads_{form}", *days)
            routes.add((folder / "dj/network/routes.csv").read_text())
        assert len(routes) == 1, "each form gives the same routes"
        tables = set()
        for areas in ("invented-caf_admin3.geojson", "invented-caf_admin3_latin1_no_cpg.zip"):
            done = command("import", "region", "areas", "--force", "--places", there / "admin" / areas, *days)
            assert "175 towns" in done.stdout, done.stdout
            tables.add((folder / "areas/network/places.csv").read_text())
        assert "Windows-1252" in (folder / "areas/report.csv").read_text() and len(tables) == 1, "Latin-1 comes out as UTF-8"
    done = command("import", "region", "within", "--places", there / "admin/caf_cod_ab.xlsx", "--boundaries",
                   there / "admin/invented-caf_admin3.geojson", "--population", there / "population/cod_population_admin3.csv", *days)
    assert "175 towns" in done.stdout and "people: 4,953,014 (the source counts 4,953,014)" in done.stdout, done.stdout
    command("import", "region", "traps", "--roads", there / "osm/invented-traps.osm", *days)
    types = {row["place"]: row["type"] for row in rows("traps/network/places.csv")}
    assert types["juliett"] == "abroad" and types["juliett_border"] == "crossing" and len(types) == 10, types
    events = set()
    for form in ("2018-columns", "iso-dates", "long-dates", "short-dates", "spreadsheet-french"):
        command("import", "region", "traps", "--force", "--roads", there / "osm/invented-traps.osm", "--bombardment",
                there / f"conflict/invented-events-{form}.csv")
        text = (folder / "traps/scenario.yaml").read_text()
        events.add(text[text.index("bombardment:"):])
    assert len(events) == 1 and "place: bravo, from: 2026-01-03, to: 2026-01-03, strikes_per_day: 2" in events.pop()


def events_become_strikes():
    (folder / "camps.yaml").write_text(REGISTERED)
    events = pathlib.Path(__file__).parent.parent / "region" / "acled_events.csv"
    done = command("import", "acled", events, "--places", "camps.yaml", "-o", "strikes.csv", "--reach", "30")
    assert "Air/drone strike" in done.stdout and "Faraway" in done.stderr
    assert rows("strikes.csv")[0]["place"] == "town"
    command("import", "acled", events, "--places", "camps.yaml", "-o", "strikes.csv", code=2)
    columns = ("event_id_cnty", "event_date", "year", "time_precision", "event_type", "sub_event_type", "admin1", "location",
               "latitude", "longitude", "geo_precision", "notes")
    table = [{name: row[name] for name in columns} for row in csv.DictReader(events.open(encoding="utf-8"))]
    numbers = ("year", "latitude", "longitude", "geo_precision", "time_precision")
    workbook(folder / "events.xlsx", [list(table[0]), *([float(value) if key in numbers else value for key, value in row.items()]
                                                       for row in table)])
    (folder / "events.json").write_text(json.dumps({"status": 200, "data": table}))
    for form in ("xlsx", "json"):
        command("import", "acled", f"events.{form}", "--places", "camps.yaml", "-o", f"{form}.csv", "--reach", "30")
        assert rows(f"{form}.csv") == rows("strikes.csv"), form
    table[0]["latitude"] = "north"
    workbook(folder / "events.xlsx", [list(table[0]), *(list(row.values()) for row in table)])
    wrong = command("import", "acled", "events.xlsx", "--places", "camps.yaml", "-o", "wrong.csv", code=2).stderr
    assert "):2:" in wrong and "latitude" in wrong, wrong
    assert "column" in command("import", "acled", "strikes.csv", "--places", "camps.yaml", code=2).stderr


def small_flee_case():
    """A town in conflict, a town on the way and two camps, as Flee 3 writes them."""
    files = {
        "input_csv/sim_period.csv": "StartDate,2020-01-01\nLength,10\n",
        "input_csv/locations.csv":
            "#name,region,country,lat,lon,location_type,conflict_date,population/capacity\n"
            "Alpha,North,Home,1.5,30.5,conflict_zone,0,5000\nBeta,North,Home,1.6,30.6,town,0,800\n"
            "First,East,Abroad,1.8,30.8,camp,0,900\nSecond,East,Abroad,1.9,30.9,camp,0,700\n",
        "input_csv/routes.csv": "#name1,name2,distance,forced_redirection\nAlpha,Beta,90,\nBeta,First,120,\n"
                                "Beta,Second,250,\n",
        "input_csv/conflicts.csv": "#Day,Alpha\n" + "".join(f"{day},1\n" for day in range(10)),
        "input_csv/closures.csv": "#type,name1,name2,start,end\nlocation,Second,,0,4\n",
        "source_data/data_layout.csv": "total,refugees.csv\nFirst,first.csv\nSecond,second.csv\n",
        "source_data/refugees.csv": "2020-01-01,100\n2020-01-10,1000\n",
        "source_data/first.csv": "2020-01-01,80\n2020-01-10,700\n",
        "source_data/second.csv": "2020-01-01,20\n2020-01-10,300\n",
        "simsetting.yml": "move_rules:\n  avoid_short_stints: True\noptimisations:\n  hasten: 1\n",
    }
    for name, text in files.items():
        (folder / "made_up" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "made_up" / name).write_text(text)


def a_case_of_flee_becomes_a_scenario_that_runs_alike():
    small_flee_case()
    assert "-o" in command("import", "flee", "made_up", code=2).stderr   # its tables would lie in the case
    command("import", "flee", "made_up", "-o", "mine.yaml")
    assert files() == ["made_up", "mine", "mine.yaml"]
    assert "network: mine" in (folder / "mine.yaml").read_text()
    command("run", "mine.yaml", "-o", "scenario.h5")
    command("run", "made_up", "-o", "folder.h5")
    for name in ("scenario", "folder"):
        command("export", f"{name}.h5", "--to", "quantiles", "-o", name)
    tables = sorted((folder / "scenario").glob("*.csv"))
    assert tables
    for table in tables:
        assert table.read_bytes() == (folder / "folder" / table.name).read_bytes(), table.name
    command("import", "flee", "made_up", "-o", "mine.yaml", code=2)             # the scenario exists
    command("import", "flee", "made_up", "-o", "mine.yaml", "--force")
    command("run", "mine.yaml", "--set", "behaviour.rules=hazard_choice", "--set", "engine.kind=compartments",
            "-o", "hazard.h5")


def baselines_follow_registrations_under_every_set_of_rules():
    small_flee_case()
    command("run", "made_up", "-o", "flee3.h5")
    done = {}
    for name, words in (("flee3", ["made_up"]), ("results", ["flee3.h5"]),
                        ("hazard", ["made_up", "--set", "behaviour.rules=hazard_choice", "--set",
                                    "engine.kind=compartments"])):
        command("score", *words, "-o", f"{name}.csv")
        done[name] = {(r["form"], r["model"]): r["ard"] for r in rows(f"{name}.csv")
                      if r["place"] == "mean over camps" and r["model"] not in ("this run", "its expected run")}
    assert done["flee3"] == done["results"] == done["hazard"], done
    assert all(float(ard) < 1 for ard in done["flee3"].values()), done


def mistakes_in_a_case_of_flee_exit_with_2_and_write_nothing():
    small_flee_case()
    (folder / "made_up" / "input_csv" / "routes.csv").write_text("Alpha,Beta,90\nBeta,Frst,far\n")
    (folder / "made_up" / "simsetting.yml").write_text("move_rules:\n  camp_wieght: 2\n")
    for words in (["import", "flee", "made_up"], ["check", "made_up"], ["run", "made_up"]):
        said = command(*words, code=2).stderr
        for part in ("routes.csv:2:6: error", "did you mean 'First'?", "simsetting.yml:2:3: warning",
                     "did you mean 'camp_weight'?"):
            assert part in said, said
    assert "missing" in command("import", "flee", "missing", code=2).stderr
    assert files() == ["made_up"]


def what_is_no_file_is_refused_and_not_waited_for():
    """A pipe can be read once, and a command reads what it is given more than once."""
    os.mkfifo(folder / "pipe.yaml")
    (folder / "over.yaml").write_text("extends: pipe.yaml\ntitle: over a pipe\n")
    (folder / "table.yaml").write_text(PLANTED.replace("bombardment: [", "bombardment: [table: pipe.yaml]\nx: ["))
    for words in (["check", "pipe.yaml"], ["run", "pipe.yaml"], ["sweep", "pipe.yaml"], ["check", "over.yaml"],
                  ["check", "table.yaml"], ["check", "/dev/null"], ["import", "acled", "pipe.yaml", "--places", toy, "-o", "x.csv"]):
        assert "pipe or a device" in command(*words, code=2).stderr, words
    for name in ("pipe.yaml", "."):
        assert "no regular file" in command("run", toy, "--continue", name, code=2).stderr, name
    for words in (["brief", "pipe.yaml"], ["export", "pipe.yaml", "--to", "csv"], ["compare", "pipe.yaml", "pipe.yaml"]):
        command(*words, code=2)
    assert files() == ["over.yaml", "pipe.yaml", "table.yaml"]


def no_terminal_no_control_characters():
    done = command("run", toy, "-o", "a.h5", "--members", "200")
    assert "\r" not in done.stderr and "\033" not in done.stderr and "\033" not in done.stdout
    main, other = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}
    running = subprocess.Popen([nuzuh, "run", toy, "-o", "b.h5", "--members", "200"], cwd=folder, stderr=other,
                               stdout=subprocess.DEVNULL, env=env)
    os.close(other)
    seen = b""
    try:
        while part := os.read(main, 65536):
            seen += part
    except OSError:
        pass  # the other end was closed
    assert running.wait() == 0
    assert b"of 200 runs" in seen and b" left" in seen, seen
    assert b"\033[3" not in seen, "colour in spite of NO_COLOR"


def a_full_standard_output_is_a_failure():
    with open("/dev/full", "w") as full:
        done = subprocess.run([nuzuh, "schema"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1 and "standard output" in done.stderr


globals()[promise]()
shutil.rmtree(folder)
