// SPDX-License-Identifier: Apache-2.0
//! Finds libreseau: in `RESEAU_LIBRARY_DIR`, by pkg-config, below `RESEAU_PREFIX` or a usual prefix, or in the build
//! folders of the clone that this crate is in.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    for variable in ["RESEAU_LIBRARY_DIR", "RESEAU_PREFIX", "PKG_CONFIG", "PKG_CONFIG_PATH", "PKG_CONFIG_ALLOW_CROSS"] {
        println!("cargo:rerun-if-env-changed={variable}");
    }
    println!("cargo:rerun-if-changed=build.rs");
    if env::var_os("DOCS_RS").is_some() {
        return;
    }
    match find() {
        Ok(folder) => {
            println!("cargo:rustc-link-search=native={}", folder.display());
            println!("cargo:rustc-link-lib=dylib=reseau");
            println!("cargo:libdir={}", folder.display());
        }
        Err(message) => {
            eprintln!("{message}");
            std::process::exit(1);
        }
    }
}

/// The folder that has the library, or what to do about it.
fn find() -> Result<PathBuf, String> {
    if let Some(folder) = env::var_os("RESEAU_LIBRARY_DIR") {
        let folder = PathBuf::from(folder);
        return if has_library(&folder) {
            Ok(folder)
        } else {
            Err(format!("RESEAU_LIBRARY_DIR is {}, where there is no {}", folder.display(), file_name()))
        };
    }
    by_pkg_config().or_else(by_prefix).or_else(in_the_clone).ok_or_else(|| {
        format!(
            "{} was not found. Install Reseau.Native (`./dev install PREFIX`, or its Debian package), or name the \
             folder that has it in RESEAU_LIBRARY_DIR, or its prefix in RESEAU_PREFIX.",
            file_name()
        )
    })
}

/// What the linker looks for.
fn file_name() -> &'static str {
    match env::var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("windows") => "reseau.lib",
        Ok("macos") => "libreseau.dylib",
        _ => "libreseau.so",
    }
}

fn has_library(folder: &Path) -> bool {
    folder.join(file_name()).is_file()
}

fn by_pkg_config() -> Option<PathBuf> {
    if env::var_os("HOST") != env::var_os("TARGET") && env::var_os("PKG_CONFIG_ALLOW_CROSS").is_none() {
        return None;
    }
    let program = env::var_os("PKG_CONFIG").unwrap_or_else(|| "pkg-config".into());
    let output = Command::new(program).args(["--variable=libdir", "reseau"]).output().ok()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    (output.status.success() && has_library(&folder)).then(|| folder)
}

fn by_prefix() -> Option<PathBuf> {
    println!("cargo:rerun-if-changed=/usr/local/lib/{}", file_name());
    let prefixes = match env::var_os("RESEAU_PREFIX") {
        Some(prefix) => vec![PathBuf::from(prefix)],
        None => vec!["/usr/local".into(), "/usr".into(), "/opt/reseau".into()],
    };
    let multiarch = match env::var("CARGO_CFG_TARGET_ARCH").as_deref() {
        Ok("aarch64") => "lib/aarch64-linux-gnu",
        _ => "lib/x86_64-linux-gnu",
    };
    prefixes
        .iter()
        .flat_map(|prefix| ["lib", multiarch, "lib64"].map(|part| prefix.join(part)))
        .find(|f| has_library(f))
}

fn in_the_clone() -> Option<PathBuf> {
    let root = Path::new(&env::var_os("CARGO_MANIFEST_DIR")?).join("../../..");
    if !root.join("include/reseau/reseau.h").is_file() {
        return None;
    }
    let found =
        ["release", "debug"].iter().map(|name| root.join("build").join(name).join("lib")).find(|f| has_library(f));
    found.and_then(|folder| folder.canonicalize().ok())
}
