#!/usr/bin/env python3
"""sensitivity.py PROMISE NUZUH SCENARIO: sweeps a small study and checks one promise about its analysis."""
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import pandas as pd
import xarray as xr

promise, nuzuh, toy = sys.argv[1:]
folder = pathlib.Path(tempfile.mkdtemp(prefix="nuzuh_sensitivity_"))
AXES = ["behaviour.leave.h_max", "crossings.0.quota", "behaviour.return.rate"]


def command(*words, code=0):
    done = subprocess.run([nuzuh, *map(str, words)], cwd=folder, capture_output=True, text=True, timeout=200)
    assert done.returncode == code, f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def sweep(design, size, more=""):
    """Results of a study of the toy in three axes."""
    (folder / "study.yaml").write_text(f"""
extends: {toy}
title: a small study
engine: {{mode: expected}}
design: {design}
size: {size}
axes:
  {AXES[0]}: {{from: 0.1, to: 0.6, scale: log}}
  {AXES[1]}: {{from: 50, to: 600, scale: whole}}
  {AXES[2]}: {{from: 0.001, to: 0.02}}
{more}
collect: [{{output: total_movements}}, {{output: total_displaced}}, {{output: arrivals}},
          {{output: at_home_by_danger}}]
""")
    command("--quiet", "sweep", "study.yaml", "-o", "study.h5", "--force")
    return xr.open_dataset(folder / "study.h5", engine="netcdf4")


def table(*words):
    command("--quiet", "sensitivity", "study.h5", "-o", "table.csv", "--force", *words)
    return pd.read_csv(folder / "table.csv").set_index(["output", "axis", "index"])


def close(found, expected):
    assert np.isclose(found, expected, rtol=1e-4, atol=1e-6), (found, expected)


def sobol_indices_are_those_of_the_file():
    """Against the formulas of Saltelli 2010 and Jansen 1999, written out in numpy over the file."""
    study = sweep("saltelli", 32)
    found = table("--of", "total_displaced@peak", "--of", "arrivals/west+beyond@2024-03-20",
                  "--of", "at_home_by_danger/1 to 2+2 to 3@peak")
    day = (study.time <= np.datetime64("2024-03-20")).values
    places = study.place_id.isin(["west", "beyond"]).values
    outputs = {"total_displaced@peak": study.total_displaced.max("time").values,
               "arrivals/west+beyond@2024-03-20": study.arrivals.values[:, day][:, :, places].sum((1, 2)),
               "at_home_by_danger/1 to 2+2 to 3@peak": study.at_home_by_danger.values[:, :, 1:3].sum(2).max(1)}
    for name, y in outputs.items():
        y = y.astype(float).reshape(32, 5)
        both = np.concatenate([y[:, 0], y[:, 4]])
        y = y - both.mean()
        for i, axis in enumerate(AXES):
            close(found.value[name, axis, "first"], np.mean(y[:, 4] * (y[:, i + 1] - y[:, 0])) / both.var())
            close(found.value[name, axis, "total"], np.mean((y[:, 0] - y[:, i + 1]) ** 2) / 2 / both.var())
    assert (found.low <= found.high).all() and (found.blocks == 32).all() and (found.blocks_left_out == 0).all()
    text = command("sensitivity", "study.h5").stdout
    assert "total_movements@end" in text and "total_displaced@peak" in text and AXES[0] in text
    assert text == command("sensitivity", "study.h5").stdout


def morris_effects_are_those_of_the_file():
    study = sweep("morris", 12)
    found = table("--of", "total_movements")
    y = study.total_movements.values[:, -1].astype(float).reshape(12, 4)
    sets = np.stack([study[axis.replace(".", "_")].values for axis in AXES], axis=-1).reshape(12, 4, 3)
    for i, axis in enumerate(AXES):
        step = np.diff(sets[..., i], axis=1)
        assert ((step != 0).sum(1) == 1).all()
        effect = (np.diff(y, axis=1) * np.sign(step)).sum(1) / (2 / 3)
        close(found.value["total_movements", axis, "mu"], effect.mean())
        close(found.value["total_movements", axis, "mu_star"], np.abs(effect).mean())
        close(found.value["total_movements", axis, "sigma"], effect.std(ddof=1))


