#!/usr/bin/env python3
"""Recipes of package managers name the version and the libraries that CMake asks for, with the least versions.

    check_recipes.py SOURCE_DIR
"""
import ast
import pathlib
import re
import sys

import yaml

source = pathlib.Path(sys.argv[1])

# What CMake finds: its name for Spack and for conda, None where it is not taken from there.
names = {
    "Eigen3": ("eigen", "eigen"), "fmt": ("fmt", "fmt"), "yaml-cpp": ("yaml-cpp", "yaml-cpp"), "Boost": ("boost", "libboost-headers"),
    "CLI11": ("cli11", "cli11"), "nlohmann_json": ("nlohmann-json", "nlohmann_json"), "HDF5": ("hdf5", "hdf5"), "EXPAT": ("expat", "expat"),
    "ZLIB": ("zlib-api", "zlib"), "MPI": ("mpi", None), "pybind11": ("py-pybind11", "pybind11"), "Random123": ("random123", None),
    "libdeflate": ("libdeflate", "libdeflate"), "osmium": (None, "libosmium"),
    "xlsxwriter": (None, None),  # optional: export --to xlsx says how to get it
}
of_the_compiler = {"OpenMP", "Threads", "Python3"}


def asked_for():
    """Name and least version of every library that CMake looks for."""
    text = "".join((source / file).read_text() for file in ("cmake/packages.cmake", "output/CMakeLists.txt", "app/python/CMakeLists.txt"))
    found = dict(re.findall(r"find_package\(([\w-]+)(?: ([\d.]+))?", text))
    found.update((re.split(r"[./]", header)[0], "") for header in re.findall(r"find_path\(\w+ ([\w./-]+)", text))
    return {name: least for name, least in found.items() if name not in of_the_compiler | {"Git", "yaml-cpp/yaml"}}


def spack():
    """Dependencies by type: those of building and linking, and those of running."""
    tree = ast.parse((source / "cmake/recipes/spack/nuzuh/package.py").read_text())
    linked, run = {}, set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "depends_on"):
        name, least = re.match(r"([\w-]+)(?:@([\d.]+):)?", call.args[0].value).groups()
        kind = next((word.value.value for word in call.keywords if word.arg == "type"), "link")
        run.add(name) if kind == "run" else linked.__setitem__(name, least or "")
    return linked, run


def conda():
    text = (source / "cmake/recipes/conda/meta.yaml").read_text()
    version = re.search(r'set version = "([\d.]+)"', text).group(1)
    recipe = yaml.safe_load(re.sub(r"\{\{ version \}\}", version, re.sub(r"\{\{ compiler\('(\w+)'\) \}\}", r"\1", re.sub(r"\{%.*?%\}", "", text))))
    least = [dict((*entry.split(" >="), "")[:2] for entry in recipe["requirements"][part]) for part in ("build", "host", "run")]
    return recipe["package"]["version"], *least


version = re.search(r"project\(nuzuh VERSION ([\d.]+)", (source / "CMakeLists.txt").read_text()).group(1)
cmake = re.search(r"VERSION ([\d.]+)", (source / "CMakeLists.txt").read_text()).group(1)
wanted = asked_for()
assert set(wanted) == set(names), f"CMake and this test differ: {set(wanted) ^ set(names)}"

linked, run = spack()
assert linked == {"c": "", "cxx": "", "cmake": cmake, **{names[name][0]: least for name, least in wanted.items() if names[name][0]}}, linked
conda_version, build, host, conda_run = conda()
assert conda_version == version, conda_version
assert build == {"c": "", "cxx": "", "ninja": "", "cmake": cmake}, build
assert host == {"python": "", **{names[name][1]: least for name, least in wanted.items() if names[name][1]}}, host

needed = re.search(r"^dependencies = (\[.*\])", (source / "app/python/pyproject.toml").read_text(), re.M).group(1)
needed = {name.lower() for name in ast.literal_eval(needed)}
assert run == {f"py-{name}" for name in needed}, run
assert set(conda_run) == needed | {"python"}, conda_run

# Wherever a file names the version of a package of ours, it is this one.
for file, pattern in {
                      "cmake/recipes/spack/nuzuh/package.py": r'version\("([\d.]+)"|nuzuh@([\d.]+)',
                      "cmake/recipes/nuzuh.def": r"nuzuh_([\d.]+)_|version ([\d.]+)",
                      "README.md": r"nuzuh[-_](\d[\d.]*\d)", "CITATION.cff": r"^version: ([\d.]+)", "app/python/pyproject.toml": r'^version = "([\d.]+)"',
                      "app/R/DESCRIPTION": r"^Version: ([\d.]+)"}.items():
    told = {"".join(groups) if isinstance(groups, tuple) else groups for groups in re.findall(pattern, (source / file).read_text(), re.M)}
    assert told == {version}, f"{file}: {told}, and not {version}"
print(f"version {version} and {len(wanted)} libraries are the same everywhere")
