#!/usr/bin/env python3
"""Says which files of the project name a folder of one machine, or lead out of the project.

    check_paths.py SOURCE_DIR

Every text file is read, line by line; .ci/run alone may name what lies beside the project.
"""
import pathlib
import re
import sys

# Folders in which people, machines and tools keep what is theirs. /usr, /tmp, /dev and /proc are everywhere.
MACHINE = re.compile(r"""(?<![\w.}$)*/-])/(?:home|root|work|Users|mnt|media|srv|opt)/[\w.-]+"""
                     r"""|\b[A-Za-z]:\\\\?(?:Users|work|home)\\""")
# The root of the project, as sources and scripts call it; climbing from there leads outside.
OUT_OF_ROOT = re.compile(r"""(?:SOURCE_DIR\}?|\$\{?(?:here|root)\}?|\bsource|\broot)["'\s/)]*\.\./[\w.-]""")
CLIMB = re.compile(r"(?<![\w./})\"'$])(?:\./)?((?:\.\./)+)[\w$]")
PARENTS = re.compile(r"__file__\)(?:\.resolve\(\))?\.parents\[(\d+)\]")

SKIPPED_FOLDERS = {".git", "build", "results", "__pycache__", ".cache", "vendor"}
ALLOWED = {".ci/run"}


def faults_of_line(depth, line):
    """What is wrong with a line of a file that stands `depth` folders below the root."""
    for found in MACHINE.finditer(line):
        yield f"names a folder of one machine: {found.group()}"
    for found in OUT_OF_ROOT.finditer(line):
        yield f"leads out of the project: {found.group()}"
    for found in CLIMB.finditer(line):
        if found.group(1).count("..") > depth:
            yield f"leads out of the project: {found.group()}"
    for found in PARENTS.finditer(line):
        if int(found.group(1)) > depth:
            yield f"leads out of the project: {found.group()}"


def faults_of_file(root, path):
    name = path.relative_to(root).as_posix()
    data = path.read_bytes()
    if name in ALLOWED or b"\0" in data:
        return
    depth = len(path.relative_to(root).parts) - 1
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        for fault in faults_of_line(depth, line):
            yield f"{name}:{number}: {fault}"


def files_of(root):
    for path in sorted(root.iterdir()):
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            raise SystemExit(f"{path.relative_to(root)} is a link that leads out of the project")
        if path.is_dir() and path.name not in SKIPPED_FOLDERS and not path.is_symlink():
            yield from files_of(path)
        elif path.is_file() and path.name != ".git":  # a file in a worktree: written by git, not by the project
            yield path


def wrong_lines_are_seen():
    """The rules themselves: each of these lines is a fault, none of the others is."""
    wrong = [(2, '"/home/ann/flee"'), (0, "cd /srv/nuzuh"), (1, "cases=../../shared/x"), (0, "see ../shared"),
             (2, 'NUZUH_SOURCE_DIR "/../shared"'), (1, "${PROJECT_SOURCE_DIR}/../x"), (1, '"$here/../x"'),
             (2, "pathlib.Path(__file__).parents[3]"), (2, r'"C:\\Users\\ann"')]
    right = [(1, "../output/README.md"), (0, "/usr/bin/python3"), (2, "pathlib.Path(__file__).parents[2]"),
             (1, 'cd "$(dirname "$0")/.."'), (0, "https://example.org/home/x"), (0, "work/home/x"), (3, "../../x")]
    missed = [line for depth, line in wrong if not list(faults_of_line(depth, line))]
    false = [line for depth, line in right if list(faults_of_line(depth, line))]
    assert not missed and not false, (missed, false)


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    wrong_lines_are_seen()
    this = pathlib.Path(__file__).resolve()
    faults = [fault for path in files_of(root) if path.resolve() != this for fault in faults_of_file(root, path)]
    print("\n".join(faults) or "every path stays in the project")
    sys.exit(1 if faults else 0)


main()
