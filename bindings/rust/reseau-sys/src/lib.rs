// SPDX-License-Identifier: Apache-2.0
//! The C surface of libreseau (`include/reseau/reseau.h` and `simulation.h`), as bindgen writes it. The crate `reseau`
//! is what programs use; this one is for those that need a function that is not there yet. What each function does, and
//! who owns what, is in its comment, which is the header's.
#![allow(non_camel_case_types, non_upper_case_globals, non_snake_case)]
#![allow(rustdoc::bare_urls, rustdoc::broken_intra_doc_links, rustdoc::invalid_html_tags)]
#![allow(clippy::all)]

mod raw;

pub use raw::*;
