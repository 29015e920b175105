#!/usr/bin/env python3
"""tables.py PROMISE NUZUH SCENARIOS PACKAGE: functions of the package give the tables that commands write, and write what they write."""
import os
import pathlib
import pickle
import shutil
import signal
import threading

from common import OtherThread, command, folder, keep, nuzuh, nuzuh_command, opened, refused, scenarios, toy

DATES = {"origin", "day", "last_known_day", "published", "date"}
REGISTERED = (pathlib.Path(__file__).parents[1] / "support" / "two_camps.yaml").read_text()
REPORTED = """
reported:
  - {figure: one, quantity: movements, to: 2024-03-10, persons: 3000, published: 2024-03-12, source: invented}
  - {figure: two, quantity: movements, to: 2024-03-17, persons: 7000, published: 2024-03-20, source: invented}
  - {figure: three, quantity: movements, to: 2024-04-02, persons: 9000, published: 2024-04-05, source: invented}
"""


def assert_table(frame, name, dates=DATES, hashtags=False):
    """A frame holds the columns and values of a file, texts as texts, days as days, numbers as numbers."""
    import csv
    import pandas
    with open(folder / name, newline="") as file:
        head, *rows = csv.reader(file)
    rows = rows[1:] if hashtags else rows
    assert list(frame.columns) == head and len(frame) == len(rows) > 0, (list(frame.columns), head, len(frame), len(rows))
    for k, column in enumerate(head):
        cells, values = [row[k] for row in rows], list(frame[column])
        kind = frame[column].dtype.kind
        if column in dates:
            assert kind == "M" and [("" if pandas.isna(day) else str(day.date())) for day in values] == cells, column
        elif kind == "O":
            assert values == cells and all(isinstance(one, str) for one in values), column
        else:
            assert kind in "if", (column, kind)
            assert all((value != value) if cell == "" else value == float(cell) for value, cell in zip(values, cells)), column
    numbers = [name for name in frame if frame[name].dtype.kind in "if"]
    assert numbers, "there are numbers"


def written(name, text):
    (folder / name).write_text(text)
    return folder / name


def heard_of(function, *words, **options):
    heard = []
    return function(*words, progress=lambda *told: heard.append(told), **options), heard


def same(one, other):
    import pandas
    pandas.testing.assert_frame_equal(one, other, check_exact=True)
    assert one.attrs == other.attrs


def a_comparison_is_the_table():
    for name, more in (("a", ()), ("b", ("--set", "behaviour.leave.h_max=0.1")), ("c", ("--seed", "9"))):
        nuzuh_command("run", toy, "--members", "5", "-o", f"{name}.h5", *more)
    nuzuh_command("compare", "a.h5", "b.h5", "-o", "pairs.csv")
    nuzuh_command("compare", "a.h5", "c.h5", "--unpaired", "-o", "all.csv")
    of_files = nuzuh.compare(folder / "a.h5", folder / "b.h5")
    assert_table(of_files, "pairs.csv", dates=(), hashtags=True)
    assert_table(nuzuh.compare(folder / "a.h5", folder / "c.h5", unpaired=True), "all.csv", dates=(), hashtags=True)
    a = nuzuh.run(toy, members=5)
    b = nuzuh.load(toy, {"behaviour.leave.h_max": 0.1}).run(members=5)
    same(nuzuh.compare(a, b), of_files)
    same(nuzuh.compare(opened("a.h5"), pickle.loads(pickle.dumps(b))), of_files)
    assert of_files.attrs["headline"] and of_files.attrs["notes"] == []


