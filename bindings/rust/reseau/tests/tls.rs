// SPDX-License-Identifier: Apache-2.0
//! TLS by options and by an upgrade.

mod support;

use reseau::{Connection, Error, Listener, Options, Tls};
use std::thread;
use support::{certificates, content, pair};

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
