# Fails where Doxygen warned of anything but a member that has no sentence of its own.
file(STRINGS ${warnings} lines)
list(FILTER lines EXCLUDE REGEX "Member .* is not documented")
if(lines)
  list(JOIN lines "\n" lines)
  message(FATAL_ERROR "Doxygen warns:\n${lines}")
endif()
