// SPDX-License-Identifier: Apache-2.0
use crate::error::{done, of_open, Error, Result};
use reseau_sys as raw;
use std::ffi::CStr;
use std::os::raw::c_char;
use std::time::{Duration, SystemTime};

/// What a TLS handshake has led to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TlsInfo {
    /// 12 or 13.
    pub version: u32,
    /// An earlier session was resumed: then the peer has shown its certificate earlier.
    pub is_resumed: bool,
    /// The suite by its name in RFC 8446, or OpenSSL's for TLS 1.2.
    pub cipher: String,
    /// Agreed on by ALPN, or empty.
    pub protocol: String,
    /// The name that the client has asked for, or empty.
    pub server_name: String,
}

impl TlsInfo {
    pub(crate) fn of(id: i64) -> Result<TlsInfo> {
        let mut info: raw::reseau_tls_info = unsafe { std::mem::zeroed() };
        info.size = std::mem::size_of::<raw::reseau_tls_info>();
        of_open(done(unsafe { raw::reseau_tls_info(id, &mut info) }))?;
        let raw::reseau_tls_info { size: _, version, is_resumed, cipher, protocol, server_name } = info;
        Ok(TlsInfo {
            version: version as u32,
            is_resumed: is_resumed != 0,
            cipher: owned(cipher.as_ptr()),
            protocol: owned(protocol.as_ptr()),
            server_name: owned(server_name.as_ptr()),
        })
    }
}

/// A certificate that a peer has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Certificate {
    /// Whose it is, as RFC 4514 writes names: "CN=host,O=Someone".
    pub subject: String,
    /// Who has issued it.
    pub issuer: String,
    /// Alternative names: "DNS:host", "IP:127.0.0.1", "URI:...", "email:...". Others are left out.
    pub names: Vec<String>,
    /// From when it is valid.
    pub not_before: SystemTime,
    /// Until when it is valid.
    pub not_after: SystemTime,
    /// The whole as PEM.
    pub pem: String,
    /// The whole as DER.
    pub der: Vec<u8>,
}

impl Certificate {
    /// The certificate that the peer has shown, if it has shown one.
    pub(crate) fn of_peer(id: i64) -> Result<Option<Certificate>> {
        let mut found = std::ptr::null_mut();
        match of_open(done(unsafe { raw::reseau_tls_peer_certificate(id, &mut found) })) {
            Err(Error::NotFound) => return Ok(None),
            result => result?,
        }
        let certificate = Certificate::from_raw(unsafe { &*found });
        unsafe { raw::reseau_free(found.cast()) };
        Ok(Some(certificate))
    }

    fn from_raw(found: &raw::reseau_certificate) -> Certificate {
        let raw::reseau_certificate { subject, issuer, names, name_count, not_before, not_after, pem, der, der_length } =
            *found;
        Certificate {
            subject: owned(subject),
            issuer: owned(issuer),
            names: (0..name_count).map(|index| owned(unsafe { *names.add(index) })).collect(),
            not_before: time(not_before),
            not_after: time(not_after),
            pem: owned(pem),
            der: unsafe { std::slice::from_raw_parts(der, der_length) }.to_vec(),
        }
    }
}

fn owned(text: *const c_char) -> String {
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

/// Of seconds since 1970. What this system's clock cannot have is 1970.
fn time(seconds: i64) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let start = SystemTime::UNIX_EPOCH;
    if seconds < 0 { start.checked_sub(distance) } else { start.checked_add(distance) }.unwrap_or(start)
}
