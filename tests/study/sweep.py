#!/usr/bin/env python3
"""sweep.py PROMISE NUZUH SOURCE: runs studies and checks one promise about them."""
import os
import random
import shutil
import signal
import subprocess
import sys
import time

from studies import (LONG, STUDY, command, data, folder, keep, mpirun, nuzuh, opened, skip, source, start, stopped_at_segment,
                     write)


def threads_shards_and_restarts_give_the_same_file():
    write("s.yaml", STUDY)
    for threads in (1, 2, 4):
        command("sweep", "s.yaml", "-o", f"{threads}.h5", "--threads", threads)
        assert data(f"{threads}.h5") == data("1.h5")
        assert not (folder / f"{threads}.h5.parts").exists()
    assert (opened("1.h5").status == 0).all()
    for i in (3, 1, 7, 2, 6, 4, 5):
        done = command("sweep", "s.yaml", "-o", "shards.h5", "--shard", f"{i}/7", "--threads", 1)
    assert "nuzuh merge" in done.stderr
    command("merge", "shards.h5.parts", "-o", "shards.h5")
    assert data("shards.h5") == data("1.h5")


def ranks_give_the_same_file():
    write("s.yaml", STUDY)
    command("sweep", "s.yaml", "-o", "threads.h5")
    for ranks in (1, 2, 4):
        command("sweep", "s.yaml", "-o", f"{ranks}.h5", before=mpirun(ranks))
        assert data(f"{ranks}.h5") == data("threads.h5"), f"{ranks} ranks"
    wrong = write("wrong.yaml", STUDY.replace("h_max", "h_mix"))
    done = command("sweep", wrong, code=2, before=mpirun(2))
    assert done.stderr.count("did you mean") == 1, done.stderr


def replicates_share_their_random_numbers():
    write("s.yaml", STUDY.replace("size: 40", "size: 1"))
    command("sweep", "s.yaml", "-o", "one.h5")
    write("wide.yaml", STUDY.replace("design: latin_hypercube\nsize: 40", "design: list").replace(
        "{from: 0.1, to: 0.6}", "[0.3, 0.3]").replace("{from: 10, to: 60, scale: log}", "[30, 30]").replace(
        "[vehicle, foot]", "[foot, foot]").replace("[0, 0.3]", "[0.3, 0.3]"))
    command("sweep", "wide.yaml", "-o", "wide.h5")
    two = opened("wide.h5").total_movements.values.reshape(2, 3, -1)
    assert (two[0] == two[1]).all(), "two sets with the same settings draw the same numbers"
    assert (two[0, 0] != two[0, 1]).any(), "replicates differ"


def a_study_of_one_set_is_an_ensemble():
    import numpy
    write("s.yaml", STUDY.split("axes:")[0] + "axes: {crossings.0.quota: [400]}\nreplicates: 9\n"
          "collect: [{output: displaced}, {output: arrivals_from}, {output: at_home_by_danger},\n"
          "  {output: could_not_leave_by_danger}, {output: first_day_full}]\n")
    for fixed in ([], ["--fixed"]):
        command("sweep", "s.yaml", "-o", "study.h5", "--force", *fixed)
        command("run", source / "scenarios/toy.yaml", "-o", "run.h5", "--force", "--members", 9, *fixed,
                "--set", "crossings.0.quota=400")
        study, run = opened("study.h5"), opened("run.h5")
        for name in ("displaced", "arrivals_from", "at_home_by_danger", "could_not_leave_by_danger", "first_day_full"):
            numpy.testing.assert_array_equal(study[name].values, run[name].values, name)
        assert study.attrs["bands"] == run.attrs["bands"]
        assert ("unknown_value" in study) == (not fixed)
        if not fixed:
            assert study.unknown_name.values.tolist() == run.unknown_name.values.tolist()
            assert (study.unknown_value.values == run.unknown_value.values).all()
            assert study.attrs["unknowns"] == run.attrs["unknowns"]
    for name in ("band_name", "level"):
        assert study[name].values.tolist() == run[name].values.tolist(), name
    assert study.first_day_full.notnull().any() and study.first_day_full.isnull().any()
    assert (study.status == 0).all(), "a place that is never full is no failure"