def a_comparison_of_parts_is_of_these_parts():
    a, b = nuzuh.run(toy, members=6), nuzuh.load(toy, {"behaviour.leave.h_max": 0.1}).run(members=6)
    some = nuzuh.compare(a.isel(member=slice(0, 3)), b.isel(member=slice(0, 3)))
    few = nuzuh.compare(nuzuh.run(toy, members=3), nuzuh.load(toy, {"behaviour.leave.h_max": 0.1}).run(members=3))
    total = some.quantity == "total_movements"
    assert some[total].difference_median.iloc[0] == few[total].difference_median.iloc[0]
    doubled = nuzuh.compare(a, b.assign(total_movements=2 * b.total_movements))
    once = nuzuh.compare(a, b).query("quantity == 'total_movements'").b_median.iloc[0]
    assert abs(doubled[doubled.quantity == "total_movements"].b_median.iloc[0] - 2 * once) < 0.2  # tenths of a person are told
    assert "axes" in str(refused(nuzuh.compare, a, b.transpose("time", ...)))
    assert "place" in str(refused(nuzuh.compare, a, b.isel(place=[0])))


def what_cannot_be_compared_is_refused_in_words_of_python():
    a = nuzuh.run(toy, members=3)
    found = refused(nuzuh.compare, a, nuzuh.run(toy, members=4)).findings
    assert "A and B are not pairs" in found[0].message and "give unpaired=True" in found[0].hint, found
    assert "unpaired=True would throw away" in str(refused(nuzuh.compare, a, a, unpaired=True))
    short = nuzuh.load(toy, {"period.to": "2024-04-10"}).run(members=3)
    assert "cannot be compared" in str(refused(nuzuh.compare, a, short))
    study = nuzuh.sweep(toy, {"behaviour.leave.h_max": [0.1, 0.2]})
    assert "study" in str(refused(nuzuh.compare, a, study))
    written("no.h5", "nothing")
    assert "no.h5" in str(refused(nuzuh.compare, a, folder / "no.h5")) and "none.h5" in str(refused(nuzuh.compare, "none.h5", a))


def scores_are_the_table():
    camps = written("camps.yaml", REGISTERED)
    nuzuh_command("score", "camps.yaml", "--series", "series.csv")
    scenario = nuzuh.load(camps)
    scores, heard = heard_of(nuzuh.score, scenario)
    assert_table(scores, "camps.scores.csv")
    assert_table(nuzuh.score(camps, series=True), "series.csv")
    assert heard and all(done <= members for done, members in heard), heard
    nuzuh_command("run", "camps.yaml", "-o", "camps.h5")
    for results in (folder / "camps.h5", opened("camps.h5"), scenario.run()):
        same(nuzuh.score(results, threads=1), scores)
    nuzuh_command("score", "camps.yaml", "--fixed", "-o", "fixed.csv")
    assert_table(nuzuh.score(scenario, fixed=True), "fixed.csv")
    assert "no registrations" in str(refused(nuzuh.score, toy))
    try:
        nuzuh.score(folder / "camps.h5", fixed=True)
        raise AssertionError("fixed does nothing there")
    except ValueError as error:
        assert "no effect" in str(error)


def forecasts_are_the_table():
    camps, toys = written("camps.yaml", REGISTERED), written("toys.yaml", toy.read_text() + REPORTED)
    nuzuh_command("forecast", "camps.yaml", "--members", "8", "--every", "14", "--ahead", "7,14", "--hindsight", "-o", "camps.csv")
    of_camps, heard = heard_of(nuzuh.forecast, camps, members=8, every=14, ahead=[7, 14], hindsight=True)
    assert_table(of_camps, "camps.csv")
    assert heard[-1][0] == heard[-1][1]
    for words, options in (((), {}), (("--strikes", "recent", "--from", "2024-03-25"), {"strikes": "recent", "from_": "2024-03-25"})):
        nuzuh_command("forecast", "toys.yaml", "--members", "40", "--every", "7", "--ahead", "7,14", *words, "-o", "toys.csv", "--force")
        options.update(members=40, every=7, ahead=[7, 14])
        of_figures = nuzuh.forecast(toys, threads=1, **options)
        assert_table(of_figures, "toys.csv")
        for threads in (2, 8):
            same(nuzuh.forecast(toys, threads=threads, **options), of_figures)
    assert "leaving, hindsight, raw and uncertainty" in str(refused(nuzuh.forecast, toys, raw=True))
    assert "strikes and from_" in str(refused(nuzuh.forecast, camps, strikes="recent"))
    assert "expected as_given or recent" in str(refused(nuzuh.forecast, toys, strikes="none"))
    assert "no date" in str(refused(nuzuh.forecast, toys, from_="March")) and "at least two" in str(refused(nuzuh.forecast, toy))
    for wrong in ({"every": 0}, {"ahead": []}, {"members": 1}):
        assert refused(nuzuh.forecast, toys, **wrong).findings


