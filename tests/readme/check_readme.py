#!/usr/bin/env python3
"""Checks that what README.md shows works: `nuzuh check` takes its scenarios, and its files exist.

    check_readme.py SOURCE_DIR NUZUH

A fenced block `yaml` is a scenario; it is checked as if it stood in scenarios/. A fenced block `sh` holds
commands; those that name a script must find it, and subcommands of nuzuh must be ones that it knows.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

from readme import fenced_blocks, read


def rejected_scenarios(source, nuzuh, text):
    """What `nuzuh check` says against each scenario that it does not take."""
    blocks = fenced_blocks(text, "yaml")
    if not blocks:
        yield "README.md shows no scenario"
    for block in blocks:
        # A copy of scenarios/ made of links: the example stands beside what it extends.
        with tempfile.TemporaryDirectory() as folder:
            for entry in (source / "scenarios").iterdir():
                (pathlib.Path(folder) / entry.name).symlink_to(entry)
            example = pathlib.Path(folder) / "readme-example.yaml"
            example.write_text(block, encoding="utf-8")
            done = subprocess.run([nuzuh, "check", str(example)], capture_output=True, text=True)
        if done.returncode != 0:
            yield f"nuzuh check refuses an example (exit {done.returncode}):\n{block}{done.stderr}{done.stdout}"


def absent_scenarios(source, text, help_text):
    """Scenarios that commands and help name and that nobody has; those called my-... are the reader's own."""
    commands = "\n".join(fenced_blocks(text, "sh")) + help_text
    for name in sorted(set(re.findall(r"scenarios/[\w./-]+\.yaml", commands))):
        if not (source / name).exists() and not pathlib.Path(name).name.startswith("my-"):
            yield f"{name} is shown and does not exist"


def help_of(nuzuh, *command):
    return subprocess.run([nuzuh, *command, "--help"], capture_output=True, text=True, check=True).stdout


def unknown_subcommands(nuzuh, text):
    known = help_of(nuzuh)
    for block in fenced_blocks(text, "sh"):
        for word in re.findall(r"(?:^|/)nuzuh ([a-z]+)", block, flags=re.M):
            if not re.search(rf"^\s*{word}\b", known, flags=re.M):
                yield f"nuzuh has no subcommand '{word}'"


def missing_files(source, text):
    linked = re.findall(r"\]\(([^)#:]+)\)", text)
    scripts = re.findall(r"(?:^|\s)(scripts/[\w.-]+)", "\n".join(fenced_blocks(text, "sh")))
    for name in sorted(set(linked + scripts)):
        if not (source / name).exists():
            yield f"README.md names {name}, which does not exist"


def main():
    source, nuzuh = pathlib.Path(sys.argv[1]), sys.argv[2]
    text = read(source)
    faults = [
        *rejected_scenarios(source, nuzuh, text),
        *unknown_subcommands(nuzuh, text),
        *missing_files(source, text),
        *absent_scenarios(source, text, help_of(nuzuh) + help_of(nuzuh, "sweep") + help_of(nuzuh, "run")),
    ]
    print("\n".join(faults) or "README.md holds")
    sys.exit(1 if faults else 0)


main()
