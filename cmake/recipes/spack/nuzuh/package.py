# With the folder of this file's folder in a repository of Spack's: spack dev-build -d SOURCE nuzuh@0.2.0
# Spack has no libosmium: `nuzuh import region` then reads no roads of OpenStreetMap.
from spack.package import *


class Nuzuh(CMakePackage):
    """Simulates how people flee from bombardment, from a scenario in YAML to results in HDF5."""

    license("BSD-3-Clause")

    version("0.2.0")

    variant("mpi", default=True, description="Studies under mpirun and srun")
    variant("python", default=False, description="The Python package")

    generator("ninja")

    depends_on("c", type="build")
    depends_on("cxx", type="build")
    depends_on("cmake@3.25:", type="build")
    depends_on("eigen@3.4:")
    depends_on("fmt")
    depends_on("yaml-cpp")
    depends_on("boost@1.74:")
    depends_on("cli11")
    depends_on("nlohmann-json@3.9:")
    depends_on("hdf5@1.10: +hl ~mpi")
    depends_on("random123")
    depends_on("libdeflate")
    depends_on("expat")
    depends_on("zlib-api")
    depends_on("mpi", when="+mpi")
    depends_on("py-pybind11", when="+python")
    depends_on("py-xarray", when="+python", type="run")
    depends_on("py-netcdf4", when="+python", type="run")
    depends_on("py-pyyaml", when="+python", type="run")
    extends("python", when="+python")

    def cmake_args(self):
        without = [package for variant, package in (("mpi", "MPI"), ("python", "pybind11")) if f"~{variant}" in self.spec]
        return [
            self.define("NUZUH_TESTS", False),
            self.define("NUZUH_UNITY", True),
            *[self.define(f"CMAKE_DISABLE_FIND_PACKAGE_{package}", True) for package in without],
        ]