def a_calibration_is_the_table_for_any_number_of_threads():
    toys = written("toys.yaml", toy.read_text() + REPORTED)
    nuzuh_command("calibrate", "toys.yaml", "--particles", "60", "--draws", "20", "--until", "2024-03-31", "--threads", "1", "-o", "p.csv")
    options = {"particles": 60, "draws": 20, "until": "2024-03-31"}
    posterior, heard = heard_of(nuzuh.calibrate, toys, threads=1, **options)
    assert_table(posterior, "p.csv")
    for threads in (2, 8):
        same(nuzuh.calibrate(toys, threads=threads, **options), posterior)
    shares = [share for share, in heard]
    assert shares == sorted(shares) and shares[-1] == 1 and posterior.attrs["figures"] == 2
    assert {path.name for path in folder.iterdir()} == {"toys.yaml", "p.csv"}
    assert "no date" in str(refused(nuzuh.calibrate, toys, until="yesterday"))
    assert "leave_out" in str(refused(nuzuh.calibrate, toys, leave_out="March"))
    assert "particles" in str(refused(nuzuh.calibrate, toys, particles=60, draws=61))
    nothing = refused(nuzuh.calibrate, toy).findings[0]
    assert nothing.key == "reported" and "until" in nothing.hint and "--" not in nothing.hint, nothing


def regions_calibrated_together_are_the_tables():
    toys = [written("here.yaml", toy.read_text() + REPORTED), written("there.yaml", "extends: here.yaml\nbehaviour: {leave: {h_max: 0.2}}\n")]
    nuzuh_command("calibrate", *toys, "--particles", "60", "--draws", "20", "--until", "2024-03-31", "--until", "2024-04-03", "-o", "p.csv")
    options = {"particles": 60, "draws": 20, "until": ["2024-03-31", "2024-04-03"]}
    (here, there), elsewhere = nuzuh.calibrate_together([toys[0], nuzuh.load(toys[1])], threads=1, **options)
    for frame, name in ((here, "p.here.csv"), (there, "p.there.csv"), (elsewhere, "p.csv")):
        assert_table(frame, name)
    assert (here.attrs["figures"], there.attrs["figures"]) == (2, 3)
    between = elsewhere.attrs["between"]
    assert between == sorted(between) and 0 < between[0] and between[-1] < 1 and between != elsewhere.attrs["between_before"]
    assert nuzuh.load(toys[1], {"parameters.posterior": there, "parameters.fitted_on": there.attrs["fitted_on"]}).run(members=4)
    for wrong in ([toys[0]], toys[0], []):
        try:
            nuzuh.calibrate_together(wrong)
            raise AssertionError("one is not together")
        except ValueError as error:
            assert "at least two" in str(error)
    try:
        nuzuh.calibrate_together(toys, until=["2024-03-31"] * 3)
        raise AssertionError("three days of two")
    except ValueError as error:
        assert "3 days for 2" in str(error)
    assert "no date" in str(refused(nuzuh.calibrate_together, toys, until="soon"))
    assert "reported" in {one.key for one in refused(nuzuh.calibrate_together, [toys[0], toy]).findings}


