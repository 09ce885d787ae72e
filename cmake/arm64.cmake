# A toolchain file: Linux on arm64, built on a Debian machine of another kind, and run there by qemu-user. The library
# is linked by GCC for that processor, which knows where its C library is; tests are compiled by Clang, which is
# quicker, against Debian's packages for arm64, unpacked by native-tests/arm64/sysroot.sh.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)

set(RESEAU_SYSROOT "${CMAKE_SOURCE_DIR}/build/arm64-sysroot")
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER clang++)
set(CMAKE_CXX_COMPILER_TARGET aarch64-linux-gnu)
# Debian's OpenSSL has a header that differs between processors.
set(CMAKE_CXX_FLAGS_INIT "-idirafter ${RESEAU_SYSROOT}/usr/include/aarch64-linux-gnu")
set(CMAKE_FIND_ROOT_PATH "${RESEAU_SYSROOT}")
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static -L "${RESEAU_SYSROOT}")
