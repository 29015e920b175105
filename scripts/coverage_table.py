#!/usr/bin/env python3
"""Reads gcov's JSON, an object a line, and prints the share of lines and of branches reached, by source file and by folder.

A branch is one way on from a condition; ways on that only an exception takes are left out. What is compiled several times (templates, inline
functions) is reached where any of them is.
"""
import collections
import json
import os
import sys


def share(counts):
    reached = sum(count > 0 for count in counts)
    return f"{100 * reached / max(1, len(counts)):5.1f} %  {reached:5d} of {len(counts):5d}"


def main():
    lines, branches = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    for text in sys.stdin:
        for file in json.loads(text)["files"]:
            name = os.path.relpath(os.path.join(os.getcwd(), file["file"]))
            if name.split(os.sep)[0] not in ("sim", "output", "app"):
                continue
            for line in file["lines"]:
                lines[name][line["line_number"]] += line["count"]
                ways_on = [branch for branch in line.get("branches", []) if not branch["throw"]]
                for n, branch in enumerate(ways_on):
                    branches[name][line["line_number"], n] += branch["count"]
    print(f"{'lines':26}{'branches':26}source")
    folders = sorted({os.path.dirname(name) for name in lines})
    parts = [*((name, [name]) for name in sorted(lines)), *((folder + "/", [name for name in lines if os.path.dirname(name) == folder]) for folder in folders),
             *((part + ", in all", [name for name in lines if name.split(os.sep)[0] == part]) for part in ("sim", "output", "app"))]
    for title, names in parts:
        of = [share([count for name in names for count in counts[name].values()]) for counts in (lines, branches)]
        print(f"{of[0]:26}{of[1]:26}{title}")


main()
