# Runs a command, which must end well and print what is expected.
execute_process(COMMAND ${command} RESULT_VARIABLE code OUTPUT_VARIABLE out)
if(NOT code EQUAL 0 OR NOT out MATCHES "${says}")
  message(FATAL_ERROR "exit ${code}, expected '${says}':\n${out}")
endif()
