#!/usr/bin/env python3
"""kills.py NUZUH SHIM TOY COUNT [SEED [COMMAND...]]: kills every command with SIGKILL at random moments, COUNT times in all.

After every kill, a file under its name is as it was or as it was to become, files that belong together are never some new and some old,
and what the command reads is untouched. The command is then killed again, or begun again and left to end (with --resume where it keeps
what is done): it ends in the same bytes as without any kill, leaves no temporary file, and has not done again what it had kept: over
all launches a name is given to a file of kept work once an interval, so that a kill loses the interval in hand and no other.
"""
import collections
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "preloaded"))
from preload import preloaded

from commands import COMMANDS, is_stray, make_stage, tree, words, written_names

nuzuh, shim = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
toy, count = sys.argv[3], int(sys.argv[4])
seed = int(sys.argv[5]) if len(sys.argv) > 5 else int.from_bytes(os.urandom(4), "little")
only = sys.argv[6:] or list(COMMANDS)
draw = random.Random(seed)
home = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_kills_"))


class Command:
    def __init__(self, name):
        before, self.text, self.names, self.kept_in = COMMANDS[name]
        self.name, self.stage, self.folder, self.log = name, home / name, home / f"{name}_here", home / f"{name}.log"
        make_stage(self.stage, nuzuh, toy, before)
        self.before = tree(self.stage)
        self.kills = collections.Counter()  # by what there was then: nothing, some kept, done
        self.start_over()
        began = time.monotonic()
        self.end(self.text)
        self.seconds = time.monotonic() - began
        self.after = tree(self.folder)
        self.intervals = self.names_given()
        assert not self.kept_in or self.intervals > 3, f"{name}: keeps too little to lose anything"

    def start_over(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.stage, self.folder)
        self.log.unlink(missing_ok=True)

    def launch(self, text):
        environment = preloaded(nuzuh, shim, NAMES_LOG=self.log, OMP_NUM_THREADS=1, OMPI_MCA_btl="self")
        return subprocess.Popen(words(nuzuh, text), cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                env=environment)

    def names_given(self):
        names = self.log.read_text().splitlines() if self.log.exists() else []
        return sum(self.kept_in in name for name in names) if self.kept_in else 0

    def end(self, text):
        running = self.launch(text)
        said = running.communicate(timeout=300)[1]
        assert running.returncode == 0, f"exit {running.returncode}: {said.strip()[-500:]}"

    def kill(self, text):
        """Whether it was killed before it was done."""
        running = self.launch(text)
        time.sleep(draw.uniform(0, 1.1 * self.seconds))
        running.kill()
        said = running.communicate()[1]
        assert running.returncode in (0, -9), f"exit {running.returncode}: {said.strip()[-500:]}"
        return running.returncode == -9

    def outputs(self, files):
        return {path: files[path] for path in written_names(files, self.names)}

    def check(self):
        """What is there after a kill."""
        now = tree(self.folder)
        here, before, after = self.outputs(now), self.outputs(self.before), self.outputs(self.after)
        broken = [path for path in here if here[path] not in (before.get(path), after.get(path))]
        assert not broken, f"a broken file under its name: {broken}"
        new = [path for path in here if here[path] != before.get(path)]
        old = [path for path in here if here[path] != after.get(path)]
        assert not (new and old), f"some new and some old: {new}, {old}"
        lost = [path for path, content in self.before.items()
                if path not in before and now.get(path) != content and not (".parts/" in path and here == after)]
        assert not lost, f"lost or changed: {lost}"
        self.kills["with the files there" if here == after else "with some of the files" if here != before else
                   "with work kept" if self.names_given() else "as before"] += 1
        return here == after

    def history(self):
        """Kills it some times, and lets it end. Returns how often it was killed."""
        self.start_over()
        resuming = f"{self.text} --resume" if self.kept_in else self.text
        kills, is_whole = 0, False
        for _ in range(draw.randint(1, 8)):
            if self.outputs(tree(self.folder)) != self.outputs(self.before):
                break
            if not self.kill(resuming):
                is_whole = True
                break
            kills += 1
            is_whole = self.check()
        if not is_whole:
            forced = "--force" in resuming or not written_names(tree(self.folder), self.names)
            self.end(resuming if forced or self.kept_in else f"{resuming} --force")
        now = tree(self.folder)
        assert self.outputs(now) == self.outputs(self.after), "other files in the end"
        if not is_whole:
            # What was set aside for files that a kill kept from coming is for people to decide on.
            left = [path for path in now if is_stray(path) and not path.endswith(".before")]
            assert not left, f"left behind: {left}"
        assert self.names_given() <= self.intervals, \
            f"did again what it had kept: {self.names_given()} intervals in place of {self.intervals}, {kills} kills"
        return kills


def main():
    commands = [Command(name) for name in only]
    done, failed, began = 0, 0, time.monotonic()
    while done < count:
        for command in commands:
            try:
                done += command.history()
            except Exception as why:  # the others are tried all the same
                failed += 1
                done += 1
                print(f"{command.name}: {why!r}", flush=True)
                if failed > 50:
                    count_of(commands, done, failed, began)
                    return 1
    count_of(commands, done, failed, began)
    return failed > 0


def count_of(commands, done, failed, began):
    for command in commands:
        print(f"{command.name}: " + ", ".join(f"{n} kills {what}" for what, n in sorted(command.kills.items())))
    print(f"{done} kills, seed {seed}, {failed} wrong, {time.monotonic() - began:.0f} s", flush=True)


try:
    sys.exit(main())
finally:
    shutil.rmtree(home, ignore_errors=True)
