#!/usr/bin/env python3
"""torture.py NUZUH SHIM TOY FIRST [COUNT]: draws a study and what goes wrong with it from one number, for COUNT numbers from FIRST.

However often it was killed, stopped, out of room, edited, damaged, robbed of its parts or started twice, the study that is gone on with ends
in the bytes of one that nothing happened to, or says why it does not; following what it says, it then does. A number that fails is
printed with its history, and gives the same study and the same misfortunes again (but for the moment of a kill).
"""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "preloaded"))
from preload import preloaded

nuzuh, shim = (str(pathlib.Path(path).resolve()) for path in sys.argv[1:3])
toy, first = sys.argv[3:5]
count = int(sys.argv[5]) if len(sys.argv) > 5 else 1
home = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_torture_"))
TOY = pathlib.Path(toy).read_text()
OUTPUTS = ["total_movements", "total_abroad", "displaced", "without_shelter", "departures", "first_day_full", "route_persons"]


def drawn_study(draw):
    days = draw.randint(3, 16)
    design = draw.choice(["latin_hypercube", "sobol", "grid", "list"])
    if design in ("grid", "list"):
        n = draw.randint(2, 5)
        axes = [f"  behaviour.leave.h_max: {[round(draw.uniform(0.05, 0.9), 3) for _ in range(n)]}",
                f"  engine.seed: {[draw.randint(1, 99) for _ in range(n)]}"]
        size = ""
    else:
        axes = ["  behaviour.leave.h_max: {from: 0.1, to: 0.6}",
                "  groups.everyone.threshold: {from: 10, to: 60, scale: log}"]
        size = f"size: {2 ** draw.randint(1, 5)}\n"
    collect = "\n".join(f"  - {{output: {name}, keep: {draw.choice(['runs', 'quantiles']) if name != 'first_day_full' else 'runs'}}}"
                        for name in draw.sample(OUTPUTS, draw.randint(1, 4)))
    kind = draw.choice(["compartments", "pooled", "agents"])
    return (f"extends: toy.yaml\ntitle: Drawn\nperiod: {{to: 2024-03-{days + 1:02}}}\nengine: {{kind: {kind}}}\n"
            f"axes:\n" + "\n".join(axes) + f"\ndesign: {design}\n{size}replicates: {draw.randint(1, 4)}\ncollect:\n{collect}\n")


