"""The documentation site, by Sphinx: cmake --build --preset docs.

Pages are the Markdown files where they stand; what the program and the Python package say of themselves is asked of them:
NUZUH is the program, and nuzuh can be imported.
"""
import os
import pathlib
import re
import shlex
import subprocess

here = pathlib.Path(__file__).resolve().parents[2]

project = "nuzuh"
project_copyright = "the nuzuh authors"
version = re.search(r"project\(nuzuh VERSION ([\d.]+)", (here / "CMakeLists.txt").read_text()).group(1)
language = "en"
extensions = ["myst_parser", "sphinx.ext.autodoc"]
include_patterns = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/**.md", "output/**README.md", "scenarios/**README.md",
                    "scripts/README.md", "sim/**README.md"]
exclude_patterns = ["output/page/vendor"]
root_doc = "docs/index"
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 4
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
html_theme = "furo"
html_title = f"nuzuh {version}"
html_extra_path = ["index.html"]
html_copy_source = False
html_show_sphinx = False


def said(arguments):
    """What the program prints."""
    return subprocess.run([os.environ["NUZUH"], *shlex.split(arguments)], check=True, capture_output=True, text=True).stdout


def commands():
    """The help of every command."""
    names = re.search(r"^Subcommands:\n(.*?)\n\n", said("--help"), re.M | re.S).group(1)
    for name in ["", *re.findall(r"^  (\w+)", names, re.M)]:
        yield from [f"## nuzuh {name}".rstrip(), "", "```text", *said(f"{name} --help").rstrip().splitlines(), "```", ""]


def settings():
    """Every setting: its key with default and unit, and what it means."""
    every = re.findall(r"^(\S.*)\n((?:    .*\n)+)", said("explain"), re.M)
    for (key, meaning), (following, _) in zip(every, every[1:] + [("", "")]):
        if "." not in key and following.startswith(f"{key}."):
            yield from [f"## {key}", ""]
        yield from [f"`{key}`", ": " + " ".join(meaning.replace("*", "\\*").replace("_", "\\_").split()), ""]


def what_is_printed(app, page, source):
    """What the program says of itself takes the place of a block `printed`."""
    source[0] = re.sub(r"^```printed\n(\w+)\n```$", lambda found: "\n".join(globals()[found[1]]()), source[0], flags=re.M)


def code_is_shown_as_code(app, what, name, thing, options, lines):
    """Indented lines of a docstring are code."""
    for at in range(len(lines) - 1, 0, -1):
        if lines[at].startswith("    ") and not lines[at - 1].strip():
            lines[at:at] = [".. code-block:: python", ""]


def folders_are_no_pages(app, env, node, text):
    """What a repository shows and a site does not: a link to a folder stays a text."""
    folder = here / pathlib.Path(env.doc2path(node["refdoc"])).parent / node["reftarget"]
    return text if folder.is_dir() else None


def setup(app):
    app.connect("source-read", what_is_printed)
    app.connect("autodoc-process-docstring", code_is_shown_as_code)
    app.connect("missing-reference", folders_are_no_pages)
