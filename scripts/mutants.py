#!/usr/bin/env python3
"""Changes one operator or constant of the rules and kernels at a time, and says which changes the tests notice.

A change that compiles is a mutant. Each is tried against the unit tests of its source, which compile in seconds, and, while nothing notices it,
against the golden digests, the exact tests, all unit tests and the agreement of engines, all of the everyday suite. What survives is printed with
its line: a test is missing, or both ways mean the same. Changes that were found to mean the same are listed with the reason, and do not count; one
that is no longer possible, or that a test notices, is an error.
"""
import argparse
import collections
import math
import pathlib
import random
import re
import resource
import shutil
import subprocess
import sys
import time

PROJECT = pathlib.Path(__file__).resolve().parents[1]
POOLED = ["arriving", "context", "leaving", "means", "people", "place_rules", "sampling"]
SOURCES = ["sim/rules/*.hpp", "sim/engine/conditions.cpp", "sim/engine/compartment/kernels.cpp", "sim/engine/pooled/kernels_of_width.cpp",
           *(f"sim/engine/pooled/{name}.hpp" for name in POOLED)]
NUMBER = r"(?<![\w.]){}(?![\w.])"
CHANGES = [(r" \+ ", " - "), (r" - ", " + "), (r" \* ", " / "), (r" / ", " * "), (r" < ", " >= "), (r" <= ", " < "), (r" > ", " <= "),
           (r" >= ", " > "), (r" == ", " != "), (r" != ", " == "), (r" && ", " || "), (r" \|\| ", " && "), (r" \+= ", " -= "), (r" -= ", " += "),
           (r" \*= ", " /= "), (r"(?<=[(?:,] )-(?=[a-z])|(?<=\()-(?=[a-z])", ""), (r"!(?=[a-z(])", ""), (r"\bmin\(", "max("), (r"\bmax\(", "min("),
           (NUMBER.format("0"), "1"), (NUMBER.format("1"), "2"), (NUMBER.format(r"0\.0"), "0.1"), (NUMBER.format(r"1\.0"), "1.1"),
           (NUMBER.format(r"(\d+e\d+)"), r"0.5 * \1")]
QUICK = {"sim/rules/": ["tests/unit/rules_test.cpp"],
         "sim/engine/compartment/kernels.cpp": ["tests/unit/compartment_kernels_test.cpp", "sim/engine/compartment/kernels.cpp"]}
STAGES = ["golden_tests", "exact_tests", "unit_tests", "engine_tests"]

Mutant = collections.namedtuple("Mutant", "file number line")
EQUIVALENT = {  # (source, line as it becomes): why no result can differ
    ("sim/rules/leaving.hpp", "constexpr double turned_away_hazard = 0.5 * 1e9;"): "either makes a chance of 1 of whatever way out there is",
    ("sim/engine/compartment/kernels.cpp", "for (; r + n * packs <= rows; r += n / packs) {"): "works out some rows more than once, alike",
    ("sim/engine/compartment/kernels.cpp", "r = rows_of_product<Eight, 2>(left, rows, stride, right, r, result);"): "leaves more rows to narrower packs, alike",
    ("sim/engine/compartment/kernels.cpp", "r = rows_of_product<Four, 2>(left, rows, stride, right, r, result);"): "leaves more rows to single numbers, alike",
    ("sim/engine/compartment/kernels.cpp", "for (; at + lanes < n; at += lanes) {"): "adds the last eight one by one, to the same sums",
    ("sim/engine/pooled/sampling.hpp", "number < 4 && group + number / batch_runs + std::size_t(first) < points; ++number) {"):
        "draws a few points more than were asked for, into room that there is, and nobody reads them",
}


def mutants_of(folder, file):
    """Every change of a file: its line, counted from 1, and the line as it becomes. Text, types and conditions on templates are left as they are."""
    within_concept = False
    for number, line in enumerate((folder / file).read_text().splitlines(), 1):
        within_concept |= bool(re.match(r"\s*concept ", line))
        skipped = within_concept or re.match(r"\s*(#|template|static_assert|using|namespace|//)", line)
        within_concept &= ";" not in line
        if skipped:
            continue
        code = re.sub(r'"[^"]*"|decltype\([^()]*\)', lambda found: "_" * len(found[0]), line.split("//")[0])
        for before, after in CHANGES:
            for found in re.finditer(before, code):
                yield Mutant(file, number, line[:found.start()] + found.expand(after) + line[found.end():])


