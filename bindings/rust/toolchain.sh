# SPDX-License-Identifier: Apache-2.0
# Debian's Rust goes before any other that PATH names: what builds there builds with what is newer.
if [ -x /usr/bin/cargo ] && [ -x /usr/bin/rustc ]; then
    export PATH=/usr/bin:$PATH RUSTC=/usr/bin/rustc RUSTDOC=/usr/bin/rustdoc
    unset RUSTUP_TOOLCHAIN CARGO
fi
command -v cargo >/dev/null || { echo "cargo is missing: ./dev setup installs it" >&2; exit 1; }
