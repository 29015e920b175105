#!/usr/bin/env python3
"""Reads gcov's JSON, an object a line, and prints the share of lines and of branches reached, by source file and by folder.

A line is one that the compiler made something of, but for lines that are brackets alone, at which it puts what an exception leaves to be tidied.
A branch is one way on from a decision that stands in the source: if, for, while, switch, ?:, && and ||. Left out is what the compiler adds: the
ways on that only an exception takes, with the other way on from the same call, and branches of statements that decide nothing (flags of
temporaries that are to be destroyed, guards of static values). Such flags within a statement that decides are counted. What is compiled several
times (templates, functions that are inlined everywhere, kernels of several processors) is reached where any of them is. With two numbers, ends with 1 if sim/ or output/ reaches a smaller percentage
of lines or of branches.
"""
import collections
import functools
import json
import os
import re
import sys

DECIDES = re.compile(r"\b(if|for|while|switch|case)\b|\bdefault:|\?|&&|\|\|")
WITHOUT_CODE = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])\'|//.*')


@functools.cache
def lines_of(name):
    """The code of every line, from 1 on, without texts and comments."""
    with open(name, encoding="utf-8") as file:
        return ["", *(WITHOUT_CODE.sub("", text).rstrip() for text in file)]


@functools.cache
def deciding_lines(name):
    """Numbers of the lines of statements that decide something; a statement ends with a line that ends in ; { or }."""
    deciding, statement, decides = set(), [], False
    for number, code in enumerate(lines_of(name)):
        statement.append(number)
        decides = decides or bool(DECIDES.search(code))
        if code.endswith((";", "{", "}")) or not code:
            deciding.update(statement if decides else ())
            statement, decides = [], False
    return deciding


def copies_laid_together(ways, name, number, functions):
    """Ways on from a line of which the compiler made several copies that gcov lists one after the other: of one copy, reached where any is."""
    around = [(end - start, count) for (start, _, end, _), count in functions.items() if start <= number <= end]
    if around and min(around)[1] == 1:
        return ways
    words, joins = (len(re.findall(pattern, lines_of(name)[number])) for pattern in (r"\b(?:if|for|while)\b|\?", r"&&|\|\|"))
    of_one = 2 * max(1, words + joins if words else joins + 1)
    if len(ways) <= of_one or len(ways) % of_one:
        return ways
    return [sum(ways[n::of_one]) for n in range(of_one)]


def ways_on(branches):
    """Without those that only an exception takes, and the other way on from the same call, which stands before it."""
    kept = []
    for branch in branches:
        if not branch["throw"]:
            kept.append(branch)
        elif kept and kept[-1]["fallthrough"]:
            kept.pop()
    return kept


def percentage(counts):
    return 100 * sum(count > 0 for count in counts) / max(1, len(counts))


def share(counts):
    return f"{percentage(counts):5.1f} %  {sum(count > 0 for count in counts):5d} of {len(counts):5d}"


def unreached_of(name, lines, branches):
    """A text for each line that is not reached, and for each line of which some ways on are not taken, with which and of how many."""
    for number in sorted(lines):
        ways = [count for (line, _), count in sorted(branches.items()) if line == number]
        missed = [str(n + 1) for n, count in enumerate(ways) if count == 0]
        code = lines_of(name)[number].strip()
        if lines[number] == 0:
            yield f"{name}:{number}: line, {len(missed)} ways on: {code}\n"
        elif missed:
            yield f"{name}:{number}: way {', '.join(missed)} of {len(ways)}: {code}\n"


def main():
    aims = [float(word) for word in sys.argv[1:3]]
    lines, branches = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    for text in sys.stdin:
        for file in json.loads(text)["files"]:
            name = os.path.relpath(os.path.join(os.getcwd(), file["file"]))
            if name.split(os.sep)[0] not in ("sim", "output", "app"):
                continue
            functions = collections.Counter((one["start_line"], one["start_column"], one["end_line"], one["end_column"])
                                            for one in file["functions"])
            for line in file["lines"]:
                number = line["line_number"]
                if not re.search(r"\w", lines_of(name)[number]):
                    continue
                lines[name][number] += line["count"]
                if number not in deciding_lines(name):
                    continue
                ways = [branch["count"] for branch in ways_on(line.get("branches", []))]
                for n, count in enumerate(copies_laid_together(ways, name, number, functions)):
                    branches[name][number, n] += count
    print(f"{'lines':26}{'branches':26}source")
    folders = sorted({os.path.dirname(name) for name in lines})
    parts = [*((name, [name]) for name in sorted(lines)), *((folder + "/", [name for name in lines if os.path.dirname(name) == folder]) for folder in folders),
             *((part + ", in all", [name for name in lines if name.split(os.sep)[0] == part]) for part in ("sim", "output", "app"))]
    low = []
    for title, names in parts:
        of = [[count for name in names for count in counts[name].values()] for counts in (lines, branches)]
        print(f"{share(of[0]):26}{share(of[1]):26}{title}")
        if title in ("sim, in all", "output, in all"):
            low += [f"{title}: {percentage(counts):.1f} % of {what}, less than {aim:g} %"
                    for counts, aim, what in zip(of, aims, ("lines", "branches")) if percentage(counts) < aim]
    unreached = os.environ.get("COVERAGE_UNREACHED")
    if unreached:
        with open(unreached, "w", encoding="utf-8") as file:
            for name in sorted(lines):
                file.writelines(unreached_of(name, lines[name], branches[name]))
    print("\n".join(low))
    return bool(low)


sys.exit(main())
