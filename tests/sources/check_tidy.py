#!/usr/bin/env python3
"""Runs clang-tidy over sim, output and app with the options of a build; any finding fails.

    check_tidy.py SOURCE_DIR BUILD_DIR [FOLDER ...]

The sources of a folder are looked at as one, so that the headers they share are read once: a third of the time.
"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys

FOLDERS = ["sim/model", "sim/study", "sim/scenario", "output", "app"]
ONE_BY_ONE = ["sim/base", "sim/engine"]  # these repeat names within their own units
KEPT = ("-D", "-I", "-isystem", "-std", "-f")
NO_NAMES_OF_CLANG = ("-fno-semantic", "-fopenmp")


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


def findings(source, unit, options):
    done = subprocess.run(
        ["clang-tidy", "--quiet", "--checks=-bugprone-suspicious-include", "--warnings-as-errors=*",
         r"--header-filter=(sim|output|app)/.*\.[ch]pp$", f"--config-file={source}/.clang-tidy", unit, "--", *options,
         "-fopenmp"], capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def units(source, build, folders):
    commands = json.loads((build / "compile_commands.json").read_text())
    made = build / "tidy"
    made.mkdir(exist_ok=True)
    for folder in folders:
        own = [c for c in commands if c["file"].startswith(f"{source}/{folder}/") and "NUZUH_WIDTH" not in c["command"]]
        assert own, f"{folder} is not in {build}/compile_commands.json"
        options = options_of(c["command"] for c in own)
        files = sorted(c["file"] for c in own)
        if folder in ONE_BY_ONE:
            yield from ((file, options) for file in files)
            continue
        unit = made / (folder.replace("/", "_") + ".cpp")
        unit.write_text("".join(f'#include "{file}"\n' for file in files))
        yield unit, options


def main():
    source, build = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    folders = sys.argv[3:] or ONE_BY_ONE + FOLDERS
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(lambda unit: findings(source, *unit), units(source, build, folders)))
    print("".join(found) or "clang-tidy finds nothing")
    sys.exit(1 if any(found) else 0)


main()
