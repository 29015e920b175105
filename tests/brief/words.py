#!/usr/bin/env python3
"""Holds the wordings of pages, output/page/words, against each other and against what uses them: words.py SOURCE_DIR"""
import json
import pathlib
import re
import sys

output = pathlib.Path(sys.argv[1]) / "output"
tables = {path.stem: json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=list) for path in (output / "page" / "words").glob("*.json")}
# Plural categories of each language, CLDR: none may be left out where a wording has forms.
FORMS = {"en": {"one", "other"}, "fr": {"one", "many", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"}}
IN_SCRIPTS = re.compile(r'\b(?:say|sayWith|wordingOf)\("([^"]+)"|WORDS\["([^"]+)"\]')
SAME = {"fr": {"type.camp", "map.kilometres", "list.separator", "sheet.name_and_code", "unit.L", "unit.kcal", "unit.km", "unit.h", "unit.km/h", "map.pause",
               "direction", "study.total_heading", "need.latrines", "unit.m2", "file.fronts", "file.populations"}}  # as in English
wrong = []

texts = [path.read_text(encoding="utf-8") for folder in ("page", "brief", "network", "sweep") for path in sorted((output / folder).glob("*"))
         if path.suffix in (".js", ".html")]
code = "\n".join(texts)
groups = {"file", "meaning"} | set(re.findall(r'termOf\("(\w+)"', code)) | {name for name in re.findall(r"(?:say\(|WORDS\[)`(\w+)\.\$\{", code)}
asked = {name for pair in IN_SCRIPTS.findall(code) for name in pair if name and name != "english"} | set(re.findall(r"\{\{word:([^}]+)\}\}", code)) | {"direction"}


def forms(wording):
    return [text for _, text in wording] if isinstance(wording, list) and wording and isinstance(wording[0], (list, tuple)) else \
        wording if isinstance(wording, list) else [wording]


def is_used(key):
    return key in asked or f'"{key}"' in code or key.split(".")[0] in groups


def placeholders(text):
    return set(re.findall(r"\{(\w+)\}", text))


english = dict(tables["en"])
for language, pairs in tables.items():
    table = dict(pairs)
    keys = [key for key, _ in pairs]
    wrong += [f"{language}: {key} stands twice" for key in set(keys) if keys.count(key) > 1]
    wrong += [f"{language}: {key} is missing" for key in english if key not in table]
    wrong += [f"{language}: {key} is no key of en.json" for key in table if key not in english]
    for key, wording in table.items():
        told = forms(wording)
        wrong += [f"{language}: {key} is empty" for text in told if not text.strip()]
        if isinstance(wording, list) and wording and not isinstance(wording[0], str) and {name for name, _ in wording} != FORMS[language]:
            wrong.append(f"{language}: {key} has other forms than {sorted(FORMS[language])}")
        if key not in english:
            continue
        if isinstance(wording, list) and isinstance(wording[0], str) and len(wording) != len(english[key]):
            wrong.append(f"{language}: {key} has {len(wording)} entries, not {len(english[key])}")
        if language != "en" and wording == english[key] and key not in SAME.get(language, ()) and re.search(r"[A-Za-z]", re.sub(r"\{\w+\}", "", str(told))):
            wrong.append(f"{language}: {key} is as in English: {wording}")
        wanted = set().union(*map(placeholders, forms(english[key])))
        for text in told:
            if placeholders(text) - {"count"} != wanted - {"count"} or "count" in placeholders(text) - wanted:
                wrong.append(f"{language}: {key} has {sorted(placeholders(text))}, not {sorted(wanted)}: {text}")
wrong += [f"en.json: nothing uses {key}" for key in english if not is_used(key)]
wrong += [f"{key} is used, and en.json does not have it" for key in sorted(asked) if key not in english]

print("\n".join(wrong) or f"{len(english)} wordings in {', '.join(sorted(tables))}")
sys.exit(bool(wrong))
