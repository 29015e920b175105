#!/usr/bin/env python3
"""Builds the documentation site with warnings as errors, and follows every link within it.

    check_site.py SOURCE_DIR NUZUH PYTHON_PACKAGE

Exit 77, skipped, where Sphinx, MyST, furo or the Python package is not there. Pages of Doxygen, which the
target site lays beside, are not followed. Nothing is fetched from elsewhere: pages open without a network.
"""
import html.parser
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse

source, nuzuh, package = (pathlib.Path(name).resolve() for name in sys.argv[1:4])
if not all(importlib.util.find_spec(name) for name in ("sphinx", "myst_parser", "furo")) or not (package / "nuzuh").exists():
    print("skipped: no Sphinx, MyST, furo or Python package of nuzuh")
    sys.exit(77)


class Page(html.parser.HTMLParser):
    """What a page links to, what it fetches, and the places in it."""

    def __init__(self, path):
        super().__init__()
        self.links, self.fetched, self.places = [], [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.places.update(given[name] for name in ("id", "name") if given.get(name))
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "link" and "stylesheet" in given.get("rel", "") or "src" in given:
            self.fetched.append(given.get("src") or given["href"])


def faults(site):
    pages = {path: Page(path) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        for link in page.links + page.fetched:
            address = urllib.parse.urlsplit(link)
            if address.scheme or address.netloc:
                if link in page.fetched:
                    yield f"{path.relative_to(site)} fetches {link}"
                continue
            target = pathlib.Path(os.path.normpath(path.parent / urllib.parse.unquote(address.path))) if address.path else path
            if target.is_relative_to(site / "cpp"):
                continue
            if not target.is_file():
                yield f"{path.relative_to(site)} leads to {link}, which is not there"
            elif address.fragment and target in pages and urllib.parse.unquote(address.fragment) not in pages[target].places:
                yield f"{path.relative_to(site)} leads to {link}, and there is no such place"


with tempfile.TemporaryDirectory() as folder:
    site = pathlib.Path(folder).resolve() / "site"
    done = subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-c", source / "docs/site", "-d", site.with_name("trees"), source, site],
                          capture_output=True, text=True, env={**os.environ, "NUZUH": str(nuzuh), "PYTHONPATH": str(package)})
    assert done.returncode == 0, done.stderr
    found = list(faults(site))
    print("\n".join(found) or f"{len(list(site.rglob('*.html')))} pages, no dead link")
    sys.exit(bool(found))
