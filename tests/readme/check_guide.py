#!/usr/bin/env python3
"""Does what a page of docs/ says, block by block, in a folder that holds the scenarios.

    check_guide.py PAGE SOURCE_DIR NUZUH PYTHON_PACKAGE

A block `yaml` is saved under the last name of a file that stands before it, `sh` is run, `python` too; every line of `text` must
have been printed. Blocks `console` need files that are no part of the project.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

page, source, nuzuh, package = sys.argv[1], *(pathlib.Path(name).resolve() for name in sys.argv[2:])
text = (source / "docs" / f"{page}.md").read_text(encoding="utf-8")
environment = {**os.environ, "PATH": f"{nuzuh.parent}:{os.environ['PATH']}", "PYTHONPATH": str(package)}


def printed_by(command):
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout.splitlines()


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    pathlib.Path("scenarios").symlink_to(source / "scenarios")
    said, done = [], 0
    for block in re.finditer(r"^```(\w+)\n(.*?)^```", text, flags=re.M | re.S):
        kind, content = block.groups()
        if kind == "yaml":
            pathlib.Path(re.findall(r"`([\w-]+\.yaml)`", text[:block.start()])[-1]).write_text(content, encoding="utf-8")
        elif kind == "sh":
            said += printed_by(["bash", "-euc", content])
        elif kind == "python" and (package / "nuzuh").exists():
            said += printed_by([sys.executable, "-c", content])
        elif kind == "text":
            absent = [line for line in content.splitlines() if line not in said]
            assert not absent, "never printed:\n" + "\n".join(absent) + "\n\nbut\n" + "\n".join(said)
        done += kind in ("sh", "python")
    assert done, "nothing to do"
    os.chdir(source)
