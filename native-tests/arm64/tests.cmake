# The programs whose names are in short.txt, as a target to build and a label to run: ./dev arm64 --short.
file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/short.txt" short_programs REGEX "^[a-z]")
add_custom_target(arm64_short)
foreach(program IN LISTS short_programs)
    string(REGEX REPLACE " *#.*" "" program "${program}")
    add_dependencies(arm64_short ${program})
    set_tests_properties(${program} PROPERTIES LABELS arm64_short)
endforeach()
