"""What is wrong with what was asked for, as exceptions."""
from __future__ import annotations

import dataclasses
import keyword
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a scenario, or doubtful about it."""

    severity: str  #: "error" or "warning"
    key: str  #: dotted, such as "behaviour.leave.h_max"
    message: str
    hint: str  #: the nearest right word, unit or way out; may be empty
    file: str
    line: int
    column: int

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file or self.key
        return (f"{where}: " if where else "") + f"{self.severity}: {self.message}" + (f" ({self.hint})" if self.hint else "")


def _in_words_of_python(finding: Finding) -> Finding:
    """Options by the names that they have as arguments: `--leave-out` is leave_out."""
    def argument(option: re.Match[str]) -> str:
        name = "output" if option[0] == "-o" else option[1].replace("-", "_")
        return name + ("=True" if name in ("force", "unpaired") else "_" if keyword.iskeyword(name) else "")

    def told(text: str) -> str:
        return re.sub(r"(?<![\w-])(?:--([a-z]+(?:-[a-z]+)*)|-o)(?![\w-])", argument, text)
    return dataclasses.replace(finding, key=told(finding.key), message=told(finding.message), hint=told(finding.hint))


class ScenarioError(ValueError):
    """A scenario that cannot be run, or what cannot be done with it or with results; `findings` holds every mistake, each with its file and line."""

    def __init__(self, findings: Sequence[Mapping[str, Any]]):
        self.findings = [_in_words_of_python(Finding(**dict(one))) for one in findings]
        super().__init__("\n".join(str(one) for one in self.findings if one.severity == "error"))
