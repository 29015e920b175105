"""What the checks of the README share."""
import pathlib
import re
import subprocess


def fenced_blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.M | re.S)


def read(source):
    return (pathlib.Path(source) / "README.md").read_text(encoding="utf-8")


def run_toy(source, nuzuh, target):
    """A results file of the smallest scenario."""
    target.parent.mkdir(parents=True, exist_ok=True)
    toy = pathlib.Path(source) / "scenarios" / "toy.yaml"
    subprocess.run([nuzuh, "run", str(toy), "-o", str(target), "--members", "8"], check=True)
