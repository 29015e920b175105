#!/usr/bin/python3
"""launches.py PROMISE NUZUH SOURCE: studies that are launched wrong, again, beside others' files, or on what fails."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys

from studies import (LONG, STUDY, command, data, folder, keep, nuzuh, opened, pass_over_leaks_of_mpi, skip, source, start,
                     stopped_at_segment, write)
from preload import preloaded

BASE = (source / "scenarios/toy.yaml").read_text()
ONE_AXIS = STUDY.split("axes:")[0]


def results_of_another_study_are_refused_by_name():
    write("s.yaml", STUDY)
    command("sweep", "s.yaml", "-o", "a.h5")
    before = data("a.h5")
    others = {"axis": STUDY.replace("to: 0.6", "to: 0.9"), "collect": STUDY.replace("total_abroad", "total_returned"),
              "replicates": STUDY.replace("replicates: 3", "replicates: 2")}
    for name, text in others.items():
        write("other.yaml", text)
        for more in (["--resume"], ["--shard", "1/2"], ["--shard", "2/2", "--resume"]):
            done = command("sweep", "other.yaml", "-o", "a.h5", *more, code=2)
            assert "a.h5 holds the results of another study" in done.stderr, (name, more, done.stderr)
    assert "another study" in command("sweep", "s.yaml", "-o", "a.h5", "--resume", "--set", "engine.seed=7", code=2).stderr
    # A scenario below the study that changes is another study; the same file under another name is the same
    write("base.yaml", BASE)
    write("below.yaml", STUDY.replace(f"extends: {source}/scenarios/toy.yaml", "extends: base.yaml"))
    command("sweep", "below.yaml", "-o", "b.h5")
    assert "nothing left" in command("sweep", write("again.yaml", (folder / "below.yaml").read_text()), "-o", "b.h5",
                                     "--resume").stderr
    write("base.yaml", BASE.replace("to: 2024-04-30}", "to: 2024-04-29}"))
    assert (folder / "base.yaml").read_text() != BASE
    assert "another study" in command("sweep", "below.yaml", "-o", "b.h5", "--resume", code=2).stderr
    # What is no study at all
    command("--quiet", "run", source / "scenarios/toy.yaml", "-o", "run.h5", "--members", 2)
    assert "one scenario" in command("sweep", "s.yaml", "-o", "run.h5", "--resume", code=2).stderr
    write("note.h5", "not yet")
    assert "note.h5" in command("sweep", "s.yaml", "-o", "note.h5", "--shard", "1/2", code=2).stderr
    assert data("a.h5") == before and (folder / "note.h5").read_text() == "not yet"


def what_reads_one_scenario_refuses_a_study():
    write("s.yaml", STUDY.replace("size: 40", "size: 4"))
    command("--quiet", "sweep", "s.yaml", "-o", "s.h5")
    done = command("score", "s.h5", code=2)
    assert "s.h5 holds a study" in done.stderr and done.stderr.count("\n") == 1, done.stderr
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["s.h5", "s.yaml"], left


def runs_that_cannot_be_done_are_counted():
    shares = "axes: {groups.everyone.share: [0.5, 0.25]}\ndesign: list\nreplicates: 3\n"
    write("none.yaml", ONE_AXIS + shares + "collect: [{output: total_movements}]\n")
    done = command("sweep", "none.yaml", "-o", "none.h5", code=1)
    assert "6 of 6 runs could not be done" in done.stderr and "not one run" in done.stderr, done.stderr
    assert done.stderr.count("groups.everyone") <= 2 and (folder / "none.h5").exists(), done.stderr
    # Both sets fail for one reason with two numbers: it is said once.
    assert done.stderr.count(" runs: ") == 1 and "(1 more with other numbers)" in done.stderr, done.stderr
    assert "not one run" in command("sensitivity", "none.h5", code=2).stderr
    write("some.yaml", ONE_AXIS + shares.replace("[0.5, 0.25]", "[1, 0.5, 1, 0.5]"))
    done = command("--quiet", "sweep", "some.yaml", "-o", "some.h5")
    assert "6 of 12 runs could not be done" in done.stderr and "6 runs: " in done.stderr, done.stderr
    assert opened("some.h5").attrs["runs_done"] == 6
    command("sweep", "none.yaml", "-o", "parts.h5", "--shard", "1/2")
    command("sweep", "none.yaml", "-o", "parts.h5", "--shard", "2/2")
    assert "6 of 6" in command("merge", "parts.h5.parts", "-o", "parts.h5", code=1).stderr
    assert data("parts.h5") == data("none.h5")


def sensitivity_says_on_how_many_runs_it_rests():
    axes = "  groups.everyone.share: [1, 0.5]\n  behaviour.leave.h_max: {from: 0.1, to: 0.6}\n"
    for design, size in (("latin_hypercube", 60), ("sobol", 64)):
        write("s.yaml", ONE_AXIS + f"axes:\n{axes}design: {design}\nsize: {size}\n")
        command("--quiet", "sweep", "s.yaml", "-o", "s.h5", "--force")
        done = command("sensitivity", "s.h5", "--of", "total_movements", "-o", "s.csv", "--force")
        assert f"{size // 2} of {size} runs were done" in done.stdout and "share" in done.stderr, done.stdout
        assert f"{size // 2} of {size} sets left out" in done.stdout, done.stdout
        rows = [line.split(",") for line in (folder / "s.csv").read_text().splitlines()[1:]]
        value = {(row[2], row[3]): row[4] for row in rows}
        assert float(value["behaviour.leave.h_max", "rank_correlation"]) > 0.5
        assert float(value["behaviour.leave.h_max", "pawn"]) > float(value["behaviour.leave.h_max", "pawn_by_chance"])
        assert value["groups.everyone.share", "pawn"] == "", "an axis that does not vary says nothing"


def slurm(task, tasks, first, *more, step=1, last=None, code=0, results="s.h5"):
    """What Slurm sets for a task of an array."""
    last = first + (tasks - 1) * step if last is None else last
    array = {"ID": task, "COUNT": tasks, "MIN": first, "MAX": last, "STEP": step}
    return command("sweep", "s.yaml", "-o", results, "--shard", "slurm", "--threads", 1, *more, code=code,
                   env=os.environ | {f"SLURM_ARRAY_TASK_{name}": str(value) for name, value in array.items()})


def copies_that_do_not_know_of_each_other_are_refused():
    write("s.yaml", STUDY)
    pass_over_leaks_of_mpi()
    # As srun without --mpi starts them, and as a launcher of another MPI does.
    for copies in ({"SLURM_STEP_NUM_TASKS": "4", "SLURM_PROCID": "2"}, {"PMI_SIZE": "3", "PMI_RANK": "0"}):
        done = command("sweep", "s.yaml", "-o", "copies.h5", "--threads", 1, code=2, env=os.environ | copies)
        assert "--shard" in done.stderr and len(done.stderr.splitlines()) == 1, done.stderr
        assert not (folder / "copies.h5").exists() and not (folder / "copies.h5.parts").exists()
        command("sweep", "s.yaml", "-o", "copies.h5", "--threads", 1, "--shard", "1/4", env=os.environ | copies)
        shutil.rmtree(folder / "copies.h5.parts")


def parts_of_another_study_or_of_other_runs_are_not_folded():
    write("s.yaml", STUDY)
    write("other.yaml", STUDY.replace("to: 0.6", "to: 0.9"))
    for name in ("s", "other"):
        command("sweep", f"{name}.yaml", "-o", f"{name}.h5", "--threads", 1, "--shard", "1/2")
    mine, others = folder / "s.h5.parts", folder / "other.h5.parts"
    for part in list(mine.glob("runs-*.h5")):  # how many runs a part has depends on how quick the machine is
        part.unlink()
    for part in others.glob("runs-*.h5"):
        shutil.copy(part, mine / part.name)
    done = command("sweep", "s.yaml", "-o", "s.h5", "--resume", code=1)
    assert "belongs to another study" in done.stderr and not (folder / "s.h5").exists(), done.stderr
    # A part under the name of another one, as many runs long
    shutil.rmtree(mine)
    command("sweep", "s.yaml", "-o", "s.h5", "--threads", 1, "--shard", "1/40")
    first = next(mine.glob("runs-*.h5"))
    runs = int(first.name[18:30]) + 1
    shutil.copy(first, mine / f"runs-{runs:012}-{2 * runs - 1:012}.h5")
    done = command("sweep", "s.yaml", "-o", "s.h5", "--resume", code=1)
    assert "the name of another part" in done.stderr and not (folder / "s.h5").exists(), done.stderr


def whole_file():
    write("s.yaml", STUDY)
    command("sweep", "s.yaml", "-o", "whole.h5")


def merged_is_whole(results="s.h5"):
    command("merge", f"{results}.parts", "-o", results)
    assert data(results) == data("whole.h5")


def a_task_of_an_array_that_is_submitted_again_does_its_own_shard():
    whole_file()
    for task in (1, 2, 4):
        slurm(task, 4, 1)
    assert "runs are missing: 60 to 89" in command("merge", "s.h5.parts", "-o", "s.h5", code=2).stderr
    assert "shard 3 of 4" in slurm(3, 1, 3).stderr
    assert not (folder / "s.h5").exists(), "a single task is no whole study"
    merged_is_whole()
    # Half of an array, in two lists
    for task, tasks, first in ((1, 4, 1), (3, 4, 1), (2, 2, 2), (4, 2, 2)):
        slurm(task, tasks, first, results="t.h5", **({"step": 2, "last": 4} if tasks == 2 else {}))
    merged_is_whole("t.h5")
    done = slurm(9, 1, 9, results="t.h5", code=2)
    assert "task 9 is none of the 4 shards" in done.stderr, done.stderr


def arrays_with_offsets_steps_and_gaps_are_whole_or_refused():
    whole_file()
    for name, first, step in (("offset.h5", 0, 1), ("far.h5", 101, 1), ("steps.h5", 2, 3)):
        for i in (2, 0, 1):
            slurm(first + i * step, 3, first, step=step, results=name)
        merged_is_whole(name)
    for task, tasks, first, last in ((7, 3, 1, 7), (5, 1, 5, 5)):     # --array=1,3,7 and --array=5
        done = slurm(task, tasks, first, last=last, results="gaps.h5", code=2)
        assert "--shards" in done.stderr and not (folder / "gaps.h5.parts").exists(), done.stderr
    # The number given once: any tasks from 1 to it, whatever arrays they come in
    slurm(3, 1, 3, "--shards", 3, results="given.h5")
    for task, tasks, first in ((1, 2, 1), (2, 2, 1)):
        slurm(task, tasks, first, results="given.h5")
    merged_is_whole("given.h5")
    assert "--shard" in command("sweep", "s.yaml", "-o", "x.h5", "--shards", 3, code=2).stderr


def without_locks(errno):
    return preloaded(nuzuh, os.environ["NUZUH_NO_LOCKS"], NO_LOCKS_ERRNO=errno)


def file_systems_without_locks_will_do():
    """NFS without its lock daemon (ENOLCK), Lustre without -o flock (ENOSYS), FUSE and others (EOPNOTSUPP)."""
    import errno
    write("s.yaml", STUDY)
    toy = source / "scenarios/toy.yaml"
    command("sweep", "s.yaml", "-o", "whole.h5")
    for number in (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP):
        bare = without_locks(number)
        command("run", toy, "-o", "run.h5", "--members", 2, "--force", env=bare)
        command("export", "run.h5", "--to", "csv", "-o", "csv", "--force", env=bare)
        command("brief", "run.h5", "--force", env=bare)
        command("sweep", "s.yaml", "-o", "s.h5", "--force", env=bare)
        assert data("s.h5") == data("whole.h5")
        for shard in ("1/2", "2/2"):
            command("sweep", "s.yaml", "-o", f"{number}.h5", "--shard", shard, env=bare)
        command("merge", f"{number}.h5.parts", "-o", f"{number}.h5", env=bare)
        command("sweep", "s.yaml", "-o", f"{number}.h5", "--resume", env=bare)
    locked = without_locks(errno.ENOLCK) | {"HDF5_USE_FILE_LOCKING": "TRUE"}
    done = command("export", "run.h5", "--to", "csv", "-o", "locked", code=2, env=locked)
    assert "HDF5_USE_FILE_LOCKING=FALSE" in done.stderr, done.stderr


def of_two_that_write_one_file_the_second_is_told():
    write("s.yaml", LONG)
    first = stopped_at_segment(2, "sweep", "s.yaml", "-o", "a.h5", "--threads", 1)
    for more in (["--resume"], ["--force"]):
        done = command("sweep", "s.yaml", "-o", "a.h5", *more, code=2)
        assert f"process {first.pid}" in done.stderr and "a.h5" in done.stderr, done.stderr
    done = command("run", source / "scenarios/toy.yaml", "-o", "a.h5", "--force", code=2)
    assert f"process {first.pid}" in done.stderr, done.stderr
    command("--quiet", "run", source / "scenarios/toy.yaml", "-o", "b.h5", "--members", 2)
    first.kill()
    first.wait()
    assert (folder / ".a.h5.writing").exists(), "it was killed outright"
    command("sweep", "s.yaml", "-o", "a.h5", "--resume")     # keeps nobody out
    command("sweep", "s.yaml", "-o", "whole.h5")
    assert data("a.h5") == data("whole.h5")
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["a.h5", "b.h5", "s.yaml", "whole.h5"], left


def damaged_segments_are_set_aside_and_run_again():
    whole_file()
    for shard in ("1/2", "2/2"):
        command("sweep", "s.yaml", "-o", "a.h5", "--shard", shard, "--threads", 1)
    parts = folder / "a.h5.parts"

    def flip(content):
        return content[:len(content) // 2] + bytes([content[len(content) // 2] ^ 4]) + content[len(content) // 2 + 1:]

    damages = {"flipped": flip, "cut": lambda content: content[:-7], "empty": lambda content: b"",
               "zeroed": lambda content: content[:600] + bytes(len(content) - 600),
               "longer": lambda content: content + b"x"}
    for name, damage in damages.items():
        shutil.copytree(parts, folder / f"{name}.h5.parts")
        victim = sorted((folder / f"{name}.h5.parts").glob("runs-*.h5"))[-1]
        victim.write_bytes(damage(victim.read_bytes()))
        if name in ("flipped", "cut"):
            done = command("merge", f"{name}.h5.parts", "-o", f"{name}.h5", code=2)
            assert "damaged" in done.stderr and "runs are missing" in done.stderr, done.stderr
            assert not (folder / f"{name}.h5").exists() and not victim.exists()
        done = command("sweep", "s.yaml", "-o", f"{name}.h5", "--resume")
        assert name in ("flipped", "cut") or f"{victim.name} is damaged" in done.stderr, done.stderr
        assert data(f"{name}.h5") == data("whole.h5"), name
        assert not (folder / f"{name}.h5.parts").exists()


def messages_that_cannot_be_printed_are_dropped():
    toy = source / "scenarios/toy.yaml"
    write("s.yaml", STUDY)
    write("broken.yaml", STUDY.replace("h_max", "h_mix"))
    for way in ("2>/dev/full", "2>&-", "2>&- 0<&-"):
        def shell(words, code):
            done = subprocess.run(f"{nuzuh} {words} {way}", shell=True, cwd=folder, stdout=subprocess.DEVNULL, timeout=300)
            assert done.returncode == code, (words, way, done.returncode)
        shell("sweep s.yaml -o s.h5 --force", 0)
        shell(f"run {toy} -o r.h5 --members 2 --force", 0)
        shell("check broken.yaml", 2)
        shell(f"run {toy} -o r.h5 --members 2", 2)
        assert opened("s.h5").status.size == 120 and opened("r.h5").member.size == 2
    done = subprocess.run(f"{nuzuh} run {toy} -o q.h5 --members 2 >&-", shell=True, cwd=folder, timeout=300)
    assert done.returncode == 1 and opened("q.h5").member.size == 2, "a table that nobody gets is a failure"


def nothing_takes_the_place_of_what_is_read():
    write("toy.yaml", BASE)
    write("s.yaml", STUDY.replace(f"extends: {source}/scenarios/toy.yaml", "extends: toy.yaml"))
    os.symlink("toy.yaml", folder / "link.h5")
    os.link(folder / "toy.yaml", folder / "hard.h5")
    command("--quiet", "run", "toy.yaml", "-o", "a.h5", "--members", 2)
    command("--quiet", "run", "toy.yaml", "-o", "b.h5", "--members", 2)
    os.mkfifo(folder / "pipe.h5")
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    for words in (["run", "toy.yaml", "-o", "toy.yaml"], ["run", "toy.yaml", "-o", "./link.h5"],
                  ["run", "toy.yaml", "-o", "hard.h5"], ["run", "toy.yaml", "-o", "pipe.h5"],
                  ["run", "toy.yaml", "-o", "c.h5", "--checkpoint", "c.h5"],
                  ["run", "toy.yaml", "-o", "c.h5", "--checkpoint", "../" + folder.name + "/c.h5"],
                  ["run", "toy.yaml", "-o", "c.h5", "--checkpoint", "toy.yaml"],
                  ["sweep", "s.yaml", "-o", "s.yaml"], ["sweep", "s.yaml", "-o", "toy.yaml"],
                  ["sweep", "s.yaml", "-o", "pipe.h5"],
                  ["brief", "a.h5", "-o", "a.h5"], ["brief", "a.h5", "--against", "b.h5", "-o", "b.h5"],
                  ["compare", "a.h5", "b.h5", "-o", "b.h5"], ["compare", "a.h5", "b.h5", "-o", str(folder / "a.h5")]):
        done = command(*words, "--force", code=2)
        assert "error" in done.stderr, done.stderr
        after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        assert after == before, words
    device = folder / "null.h5"
    try:
        os.mknod(device, 0o666 | 0o020000, os.makedev(1, 3))
    except PermissionError:
        return
    command("run", "toy.yaml", "-o", "null.h5", "--force", code=2)
    assert device.is_char_device()


def snakemake_sees_every_file_that_is_read():
    if not shutil.which("snakemake"):
        skip("snakemake is not installed")
    write("base.yaml", BASE)
    study = STUDY.replace(f"extends: {source}/scenarios/toy.yaml", "extends: base.yaml").replace("size: 40", "size: 4")
    write("s.yaml", study)

    def made():
        subprocess.run(["snakemake", "--snakefile", source / "scripts/study.smk", "--cores", "2", "--config",
                        "study=s.yaml", "results=snake.h5", "shards=2", f"nuzuh={nuzuh}"], cwd=folder, check=True,
                       timeout=600, capture_output=True)
        return data("snake.h5")

    def expected():
        command("--quiet", "sweep", "s.yaml", "-o", "whole.h5", "--force")
        return data("whole.h5")

    first = made()
    assert first == expected()
    write("s.yaml", study.replace("to: 0.6", "to: 0.9"))
    second = made()
    assert second == expected() and second != first
    write("base.yaml", BASE.replace("to: 2024-04-30}", "to: 2024-04-29}"))
    assert made() == expected() and data("snake.h5") != second
    assert (folder / "base.yaml").stat().st_mtime < (folder / "snake.h5").stat().st_mtime


keep(globals())
