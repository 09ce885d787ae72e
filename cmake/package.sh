#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: package.sh BUILD_DIRECTORY OUTPUT_DIRECTORY. All packages, of the library that was built there; called by
# ./dev package, and by the test that installs them. Needs no network.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$1" && pwd)
mkdir -p "$2"
output=$(cd "$2" && pwd)
version=$(cat "$root/VERSION")
work=$(mktemp -d "$output/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
rm -f "$output"/*.tar.gz "$output"/*.deb "$output"/*.whl "$output"/*.sha256

say() {
    printf '\033[1m==> %s\033[0m\n' "$*"
}

say "tar.gz and .deb"
# With make's generator cpack would build everything before, tests included.
(cd "$work" && cpack --config "$build/CPackConfig.cmake" -D CPACK_CMAKE_GENERATOR=Ninja -G "TGZ;DEB" -B "$work/cpack" >"$work/cpack.log" 2>&1) ||
    { cat "$work/cpack.log"; exit 1; }
mv "$work"/cpack/*.tar.gz "$work"/cpack/*.deb "$work"/cpack/*.sha256 "$output"

# Crates as a directory source of cargo: what stands on another needs that one in a registry, and this is one of files.
say "crates"
crates=$work/reseau-crates-$version
mkdir "$crates"
# shellcheck source=../bindings/rust/toolchain.sh
. "$root/bindings/rust/toolchain.sh"
export CARGO_HOME=$work/cargo-home RESEAU_LIBRARY_DIR=$build/lib
cat >"$work/config.toml" <<TOML
[source.crates-io]
replace-with = "reseau"
[source.reseau]
directory = "$crates"
TOML
for crate in reseau-sys reseau; do
    cargo package --offline --no-verify --allow-dirty --quiet --config "$work/config.toml" \
        --manifest-path "$root/bindings/rust/Cargo.toml" -p "$crate" --target-dir "$work/target"
    tar xzf "$work/target/package/$crate-$version.crate" -C "$crates"
    printf '{"files":{},"package":"%s"}' "$(sha256sum "$work/target/package/$crate-$version.crate" | cut -d' ' -f1)" \
        >"$crates/$crate-$version/.cargo-checksum.json"
done
cat >"$crates/README.md" <<'TEXT'
A directory source of cargo. In `.cargo/config.toml` of a project:

    [source.crates-io]
    replace-with = "reseau"
    [source.reseau]
    directory = "/path/of/this/folder"

and in its `Cargo.toml`: `reseau = "0.1"`. A project that has other crates puts those of `cargo vendor` beside these.
TEXT
tar czf "$output/reseau-crates-$version.tar.gz" -C "$work" "reseau-crates-$version"

say "vcpkg port"
port=$work/reseau-vcpkg-$version
cp -r "$root/cmake/vcpkg" "$port"
git -C "$root" archive --format=tar.gz --prefix="reseau-$version/" -o "$port/ports/reseau/source.tar.gz" HEAD
tar czf "$output/reseau-vcpkg-$version.tar.gz" -C "$work" "reseau-vcpkg-$version"

if [ -f "$root/bindings/python/make_wheel.py" ]; then
    say "wheel"
    python3 "$root/bindings/python/make_wheel.py" --library "$build/lib/libreseau.so" --output "$output"
fi
ls -l "$output"
