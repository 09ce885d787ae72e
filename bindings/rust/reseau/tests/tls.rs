// SPDX-License-Identifier: Apache-2.0
//! TLS by options and by an upgrade.

mod support;

use reseau::{Connection, Error, Listener, Options, Pkcs11Key, Tls, TlsCertificate};
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::{Duration, SystemTime};
use support::{certificates, content, folder, pair};

fn named(name: &str) -> PathBuf {
    certificates().join(name)
}

/// A server with one of the certificates.
fn server_of(name: &str) -> Tls {
    Tls::server(named(&format!("{name}.crt")), named(&format!("{name}.key")))
}

/// Whether a client connects to a server, and what it gets to know.
/// A client's connection. The server's end, which nobody accepts, lives as long.
#[derive(Debug)]
struct Met {
    connection: Connection,
    _listener: Listener,
}

impl std::ops::Deref for Met {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

fn meet(server: Tls, client: Tls) -> reseau::Result<Met> {
    let listener = Options::new().tls(server).listen("127.0.0.1", 0)?;
    let connection = Options::new().tls(client).connect("localhost", listener.port())?;
    Ok(Met { connection, _listener: listener })
}

fn client() -> Tls {
    Tls::client().ca_file(certificates().join("ca.crt"))
}

fn server() -> Tls {
    Tls::server(certificates().join("server.crt"), certificates().join("server.key"))
}

fn listen(tls: Tls) -> Listener {
    Options::new().tls(tls).listen("127.0.0.1", 0).unwrap()
}

#[test]
fn bytes_and_ends() {
    let listener = listen(server().alpn(&["h2", "http/1.1"]));
    let tls = client().alpn(&["http/1.1"]).minimum_version_13();
    let connection = Options::new().tls(tls).connect("localhost", listener.port()).unwrap();
    let accepted = listener.accept().unwrap();
    assert_eq!(connection.alpn_protocol().unwrap(), "http/1.1");
    assert_eq!(accepted.alpn_protocol().unwrap(), "http/1.1");
    let all = content(1_000_000);
    thread::scope(|scope| {
        scope.spawn(|| {
            connection.send(&all).unwrap();
            connection.end().unwrap();
        });
        assert!(accepted.receive_all(usize::MAX).unwrap() == all);
    });
    accepted.send(b"after the end").unwrap();
    accepted.end().unwrap();
    assert_eq!(connection.receive_all(100).unwrap(), b"after the end");
}

#[test]
fn pem_in_memory() {
    let read = |name: &str| std::fs::read(certificates().join(name)).unwrap();
    let listener = listen(Tls::server_pem(read("server.crt"), read("server.key")));
    let tls = Tls::client().ca_pem(read("ca.crt")).server_name("localhost");
    let connection = Options::new().tls(tls).connect("127.0.0.1", listener.port()).unwrap();
    connection.send(b"x").unwrap();
    assert_eq!(listener.accept().unwrap().receive(&mut [0; 1]), Ok(1));
}

#[test]
fn who_is_not_trusted_is_refused() {
    let listener = listen(server());
    let connect = |tls: Tls| Options::new().tls(tls).connect("localhost", listener.port()).map(drop);
    assert_eq!(connect(Tls::client()), Err(Error::TlsCertificate));
    assert_eq!(connect(client().server_name("other.example")), Err(Error::TlsCertificate));
    assert_eq!(connect(Tls::client().insecure()), Ok(()));
    assert_eq!(connect(client().ca_file("/nowhere")), Err(Error::NotFound));
    assert_eq!(connect(client().server_name("with\0nul")), Err(Error::TlsOptions));
    assert_eq!(connect(client().alpn(&["a;b"])), Err(Error::TlsOptions));
}

#[test]
fn clients_have_certificates() {
    let listener = listen(server().client_certificates().ca_file(certificates().join("ca.crt")));
    let with = client().certificate(certificates().join("server.crt"), certificates().join("server.key"));
    let connection = Options::new().tls(with).connect("localhost", listener.port()).unwrap();
    let accepted = listener.accept().unwrap();
    accepted.send(b"x").unwrap();
    assert_eq!(connection.receive(&mut [0; 1]), Ok(1));
    // With TLS 1.3 the client learns of it after its own handshake.
    let without = Options::new().tls(client()).connect("localhost", listener.port());
    assert!(without.and_then(|connection| connection.receive(&mut [0; 1])).is_err());
}

#[test]
fn an_upgrade() {
    let (client_end, server_end) = pair();
    client_end.send(b"STARTTLS\n").unwrap();
    assert_eq!(server_end.receive_line(100).unwrap().as_deref(), Some(&b"STARTTLS"[..]));
    server_end.send(b"ready\n").unwrap();
    assert_eq!(client_end.receive_line(100).unwrap().as_deref(), Some(&b"ready"[..]));
    server_end.flush().unwrap();
    thread::scope(|scope| {
        scope.spawn(|| server_end.start_tls_server(&server()).unwrap());
        client_end.start_tls(&client().server_name("localhost")).unwrap();
    });
    client_end.send(b"secret").unwrap();
    assert_eq!(server_end.receive_exactly(&mut [0; 6]), Ok(6));
}

#[test]
fn a_cut_is_no_end() {
    let listener = listen(server());
    let connection = Options::new().tls(client()).connect("localhost", listener.port()).unwrap();
    let accepted = listener.accept().unwrap();
    accepted.send(b"part").unwrap();
    accepted.flush().unwrap();
    assert_eq!(connection.receive_exactly(&mut [0; 4]), Ok(4));
    accepted.abort().unwrap();
    let error = connection.receive(&mut [0; 1]).unwrap_err();
    assert!(matches!(error, Error::TlsTruncated | Error::Reset), "{error:?}");
}

#[test]
fn keys_are_not_printed() {
    let text = format!("{:?}", Options::new().tls(Tls::server_pem("certificate", "the key")));
    assert!(!text.contains("the key"), "{text}");
    assert_eq!(Connection::connect("localhost", 0).unwrap_err(), Error::InvalidArgument);
}

#[test]
fn what_a_handshake_has_led_to() {
    let listener = listen(server().alpn(&["h2"]));
    let tls = client().alpn(&["h2"]);
    let connection = Options::new().tls(tls).connect("localhost", listener.port()).unwrap();
    let accepted = listener.accept().unwrap();
    let info = connection.tls_info().unwrap();
    assert_eq!((info.version, info.protocol.as_str(), info.is_resumed), (13, "h2", false));
    assert!(info.cipher.starts_with("TLS_"), "{info:?}");
    assert_eq!(accepted.tls_info().unwrap().server_name, "localhost");
    assert_eq!(accepted.peer_certificate(), Ok(None));
    let certificate = connection.peer_certificate().unwrap().unwrap();
    assert_eq!((certificate.subject.as_str(), certificate.issuer.as_str()), ("CN=localhost", "CN=root"));
    assert_eq!(certificate.names, ["DNS:localhost", "IP:127.0.0.1"]);
    let now = SystemTime::now();
    assert!(certificate.not_before <= now + Duration::from_secs(60) && certificate.not_after > now);
    assert_eq!(certificate.pem.trim_end(), std::fs::read_to_string(named("server.crt")).unwrap().trim_end());
    assert_eq!(certificate.der[0], 0x30);
    let (plain, _other) = pair();
    assert_eq!(plain.tls_info(), Err(Error::Unsupported));
    assert_eq!(plain.peer_certificate(), Err(Error::Unsupported));
}

#[test]
fn revoked_certificates_are_refused() {
    let with = |list: &str| client().crl_file(named(list));
    assert!(meet(server_of("revoked"), with("empty.crl")).is_ok());
    assert_eq!(meet(server_of("revoked"), with("revoked.crl")).unwrap_err(), Error::TlsCertificate);
    let lists = std::fs::read(named("revoked.crl")).unwrap();
    assert_eq!(meet(server_of("revoked"), client().crl_pem(lists)).unwrap_err(), Error::TlsCertificate);
    assert_eq!(meet(server(), client().crl_file("/nowhere")).unwrap_err(), Error::NotFound);
}

#[test]
fn staples() {
    let stapled = |staple: &str| server_of("revoked").staple_file(named(staple));
    assert_eq!(meet(server_of("revoked"), client().require_staple()).unwrap_err(), Error::TlsCertificate);
    assert!(meet(stapled("good.ocsp"), client().require_staple()).is_ok());
    assert_eq!(meet(stapled("revoked.ocsp"), client()).unwrap_err(), Error::TlsCertificate);
    // It promises one, and has none.
    assert_eq!(meet(server_of("must_staple"), client()).unwrap_err(), Error::TlsCertificate);
}

#[test]
fn certificates_by_the_name_that_is_asked_for() {
    let read = |name: &str| std::fs::read(named(name)).unwrap();
    let subject_of = |server: &Tls, name: &str| {
        let connection = meet(server.clone(), client().server_name(name)).unwrap();
        connection.peer_certificate().unwrap().unwrap().subject
    };
    for other in [
        TlsCertificate::new(named("other.crt"), named("other.key")),
        TlsCertificate::of_pem(read("other.crt"), read("other.key")),
    ] {
        let server = server().also(other);
        assert_eq!(subject_of(&server, "other.example"), "CN=other.example");
        assert_eq!(subject_of(&server, "localhost"), "CN=localhost");
    }
    let stapled =
        server().also(TlsCertificate::new(named("revoked.crt"), named("revoked.key")).staple_file("/nowhere"));
    assert_eq!(Options::new().tls(stapled).listen("127.0.0.1", 0).unwrap_err(), Error::NotFound);
    let unusable = server().also(TlsCertificate::new("with\0nul", "key"));
    assert_eq!(Options::new().tls(unusable).listen("127.0.0.1", 0).unwrap_err(), Error::TlsOptions);
}

#[test]
fn a_reload_is_for_those_that_come() {
    let listener = listen(server());
    let subject = |name: &str| {
        let tls = client().server_name(name).no_resumption();
        let connection = Options::new().tls(tls).connect("localhost", listener.port())?;
        connection.peer_certificate().map(|certificate| certificate.unwrap().subject)
    };
    assert_eq!(subject("localhost").as_deref(), Ok("CN=localhost"));
    listener.reload_tls(&server_of("other")).unwrap();
    assert_eq!(subject("other.example").as_deref(), Ok("CN=other.example"));
    assert_eq!(listener.reload_tls(&Tls::server("/nowhere", "/nowhere")), Err(Error::NotFound));
    assert_eq!(subject("other.example").as_deref(), Ok("CN=other.example"));
    let plain = Listener::bind("127.0.0.1", 0).unwrap();
    assert_eq!(plain.reload_tls(&server()), Err(Error::Unsupported));
}

#[test]
fn sessions_are_resumed_unless_they_are_not_wanted() {
    let second = |server: Tls, client: Tls| {
        let listener = listen(server);
        let one = || {
            let connection = Options::new().tls(client.clone()).connect("localhost", listener.port()).unwrap();
            let accepted = listener.accept().unwrap();
            accepted.send(b"x").unwrap();
            assert_eq!(connection.receive_exactly(&mut [0; 1]), Ok(1));
            connection.tls_info().unwrap().is_resumed
        };
        one();
        one()
    };
    // A session is lost when the contexts of other tests push its own out of the cache.
    assert!((0..10).any(|_| second(server(), client())));
    assert!(!second(server().no_resumption(), client()));
    assert!(!second(server(), client().no_resumption()));
}

/// A token of SoftHSM that has the server's key. Where it is not installed there is nothing to test.
#[test]
fn a_key_in_a_token() {
    let library = std::env::var("RESEAU_TEST_PKCS11_LIBRARY");
    let library = PathBuf::from(library.unwrap_or_else(|_| "/usr/lib/softhsm/libsofthsm2.so".into()));
    if !library.exists() {
        eprintln!("SoftHSM is not installed: keys in tokens are not tested");
        return;
    }
    let folder = folder("token");
    std::fs::create_dir(folder.join("tokens")).unwrap();
    let settings = format!("directories.tokendir = {}\nobjectstore.backend = file\n", folder.join("tokens").display());
    std::fs::write(folder.join("softhsm2.conf"), settings).unwrap();
    // No other test reads it.
    std::env::set_var("SOFTHSM2_CONF", folder.join("softhsm2.conf"));
    let run = |arguments: &str| {
        let output = Command::new("softhsm2-util").args(arguments.split(' ')).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    run("--init-token --free --label here --so-pin 1111 --pin 0000");
    let key = named("server.key");
    run(&format!("--import {} --token here --label the-key --id AA --pin 0000", key.display()));

    let server = |key: Pkcs11Key| Tls::default().pkcs11_key(named("server.crt"), key);
    let key = Pkcs11Key::new(&library).token("here").key("the-key").pin("0000");
    let connection = meet(server(key.clone()), client()).unwrap();
    assert_eq!(connection.peer_certificate().unwrap().unwrap().subject, "CN=localhost");
    assert!(meet(server(Pkcs11Key::new(&library).token("here").pin("0000")), client()).is_ok());
    assert_eq!(meet(server(key.clone().token("elsewhere")), client()).unwrap_err(), Error::TlsOptions);
    assert!(!format!("{key:?}").contains("0000"));
}

#[test]
fn an_upgrade_that_does_not_wait() {
    let (client_end, server_end) = pair();
    server_end.send(b"ready\n").unwrap();
    server_end.begin_tls_server(&server()).unwrap();
    assert_eq!(client_end.receive_line(100).unwrap().as_deref(), Some(&b"ready"[..]));
    client_end.begin_tls(&client().server_name("localhost")).unwrap();
    assert_eq!(client_end.begin_tls(&client()), Err(Error::Busy));
    client_end.send(b"secret").unwrap();
    assert_eq!(server_end.receive_exactly(&mut [0; 6]), Ok(6));
    assert_eq!(server_end.tls_info().unwrap().version, 13);

    // A failure is that of the next read.
    let (client_end, server_end) = pair();
    server_end.begin_tls_server(&server()).unwrap();
    client_end.begin_tls(&client().server_name("other.example")).unwrap();
    assert_eq!(client_end.receive(&mut [0; 1]), Err(Error::TlsCertificate));
}

#[test]
fn secrets_go_to_a_file() {
    let file = std::env::temp_dir().join(format!("reseau-secrets-{}", std::process::id()));
    let listener = Options::new().tls(server()).listen("127.0.0.1", 0).unwrap();
    let tls = client().server_name("localhost").key_log_file(&file);
    let connection = Options::new().tls(tls).connect("127.0.0.1", listener.port()).unwrap();
    assert!(connection.tls_info().is_ok());
    let secrets = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(secrets.contains("CLIENT_TRAFFIC_SECRET_0 "), "{secrets}");
}
