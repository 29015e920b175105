#!/usr/bin/env python3
"""command.py PROMISE NUZUH SCENARIO: runs the command and checks one promise about it."""
import csv
import os
import pathlib
import pty
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

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
                  ["import", "acled"], ["explain"], ["schema"]):
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
    assert "same" in command("run", toy, "--mode", "expected", "--members", "5", code=2).stderr
    assert files() == []


def a_run_that_does_not_fit_into_memory_is_refused():
    # A million members of 61 records and 4 places are 15 GB of place fields alone; a step of records more.
    done = command("run", toy, "--members", "1000000", "--set", "period.to=2030-01-01", code=2)
    assert "memory" in done.stderr and "--members" in done.stderr and "output.every" in done.stderr
    assert files() == []


def wait_until_caught(pid, number):
    """Until the process has a handler for the signal, and a moment more so that it is computing."""
    for _ in range(1000):
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        caught = int(next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt")), 16)
        if caught >> (number - 1) & 1:
            break
        time.sleep(0.02)
    time.sleep(0.2)


def a_signal_stops_the_run_without_a_file():
    for number in (signal.SIGINT, signal.SIGTERM):
        running = subprocess.Popen([nuzuh, "run", toy, "-o", "a.h5", "--members", "20000"], cwd=folder,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        wait_until_caught(running.pid, number)
        running.send_signal(number)
        out, messages = running.communicate(timeout=60)
        assert running.returncode == 1, f"exit {running.returncode}"
        assert "stopped" in messages and out == ""
        assert files() == []


def a_failing_write_leaves_no_file():
    def small_files():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))

    done = command("run", toy, *FEW, "-o", "a.h5", code=1, preexec_fn=small_files)
    assert "nuzuh: error" in done.stderr and "nothing was written" in done.stderr
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


def explain_says_how_a_file_was_made():
    command("run", toy, *FEW, "-o", "a.h5")
    text = command("explain", "a.h5").stdout
    for word in ("compartments", "seed", "toy.yaml", "/displaced", "member 3, time 61, place 4", "persons"):
        assert word in text, word
    assert "h_max" in command("explain", "behaviour.leave.h_max").stdout
    assert "h_max" in command("explain").stdout
    assert "h_max" in command("explain", toy).stdout
    (folder / "note.h5").write_text("not HDF5")
    assert "note.h5" in command("explain", "note.h5", code=2).stderr


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


REGISTERED = """title: Two camps
unit: person
period: {from: 2024-03-01, to: 2024-05-30}
network:
  places:
    - {place: town, name: Town, type: town, lat: 36, lon: 37, population: 50000}
    - {place: near, name: "Near, the camp", type: camp, lat: 36.2, lon: 37, capacity: 4000}
    - {place: far, name: Far, type: camp, lat: 36.6, lon: 37, capacity: 5000}
  routes:
    - {route: town_near, from: town, to: near, km: 25}
    - {route: town_far, from: town, to: far, km: 75}
groups:
  - {name: everyone, share: 1, classes: 1, threshold_spread: 0, immobile_share: 0}
conflicts:
  - {place: town, from: 2024-03-01, to: 2024-05-30}
registrations:
  - {place: near, date: 2024-03-01, persons: 0}
  - {place: near, date: 2024-05-30, persons: 3600}
  - {place: far, date: 2024-03-01, persons: 0}
  - {place: far, date: 2024-05-30, persons: 1800}
behaviour:
  leave: {departures: registrations}
  choose: {attraction_town: 0, network_pull: 1, network_softening: 0.05, overdispersion: 0.5}
  return: {rate: 0}
engine: {members: 5}
"""


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


def forecasts_are_scored_against_persistence():
    (folder / "camps.yaml").write_text(REGISTERED)
    done = command("forecast", "camps.yaml", "--members", "20", "--ahead", "14", "--set", "engine.members=1")
    assert "14 days ahead" in done.stdout and "capacities withheld" in done.stdout
    table = rows("camps.forecasts.csv")
    assert {r["origin"] for r in table} == {"2024-03-29", "2024-04-26"}
    first = next(r for r in table if r["place"] == "Far" and r["days_ahead"] == "14")
    assert first["counted"] == "840" and abs(float(first["persistence"]) - 840) < 1
    assert float(first["q05"]) <= float(first["q50"]) <= float(first["q95"])
    assert "registrations" in command("forecast", toy, code=2).stderr


def events_become_strikes():
    (folder / "camps.yaml").write_text(REGISTERED)
    events = pathlib.Path(__file__).parent.parent / "unit" / "acled_events.csv"
    done = command("import", "acled", events, "--places", "camps.yaml", "-o", "strikes.csv", "--reach", "30")
    assert "Air/drone strike" in done.stdout and "Faraway" in done.stderr
    assert rows("strikes.csv")[0]["place"] == "town"
    command("import", "acled", events, "--places", "camps.yaml", "-o", "strikes.csv", code=2)
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


def mistakes_in_a_case_of_flee_exit_with_2_and_write_nothing():
    small_flee_case()
    (folder / "made_up" / "input_csv" / "routes.csv").write_text("Alpha,Beta,90\nBeta,Frst,far\n")
    (folder / "made_up" / "simsetting.yml").write_text("move_rules:\n  camp_wieght: 2\n")
    for words in (["import", "flee", "made_up"], ["check", "made_up"], ["run", "made_up"]):
        said = command(*words, code=2).stderr
        for part in ("routes.csv:2:6: error", "did you mean 'First'?", "simsetting.yml:2:3: error",
                     "did you mean 'camp_weight'?"):
            assert part in said, said
    assert "missing" in command("import", "flee", "missing", code=2).stderr
    assert files() == ["made_up"]


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
