#!/usr/bin/env python3
"""Runs clang-tidy over sim, output and app with the options of a build; any finding fails.

    check_tidy.py SOURCE_DIR BUILD_DIR [FOLDER ...]

A build of several sources as one does not say how each is compiled: it is configured anew for that, in BUILD_DIR/tidy. The sources of a folder are looked at as one, so that the headers they share are read once: a third of the time. What was
clean and has not changed since, nor anything that it includes, is not looked at again: BUILD_DIR/tidy/clean.json.
"""
import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

FOLDERS = ["sim/model", "sim/check", "sim/study", "sim/scenario", "output", "app"]
ONE_BY_ONE = ["sim/base", "sim/engine"]  # these repeat names within their own units
KEPT = ("-D", "-I", "-isystem", "-std", "-f")
NO_NAMES_OF_CLANG = ("-fno-semantic", "-fopenmp")
WIDER = re.compile(r"NUZUH_WIDTH=[48]\b")  # the same source as for registers of two numbers
VERSION = subprocess.run(["clang-tidy", "--version"], capture_output=True, text=True, check=True).stdout


def options_of(commands):
    """What clang must know of the compiler's options, each once."""
    options = []
    for command in commands:
        words = shlex.split(command)
        for word, after in zip(words, [*words[1:], ""]):
            option = ["-isystem", after] if word == "-isystem" else [word]
            if word.startswith(KEPT) and not word.startswith(NO_NAMES_OF_CLANG) and option not in options:
                options.append(option)
    return [word for option in options for word in option]


@functools.cache
def includes(source, path):
    return [source / name for name in re.findall(r'^#include "([^"]+)"', path.read_text(), re.MULTILINE)]


def state(source, unit, options):
    """A digest of everything of the project that a verdict on a unit rests on."""
    reached, left = set(), [pathlib.Path(unit), source / ".clang-tidy", pathlib.Path(__file__)]
    while left:
        path = left.pop()
        if path in reached or not path.is_file():
            continue
        reached.add(path)
        left += includes(source, path)
    digest = hashlib.sha256(repr((VERSION, options)).encode())
    for path in sorted(reached):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def findings(source, unit, options):
    done = subprocess.run(
        ["clang-tidy", "--quiet", "--checks=-bugprone-suspicious-include", "--warnings-as-errors=*",
         r"--header-filter=(sim|output|app)/.*\.[ch]pp$", f"--config-file={source}/.clang-tidy", unit, "--", *options,
         "-fopenmp"], capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def commands_of(source, made):
    subprocess.run(["cmake", "-S", source, "-B", made, "-G", "Ninja", "-D", "CMAKE_BUILD_TYPE=Release", "-D", "NUZUH_TESTS=OFF",
                    "-D", "NUZUH_UNITY=OFF"], check=True, stdout=subprocess.DEVNULL)
    return json.loads((made / "compile_commands.json").read_text())


def units(source, build, folders):
    made = build / "tidy"
    commands = commands_of(source, made)
    for folder in folders:
        own = [c for c in commands if c["file"].startswith(f"{source}/{folder}/") and not WIDER.search(c["command"])]
        assert own, f"{folder} is not in {made}/compile_commands.json"
        options = options_of(c["command"] for c in own)
        if folder in ONE_BY_ONE:
            yield from ((c["file"], options_of([c["command"]])) for c in own)
            continue
        files = sorted(c["file"] for c in own)
        unit = made / (folder.replace("/", "_") + ".cpp")
        unit.write_text("".join(f'#include "{file}"\n' for file in files))
        yield unit, options


def main():
    source, build = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    folders = sys.argv[3:] or ONE_BY_ONE + FOLDERS
    kept = build / "tidy" / "clean.json"
    clean = json.loads(kept.read_text()) if kept.exists() else {}
    now = [(unit, options, state(source, unit, options)) for unit, options in units(source, build, folders)]
    todo = [(str(unit), options, digest) for unit, options, digest in now if clean.get(str(unit)) != digest]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(lambda one: findings(source, *one[:2]), todo))
    clean |= {unit: digest for (unit, _, digest), text in zip(todo, found) if not text}
    kept.write_text(json.dumps(clean, indent=0))
    print("".join(found) or "clang-tidy finds nothing")
    sys.exit(1 if any(found) else 0)


main()
