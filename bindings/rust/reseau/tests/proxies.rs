// SPDX-License-Identifier: Apache-2.0
//! Proxies, and the other options of a connect, each by what it does.

mod support;

use reseau::{Connection, Error, Listener, Options, Phase, WritePolicy};
use std::io::{copy, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;
use support::{content, pair_of};

/// Passes bytes on until both sides have ended.
fn relay(one: TcpStream, other: TcpStream) {
    thread::scope(|scope| {
        scope.spawn(|| {
            let _ = copy(&mut &one, &mut &other);
            let _ = other.shutdown(Shutdown::Write);
        });
        let _ = copy(&mut &other, &mut &one);
        let _ = one.shutdown(Shutdown::Write);
    });
}

/// One connection through SOCKS5 with a user and a password (RFC 1928, RFC 1929); returns its proxy's port.
fn socks() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (client, _) = listener.accept().unwrap();
        let take = |count: usize| {
            let mut bytes = vec![0; count];
            (&client).read_exact(&mut bytes).unwrap();
            bytes
        };
        let methods = take(2)[1];
        assert!(take(methods.into()).contains(&2));
        (&client).write_all(&[5, 2]).unwrap();
        let user = take(2)[1];
        let user = take(user.into());
        let password = take(1)[0];
        let password = take(password.into());
        assert_eq!((user.as_slice(), password.as_slice()), (&b"me"[..], &b"p:w"[..]));
        (&client).write_all(&[1, 0]).unwrap();
        let request = take(4);
        assert_eq!(request, [5, 1, 0, 3]);
        let name = take(1)[0];
        assert_eq!(take(name.into()), b"target.example");
        let port = take(2);
        let port = u16::from_be_bytes([port[0], port[1]]);
        let target = TcpStream::connect(("127.0.0.1", port)).unwrap();
        (&client).write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0]).unwrap();
        relay(client, target);
    });
    port
}

/// One answer of a proxy that is asked by CONNECT; returns its port.
fn http(answer: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            client.read_exact(&mut byte).unwrap();
            request.push(byte[0]);
        }
        let request = String::from_utf8(request).unwrap();
        client.write_all(answer.as_bytes()).unwrap();
        if answer.contains(" 200 ") {
            let target = request.split(' ').nth(1).unwrap();
            let port = target.rsplit(':').next().unwrap().parse::<u16>().unwrap();
            relay(client, TcpStream::connect(("127.0.0.1", port)).unwrap());
        }
    });
    port
}

fn through(proxy: &str, listener: &Listener) -> reseau::Result<Connection> {
    Options::new().proxy(proxy).proxy_timeout(Duration::from_secs(60)).connect("target.example", listener.port())
}

#[test]
fn through_proxies() {
    let listener = Listener::bind("127.0.0.1", 0).unwrap();
    for proxy in [
        format!("socks5://me:p%3Aw@127.0.0.1:{}", socks()),
        format!("http://127.0.0.1:{}", http("HTTP/1.1 200 fine\r\n\r\n")),
    ] {
        let client = through(&proxy, &listener).unwrap();
        let server = listener.accept().unwrap();
        client.send(b"question").unwrap();
        server.receive_exactly(&mut [0; 8]).unwrap();
        server.send(b"answer").unwrap();
        client.receive_exactly(&mut [0; 6]).unwrap();
        client.end().unwrap();
        assert_eq!(server.receive(&mut [0; 1]), Ok(0));
    }
}

#[test]
fn proxies_that_refuse() {
    let listener = Listener::bind("127.0.0.1", 0).unwrap();
    for (answer, expected) in [
        ("HTTP/1.1 403 no\r\n\r\n", Error::ProxyRefused),
        ("HTTP/1.1 407 who are you\r\n\r\n", Error::ProxyAuthentication),
        ("SSH-2.0-other\r\n", Error::ProxyProtocol),
    ] {
        let error = through(&format!("http://127.0.0.1:{}", http(answer)), &listener).unwrap_err();
        assert_eq!(error, expected, "{answer}");
    }
    assert_eq!(through("ftp://127.0.0.1", &listener).unwrap_err(), Error::InvalidArgument);
    assert_eq!(through("http://with\0nul", &listener).unwrap_err(), Error::BadAddress);
    assert!(!format!("{:?}", Options::new().proxy("socks5://me:secret@host")).contains("secret"));
}

/// The record of a task's connect says what it was doing, and what the proxy has said.
#[test]
fn the_record_names_the_proxy() {
    let port = http("HTTP/1.1 403 no\r\n\r\n");
    let (result, attempts) = Options::new().proxy(&format!("http://127.0.0.1:{port}")).connect_with_log("a.example", 1);
    assert_eq!(result.unwrap_err(), Error::ProxyRefused);
    assert_eq!(attempts.iter().map(|one| one.address.port()).collect::<Vec<_>>(), [Some(port)]);
    assert_ne!(Phase::Proxy, Phase::Connect);
}

#[test]
fn limits_of_time_for_each_phase() {
    // Accepts, and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let short = Duration::from_millis(50);
    let options = Options::new().proxy(&format!("http://127.0.0.1:{port}")).proxy_timeout(short);
    assert_eq!(options.connect("a.example", 1).unwrap_err(), Error::TimedOut);
    let options = Options::new().tls(reseau::Tls::client().insecure()).tls_timeout(short);
    assert_eq!(options.connect("127.0.0.1", port).unwrap_err(), Error::TimedOut);
    let options = Options::new().names_timeout(Duration::from_secs(60)).attempt_timeout(Duration::from_secs(60));
    assert!(options.connect("localhost", port).is_ok());
}

#[test]
fn fast_open_and_the_rest() {
    let options = Options::new()
        .fast_open()
        .user_timeout(Duration::from_secs(30))
        .keep_alive(Duration::from_secs(30))
        .source_address("127.0.0.1")
        .write_queue(usize::MAX)
        .slow_reader_rate(1)
        .interface("lo");
    let listener = Options::new().fast_open().listen("127.0.0.1", 0).unwrap();
    for _ in 0..2 {
        let client = options.connect("127.0.0.1", listener.port()).unwrap();
        client.send(b"first").unwrap();
        let server = listener.accept().unwrap();
        server.receive_exactly(&mut [0; 5]).unwrap();
        assert_eq!(server.peer_address().unwrap().ip().unwrap().ip().to_string(), "127.0.0.1");
    }
    // An address that is not this host's.
    let elsewhere = Options::new().source_address("192.0.2.1").connect("127.0.0.1", listener.port());
    assert_eq!(elsewhere.unwrap_err(), Error::AddressNotAvailable);
    assert!(Options::new().interface("no-such-if").connect("127.0.0.1", listener.port()).is_err());
}

/// A peer that takes something, but not enough of it.
#[test]
fn a_slow_reader_is_found_by_rate() {
    let options = Options::new()
        .write_queue(usize::MAX)
        .write_policy(WritePolicy::WouldBlock)
        .slow_reader_timeout(Duration::from_millis(300))
        .slow_reader_rate(100_000_000_000);
    let (client, server) = pair_of(&options);
    client.send(&content(50_000_000)).unwrap();
    let mut part = vec![0; 100_000];
    while server.receive(&mut part).unwrap_or(0) > 0 {
        if client.close_record().unwrap().error.is_some() {
            break;
        }
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(client.close_record().unwrap().error, Some(Error::SlowReader));
}