def a_figure_out_of_reach_is_a_warning():
    import warnings
    toys = written("toys.yaml", toy.read_text() + REPORTED.replace("persons: 7000", "persons: 9000000"))
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        posterior = nuzuh.calibrate(toys, particles=60, draws=20)
    line = next(n for n, text in enumerate(toys.read_text().splitlines(), 1) if "9000000" in text)
    assert [f"toys.yaml:{line}:" in str(one.message) and "none comes nearer" in str(one.message) for one in said] == [True], said
    assert pathlib.Path(said[0].filename) == pathlib.Path(__file__) and posterior.attrs["not_ruled_out"] == 0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            nuzuh.calibrate(toys, particles=60, draws=20)
            raise AssertionError("a warning that is an error ends it")
        except UserWarning as error:
            assert "none comes nearer" in str(error)


def a_posterior_goes_into_a_scenario():
    """From the frame, from its file, and set in a scenario that is there: the same runs."""
    toys = written("toys.yaml", toy.read_text() + REPORTED)
    posterior = nuzuh.calibrate(toys, particles=60, draws=20)
    fitted = {"parameters.posterior": posterior, "parameters.fitted_on": posterior.attrs["fitted_on"]}
    loaded = nuzuh.load(toys, fitted)
    posterior.to_csv(folder / "p.csv", index=False)
    from_file = nuzuh.load(written("fitted.yaml", toys.read_text() + "parameters: {posterior: [table: p.csv], fitted_on: "
                                   f"'{posterior.attrs['fitted_on']}'}}\n"))
    there = nuzuh.load(toys)
    there["behaviour.leave.h_max"] = 0.25
    for key, value in fitted.items():
        there[key] = value
    assert there["behaviour.leave.h_max"] == 0.25
    there["behaviour.leave.h_max"] = loaded["behaviour.leave.h_max"]
    runs = [scenario.run(members=6) for scenario in (loaded, from_file, there, pickle.loads(pickle.dumps(there)))]
    drawn = runs[0].unknown_value.values
    assert drawn.std() > 0
    for run in runs[1:]:
        assert (run.total_movements.values == runs[0].total_movements.values).all() and (run.unknown_value.values == drawn).all()
    assert (runs[0].total_movements.values != nuzuh.run(toys, members=6).total_movements.values).any()


