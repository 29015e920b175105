# Packages for Debian, by `scripts/release.sh`: the program with scenarios and the Python package, and the library to build
# against.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME nuzuh)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The nuzuh authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME nuzuh)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "python3-xarray, python3-netcdf4, python3-yaml, python3-pandas")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "gdal-bin")
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "The command nuzuh, its scenarios, and the Python package.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libnuzuh-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
    "libeigen3-dev, libhdf5-dev, libdeflate-dev, libyaml-cpp-dev, libfmt-dev, librandom123-dev, libboost-dev, nlohmann-json3-dev, libxlsxwriter-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Headers and static libraries to build programs on.")

include(CPack)
