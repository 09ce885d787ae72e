// SPDX-License-Identifier: Apache-2.0
use crate::error::{Error, Result};
use reseau_sys as raw;
use std::ffi::CString;
use std::mem::size_of;
use std::os::raw::c_char;
use std::path::Path;

/// A certificate chain of a server, with its private key: one of several ([`Tls::also`]).
///
/// ```
/// use reseau::{Tls, TlsCertificate};
/// let tls = Tls::server("a.crt", "a.key").also(TlsCertificate::new("b.crt", "b.key").staple_file("b.ocsp"));
/// ```
#[derive(Clone, Default)]
pub struct TlsCertificate {
    certificate_file: Option<CString>,
    key_file: Option<CString>,
    certificate_pem: Vec<u8>,
    key_pem: Vec<u8>,
    staple_file: Option<CString>,
    refused: Option<Error>,
}

impl TlsCertificate {
    /// Of PEM files.
    pub fn new(certificate_file: impl AsRef<Path>, key_file: impl AsRef<Path>) -> TlsCertificate {
        let mut this = TlsCertificate::default();
        this.certificate_file = path(certificate_file.as_ref(), &mut this.refused);
        this.key_file = path(key_file.as_ref(), &mut this.refused);
        this
    }

    /// Of PEM in memory.
    pub fn of_pem(certificate: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> TlsCertificate {
        let mut this = TlsCertificate::default();
        this.certificate_pem = certificate.into();
        this.key_pem = key.into();
        this
    }

    /// A file with the OCSP response of this certificate, as DER, that is sent along with it.
    pub fn staple_file(mut self, file: impl AsRef<Path>) -> TlsCertificate {
        self.staple_file = path(file.as_ref(), &mut self.refused);
        self
    }

    /// Every field is named, so that one which is new in the headers is not forgotten.
    fn to_raw(&self) -> raw::reseau_tls_certificate {
        raw::reseau_tls_certificate {
            size: size_of::<raw::reseau_tls_certificate>(),
            certificate_file: pointer(&self.certificate_file),
            key_file: pointer(&self.key_file),
            certificate_pem: bytes(&self.certificate_pem),
            certificate_pem_length: self.certificate_pem.len(),
            key_pem: bytes(&self.key_pem),
            key_pem_length: self.key_pem.len(),
            staple_file: pointer(&self.staple_file),
        }
    }
}

/// Without keys and certificates.
impl std::fmt::Debug for TlsCertificate {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("TlsCertificate").field("certificate_file", &self.certificate_file).finish_non_exhaustive()
    }
}

/// A key does not stay in memory that is free.
impl Drop for TlsCertificate {
    fn drop(&mut self) {
        erase(&mut self.key_pem);
    }
}

/// A private key that stays in a PKCS#11 token, which signs in each handshake, on other threads ([`Tls::pkcs11_key`]).
#[derive(Clone, Default)]
pub struct Pkcs11Key {
    library: Option<CString>,
    token: Option<CString>,
    key: Option<CString>,
    pin: Option<CString>,
    refused: Option<Error>,
}

impl Pkcs11Key {
    /// The only private key of the only token that the library has.
    pub fn new(library: impl AsRef<Path>) -> Pkcs11Key {
        let mut this = Pkcs11Key::default();
        this.library = path(library.as_ref(), &mut this.refused);
        this
    }

    /// The label of the token.
    pub fn token(mut self, label: &str) -> Pkcs11Key {
        self.token = text(label, &mut self.refused);
        self
    }

    /// The label of the key.
    pub fn key(mut self, label: &str) -> Pkcs11Key {
        self.key = text(label, &mut self.refused);
        self
    }

    /// The user's PIN.
    pub fn pin(mut self, pin: &str) -> Pkcs11Key {
        self.pin = text(pin, &mut self.refused);
        self
    }
}

