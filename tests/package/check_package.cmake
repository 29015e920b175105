# Run by ctest: install, configure the examples, build them, run them.
function(must_run what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${what} failed (${code}):\n${out}")
  endif()
endfunction()

if(sanitize)
  set(flags "${flags} -fsanitize=${sanitize}")
endif()
if(coverage)
  set(flags "${flags} --coverage")
endif()

file(REMOVE_RECURSE ${work})
must_run("Installing" ${CMAKE_COMMAND} --install ${build} --prefix ${work}/prefix)
must_run("Configuring the examples" ${CMAKE_COMMAND} -S ${examples} -B ${work}/build -G ${generator}
  -D CMAKE_CXX_COMPILER=${compiler} "-DCMAKE_CXX_FLAGS=${flags}" -D CMAKE_PREFIX_PATH=${work}/prefix)
must_run("Building the examples" ${CMAKE_COMMAND} --build ${work}/build)
must_run("Running the examples" ${CMAKE_CTEST_COMMAND} --test-dir ${work}/build --no-tests=error --output-on-failure)

# No installed header leans on another that its user would have to include first, or on one that is not there.
file(GLOB_RECURSE headers RELATIVE ${work}/prefix/include/nuzuh ${work}/prefix/include/nuzuh/*.hpp)
file(WRITE ${work}/headers/CMakeLists.txt
  "cmake_minimum_required(VERSION 3.25)\nproject(headers LANGUAGES C CXX)\nfind_package(nuzuh REQUIRED)\n"
  "add_library(headers OBJECT)\ntarget_link_libraries(headers PRIVATE nuzuh::nuzuh)\n"
  "target_compile_options(headers PRIVATE -fsyntax-only)\n")
foreach(header ${headers})
  string(MAKE_C_IDENTIFIER ${header} name)
  file(WRITE ${work}/headers/${name}.cpp "#include \"${header}\"\n#include \"${header}\"\n")
  file(APPEND ${work}/headers/CMakeLists.txt "target_sources(headers PRIVATE ${name}.cpp)\n")
endforeach()
must_run("Configuring a project of every header" ${CMAKE_COMMAND} -S ${work}/headers -B ${work}/headers/build
  -G ${generator} -D CMAKE_CXX_COMPILER=${compiler} "-DCMAKE_CXX_FLAGS=${flags}"
  -D CMAKE_PREFIX_PATH=${work}/prefix)
must_run("Compiling every header alone" ${CMAKE_COMMAND} --build ${work}/headers/build)
must_run("The installed program" ${work}/prefix/bin/nuzuh check
  ${work}/prefix/share/nuzuh/scenarios/idlib-2019.yaml)
