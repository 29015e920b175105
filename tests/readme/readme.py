"""What the checks of the README share."""
import pathlib
import re
import subprocess


def fenced_blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.M | re.S)


def read(source, folder="."):
    return (pathlib.Path(source) / folder / "README.md").read_text(encoding="utf-8")


def run_campaign(source, nuzuh, target):
    """A results file of two weeks of the campaign, with Arabic names and reported figures."""
    target.parent.mkdir(parents=True, exist_ok=True)
    campaign = pathlib.Path(source) / "scenarios" / "idlib-2019.yaml"
    subprocess.run([nuzuh, "--quiet", "run", str(campaign), "-o", str(target), "--members", "4", "--until", "2019-05-12"],
                   check=True, stdout=subprocess.DEVNULL)


def run_toy(source, nuzuh, target):
    """A results file of the smallest scenario."""
    target.parent.mkdir(parents=True, exist_ok=True)
    toy = pathlib.Path(source) / "scenarios" / "toy.yaml"
    subprocess.run([nuzuh, "run", str(toy), "-o", str(target), "--members", "8"], check=True)
