#!/usr/bin/env python3
"""shell.py PROMISE NUZUH: manual pages and completion say what the command line says. Skipped (code 77) without the shell."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

promise, program = sys.argv[1:]


def output(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **options)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout


def needs(name):
    if not shutil.which(name):
        print(f"skipped: {name} is not installed")
        sys.exit(77)


def helped_commands(*path):
    """Every command with the text of its help."""
    text = output(program, *path, "--help")
    yield ("nuzuh", *path), text
    listed = text.split("Subcommands:\n")[1:]
    for name in re.findall(r"^  (\w+) ", listed[0].split("\n\n")[0], re.MULTILINE) if listed else []:
        yield from helped_commands(*path, name)


def options_in(text):
    return set(re.findall(r"^  (?:-\w,)?(--[a-z-]+)", text, re.MULTILINE))


def manual_pages_hold_every_option():
    with tempfile.TemporaryDirectory() as folder:
        output(program, "manual", folder)
        pages = {page.name: page.read_text() for page in pathlib.Path(folder).iterdir()}
        commands = dict(helped_commands())
        assert set(pages) == {"-".join(path) + ".1" for path in commands}, set(pages)
        assert len(commands) > 15
        for path, text in commands.items():
            page = pages["-".join(path) + ".1"].replace("\\-", "-")
            missing = [name for name in options_in(text) if f"\\fB{name}\\fR" not in page]
            assert options_in(text) and not missing, (path, missing)
        assert "mpirun -n 16 nuzuh sweep" in pages["nuzuh-sweep.1"].replace("\\-", "-")
        for name in pages if shutil.which("groff") else []:
            warned = subprocess.run(["groff", "-man", "-ww", "-z", f"{folder}/{name}"], capture_output=True, text=True).stderr
            assert not warned, (name, warned)
        if shutil.which("mandoc"):
            found = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *(f"{folder}/{name}" for name in pages)],
                                   capture_output=True, text=True).stdout
            lines = [line for line in found.splitlines() if "missing date" not in line]
            assert not lines, lines


def script(shell, folder):
    file = pathlib.Path(folder) / ("_nuzuh" if shell == "zsh" else f"nuzuh.{shell}")
    file.write_text(output(program, "completion", shell))
    return file


# What is typed, and what is then offered; by each shell.
TYPED = {
    "nuzuh sw": {"sweep"},
    "nuzuh import ": {"region", "acled", "flee"},
    "nuzuh run --engine ": {"compartments", "agents", "pooled"},
    "nuzuh run toy.yaml --memb": {"--members"},
    "nuzuh --quiet import region --bomb": {"--bombardment"},
    "nuzuh completion ": {"bash", "zsh", "fish"},
}


def bash_completes():
    needs("bash")
    with tempfile.TemporaryDirectory() as folder:
        file = script("bash", folder)
        for typed, expected in TYPED.items():
            words = typed.split(" ")
            ask = (f"source {file}; COMP_WORDS=({' '.join(repr(word) for word in words)}); COMP_CWORD={len(words) - 1}; _nuzuh; "
                   "printf '%s\\n' \"${COMPREPLY[@]}\"")
            offered = set(output("bash", "--norc", "-c", ask).split())
            assert expected <= offered and "flying" not in offered, (typed, offered)


def fish_completes():
    needs("fish")
    with tempfile.TemporaryDirectory() as folder:
        file = script("fish", folder)
        for typed, expected in TYPED.items():
            lines = output("fish", "--no-config", "-c", f"source {file}; complete -C '{typed}'", env={"HOME": folder, "PATH": "/usr/bin:/bin"})
            offered = {line.split("\t")[0] for line in lines.splitlines()}
            assert expected <= offered, (typed, offered)


def zsh_completes():
    """zsh completes only on a terminal: here its own two functions are stood in for, and print what they are given to offer."""
    needs("zsh")
    stand_ins = "_arguments() { print -rl -- \"$@\"; state=command }; _describe() { print -rl -- \"${(@P)2}\" }; "
    with tempfile.TemporaryDirectory() as folder:
        file = script("zsh", folder)
        output("zsh", "-f", "-n", file)
        for typed, expected in TYPED.items():
            path = [word for word in typed.split() if word in ("nuzuh", "run", "import", "completion", "region")]
            offered = output("zsh", "-f", "-c", f"{stand_ins}source {file} >/dev/null; _{'_'.join(path)}")
            missing = [word for word in expected if word not in offered]
            assert not missing, (typed, missing, offered)


globals()[promise]()