def replicates_draw_what_is_not_known_but_for_axes():
    axis = "groups.0.threshold"  # by its position, where the prior names it
    write("s.yaml", STUDY.split("axes:")[0] + "axes: {%s: [20, 40]}\nreplicates: 8\ncollect: [{output: total_movements}]\n"
          % axis)
    command("sweep", "s.yaml", "-o", "a.h5")
    study = opened("a.h5")
    names = study.unknown_name.values.tolist()
    assert "behaviour.leave.h_max" in names and not [n for n in names if n.endswith("threshold")], names
    drawn = study.unknown_value.values.reshape(2, 8, -1)
    assert (drawn[0] == drawn[1]).all(), "sets differ by their settings alone"
    assert len(set(drawn[0, :, names.index("behaviour.leave.h_max")])) == 4, "blocks of four hold two draws each"
    command("sweep", "s.yaml", "-o", "fixed.h5", "--fixed")
    fixed = opened("fixed.h5")
    spread = [one.total_movements.isel(time=-1).values.reshape(2, 8).std(axis=1) for one in (study, fixed)]
    assert (spread[0] > spread[1]).all(), spread
    assert "chance alone" in fixed.attrs["bands"] and "parameters" in study.attrs["bands"]


def uncertainty_can_be_an_axis():
    text = STUDY.split("axes:")[0] + ("parameters: {drawn: false}\naxes: {uncertainty.strikes: [0, 1]}\n"
                                      "engine: {mode: expected}\noutput: {origins: nothing}\n")
    write("s.yaml", text + "uncertainty: {population: 0, capacity: 0}\nreplicates: 8\n")
    command("sweep", "s.yaml", "-o", "a.h5")
    ends = opened("a.h5").total_movements.isel(time=-1).values.reshape(2, 8)
    assert len(set(ends[0])) == 1 and len(set(ends[1])) > 2, ends
    write("one.yaml", text)
    assert "one replicate draws nothing" in command("sweep", "one.yaml", code=2).stderr


def quantiles_are_those_of_the_runs():
    import numpy
    both = STUDY.replace("without_shelter, keep: quantiles", "displaced, keep: quantiles")
    write("runs.yaml", STUDY)
    write("quantiles.yaml", both.replace("  - {output: displaced}\n", ""))
    command("sweep", "runs.yaml", "-o", "runs.h5")
    command("sweep", "quantiles.yaml", "-o", "quantiles.h5")
    runs, tallied = opened("runs.h5").displaced, opened("quantiles.h5")
    mean = runs.astype(float).mean("run").values
    assert numpy.allclose(tallied.displaced_mean.values, mean, rtol=1e-5, atol=1e-2)
    for q in tallied["quantile"].values:
        exact = runs.quantile(q, "run").values
        here = tallied.displaced_quantile.sel(quantile=q).values
        # half a person below 64, a bin of 1/64 above, for both ends of the interpolation
        assert numpy.all(numpy.abs(here - exact) <= numpy.maximum(0.51, exact / 64)), q


def a_grid_is_drawn():
    write("s.yaml", STUDY.split("axes:")[0] + "axes: {behaviour.leave.h_max: [0.2, 0.4], crossings.0.quota: [50, 600]}\n"
          "replicates: 3\n")
    command("sweep", "s.yaml", "-o", "grid.h5")
    draw = [sys.executable, source / "scripts/plot_grid.py", "grid.h5", "-o", "grid.png", "--of"]
    subprocess.run([*draw, "total_abroad"], cwd=folder, check=True, timeout=200)
    assert data("grid.png")[:4] == b"\x89PNG"
    missing = subprocess.run([*draw, "arrivals"], cwd=folder, capture_output=True, text=True)
    assert missing.returncode == 2 and "did not keep arrivals" in missing.stderr


def runs_that_fail_are_rows():
    write("s.yaml", STUDY.split("axes:")[0] + "axes: {groups.everyone.share: [1, 0.5, 1]}\ndesign: list\n"
          "replicates: 2\ncollect: [{output: total_movements}, {output: displaced, keep: quantiles}]\n")
    command("sweep", "s.yaml", "-o", "a.h5")
    run = opened("a.h5")
    assert run.status.values.tolist() == [0, 0, 1, 1, 0, 0]
    assert "share" in run.message.values[2] and run.message.values[0] == ""
    assert run.total_movements.isnull().any("time").values.tolist() == [False, False, True, True, False, False]
    assert not run.displaced_mean.isnull().any()
    assert run["groups_everyone_share"].values.tolist() == [1, 1, 0.5, 0.5, 1, 1]


