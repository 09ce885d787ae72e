# Runs `dotnet publish`. Where no framework is named, the newest one whose NativeAOT pack can be restored is taken:
# package mirrors do not always hold the pack of the newest.
if(FRAMEWORK)
    set(candidates ${FRAMEWORK})
else()
    set(candidates net10.0 net9.0)
endif()

foreach(candidate IN LISTS candidates)
    execute_process(
        COMMAND ${DOTNET} restore ${PROJECT} -r ${RID} -p:ReseauFramework=${candidate} -nologo -v quiet
        RESULT_VARIABLE failed
        OUTPUT_VARIABLE restore_log
        ERROR_VARIABLE restore_log)
    if(NOT failed)
        set(chosen ${candidate})
        break()
    endif()
endforeach()
if(NOT chosen)
    message(FATAL_ERROR "No NativeAOT pack for ${RID} can be restored (tried: ${candidates}).\n${restore_log}")
endif()
message(STATUS "libreseau: ${chosen}, ${RID}")

# The analyzers take most of the compiler's time; the build of the managed tests runs them.
file(REMOVE_RECURSE "${OUTPUT}/publish")
execute_process(
    COMMAND
        ${DOTNET} publish ${PROJECT} --no-restore -c Release -r ${RID} -p:ReseauFramework=${chosen}
        -p:CppCompilerAndLinker=${CC} -p:RunAnalyzers=false -o "${OUTPUT}/publish" -nologo -v quiet
    RESULT_VARIABLE failed)
if(failed)
    message(FATAL_ERROR "dotnet publish failed")
endif()

file(GLOB published "${OUTPUT}/publish/libreseau.*")
foreach(file IN LISTS published)
    get_filename_component(name "${file}" NAME)
    file(RENAME "${file}" "${OUTPUT}/${name}")
endforeach()
file(REMOVE_RECURSE "${OUTPUT}/publish")
# The import library and the symbols are not published.
if(SONAME STREQUAL "reseau.dll")
    foreach(name reseau.dll reseau.lib reseau.pdb)
        file(COPY "${PROJECT}/bin/Release/${chosen}/${RID}/native/${name}" DESTINATION "${OUTPUT}")
        file(TOUCH_NOCREATE "${OUTPUT}/${name}")
    endforeach()
endif()
if(EXISTS "${OUTPUT}/libreseau.so")
    file(CREATE_LINK libreseau.so "${OUTPUT}/${SONAME}" SYMBOLIC)
    file(TOUCH_NOCREATE "${OUTPUT}/libreseau.so")
endif()
