# Programs for Windows, compiled by mingw-w64 for the Universal C Runtime, which is the library's own too: a FILE or a
# variable of the environment is then the same for both. Debian's mingw-w64 has the older msvcrt.dll in its place.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
# C++ by clang and lld with mingw-w64's libraries, which take half the time of gcc and its linker.
set(CMAKE_CXX_COMPILER clang++)
set(CMAKE_CXX_COMPILER_TARGET x86_64-w64-mingw32)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)

set(specs "${CMAKE_BINARY_DIR}/ucrt.specs")
if(NOT EXISTS "${specs}")
    execute_process(COMMAND ${CMAKE_C_COMPILER} -dumpspecs OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE "-lmsvcrt" "-lucrt" text "${text}")
    file(WRITE "${specs}" "${text}")
endif()
set(CMAKE_C_FLAGS_INIT "-specs=${specs} -D_UCRT -D_WIN32_WINNT=0x0A00")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static-libgcc")

# Without _UCRT, or mbstate_t would be another type than in the C++ library, which was compiled for the older runtime.
# Thread-local variables are emulated, and comparing types is a function of it, as when that library was compiled.
execute_process(COMMAND x86_64-w64-mingw32-g++-posix -print-libgcc-file-name
    OUTPUT_VARIABLE gcc OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
get_filename_component(gcc "${gcc}" DIRECTORY)
set(CMAKE_CXX_FLAGS_INIT "-femulated-tls -D__GXX_TYPEINFO_EQUALITY_INLINE=0 -D_WIN32_WINNT=0x0A00")
foreach(folder c++ c++/x86_64-w64-mingw32 c++/backward)
    string(APPEND CMAKE_CXX_FLAGS_INIT " -stdlib++-isystem ${gcc}/include/${folder}")
endforeach()
set(CMAKE_CXX_LINK_FLAGS "-fuse-ld=lld -L${gcc} -static-libstdc++ -lucrt -l:libwinpthread.dll.a")

set(CMAKE_CROSSCOMPILING_EMULATOR "${CMAKE_CURRENT_LIST_DIR}/wine.sh")
set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)