def within_limits():
    """A change may never end, or take all memory."""
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Tree:
    """A copy of the project in which one line at a time is another."""

    def __init__(self, folder):
        self.folder, self.tree, self.build = folder, folder / "tree", folder / "build"
        self.takes = {}  # [s] of the tests of a stage
        files = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split("\0")
        files = [name for name in files if name and (PROJECT / name).is_file()]
        for copy in list(self.tree.rglob("*")):
            if copy.is_file() and str(copy.relative_to(self.tree)) not in files:
                copy.unlink()
        for name in files:
            source, copy = PROJECT / name, self.tree / name
            if not (copy.is_file() and copy.read_bytes() == source.read_bytes()):
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, copy)

    def configure(self):
        subprocess.run(["cmake", "-G", "Ninja", "-S", self.tree, "-B", self.build, "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O1",
                        "-DNUZUH_TESTS=ON", "-DNUZUH_UNITY=ON"], check=True, stdout=subprocess.DEVNULL)

    def sources(self):
        return sorted(str(path.relative_to(self.tree)) for pattern in SOURCES for path in self.tree.glob(pattern))

    def made(self, stage):
        """The program of a stage; none where it does not compile."""
        if stage in QUICK:
            program = self.folder / pathlib.Path(QUICK[stage][0]).stem
            command = ["c++", "-std=c++20", "-O0", "-w", "-I", self.tree, *(self.tree / name for name in QUICK[stage]), "-o", program, "-lgtest",
                       "-lgtest_main"]
        else:
            program = next(self.build.glob("tests/*/CMakeFiles/" + stage + ".dir")).parents[1] / stage
            command = ["cmake", "--build", self.build, "--target", stage]
        return program if subprocess.run(command, capture_output=True).returncode == 0 else None

    def end(self, program):
        """How the tests of a program end: well with "", or how not. The first time is of what is unchanged, and tells how long it takes."""
        began = time.monotonic()
        try:
            ended = subprocess.run([program, "--gtest_brief=1", "--gtest_fail_fast"], cwd=self.tree, capture_output=True, preexec_fn=within_limits,
                                   timeout=30 + 10 * self.takes.get(program.name, 600))
        except subprocess.TimeoutExpired:
            return "does not end"
        self.takes.setdefault(program.name, time.monotonic() - began)
        return "" if ended.returncode == 0 else "fails" if ended.returncode == 1 else "is broken off"

    def try_out(self, stages):
        """What notices the tree as it is: a sentence, "survived" or "does not compile"."""
        for stage in stages:
            program = self.made(stage)
            if not program:
                return "does not compile"
            end = self.end(program)
            if end:
                return f"noticed: {program.name} {end}"
        return "survived"

    def changed(self, mutant, stages):
        path = self.tree / mutant.file
        as_it_is = path.read_text()
        lines = as_it_is.splitlines(keepends=True)
        lines[mutant.number - 1] = mutant.line + "\n"
        path.write_text("".join(lines))
        try:
            return self.try_out(stages)
        finally:
            path.write_text(as_it_is)


def interval(some, of):
    """Wilson's interval of 95 % of a share, in percent."""
    z = 1.96
    centre, half = some / of + z * z / (2 * of), z * math.sqrt(some / of * (1 - some / of) / of + z * z / (4 * of * of))
    return tuple(100 * (centre + sign * half) / (1 + z * z / of) for sign in (-1, 1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=40, help="how many changes are drawn (default 40)")
    parser.add_argument("--seed", type=int, default=1, help="from which they are drawn (default 1)")
    parser.add_argument("--only", default="", help="sources whose path this regular expression finds")
    parser.add_argument("--least", type=float, default=0.8, help="share that must be noticed; below, exit code 1 (default 0.8)")
    parser.add_argument("--list", action="store_true", help="print all changes that can be drawn, and try none")
    parser.add_argument("--stages", nargs="*", default=STAGES, choices=STAGES, help="programs of tests besides those of one source (default all)")
    asked = parser.parse_args()
    folder = PROJECT / "build" / "mutants"
    folder.mkdir(parents=True, exist_ok=True)
    tree = Tree(folder)
    every = [mutant for file in tree.sources() for mutant in mutants_of(tree.tree, file)]
    gone = set(EQUIVALENT) - {(mutant.file, mutant.line.strip()) for mutant in every}
    assert not gone, f"no longer possible, though listed as meaning the same: {gone}"
    every = [mutant for mutant in every if re.search(asked.only, mutant.file)]
    if asked.list:
        print("\n".join(f"{mutant.file}:{mutant.number}: {mutant.line.strip()}" for mutant in every))
        sys.exit()
    drawn = random.Random(asked.seed).sample(every, min(asked.count, len(every)))
    print(f"{len(drawn)} of {len(every)} changes, drawn from seed {asked.seed}", flush=True)
    if asked.stages:
        tree.configure()
    assert tree.try_out([*QUICK, *asked.stages]) == "survived", "the tests must pass before anything is changed"
    ends = collections.Counter()
    mistaken = 0
    for mutant in sorted(drawn):  # one source after the other: the others need not be built anew
        end = tree.changed(mutant, [*(stage for stage in QUICK if mutant.file.startswith(stage)), *asked.stages])
        same = EQUIVALENT.get((mutant.file, mutant.line.strip()))
        mistaken += bool(same) and end.startswith("noticed")
        ends[end if not same else "the same"] += 1
        print(f"{mutant.file}:{mutant.number}: {mutant.line.strip()}\n    {end}{f', means the same: {same}' if same else ''}", flush=True)
    noticed = sum(n for end, n in ends.items() if end.startswith("noticed"))
    tried = noticed + ends["survived"]
    print("; ".join(f"{n} {end}" for end, n in ends.most_common()))
    if tried:
        low, high = interval(noticed, tried)
        print(f"{noticed} of {tried} mutants noticed, {100 * noticed / tried:.0f} % (of all, {low:.0f} to {high:.0f} %)")
    sys.exit(tried == 0 or mistaken > 0 or noticed < asked.least * tried)


if __name__ == "__main__":
    main()