def any_design_gives_rank_correlations_and_pawn():
    """Against Spearman's correlation by pandas' ranks and a plain PAWN in numpy."""
    for design in ("latin_hypercube", "sobol", "grid"):
        study = sweep(design, 64) if design != "grid" else grid()
        found = table("--of", "total_displaced@peak")
        y = study.total_displaced.max("time").values.astype(float)
        for axis in AXES:
            x = study[axis.replace(".", "_")].values
            close(found.value["total_displaced@peak", axis, "rank_correlation"], np.corrcoef(pd.Series(x).rank(), pd.Series(y).rank())[0, 1])
            rank = np.argsort(np.argsort(x, kind="stable"))
            count = 6 if design != "grid" else 4
            part = rank * count // len(x)
            distance = [max(abs(np.mean(y[part == k] <= v) - np.mean(y <= v)) for v in y) for k in range(count)]
            close(found.value["total_displaced@peak", axis, "pawn"], np.median(distance))
        most = found.xs("pawn", level="index").value.idxmax()
        assert found.value[(*most, "pawn")] > found.value[(*most, "pawn_by_chance")]
        assert (found.blocks == 64).all()


def grid():
    """Four values of each axis."""
    (folder / "study.yaml").write_text(f"""
extends: {toy}
engine: {{mode: expected}}
axes: {{{AXES[0]}: [0.1, 0.2, 0.4, 0.6], {AXES[1]}: [50, 100, 300, 600], {AXES[2]}: [0.001, 0.005, 0.01, 0.02]}}
""")
    command("--quiet", "sweep", "study.yaml", "-o", "study.h5", "--force")
    return xr.open_dataset(folder / "study.h5", engine="netcdf4")


def runs_that_are_refused_are_left_out_with_their_blocks():
    """A share of 0.5 for the only group is refused: half of the sets of that axis."""
    study = sweep("saltelli", 16, "  groups.everyone.share: [1, 0.5]")
    refused = (study.status != 0).values.reshape(16, 6).any(1).sum()
    assert 0 < refused
    found = table("--of", "total_displaced")
    assert (found.blocks_left_out == refused).all() and (found.blocks == 16 - refused).all()
    assert f"{refused} of 16 blocks left out" in command("sensitivity", "study.h5").stdout


def what_cannot_be_analysed_is_refused():
    sweep("latin_hypercube", 4)
    assert "too few" in command("sensitivity", "study.h5", code=2).stderr
    sweep("morris", 2)
    for of, says in (("total_displaces", "did you mean 'total_displaced'"), ("returns/west", "did not keep 'returns'"),
                     ("arrivals/wst", "did you mean 'west'"),
                     ("at_home_by_danger/falen", "did you mean 'fallen'"), ("arrivals/west@noon", "'noon' is no time")):
        done = command("sensitivity", "study.h5", "--of", of, code=2)
        assert says in done.stderr and done.stdout == "", done.stderr
    command("sensitivity", "study.h5", "-o", "study.h5", code=2)
    command("--quiet", "run", toy, "--members", "2", "-o", "run.h5")
    assert "not a study" in command("sensitivity", "run.h5", code=2).stderr
    command("sensitivity", "missing.h5", code=2)


def the_picture_is_drawn():
    script = pathlib.Path(__file__).parents[2] / "scripts" / "plot_sensitivity.py"
    for design, size in (("saltelli", 8), ("morris", 4), ("latin_hypercube", 30)):
        sweep(design, size)
        table("--of", "total_movements", "--of", "total_displaced@peak")
        subprocess.run([sys.executable, script, folder / "table.csv", "-o", folder / "picture.png"], check=True,
                       capture_output=True, timeout=200)
        assert (folder / "picture.png").read_bytes()[:4] == b"\x89PNG"


globals()[promise]()
for path in folder.iterdir():
    path.unlink()
folder.rmdir()
