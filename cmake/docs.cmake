# cmake --build --preset docs: the documentation site, in build/release/site, of the Markdown files, of what the program and the
# Python package say of themselves (docs/site/conf.py), and of Doxygen's pages of the stable interface. There, no warning is let pass: a type without a
# sentence, a parameter that is named and not there. Members of structs may speak for themselves, and those of settings
# have their sentences in sim/model/fields.hpp.
find_package(Doxygen QUIET)
if(NOT DOXYGEN_FOUND)
  return()
endif()
set(DOXYGEN_EXTRACT_ALL NO)
set(DOXYGEN_JAVADOC_AUTOBRIEF YES)
set(DOXYGEN_WARN_IF_INCOMPLETE_DOC NO)  # what needs no word has none
set(DOXYGEN_HAVE_DOT NO)
set(DOXYGEN_QUIET YES)
set(DOXYGEN_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/docs)
set(DOXYGEN_WARN_LOGFILE ${PROJECT_BINARY_DIR}/docs/warnings.txt)
set(DOXYGEN_STRIP_FROM_PATH ${PROJECT_SOURCE_DIR})
file(MAKE_DIRECTORY ${DOXYGEN_OUTPUT_DIRECTORY})
doxygen_add_docs(docs_pages docs/site/cpp.dox ${NUZUH_INTERFACE})
add_custom_target(docs
  COMMAND ${CMAKE_COMMAND} -D warnings=${DOXYGEN_WARN_LOGFILE} -P ${PROJECT_SOURCE_DIR}/cmake/no_warnings.cmake VERBATIM)
add_dependencies(docs docs_pages)

find_program(SPHINX_BUILD sphinx-build)
if(NOT SPHINX_BUILD OR NOT TARGET nuzuh_python)
  return()
endif()
set(site ${PROJECT_BINARY_DIR}/site)
add_custom_target(site
  COMMAND ${CMAKE_COMMAND} -E env NUZUH=$<TARGET_FILE:nuzuh> PYTHONPATH=${PROJECT_BINARY_DIR}/app/python PYTHONDONTWRITEBYTECODE=1
          ${SPHINX_BUILD} -q -E -W --keep-going -c ${PROJECT_SOURCE_DIR}/docs/site -d ${site}.trees ${PROJECT_SOURCE_DIR} ${site}
  COMMAND ${CMAKE_COMMAND} -E copy_directory ${DOXYGEN_OUTPUT_DIRECTORY}/html ${site}/cpp
  VERBATIM)
add_dependencies(site docs nuzuh nuzuh_python)
