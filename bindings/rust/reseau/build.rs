// SPDX-License-Identifier: Apache-2.0
//! Tests and samples of this crate find the library where it was found to link it.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_UNIX").is_err() {
        return;
    }
    if let Ok(folder) = std::env::var("DEP_RESEAU_LIBDIR") {
        for kind in ["tests", "examples"] {
            // The package has no tests.
            if std::path::Path::new(kind).is_dir() {
                println!("cargo:rustc-link-arg-{kind}=-Wl,-rpath,{folder}");
            }
        }
    }
}
