#!/usr/bin/env python3
"""Changes one operator or constant of the rules and kernels at a time, and says which changes the tests notice.

A change that compiles is a mutant. Each is tried against the unit tests of the rules, and where these notice nothing against the other unit tests, the exact tests,
the golden digests and the agreement of engines, all of the everyday suite. What survives is printed with its line: a test is missing, or
both ways mean the same.
"""
import argparse
import pathlib
import random
import re
import shutil
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parents[1]
SOURCES = ["sim/rules/*.hpp", "sim/engine/compartment/kernels.cpp", "sim/engine/pooled/kernels_of_width.cpp", "sim/engine/conditions.cpp"]
CHANGES = [(r" \+ ", " - "), (r" - ", " + "), (r" \* ", " / "), (r" / ", " * "), (r" < ", " >= "), (r" <= ", " < "), (r" > ", " <= "),
           (r" >= ", " > "), (r" == ", " != "), (r" && ", " || "), (r" \|\| ", " && "), (r"\bmin\(", "max("), (r"\bmax\(", "min("),
           (r"(?<![\w.])0(?![\w.])", "1"), (r"(?<![\w.])1(?![\w.])", "2"), (r"(?<![\w.])1\.0(?![\w.])", "1.1"),
           (r"(?<![\w.])(\d+e\d+)(?![\w.])", r"0.5 * \1"), (r" \+= ", " -= ")]
STAGES = ["unit_tests", "exact_tests", "golden_tests", "engine_tests"]


def mutants_of(file):
    """Every change of a file: its line, counted from 1, and the line as it becomes."""
    for number, line in enumerate(file.read_text().splitlines(), 1):
        code = line.split("//")[0]
        if re.match(r"\s*(#|template|static_assert|using|namespace|///)", code) or "concept" in code:
            continue
        for before, after in CHANGES:
            for found in re.finditer(before, code):
                yield number, code[:found.start()] + found.expand(after) + line[found.end():]


class Tree:
    """A copy of the project in which one line at a time is another."""

    def __init__(self, folder):
        self.folder = folder
        shutil.rmtree(folder / "tree", ignore_errors=True)
        files = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split("\0")
        for name in filter(None, files):
            if (PROJECT / name).is_file():
                (folder / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(PROJECT / name, folder / "tree" / name)
        self.tree = folder / "tree"

    def quick(self):
        """Whether the unit tests of the rules compile and pass."""
        program = self.folder / "rules_test"
        flags = ["-std=c++20", "-O0", "-I", self.tree, "-I", "/usr/include/eigen3", "-fopenmp"]
        made = subprocess.run(["c++", *flags, self.tree / "tests/unit/rules_test.cpp", "-o", program, "-lgtest", "-lgtest_main"],
                              capture_output=True, text=True)
        if made.returncode != 0:
            return "does not compile"
        return self.passes(program)

    def built(self):
        """Whether the other tests compile and pass."""
        build = self.folder / "build"
        if not (build / "CMakeCache.txt").exists():
            subprocess.run(["cmake", "-G", "Ninja", "-S", self.tree, "-B", build, "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O1",
                            "-DNUZUH_TESTS=ON"], check=True, stdout=subprocess.DEVNULL)
        for target in STAGES:
            if subprocess.run(["cmake", "--build", build, "--target", target], capture_output=True).returncode != 0:
                return "does not compile"
            noticed = self.passes(next(build.glob(f"tests/*/{target}")))
            if noticed != "survived":
                return noticed
        return "survived"

    def passes(self, program):
        try:
            done = subprocess.run([program, "--gtest_brief=1", "--gtest_fail_fast"], cwd=self.tree, capture_output=True, timeout=600)
        except subprocess.TimeoutExpired:
            return f"noticed by {program.name}: does not end"
        return "survived" if done.returncode == 0 else f"noticed by {program.name}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=40, help="how many are drawn (default 40)")
    parser.add_argument("--seed", type=int, default=1, help="from which they are drawn (default 1)")
    parser.add_argument("--only", default="", help="sources whose path holds this")
    parser.add_argument("--least", type=float, default=0.8, help="share that must be noticed; below, exit code 1 (default 0.8)")
    asked = parser.parse_args()
    folder = PROJECT / "build" / "mutants"
    folder.mkdir(parents=True, exist_ok=True)
    tree = Tree(folder)
    sources = sorted(path for pattern in SOURCES for path in tree.tree.glob(pattern) if asked.only in str(path.relative_to(tree.tree)))
    every = [(path, *mutant) for path in sources for mutant in mutants_of(path)]
    random.Random(asked.seed).shuffle(every)
    assert tree.quick() == "survived" and tree.built() == "survived", "the tests must pass before anything is changed"
    tried = noticed = 0
    for path, number, line in every:
        if tried == asked.count:
            break
        as_it_is = path.read_text()
        lines = as_it_is.splitlines(keepends=True)
        lines[number - 1] = line + "\n"
        path.write_text("".join(lines))
        end = tree.quick()
        if end == "survived":
            end = tree.built()
        path.write_text(as_it_is)
        if end == "does not compile":
            continue
        tried += 1
        noticed += end != "survived"
        print(f"{path.relative_to(tree.tree)}:{number}: {line.strip()}\n    {end}", flush=True)
    print(f"{noticed} of {tried} mutants noticed, of {len(every)} changes that could be drawn")
    sys.exit(tried == 0 or noticed < asked.least * tried)


if __name__ == "__main__":
    main()
