// SPDX-License-Identifier: Apache-2.0
//! What was generated against the library that is in use. Layouts are checked by tests that bindgen has written.

use reseau_sys::*;
use std::ffi::CStr;
use std::mem::size_of;

/// Every constant of an error has the library's number for that name; read from the generated file, so that none is
/// left out.
#[test]
fn each_error_has_the_librarys_name() {
    let mut count = 0;
    for line in include_str!("../src/raw.rs").lines() {
        let rest = match line.strip_prefix("pub const RESEAU_ERROR_") {
            Some(rest) => rest,
            None => continue,
        };
        let (name, value) = rest.split_once(": reseau_error = ").expect("an error's line");
        let number: i64 = value.trim_end_matches(';').parse().expect("a number");
        let of_library = unsafe { CStr::from_ptr(reseau_error_name(number)) };
        assert_eq!(of_library.to_str(), Ok(format!("RESEAU_ERROR_{name}").as_str()));
        count += 1;
    }
    assert!(count >= 37, "{count} errors");
}

#[test]
fn an_unknown_error_has_another_name() {
    let name = unsafe { CStr::from_ptr(reseau_error_name(-30_000)) }.to_str().expect("ASCII");
    assert!(!include_str!("../src/raw.rs").contains(&format!("const {name}:")), "{name}");
}

/// The library knows structs by their size: one that it does not know is an invalid argument, one that it knows gets
/// to the next check.
#[test]
fn sizes_of_structs_are_the_librarys() {
    let mut options = reseau_options { size: size_of::<reseau_options>(), ..Default::default() };
    let mut tls = reseau_tls_options { size: size_of::<reseau_tls_options>(), ..Default::default() };
    let mut datagram = reseau_datagram_options { size: size_of::<reseau_datagram_options>(), ..Default::default() };
    let mut info = reseau_close_info { size: size_of::<reseau_close_info>(), ..Default::default() };
    unsafe {
        let host = b"127.0.0.1\0".as_ptr().cast();
        let listener = reseau_listen(host, 0, &options);
        assert!(listener > 0, "{listener}");
        assert_eq!(reseau_close_info(listener, &mut info), RESEAU_ERROR_WRONG_KIND);
        let mut address = reseau_address::default();
        assert_eq!(reseau_local_address(listener, &mut address), 0);
        assert_eq!((address.family, address.port != 0), (4, true));
        assert_eq!(reseau_close(listener), 0);

        let socket = reseau_datagram_bind(host, 0, &datagram);
        assert!(socket > 0, "{socket}");
        assert_eq!(reseau_close(socket), 0);

        options.tls = &tls;
        let server = i64::from(RESEAU_ERROR_TLS_OPTIONS); // it has no certificate
        assert_eq!(reseau_listen(host, 0, &options), server);

        let invalid = i64::from(RESEAU_ERROR_INVALID_ARGUMENT);
        tls.size += 1000;
        assert_eq!(reseau_listen(host, 0, &options), invalid);
        options.tls = std::ptr::null();
        options.size += 1000;
        assert_eq!(reseau_listen(host, 0, &options), invalid);
        datagram.size += 1000;
        assert_eq!(reseau_datagram_bind(host, 0, &datagram), invalid);
    }
}