class History:
    """A study in a folder of its own, and what has happened to it."""

    def __init__(self, number):
        self.draw = random.Random(number)
        self.folder = home / str(number)
        self.folder.mkdir()
        (self.folder / "toy.yaml").write_text(TOY)
        self.study = drawn_study(self.draw)
        self.write(self.study)
        self.events = []
        began = time.monotonic()
        done = self.nuzuh("sweep", "s.yaml", "-o", "whole.h5", "--threads", "1")
        self.seconds = time.monotonic() - began
        assert done.returncode == 0, done.stderr
        self.whole = (self.folder / "whole.h5").read_bytes()
        self.shards = self.draw.choice([0, 0, 2, 3])

    def write(self, study):
        (self.folder / "s.yaml").write_text(study)

    def words(self, *more):
        words = ["sweep", "s.yaml", "-o", "s.h5", "--threads", str(self.draw.choice([1, 2])), *more]
        if self.shards:
            return [*words, "--shard", f"{self.draw.randint(1, self.shards)}/{self.shards}", "--resume"]
        return [*words, "--resume"]

    def nuzuh(self, *words, environment=os.environ):
        environment = dict(environment, OMPI_MCA_btl="self")
        return subprocess.run([nuzuh, *words], cwd=self.folder, capture_output=True, text=True, timeout=300, env=environment)

    def parts(self):
        return sorted((self.folder / "s.h5.parts").glob("runs-*.h5"))

    # What can happen.

    def killed(self, how=signal.SIGKILL):
        running = subprocess.Popen([nuzuh, *self.words()], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(self.draw.uniform(0, 1.2 * self.seconds))
        running.send_signal(how)
        running.communicate()
        assert running.returncode in (0, -how, 75, 1, 2), running.returncode

    def stopped(self):
        self.killed(signal.SIGTERM)

    def failing_disk(self):
        how, at = self.draw.choice(["ENOSPC", "EIO", "EINTR", "SHORT"]), self.draw.randint(1, 300)
        done = self.nuzuh(*self.words(), environment=preloaded(nuzuh, shim, FAILING_IO_UNDER=self.folder, FAILING_IO_AT=at,
                                                                FAILING_IO_AS=how))
        self.events[-1] += f" ({how} at call {at})"
        assert done.returncode >= 0, done.returncode
        assert done.returncode == 0 or done.stderr.strip(), "a failure without a word"

    def edited(self):
        self.write(self.study.replace("title: Drawn", "title: Drawn\ngroups: [{name: everyone, threshold: 77}]"))
        there = (self.folder / "s.h5").exists() or bool(self.parts())
        done = self.nuzuh(*self.words())
        self.write(self.study)
        if there:
            assert done.returncode == 2 and "another study" in done.stderr, (done.returncode, done.stderr)
        else:  # it was begun as another one
            self.start_over()

    def parts_gone(self):
        for part in self.parts():
            if self.draw.random() < 0.5:
                part.unlink()

    def damaged(self):
        for part in self.parts():
            if self.draw.random() < 0.5:
                content = bytearray(part.read_bytes())
                content[self.draw.randrange(len(content))] ^= 1 << self.draw.randrange(8)
                part.write_bytes(content)

    def cut(self):
        for part in self.parts():
            if self.draw.random() < 0.3:
                part.write_bytes(part.read_bytes()[:self.draw.randrange(1000)])

    def clock(self):
        for part in self.parts():
            moment = self.draw.choice([0, time.time() - 1e7, time.time() + 1e7])
            os.utime(part, (moment, moment))

    def two_starters(self):
        both = [subprocess.Popen([nuzuh, *self.words()], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                for _ in range(2)]
        for one in both:
            said = one.communicate()[1]
            assert one.returncode in (0, 1, 2), one.returncode
            assert one.returncode == 0 or said.strip(), "refused without a word"

    def foreign_parts(self):
        parts = self.parts()
        if not parts:
            return
        (self.folder / "f.yaml").write_text(self.study.replace("title: Drawn", "title: Drawn\ngroups: [{name: everyone, threshold: 66}]"))
        self.nuzuh("sweep", "f.yaml", "-o", "f.h5", "--threads", "1", "--shard", "1/2")
        for part in sorted((self.folder / "f.h5.parts").glob("runs-*.h5")):
            shutil.copy(part, self.folder / "s.h5.parts" / part.name)
        shutil.rmtree(self.folder / "f.h5.parts")
        self.foreign = True

    def renamed(self):
        parts = self.parts()
        if len(parts) > 1:
            shutil.copy(parts[0], parts[-1])
            self.foreign = True

    foreign = False  # whether there are parts of other studies or of other runs

    def start_over(self):
        shutil.rmtree(self.folder / "s.h5.parts", ignore_errors=True)
        (self.folder / "s.h5").unlink(missing_ok=True)
        self.foreign = False

    def go_on_to_the_end(self):
        if self.shards and not (self.folder / "s.h5").exists():
            for shard in range(1, self.shards + 1):
                done = self.nuzuh("sweep", "s.yaml", "-o", "s.h5", "--shard", f"{shard}/{self.shards}", "--resume")
                if done.returncode != 0:
                    return done
            return self.nuzuh("merge", "s.h5.parts", "-o", "s.h5")
        return self.nuzuh("sweep", "s.yaml", "-o", "s.h5", "--resume")

    def live(self):
        misfortunes = [self.killed, self.killed, self.stopped, self.failing_disk, self.failing_disk, self.edited, self.parts_gone,
                       self.damaged, self.cut, self.clock, self.two_starters, self.foreign_parts, self.renamed]
        for _ in range(self.draw.randint(1, 6)):
            misfortune = self.draw.choice(misfortunes)
            self.events.append(misfortune.__name__)
            misfortune()
        for _ in range(2):
            done = self.go_on_to_the_end()
            if "--resume runs them" not in done.stderr:
                break
            self.events.append("once more, as it said")
        if done.returncode != 0:
            said = "another study" in done.stderr or "the name of another part" in done.stderr
            assert self.foreign and said, (done.returncode, done.stderr)
            self.events.append("start over, as it said")
            self.start_over()
            done = self.go_on_to_the_end()
        assert done.returncode == 0, (done.returncode, done.stderr)
        assert (self.folder / "s.h5").read_bytes() == self.whole, "other results"
        left = [path.name for path in self.folder.rglob("*") if path.name.endswith((".part", ".writing"))]
        assert not left, left


failed = 0
began = time.monotonic()
for number in range(int(first), int(first) + count):
    history = History(number)
    try:
        history.live()
    except Exception as why:  # the next number is tried all the same
        failed += 1
        print(f"{number}: {', '.join(history.events)}\n    {why!r}\n{history.study}", flush=True)
    shutil.rmtree(history.folder, ignore_errors=True)
shutil.rmtree(home, ignore_errors=True)
print(f"{count} histories from {first}, {failed} wrong, {time.monotonic() - began:.0f} s")
sys.exit(failed > 0)
