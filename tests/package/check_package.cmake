# Run by ctest: install, configure the consumer, build it, run it.
function(must_run what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${what} failed (${code}):\n${out}")
  endif()
  set(out "${out}" PARENT_SCOPE)
endfunction()

if(sanitize)
  set(flags "${flags} -fsanitize=${sanitize}")
endif()
if(coverage)
  set(flags "${flags} --coverage")
endif()

file(REMOVE_RECURSE ${work})
must_run("Installing" ${CMAKE_COMMAND} --install ${build} --prefix ${work}/prefix)
must_run("Configuring the consumer" ${CMAKE_COMMAND} -S ${consumer} -B ${work}/build -G ${generator}
  -D CMAKE_CXX_COMPILER=${compiler} "-DCMAKE_CXX_FLAGS=${flags}" -D CMAKE_PREFIX_PATH=${work}/prefix)
must_run("Building the consumer" ${CMAKE_COMMAND} --build ${work}/build)
must_run("Running the consumer" ${work}/build/consumer
  ${work}/prefix/share/nuzuh/scenarios/toy.yaml)
if(NOT out MATCHES "people have left home")
  message(FATAL_ERROR "The consumer printed something else:\n${out}")
endif()
must_run("The installed program" ${work}/prefix/bin/nuzuh check
  ${work}/prefix/share/nuzuh/scenarios/idlib-2019.yaml)
