#!/usr/bin/env python3
"""Reads gcov's JSON, an object a line, and prints the share of lines reached by source file."""
import collections
import json
import os
import sys


def main():
    reached = collections.defaultdict(dict)
    for text in sys.stdin:
        for file in json.loads(text)["files"]:
            name = os.path.relpath(os.path.join(os.getcwd(), file["file"]))
            if name.split(os.sep)[0] not in ("sim", "output", "app"):
                continue
            for line in file["lines"]:
                number = line["line_number"]
                reached[name][number] = reached[name].get(number, 0) + line["count"]
    lines = hits = 0
    for name in sorted(reached):
        here = sum(count > 0 for count in reached[name].values())
        print(f"{100 * here / len(reached[name]):5.1f} %  {here:5d} of {len(reached[name]):5d}  {name}")
        lines, hits = lines + len(reached[name]), hits + here
    if lines:
        print(f"{100 * hits / lines:5.1f} %  {hits:5d} of {lines:5d}  in all")


main()
