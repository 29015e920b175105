# What `cmake --install` puts where, and how other projects find it:
#
#     find_package(nuzuh REQUIRED)
#     target_link_libraries(planner PRIVATE nuzuh::nuzuh)
include(CMakePackageConfigHelpers)

set(libraries nuzuh_base nuzuh_model nuzuh_check nuzuh_engine nuzuh_study nuzuh_scenario nuzuh_output)

add_library(nuzuh_all INTERFACE)
add_library(nuzuh::nuzuh ALIAS nuzuh_all)
set_target_properties(nuzuh_all PROPERTIES EXPORT_NAME nuzuh)
target_link_libraries(nuzuh_all INTERFACE ${libraries})

install(TARGETS ${libraries} nuzuh_all EXPORT nuzuhTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(TARGETS nuzuh RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
foreach(header ${NUZUH_INTERFACE})
  cmake_path(GET header PARENT_PATH folder)
  install(FILES ${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/nuzuh/${folder} COMPONENT development)
endforeach()
install(DIRECTORY scenarios/ DESTINATION ${CMAKE_INSTALL_DATADIR}/nuzuh/scenarios COMPONENT program)
install(FILES LICENSE README.md CITATION.cff output/page/vendor/D3-LICENSE output/brief/ENGINE-LICENSES DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)

set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/nuzuh)
install(EXPORT nuzuhTargets NAMESPACE nuzuh:: DESTINATION ${config_dir} COMPONENT development)
configure_package_config_file(cmake/nuzuhConfig.cmake.in ${PROJECT_BINARY_DIR}/nuzuhConfig.cmake
  INSTALL_DESTINATION ${config_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/nuzuhConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/nuzuhConfig.cmake ${PROJECT_BINARY_DIR}/nuzuhConfigVersion.cmake
  DESTINATION ${config_dir} COMPONENT development)

# What shells and readers of manuals find by themselves.
set(shell ${PROJECT_BINARY_DIR}/app/shell)
set(share ${CMAKE_INSTALL_DATADIR})
install(DIRECTORY ${shell}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR} COMPONENT program)
install(FILES ${shell}/nuzuh.bash DESTINATION ${share}/bash-completion/completions RENAME nuzuh COMPONENT program)
install(FILES ${shell}/_nuzuh DESTINATION ${share}/zsh/vendor-completions COMPONENT program)
install(FILES ${shell}/nuzuh.fish DESTINATION ${share}/fish/vendor_completions.d COMPONENT program)

# The Python package, where Debian's own packages lie.
set(NUZUH_PYTHON_DIR lib/python3/dist-packages CACHE STRING "Folder under the prefix for the Python package")
if(TARGET nuzuh_python)
  install(TARGETS nuzuh_python LIBRARY DESTINATION ${NUZUH_PYTHON_DIR}/nuzuh COMPONENT program)
  install(DIRECTORY app/python/nuzuh DESTINATION ${NUZUH_PYTHON_DIR} COMPONENT program
          FILES_MATCHING PATTERN "*.py" PATTERN "*.pyi" PATTERN "py.typed" PATTERN "__pycache__" EXCLUDE)
endif()
