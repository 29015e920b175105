#!/usr/bin/env python3
"""Every picture of scripts/gallery is shown in a README, every one that is shown is there, and each is small.

    check_gallery.py SOURCE_DIR
"""
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])
shown = {(source / folder / name).resolve() for folder in (".", "scripts")
         for name in re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", (source / folder / "README.md").read_text(encoding="utf-8"))}
there = {path.resolve() for path in (source / "scripts" / "gallery").iterdir()}
assert shown == there, f"shown and not there, or there and not shown: {[str(path) for path in shown ^ there]}"
large = {path.name: path.stat().st_size for path in there if path.stat().st_size > 150_000}
assert not large, large