def a_failing_run_can_end_the_study():
    write("s.yaml", STUDY.split("axes:")[0] + "axes: {groups.everyone.share: [1, 0.5, 1]}\ndesign: list\n"
          "on_failure: stop\n")
    done = command("sweep", "s.yaml", "-o", "a.h5", code=1)
    assert "run 1:" in done.stderr and "share" in done.stderr, done.stderr
    assert not (folder / "a.h5").exists()
    assert "run 1:" in command("sweep", "s.yaml", "-o", "a.h5", "--resume", code=1).stderr


def a_signal_keeps_what_is_done():
    write("s.yaml", LONG)
    for number in (signal.SIGTERM, signal.SIGUSR1, signal.SIGINT):
        running = stopped_at_segment(2, "sweep", "s.yaml", "-o", f"{int(number)}.h5", "--threads", 2, number=number)
        messages = running.communicate(timeout=300)[1]
        assert running.returncode == 75 and "--resume" in messages, (running.returncode, messages)
        assert not (folder / f"{int(number)}.h5").exists()
    refused = command("sweep", "s.yaml", "-o", "15.h5", code=2)
    assert "--resume" in refused.stderr
    command("sweep", "s.yaml", "-o", "15.h5", "--resume")
    command("sweep", "s.yaml", "-o", "whole.h5", "--threads", 1)
    assert data("15.h5") == data("whole.h5")
    assert "nothing left" in command("sweep", "s.yaml", "-o", "15.h5", "--resume").stderr


def killed_workers_lose_nothing():
    """About 2,000 runs on three shards at a time, each killed once at its second segment, and then at random until they are done."""
    write("s.yaml", LONG)
    command("sweep", "s.yaml", "-o", "whole.h5", "--threads", 1)
    seed = int.from_bytes(os.urandom(4), "little")
    print("seed", seed)
    draw = random.Random(seed)
    workers, begun = {}, set()
    kills = 0
    while True:
        for shard in (1, 2, 3):
            if shard not in workers:
                words = ["sweep", "s.yaml", "-o", "killed.h5", "--shard", f"{shard}/3", "--threads", 1]
                workers[shard] = (start(*words) if shard in begun
                                  else stopped_at_segment(2, *words, number=signal.SIGKILL))
                begun.add(shard)
        time.sleep(draw.uniform(0.02, 0.2))
        for shard, running in list(workers.items()):
            if running is None:
                continue
            if running.poll() is not None:
                assert running.returncode in (0, -signal.SIGKILL), running.communicate()[1]
                if running.returncode == 0:
                    workers[shard] = None
                else:
                    del workers[shard]
                    kills += 1
        if all(running is None for running in workers.values()) and len(workers) == 3:
            break
        living = [w for w in workers.values() if w is not None and w.poll() is None]
        if living and kills < 25:
            victim = draw.choice(living)
            victim.kill()
            victim.wait()
    assert kills >= 3
    print(kills, "kills")
    command("merge", "killed.h5.parts", "-o", "killed.h5")
    assert data("killed.h5") == data("whole.h5")


def launching_a_shard_twice_is_harmless():
    write("s.yaml", STUDY)
    twins = [start("sweep", "s.yaml", "-o", "a.h5", "--shard", shard, "--threads", 1)
             for shard in ("1/2", "1/2", "2/2", "2/2")]
    for twin in twins:
        assert twin.wait(timeout=600) == 0, twin.communicate()[1]
    command("merge", "a.h5.parts", "-o", "a.h5")
    command("sweep", "s.yaml", "-o", "b.h5")
    assert data("a.h5") == data("b.h5")


def parts_of_another_study_are_refused():
    write("s.yaml", STUDY)
    command("sweep", "s.yaml", "-o", "a.h5", "--shard", "1/2")
    write("s.yaml", STUDY.replace("0.6", "0.5"))
    assert "another study" in command("sweep", "s.yaml", "-o", "a.h5", "--shard", "2/2", code=2).stderr
    command("sweep", "s.yaml", "-o", "b.h5", "--shard", "2/2")
    done = command("merge", "a.h5.parts", "b.h5.parts", "-o", "c.h5", code=1)
    assert "another study" in done.stderr and not (folder / "c.h5").exists()


