#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: import_libraries.sh SDK VCRUNTIME_DEF FOLDER
# Fills a folder with links to the import libraries of the Windows SDK, in lower case, which is how objects of
# Microsoft's compiler ask for them, and with one for what the managed runtime calls in vcruntime140.dll.
set -eu
sdk=$1 definition=$2 folder=$3
mkdir -p "$folder"
for library in "$sdk"um/x64/*.[lL][iI][bB] "$sdk"ucrt/x64/*.[lL][iI][bB]; do
    name=$(basename "$library" | tr '[:upper:]' '[:lower:]')
    [ -e "$folder/$name" ] || ln -s "$library" "$folder/$name"
done
[ "$folder/vcruntime.lib" -nt "$definition" ] ||
    llvm-dlltool -m i386:x86-64 -d "$definition" -l "$folder/vcruntime.lib"
