#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# usage: sysroot.sh FOLDER
# Unpacks Debian's arm64 packages that test programs are linked with and run on, so that nothing of another processor's
# is installed. Takes the package sources of this machine, with state of its own below FOLDER.
set -euo pipefail
root=$1
packages="libc6 libc6-dev linux-libc-dev libcrypt1 libgcc-s1 libstdc++6 libssl3 libssl-dev libsofthsm2"
[ "$(cat "$root/complete" 2>/dev/null)" = "$packages" ] && exit 0

state=$root.apt
rm -rf "$root" "$state"
mkdir -p "$root" "$state/lists/partial" "$state/cache/archives/partial" "$state/packages"
apt=(apt-get -qq -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State="$state" -o Dir::State::status=/dev/null
    -o Dir::State::Lists="$state/lists" -o Dir::Cache="$state/cache" -o Dir::Log="$state" -o APT::Sandbox::User=)
"${apt[@]}" update
(cd "$state/packages" && "${apt[@]}" download $packages)
for package in "$state"/packages/*.deb; do
    dpkg-deb --extract "$package" "$root"
done
rm -rf "$state"

# Links to absolute paths would lead out of it.
find "$root" -type l | while read -r link; do
    target=$(readlink "$link")
    case $target in /*) ln -sfn "$(realpath -s --relative-to="$(dirname "$link")" "$root$target")" "$link" ;; esac
done
echo "$packages" >"$root/complete"