def merge_says_what_is_missing():
    write("s.yaml", STUDY)
    command("sweep", "s.yaml", "-o", "a.h5", "--shard", "2/2")
    assert "0 to 59" in command("merge", "a.h5.parts", "-o", "a.h5", code=2).stderr
    assert "missing.h5" in command("merge", "missing.h5", "-o", "a.h5", code=2).stderr
    # Parts that were made in two places
    command("sweep", "s.yaml", "-o", "b.h5", "--shard", "1/2", "--threads", 1)
    command("merge", "a.h5.parts", "b.h5.parts", "-o", "a.h5")
    command("sweep", "s.yaml", "-o", "whole.h5")
    assert data("a.h5") == data("whole.h5")


def a_full_disk_keeps_finished_segments():
    if os.getuid() != 0:
        skip("only root mounts a small disk")
    small = folder / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "nuzuh", small], capture_output=True).returncode != 0:
        skip("no tmpfs can be mounted here")
    try:
        write("s.yaml", LONG)
        filler = small / "filler"
        filler.write_bytes(bytes(38_000_000))
        done = command("sweep", "s.yaml", "-o", "small/a.h5", code=2)
        assert "disk" in done.stderr and not (small / "a.h5.parts").exists(), done.stderr
        filler.unlink()
        # Room enough at first, then somebody else fills the disk.
        running = stopped_at_segment(3, "sweep", "s.yaml", "-o", "small/a.h5", "--threads", 1)
        with open(filler, "ab", buffering=0) as out:
            try:
                while True:
                    out.write(bytes(65536))
            except OSError:
                pass
        running.send_signal(signal.SIGCONT)
        messages = running.communicate(timeout=600)[1]
        assert running.returncode == 1 and "No space left" in messages, (running.returncode, messages)
        parts = sorted((small / "a.h5.parts").glob("runs-*.h5"))
        assert parts, "segments that were finished are still there"
        assert not (small / "a.h5").exists()
        filler.unlink()
        command("sweep", "s.yaml", "-o", "small/a.h5", "--resume")
        command("sweep", "s.yaml", "-o", "whole.h5")
        assert data("small/a.h5") == data("whole.h5")
    finally:
        subprocess.run(["umount", small], check=True)


def what_does_not_fit_is_refused():
    write("s.yaml", STUDY.replace("size: 40", "size: 30000").replace("replicates: 3", "replicates: 30000"))
    done = command("sweep", "s.yaml", "-o", "a.h5", code=2)
    assert "collect" in done.stderr and ("memory" in done.stderr or "disk" in done.stderr), done.stderr
    assert sorted(p.name for p in folder.iterdir()) == ["s.yaml"]


def every_mistake_is_reported_at_once():
    write("s.yaml", f"""extends: {source}/scenarios/toy.yaml
design: latin_hypercub
size: 16
axes:
  behaviour.leave.h_max: {{from: 0.1, to: 60}}
  behaviour.leave.h_mx: {{from: 0.1, to: 0.6}}
  groups.everyon.threshold: {{from: 10, to: 60}}
  groups.everyone.classes: {{from: 1, to: 3}}
  behaviour.choose.network_pull: [0, x]
  period.to: [2024-04-30]
  crossings.0.policy: [closed, opne]
  engine.seed: {{from: 1}}
collect:
  - {{output: displaced, kep: quantiles}}
""")
    text = command("sweep", "s.yaml", code=2).stderr
    for part in ("did you mean 'latin_hypercube'", "s.yaml:5:42", "is 60, out of range: expected 0 to 10",
                 "there is no setting 'behaviour.leave.h_mx'", "did you mean 'behaviour.leave.h_max'",
                 "did you mean 'everyone'", "scale: whole", "found 'x'", "'period.to' cannot be varied",
                 "did you mean 'open'", "lacks 'to'", "did you mean 'keep'"):
        assert part in text, f"{part}\n{text}"
    write("s.yaml", STUDY.replace("output: displaced", "output: displacd"))
    text = command("sweep", "s.yaml", code=2).stderr
    assert "s.yaml:13:" in text and "did you mean 'displaced'" in text, text
    assert "sweep" in command("run", "s.yaml", code=2).stderr
    assert "nothing wrong" in command("check", write("t.yaml", STUDY)).stdout
    write("axes.csv", "behaviour.leave.h_max,groups.everyone.travel\n0.2,foot\n0.3,vehicle\n")
    write("s.yaml", STUDY.split("axes:")[0] + "axes: {table: axes.csv}\ndesign: list\n")
    command("sweep", "s.yaml", "-o", "listed.h5")
    listed = opened("listed.h5")
    assert listed.behaviour_leave_h_max.values.tolist() == [0.2, 0.3]
    assert listed.groups_everyone_travel.values.tolist() == ["foot", "vehicle"]


