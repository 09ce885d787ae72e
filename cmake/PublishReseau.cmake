# Runs `dotnet publish`. Where no framework is named, the newest one whose NativeAOT pack can be restored is taken:
# package mirrors do not always hold the pack of the newest.
if(FRAMEWORK)
    set(candidates ${FRAMEWORK})
else()
    set(candidates net10.0 net9.0)
endif()

# A download that breaks off is tried once more.
set(restore_logs "")
foreach(candidate IN LISTS candidates)
    foreach(attempt RANGE 1 2)
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
    if(chosen)
        break()
    endif()
    string(APPEND restore_logs "\n${candidate}:\n${restore_log}")
endforeach()
if(NOT chosen)
    set(packages "microsoft.dotnet.ilcompiler, microsoft.netcore.app.runtime.nativeaot.${RID}")
    if(RID MATCHES "^win" AND CMAKE_HOST_UNIX)
        string(APPEND packages ", microsoft.windows.sdk.cpp.x64")
    endif()
    message(FATAL_ERROR
        "The packages of NuGet that a library for ${RID} is made with cannot be restored (tried: ${candidates}).\n"
        "Needed, from a source of NuGet (dotnet nuget list source): ${packages}.\n${restore_logs}")
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
