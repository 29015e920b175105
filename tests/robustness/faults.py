#!/usr/bin/env python3
"""faults.py NUZUH SHIM TOY all|SAMPLE [COMMAND...]: lets the n-th call on a file fail, or the n-th allocation, for n from 1 to the last.

Of every command it asks: never done (exit 0) with a file that is missing or another than without the failure; never ended by a
signal; a message that says what failed; what was there before as it was or as it was to become, and never partly one and partly
the other; nothing written where the message says so; nothing left behind without a name in the message. SAMPLE is how many n of
each command and failure are tried, evenly spread. Prints how many there are. SHIM says what fails: failing_io or failing_new.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "preloaded"))
from preload import preloaded, sanitizer_of

from commands import COMMANDS, is_stray, make_stage, tree, words, written_names

nuzuh, shim, toy, sample = sys.argv[1:5]
only = sys.argv[5:]
of_memory = "failing_new" in shim
what_fails = "allocations" if of_memory else "calls"
KINDS = ("bad_alloc",) if of_memory else ("ENOSPC", "EIO", "EINTR", "SHORT")
if of_memory and (sanitizer_of(nuzuh) or "TSAN_OPTIONS" in os.environ):
    print("a sanitizer has an operator new of its own: nothing would fail")
    sys.exit(77)
home = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_faults_"))


def run(folder, text, at=0, how=""):
    log = home / "log"
    log.unlink(missing_ok=True)
    environment = preloaded(nuzuh, shim, FAILING_IO_UNDER=folder, FAILING_IO_AT=at, FAILING_IO_AS=how, FAILING_IO_LOG=log,
                            FAILING_NEW_AT=at, FAILING_NEW_LOG=log, OMP_NUM_THREADS=1, OMPI_MCA_btl="self")
    done = subprocess.run(words(nuzuh, text), cwd=folder, capture_output=True, text=True, timeout=120, env=environment)
    if of_memory:
        return done, int(log.read_text()) if log.exists() else 0, "an allocation" if at else ""
    count, _, failed = log.read_text().partition(" ")
    return done, int(count), failed.strip()


class Check:
    def __init__(self, name):
        before, self.text, self.names, _ = COMMANDS[name]
        self.name, self.stage = name, home / name
        make_stage(self.stage, nuzuh, toy, before)
        self.before = tree(self.stage)
        done, self.calls, _, self.after = self.attempt(0, "")
        assert done.returncode == 0, f"{name}: {done.stderr}"
        assert self.calls > 0, f"{name}: nothing that could fail was seen"
        assert all(any(path == out or path.startswith(out + "/") for path in self.after) for out in self.names), self.after.keys()

    def attempt(self, at, how):
        folder = home / "here"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.stage, folder)
        done, count, failed = run(folder, self.text, at, how)
        return done, count, failed, tree(folder)

    def wrongs(self, done, failed, now):
        outputs = lambda files: {path: files[path] for path in written_names(files, self.names)}
        here, before, after = outputs(now), outputs(self.before), outputs(self.after)
        if done.returncode < 0 or done.returncode >= 128:
            yield f"ended by a signal: {done.returncode}"
        if done.returncode == 0 and here != after:
            yield "exit 0 with other files than without the failure"
        if done.returncode != 0:
            if not done.stderr.strip():
                yield "no message"
            whole = [path for path in here if here[path] != after.get(path) and here[path] != before.get(path)]
            if whole:
                yield f"a broken file under its name: {whole}"
            one_of_several = len(after) > 1 and self.name not in ("checkpoint",)
            if one_of_several and here not in (before, after):
                yield "some of the new files, and some not"
            if "nothing was written" in done.stderr and here != before:
                yield "says that nothing was written, and something was"
        kept = {path: content for path, content in self.before.items() if path not in before}
        lost = [path for path in kept if now.get(path) != kept[path] and ".parts/" not in path]
        if lost:
            yield f"lost or changed: {lost}"
        stray = [path for path in now if is_stray(path) and path not in self.before]
        # What cannot be taken away stays, and so does a claim that cannot be read: the next launch takes it over.
        unnamed = [path for path in stray if path not in done.stderr and not failed.startswith("unlink")
                   and not (failed.startswith(("read", "open")) and path.endswith(".writing"))]
        if unnamed:
            yield f"left behind unnamed: {unnamed}"

    def all(self):
        tried, wrong = 0, []
        every = 1 if sample == "all" else max(1, self.calls // int(sample))
        for k, how in enumerate(KINDS):
            for at in range(1 + k * every // len(KINDS), self.calls + 1, every):
                done, _, failed, now = self.attempt(at, how)
                if not failed:
                    continue  # a call that cannot fail so
                tried += 1
                for what in self.wrongs(done, failed, now):
                    wrong.append(f"{self.name}: call {at} of {self.calls}, {failed}, {how}: {what} (exit {done.returncode}: "
                                 f"{done.stderr.strip()[-300:]!r})")
        print(f"{self.name}: {self.calls} {what_fails}, {tried} failures tried, {len(wrong)} wrong", flush=True)
        return wrong


if of_memory and not only:  # pages and maps are JSON of nlohmann 3.11, which ends the process where it can have no memory
    only = [name for name in COMMANDS if name not in ("brief", "brief_over", "map", "export_map")]
try:
    wrong = [line for name in COMMANDS if not only or name in only for line in Check(name).all()]
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)
finally:
    shutil.rmtree(home, ignore_errors=True)
