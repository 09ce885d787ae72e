// SPDX-License-Identifier: Apache-2.0
use crate::error::{Error, Result};
use reseau_sys as raw;
use std::ffi::CString;
use std::os::raw::c_char;
use std::path::Path;

/// How TLS is spoken (RFC 8446, RFC 5246). A client needs nothing: [`Tls::client`] trusts what the system trusts, and
/// verifies the certificate for the host that it connects to (RFC 9525). A server needs a certificate and its key.
///
/// ```
/// use reseau::{Options, Tls};
/// let options = Options::new().tls(Tls::client().alpn(&["h2", "http/1.1"]).minimum_version_13());
/// ```
#[derive(Clone, Default)]
pub struct Tls {
    ca_file: Option<CString>,
    ca_directory: Option<CString>,
    ca_pem: Vec<u8>,
    certificate_file: Option<CString>,
    key_file: Option<CString>,
    certificate_pem: Vec<u8>,
    key_pem: Vec<u8>,
    server_name: Option<CString>,
    alpn: Option<CString>,
    minimum_version: i32,
    is_insecure: bool,
    has_client_certificates: bool,
    refused: Option<Error>,
}

impl Tls {
    /// A client that trusts what the system trusts.
    pub fn client() -> Tls {
        Tls::default()
    }

    /// A server with a certificate chain and its key in PEM files.
    pub fn server(certificate_file: impl AsRef<Path>, key_file: impl AsRef<Path>) -> Tls {
        Tls::default().certificate(certificate_file, key_file)
    }

    /// A server with a certificate chain and its key as PEM in memory.
    pub fn server_pem(certificate: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Tls {
        Tls::default().certificate_pem(certificate, key)
    }

    /// This side's certificate chain and private key, in PEM files; for clients, if the server asks for one.
    pub fn certificate(mut self, certificate_file: impl AsRef<Path>, key_file: impl AsRef<Path>) -> Tls {
        self.certificate_file = self.path(certificate_file.as_ref());
        self.key_file = self.path(key_file.as_ref());
        self
    }

    /// The same as PEM in memory.
    pub fn certificate_pem(mut self, certificate: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Tls {
        self.certificate_pem = certificate.into();
        self.key_pem = key.into();
        self
    }

    /// A file of certificates to trust in place of the system's.
    pub fn ca_file(mut self, file: impl AsRef<Path>) -> Tls {
        self.ca_file = self.path(file.as_ref());
        self
    }

    /// A directory of certificates to trust in place of the system's.
    pub fn ca_directory(mut self, directory: impl AsRef<Path>) -> Tls {
        self.ca_directory = self.path(directory.as_ref());
        self
    }

    /// Certificates to trust in place of the system's, as PEM.
    pub fn ca_pem(mut self, certificates: impl Into<Vec<u8>>) -> Tls {
        self.ca_pem = certificates.into();
        self
    }

    /// Clients: the name to ask for and to verify, if it is not the host of the call.
    pub fn server_name(mut self, name: &str) -> Tls {
        self.server_name = self.text(name);
        self
    }

    /// Protocols to agree on (RFC 7301), the best first.
    pub fn alpn(mut self, protocols: &[&str]) -> Tls {
        if protocols.iter().any(|name| name.is_empty() || name.contains(';')) {
            self.refused = Some(Error::TlsOptions);
        }
        self.alpn = self.text(&protocols.join(";"));
        self
    }

    /// Nothing older than TLS 1.3.
    pub fn minimum_version_13(mut self) -> Tls {
        self.minimum_version = 13;
        self
    }

    /// Clients: verifies nothing. For tests; the library says so in its log.
    pub fn insecure(mut self) -> Tls {
        self.is_insecure = true;
        self
    }

    /// Servers: each client has to have a certificate that ends at one of those that are trusted.
    pub fn client_certificates(mut self) -> Tls {
        self.has_client_certificates = true;
        self
    }

    fn path(&mut self, path: &Path) -> Option<CString> {
        #[cfg(unix)]
        let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str());
        #[cfg(not(unix))]
        let bytes = path.to_str().unwrap_or("\0").as_bytes();
        self.text(bytes)
    }

    fn text(&mut self, text: impl AsRef<[u8]>) -> Option<CString> {
        let text = CString::new(text.as_ref()).ok();
        if text.is_none() {
            self.refused = Some(Error::TlsOptions);
        }
        text
    }

    /// Calls a function with the library's struct, which points into this one.
    #[allow(clippy::needless_update)] // later versions of the struct have more
    pub(crate) fn with_raw<R>(&self, function: impl FnOnce(&raw::reseau_tls_options) -> R) -> Result<R> {
        if let Some(error) = self.refused {
            return Err(error);
        }
        Ok(function(&raw::reseau_tls_options {
            size: std::mem::size_of::<raw::reseau_tls_options>(),
            ca_file: pointer(&self.ca_file),
            ca_directory: pointer(&self.ca_directory),
            ca_pem: bytes(&self.ca_pem),
            ca_pem_length: self.ca_pem.len(),
            certificate_file: pointer(&self.certificate_file),
            key_file: pointer(&self.key_file),
            certificate_pem: bytes(&self.certificate_pem),
            certificate_pem_length: self.certificate_pem.len(),
            key_pem: bytes(&self.key_pem),
            key_pem_length: self.key_pem.len(),
            server_name: pointer(&self.server_name),
            alpn: pointer(&self.alpn),
            minimum_version: self.minimum_version,
            insecure: self.is_insecure.into(),
            client_certificates: self.has_client_certificates.into(),
            ..Default::default()
        }))
    }
}

/// Without keys and certificates.
impl std::fmt::Debug for Tls {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Tls")
            .field("ca_file", &self.ca_file)
            .field("certificate_file", &self.certificate_file)
            .field("server_name", &self.server_name)
            .field("alpn", &self.alpn)
            .field("is_insecure", &self.is_insecure)
            .finish_non_exhaustive()
    }
}

/// A key does not stay in memory that is free.
impl Drop for Tls {
    fn drop(&mut self) {
        for byte in &mut self.key_pem {
            unsafe { std::ptr::write_volatile(byte, 0) };
        }
    }
}

pub(crate) fn pointer(text: &Option<CString>) -> *const c_char {
    text.as_ref().map_or(std::ptr::null(), |text| text.as_ptr())
}

fn bytes(bytes: &[u8]) -> *const c_char {
    if bytes.is_empty() {
        std::ptr::null()
    } else {
        bytes.as_ptr().cast()
    }
}