def ctrl_c_ends_a_calibration_and_others_go_on():
    campaign = nuzuh.load(scenarios / "idlib-2019.yaml")
    other = OtherThread()
    threading.Timer(3, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        nuzuh.calibrate(campaign, particles=20000)
        raise AssertionError("it was not ended")
    except KeyboardInterrupt:
        pass
    other.has_gone_on()

    def fail(*told):
        raise LookupError("heard enough")

    toys = written("toys.yaml", toy.read_text() + REPORTED)
    for function, scenario in ((nuzuh.calibrate, toys), (nuzuh.forecast, toys), (nuzuh.score, written("camps.yaml", REGISTERED))):
        try:
            function(scenario, progress=fail)
            raise AssertionError("what was raised is lost")
        except LookupError as error:
            assert "heard enough" in str(error)


def tree(path):
    return {str(file.relative_to(path)): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()}


def imports_write_what_the_commands_write():
    flee = {"input_csv/sim_period.csv": "StartDate,2020-01-01\nLength,10\n",
            "input_csv/locations.csv": "#name,region,country,lat,lon,location_type,conflict_date,population/capacity\n"
                                       "Alpha,North,Home,1.5,30.5,conflict_zone,0,5000\nFirst,East,Abroad,1.8,30.8,camp,0,900\n",
            "input_csv/routes.csv": "#name1,name2,distance,forced_redirection\nAlpha,First,90,\n",
            "input_csv/conflicts.csv": "#Day,Alpha\n" + "".join(f"{day},1\n" for day in range(10)),
            "input_csv/closures.csv": "#type,name1,name2,start,end\n",
            "source_data/data_layout.csv": "total,refugees.csv\nFirst,first.csv\n",
            "source_data/refugees.csv": "2020-01-01,100\n2020-01-10,700\n", "source_data/first.csv": "2020-01-01,100\n2020-01-10,700\n"}
    for name, text in flee.items():
        (folder / "made_up" / name).parent.mkdir(parents=True, exist_ok=True)
        written(f"made_up/{name}", text)
    written("places.csv", "name,adm1_pcode,lat,lon\nAbel,XX1,10,30\nBaker,XX2,10,30.2\n")
    written("people.csv", "adm1_pcode,adm1_name,T_TL\nXX1,Abel,4000\nXX2,Baker,9000\n")
    written("camps.yaml", REGISTERED)
    events = pathlib.Path(__file__).parents[1] / "region" / "acled_events.csv"
    region = {"places": folder / "places.csv", "population": [folder / "people.csv"], "from_": "2025-03-01", "to": "2025-03-31"}
    (folder / "command").mkdir()
    (folder / "function").mkdir()
    nuzuh_command("import", "flee", "made_up", "-o", "command/mine.yaml")
    nuzuh_command("import", "acled", events, "--places", "camps.yaml", "--reach", "30", "-o", "command/strikes.csv")
    nuzuh_command("import", "region", "command/land", "--places", "places.csv", "--population", "people.csv", "--from", "2025-03-01",
                  "--to", "2025-03-31")
    os.chdir(folder)  # where the commands ran: reports name files as they were given
    region.update(places="places.csv", population=["people.csv"])
    made = [nuzuh.import_flee("made_up", output="function/mine.yaml"),
            nuzuh.import_acled(events, "camps.yaml", reach=30, output="function/strikes.csv"),
            nuzuh.import_region("function/land", **region)]
    assert tree(folder / "command") == tree(folder / "function") and len(tree(folder / "function")) > 8
    assert sorted(map(str, (file for one in made for file in one.written))) == \
        sorted(f"function/{name}" for name in tree(folder / "function"))
    assert any("Faraway" in one.message and one.line > 0 for one in made[1].findings), made[1].findings
    assert sum(made[1].counts["events"].values()) > made[1].counts["strikes"] > 0
    with open("function/land/report.csv", newline="") as file:
        import csv
        report = [(row["file"], row["row"], row["what"]) for row in csv.DictReader(file)]
    assert report == [(one.file, str(one.line or ""), one.message) for one in made[2].findings] and report
    assert made[2].counts["people"] == made[2].counts["people_placed"] == 13000


def imports_of_bad_input_write_nothing():
    events = written("events.csv", "a,b\n1,2\n")
    camps = written("camps.yaml", REGISTERED)
    written("places.csv", "name,lat,lon\nAbel,10,30\nBaker,95,30\nCain,ten,30\n")
    written("good.csv", "name,lat,lon\nAbel,10,30\n")
    days = {"from_": "2025-01-01", "to": "2025-02-28"}
    os.chdir(folder)
    before = tree(folder)
    assert "column" in str(refused(nuzuh.import_acled, events, camps))
    assert "events" in str(refused(nuzuh.import_acled, [], camps)) and "reach" in str(refused(nuzuh.import_acled, events, camps, reach=0))
    lines = {one.line for one in refused(nuzuh.import_region, "land", places="places.csv", **days).findings if one.file.endswith("places.csv")}
    assert {3, 4} <= lines, lines
    assert "from_ 'May' is no date" in str(refused(nuzuh.import_region, "land", places="good.csv", from_="May"))
    assert "nowhere.csv" in str(refused(nuzuh.import_region, "land", places="nowhere.csv", **days))
    assert refused(nuzuh.import_flee, "nowhere").findings
    assert tree(folder) == before
    nuzuh.import_region("land", places="good.csv", **days)
    after = tree(folder)
    found = refused(nuzuh.import_region, "land", places="good.csv", **days).findings[0]
    assert "exists" in found.message and "force=True" in found.hint, found
    assert tree(folder) == after
    nuzuh.import_region("land", places="good.csv", force=True, **days)
    assert tree(folder) == after
    shutil.copy("good.csv", "land/report.csv")
    assert "another file" in str(refused(nuzuh.import_region, "land", places="land/report.csv", force=True, **days))


if __name__ == "__main__":
    keep(globals())
