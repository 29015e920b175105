"""Builds the module nuzuh._core with the project's own CMake; NUZUH_BUILD names a build folder that is there already."""
import os
import pathlib
import shutil
import subprocess

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

project = pathlib.Path(__file__).resolve().parents[2]


class BuildWithCMake(build_ext):
    def build_extension(self, extension):
        build = pathlib.Path(os.environ.get("NUZUH_BUILD", self.build_temp)).resolve()
        if not (build / "CMakeCache.txt").exists():
            subprocess.run(["cmake", "-S", project, "-B", build, "-G", "Ninja", "-D", "CMAKE_BUILD_TYPE=Release",
                            "-D", "NUZUH_TESTS=OFF", "-D", "NUZUH_UNITY=ON"], check=True)
        subprocess.run(["cmake", "--build", build, "--target", "nuzuh_python"], check=True)
        target = pathlib.Path(self.get_ext_fullpath(extension.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(next((build / "app" / "python" / "nuzuh").glob("_core*.so")), target)


setup(ext_modules=[Extension("nuzuh._core", sources=[])], cmdclass={"build_ext": BuildWithCMake})
