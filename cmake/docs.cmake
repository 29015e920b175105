# cmake --build --preset docs: pages of the stable interface, in build/docs. No warning is let pass: a type without a
# sentence, a parameter that is named and not there. Members of structs may speak for themselves, and those of settings
# have their sentences in sim/model/fields.hpp.
find_package(Doxygen QUIET)
if(NOT DOXYGEN_FOUND)
  return()
endif()
set(DOXYGEN_EXTRACT_ALL NO)
set(DOXYGEN_JAVADOC_AUTOBRIEF YES)
set(DOXYGEN_HAVE_DOT NO)
set(DOXYGEN_QUIET YES)
set(DOXYGEN_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/docs)
set(DOXYGEN_WARN_LOGFILE ${PROJECT_BINARY_DIR}/docs/warnings.txt)
set(DOXYGEN_STRIP_FROM_PATH ${PROJECT_SOURCE_DIR})
file(MAKE_DIRECTORY ${DOXYGEN_OUTPUT_DIRECTORY})
doxygen_add_docs(docs_pages ${NUZUH_INTERFACE})
add_custom_target(docs
  COMMAND ${CMAKE_COMMAND} -D warnings=${DOXYGEN_WARN_LOGFILE} -P ${PROJECT_SOURCE_DIR}/cmake/no_warnings.cmake VERBATIM)
add_dependencies(docs docs_pages)
