# Files carried inside the program: migrations, data, and the built web application (src/base/embed.h).
# One assembler file takes them in by .incbin, which costs no compile time, and lists them sorted by path.
file(GLOB migrations CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} migrations/*.sql)
file(GLOB_RECURSE others CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} data/* web/dist/*)
set(embedded_files ${migrations} ${others})
list(FILTER embedded_files EXCLUDE REGEX "/\\.[^/]*$")
list(SORT embedded_files COMPARE STRING)

set(embedded_blobs "")
set(embedded_rows "")
set(embedded_depends "")
set(index 0)
foreach(file IN LISTS embedded_files)
  string(APPEND embedded_rows "\t.quad path_${index}, data_${index}, end_${index} - data_${index}\n")
  string(APPEND embedded_blobs
    "path_${index}:\t.asciz \"${file}\"\n"
    "\t.balign 16\n"
    "data_${index}:\t.incbin \"${CMAKE_SOURCE_DIR}/${file}\"\n"
    "end_${index}:\n")
  list(APPEND embedded_depends ${CMAKE_SOURCE_DIR}/${file})
  math(EXPR index "${index} + 1")
endforeach()

set(embedded_source ${CMAKE_BINARY_DIR}/embedded.s)
file(CONFIGURE OUTPUT ${embedded_source} @ONLY CONTENT
"\t.section .rodata
@embedded_blobs@
\t.section .data.rel.ro,\"aw\"
\t.balign 8
\t.globl embedded_table
embedded_table:
@embedded_rows@
\t.globl embedded_count
embedded_count:
\t.quad @index@
\t.section .note.GNU-stack,\"\",%progbits
")
set_source_files_properties(${embedded_source} PROPERTIES OBJECT_DEPENDS "${embedded_depends}")

add_library(embedded STATIC ${embedded_source})
# The warning set and forced includes are for C; clang says of each that it is not used here.
set_target_properties(embedded PROPERTIES
  COMPILE_OPTIONS "$<$<C_COMPILER_ID:Clang>:-Wno-unused-command-line-argument>")
