# Writes a C++ source with a page's template, style and script as texts: cmake -D SOURCE_DIR=... -D OUT=... -D PAGE=...
# -D HTML=a.html,b.html,... -D CSS=... -D JS=a.js,b.js,... -P embed.cmake
function(text_of name files)
  string(REPLACE "," ";" files "${files}")
  set(pieces "")
  foreach(file IN LISTS files)
    file(READ "${SOURCE_DIR}/${file}" piece)
    # Pieces below 16 kB: compilers may refuse longer literals. Nothing of ours holds the delimiter.
    string(LENGTH "${piece}" length)
    set(from 0)
    while(from LESS length)
      string(SUBSTRING "${piece}" ${from} 12000 part)
      string(APPEND pieces "R\"nuzuh~(${part})nuzuh~\"\n")
      math(EXPR from "${from} + 12000")
    endwhile()
  endforeach()
  file(APPEND "${OUT}" "constexpr std::string_view ${name} =\n${pieces};\n\n")
endfunction()

file(WRITE "${OUT}" "#include \"output/${PAGE}/assets.hpp\"\n\nnamespace nuzuh::${PAGE} {\n\n")
text_of(html "${HTML}")
text_of(css "${CSS}")
text_of(js "${JS}")
file(APPEND "${OUT}" "const PageParts page{html, css, js};\n\n}  // namespace nuzuh::${PAGE}\n")
