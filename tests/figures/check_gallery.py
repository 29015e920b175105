#!/usr/bin/env python3
"""Every picture of scripts/gallery is shown in a README or in docs/evidence.md, every one that is shown is there, and each is small.

    check_gallery.py SOURCE_DIR
"""
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1])
shown = {((source / page).parent / name).resolve() for page in ("README.md", "scripts/README.md", "docs/evidence.md")
         for name in re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", (source / page).read_text(encoding="utf-8"))}
there = {path.resolve() for path in (source / "scripts" / "gallery").iterdir()}
assert shown == there, f"shown and not there, or there and not shown: {[str(path) for path in shown ^ there]}"
large = {path.name: path.stat().st_size for path in there if path.stat().st_size > 150_000}
assert not large, large
