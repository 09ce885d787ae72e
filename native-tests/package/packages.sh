#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: packages.sh BUILD_DIRECTORY. Makes all packages, installs each into an empty root, and builds and runs a program
# on it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=$(cat "$root/VERSION")

fail() {
    echo "$*" >&2
    exit 1
}

"$root/cmake/package.sh" "$build" "$work/packages" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "no packages"; }
packages=$work/packages

# says_hello PROGRAM...
says_hello() {
    local said
    said=$("$@") || fail "does not run: $*"
    [ "$said" = "hello from $version" ] || fail "$* says: $said"
}

# by_c PREFIX NAME: a program by CMake and one by pkg-config.
by_c() {
    local library
    library=$(dirname "$(find "$1" -name libreseau.so)")
    cmake -S "$here/hello_cmake" -B "$work/$2-cmake" -DCMAKE_PREFIX_PATH="$1" >/dev/null
    cmake --build "$work/$2-cmake" >/dev/null
    says_hello "$work/$2-cmake/hello"
    # shellcheck disable=SC2046
    cc "$here/hello.c" -o "$work/$2-hello" $(PKG_CONFIG_PATH=$library/pkgconfig pkg-config --cflags --libs reseau)
    LD_LIBRARY_PATH=$library says_hello "$work/$2-hello"
}

# The archive has one folder; its symbols unpack over it.
mkdir "$work/tar"
tar xzf "$packages"/reseau-"$version"-*.tar.gz -C "$work/tar" --strip-components 1
[ -z "$(find "$work/tar" -name '*.dbg')" ] || fail "the main archive has symbols"
by_c "$work/tar" tar
tar xzf "$packages"/reseau-symbols-"$version"-*.tar.gz -C "$work/tar" --strip-components 1
[ -f "$(dirname "$(find "$work/tar" -name libreseau.so)")/.debug/libreseau.so.dbg" ] || fail "no symbols in their archive"

# The .deb, by dpkg, into a root of its own; without its last step, ldconfig, for which that has no shell.
mkdir -p "$work/deb/var/lib/dpkg/updates" "$work/deb/var/lib/dpkg/info"
touch "$work/deb/var/lib/dpkg/status"
install_deb() {
    dpkg --root="$work/deb" --force-not-root --force-depends --log=/dev/null --unpack "$@" >"$work/dpkg.log" 2>&1 ||
        { cat "$work/dpkg.log" >&2; fail "dpkg does not install $*"; }
}
install_deb "$packages"/reseau_"$version"_*.deb
[ -z "$(find "$work/deb" -name '*.dbg')" ] || fail "the main .deb has symbols"
by_c "$work/deb/usr" deb
install_deb "$packages"/reseau-dbgsym_"$version"_*.deb
[ -n "$(find "$work/deb/usr/lib" -name 'libreseau.so.dbg')" ] || fail "no symbols in their .deb"

# Crates, on the library of the .deb.
library=$(dirname "$(find "$work/deb" -name libreseau.so)")
cp -r "$here/hello_rust" "$work/rust"
mkdir "$work/crates" "$work/rust/.cargo"
tar xzf "$packages/reseau-crates-$version.tar.gz" -C "$work/crates" --strip-components 1
cat >"$work/rust/.cargo/config.toml" <<TOML
[source.crates-io]
replace-with = "reseau"
[source.reseau]
directory = "$work/crates"
TOML
(
    # shellcheck source=../../bindings/rust/toolchain.sh
    . "$root/bindings/rust/toolchain.sh"
    cd "$work/rust"
    unset RESEAU_LIBRARY_DIR
    CARGO_HOME=$work/cargo-home CARGO_TARGET_DIR=$work/rust/target PKG_CONFIG_PATH=$library/pkgconfig \
        cargo build --offline --quiet
) || fail "the crates do not build"
LD_LIBRARY_PATH=$library says_hello "$work/rust/target/debug/hello"

# The wheel, by pip, which compares its tag with the system, and the package from a clone; neither has a library beside.
wheels=("$packages"/*.whl)
[ -f "${wheels[0]}" ] || fail "no wheel"
case ${wheels[0]} in
*-manylinux_*) ;;
*) fail "the wheel does not say which systems it is for: ${wheels[0]}" ;;
esac
install_python() {
    env -u RESEAU_LIBRARY "${@:3}" python3 -m pip install --quiet --no-index --no-deps --no-cache-dir --root-user-action=ignore \
        --target "$work/$1" "$2" >"$work/pip.log" 2>&1 || { cat "$work/pip.log" >&2; fail "pip does not install $2"; }
}
install_python wheel "${wheels[0]}"
install_python clone "$root/bindings/python" RESEAU_LIBRARY="$build/lib/libreseau.so"
# With asyncio's module in C, if that is built.
chosen=pure
[ ! -f "$build/lib/_native.abi3.so" ] || chosen=native
for installed in wheel clone; do
    PYTHONPATH=$work/$installed says_hello env -u RESEAU_LIBRARY python3 "$here/hello.py"
    PYTHONPATH=$work/$installed RESEAU_ASYNCIO=$chosen env -u RESEAU_LIBRARY python3 -c \
        'import asyncio, reseau.asyncio; reseau.asyncio.run(asyncio.sleep(0))' || fail "the $installed has no asyncio"
done

# The port, unpacked with its source, and a project that uses the presets.
mkdir -p "$work/vcpkg/scripts/buildsystems" "$work/port"
tar xzf "$packages/reseau-vcpkg-$version.tar.gz" -C "$work/port" --strip-components 1
for ports in "$root/cmake/vcpkg" "$work/port"; do
    rm -rf "$work/vcpkg/installed"
    cmake "-DBUILD=$build" "-DCURRENT_PACKAGES_DIR=$work/vcpkg/installed" "-DPORTFILE=$ports/ports/reseau/portfile.cmake" \
        -P "$here/vcpkg_stand_in.cmake" >/dev/null || fail "the port of $ports does not run"
    [ -f "$work/vcpkg/installed/share/reseau/copyright" ] || fail "the port has no copyright"
    [ ! -e "$work/vcpkg/installed/debug" ] || fail "the port has a debug half"
done
echo "list(APPEND CMAKE_PREFIX_PATH \"$work/vcpkg/installed\")" >"$work/vcpkg/scripts/buildsystems/vcpkg.cmake"
(cd "$here/hello_cmake" && VCPKG_ROOT=$work/vcpkg cmake --preset reseau-vcpkg --no-warn-unused-cli -B "$work/by-preset" >/dev/null)
cmake --build "$work/by-preset" >/dev/null
says_hello "$work/by-preset/hello"

echo "tar.gz, .deb, crates, wheel, clone by pip, port and presets: each says hello"
