#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: openssl.sh FOLDER
# Puts OpenSSL's DLLs for Windows into a folder, for tests of the engine of OpenSSL there. A package of NuGet's has them
# that has them for a library of its own; Debian has none.
set -eu
package=librdkafka.redist
version=2.15.1
mkdir -p "$1"
[ ! -f "$1/libssl-3-x64.dll" ] || exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/openssl.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net8.0</TargetFramework>
    <RestorePackagesPath>$work/packages</RestorePackagesPath>
  </PropertyGroup>
  <ItemGroup>
    <PackageDownload Include="$package" Version="[$version]" />
  </ItemGroup>
</Project>
XML
dotnet restore "$work/openssl.csproj" -v quiet
cp "$work/packages/$package/$version/runtimes/win-x64/native/"lib*-3-x64.dll "$1"