class Slurm:
    """A whole Slurm on the loopback address: munged, slurmctld and slurmd in the scratch folder."""

    def __enter__(self):
        for program in ("munged", "slurmctld", "slurmd", "sbatch"):
            if not shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin:/sbin"):
                skip(f"{program} is not installed")
        if os.getuid() != 0:
            skip("only root starts Slurm's daemons")
        os.environ["PATH"] += ":/usr/sbin:/sbin"
        subprocess.run([source / "tests/study/slurm.sh", "start", folder / "slurm"], check=True, timeout=120)
        os.environ["SLURM_CONF"] = str(folder / "slurm/slurm.conf")
        return self

    def __exit__(self, *_):
        subprocess.run([source / "tests/study/slurm.sh", "stop", folder / "slurm"], timeout=60)

    def submit(self, *words):
        out = subprocess.run(["sbatch", "--parsable", *map(str, words)], cwd=folder, check=True, capture_output=True,
                             text=True).stdout
        return out.strip().split(";")[0]

    def wait(self):
        for _ in range(3000):
            if not subprocess.run(["squeue", "-h"], capture_output=True, text=True, check=True).stdout.strip():
                return
            time.sleep(0.1)
        raise AssertionError("jobs do not end")


def a_slurm_array_and_a_slurm_mpi_job_give_the_same_file():
    write("s.yaml", STUDY)
    command("sweep", "s.yaml", "-o", "whole.h5")
    os.environ.update(NUZUH=nuzuh, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
    with Slurm() as slurm:
        array = slurm.submit("--array=1-3", "--time=5", source / "scripts/slurm/array.sbatch", "s.yaml", "array.h5")
        slurm.submit(f"--dependency=afterok:{array}", "--time=5", source / "scripts/slurm/merge.sbatch", "array.h5")
        slurm.wait()
        slurm.submit("--ntasks=2", "--time=5", source / "scripts/slurm/mpi.sbatch", "s.yaml", "mpi.h5")
        slurm.submit("--array=1-3", "--time=5", source / "scripts/slurm/array.sbatch", "s.yaml", "again.h5")
        slurm.wait()
        for part in (folder / "again.h5.parts").glob("runs-*.h5"):
            if int(part.name.split("-")[1]) >= 40:
                part.unlink()
        for tasks in ("--array=2", "--array=3"):     # alone, of an array of which nothing else is left
            slurm.submit(tasks, "--time=5", source / "scripts/slurm/array.sbatch", "s.yaml", "again.h5")
        slurm.submit("--array=1,2,5", "--time=5", source / "scripts/slurm/array.sbatch", "s.yaml", "given.h5", 3)
        slurm.wait()     # task 5 is none of the three
        slurm.submit("--array=3", "--time=5", source / "scripts/slurm/array.sbatch", "s.yaml", "given.h5")
        slurm.wait()
        for name in ("again.h5", "given.h5"):
            command("merge", f"{name}.parts", "-o", name)
        logs = "".join(log.read_text() for log in folder.glob("*.out"))
    for name in ("array.h5", "mpi.h5", "again.h5", "given.h5"):
        assert (folder / name).exists(), logs
        assert data(name) == data("whole.h5"), name


def snakemake_gives_the_same_file():
    if not shutil.which("snakemake"):
        skip("snakemake is not installed")
    write("s.yaml", STUDY)
    command("sweep", "s.yaml", "-o", "whole.h5")
    subprocess.run(["snakemake", "--snakefile", source / "scripts/study.smk", "--cores", "2", "--config", "study=s.yaml",
                    "results=snake.h5", "shards=3", f"nuzuh={nuzuh}"], cwd=folder, check=True, timeout=600,
                   stdout=subprocess.DEVNULL)
    assert data("snake.h5") == data("whole.h5")


keep(globals())