/// Without the PIN.
impl std::fmt::Debug for Pkcs11Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = out.debug_struct("Pkcs11Key");
        out.field("library", &self.library).field("token", &self.token).field("key", &self.key).finish_non_exhaustive()
    }
}

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
    crl_file: Option<CString>,
    crl_pem: Vec<u8>,
    requires_staple: bool,
    has_no_resumption: bool,
    key_log_file: Option<CString>,
    staple_file: Option<CString>,
    certificates: Vec<TlsCertificate>,
    pkcs11_key: Pkcs11Key,
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

    /// A file with lists of revoked certificates, as PEM (RFC 5280). Each certificate of the peer's chain needs one of
    /// its issuer that is in force. Only together with [`Tls::ca_file`] or its kin.
    pub fn crl_file(mut self, file: impl AsRef<Path>) -> Tls {
        self.crl_file = path(file.as_ref(), &mut self.refused);
        self
    }

    /// The same as PEM in memory.
    pub fn crl_pem(mut self, lists: impl Into<Vec<u8>>) -> Tls {
        self.crl_pem = lists.into();
        self
    }

    /// Clients: a server has to prove by a stapled OCSP response that its certificate is good. Also without this a bad
    /// response is refused, and none where the certificate promises one (RFC 7633).
    pub fn require_staple(mut self) -> Tls {
        self.requires_staple = true;
        self
    }

    /// Servers: a file with the OCSP response, as DER, that is sent along with the certificate.
    pub fn staple_file(mut self, file: impl AsRef<Path>) -> Tls {
        self.staple_file = path(file.as_ref(), &mut self.refused);
        self
    }

    /// Servers: one more certificate. The first of all whose names include the one that a client asks for is shown; the
    /// first one where none does, or no name is asked for.
    pub fn also(mut self, certificate: TlsCertificate) -> Tls {
        self.certificates.push(certificate);
        self
    }

    /// Each connection has a full handshake: sessions are neither kept nor handed out.
    pub fn no_resumption(mut self) -> Tls {
        self.has_no_resumption = true;
        self
    }

    /// A file to which the secrets of these connections are appended, in the format of SSLKEYLOGFILE that Wireshark
    /// reads; it is made, for its owner alone, if it is not there. Whoever reads it can read the connections.
    pub fn key_log_file(mut self, file: impl AsRef<Path>) -> Tls {
        self.key_log_file = path(file.as_ref(), &mut self.refused);
        self
    }

    /// This side's certificate chain, in a PEM file, whose private key a token has.
    pub fn pkcs11_key(mut self, certificate_file: impl AsRef<Path>, key: Pkcs11Key) -> Tls {
        self.certificate_file = path(certificate_file.as_ref(), &mut self.refused);
        self.pkcs11_key = key;
        self
    }

    fn path(&mut self, file: &Path) -> Option<CString> {
        path(file, &mut self.refused)
    }

    fn text(&mut self, name: &str) -> Option<CString> {
        text(name, &mut self.refused)
    }

    fn refusal(&self) -> Option<Error> {
        let of_certificates = self.certificates.iter().find_map(|certificate| certificate.refused);
        self.refused.or(self.pkcs11_key.refused).or(of_certificates)
    }

    /// Calls a function with the library's struct, which points into this one. Every field is named, so that one which
    /// is new in the headers is not forgotten.
    pub(crate) fn with_raw<R>(&self, function: impl FnOnce(&raw::reseau_tls_options) -> R) -> Result<R> {
        if let Some(error) = self.refusal() {
            return Err(error);
        }
        let certificates: Vec<_> = self.certificates.iter().map(TlsCertificate::to_raw).collect();
        Ok(function(&raw::reseau_tls_options {
            size: size_of::<raw::reseau_tls_options>(),
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
            crl_file: pointer(&self.crl_file),
            crl_pem: bytes(&self.crl_pem),
            crl_pem_length: self.crl_pem.len(),
            require_staple: self.requires_staple.into(),
            no_resumption: self.has_no_resumption.into(),
            staple_file: pointer(&self.staple_file),
            certificates: certificates.as_ptr(),
            certificate_count: certificates.len(),
            pkcs11_library: pointer(&self.pkcs11_key.library),
            pkcs11_token: pointer(&self.pkcs11_key.token),
            pkcs11_key: pointer(&self.pkcs11_key.key),
            pkcs11_pin: pointer(&self.pkcs11_key.pin),
            key_log_file: pointer(&self.key_log_file),
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
        erase(&mut self.key_pem);
    }
}

fn erase(secret: &mut [u8]) {
    for byte in secret {
        unsafe { std::ptr::write_volatile(byte, 0) };
    }
}

fn path(file: &Path, refused: &mut Option<Error>) -> Option<CString> {
    #[cfg(unix)]
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(file.as_os_str());
    #[cfg(not(unix))]
    let bytes = file.to_str().unwrap_or("\0").as_bytes();
    text(bytes, refused)
}

/// What has a NUL inside is no name and no path.
fn text(text: impl AsRef<[u8]>, refused: &mut Option<Error>) -> Option<CString> {
    let text = CString::new(text.as_ref()).ok();
    if text.is_none() {
        *refused = Some(Error::TlsOptions);
    }
    text
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
