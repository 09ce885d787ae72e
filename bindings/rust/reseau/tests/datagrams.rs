// SPDX-License-Identifier: Apache-2.0
//! Datagram sockets, names and interfaces.

mod support;

use reseau::{
    interface_addresses, resolve, resolve_reverse, DatagramBatch, DatagramOptions, DatagramSocket, Error, Family, Ip,
};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::thread;
use std::time::Duration;

fn address_of(socket: &DatagramSocket) -> SocketAddr {
    socket.local_address().unwrap().ip().unwrap()
}

#[test]
fn there_and_back() {
    let (one, other) = (DatagramSocket::bind("127.0.0.1", 0).unwrap(), DatagramSocket::bind("127.0.0.1", 0).unwrap());
    let mut buffer = [0; 100];
    assert_eq!(other.try_receive(&mut buffer), Err(Error::WouldBlock));
    one.send_to(b"there", address_of(&other)).unwrap();
    let received = other.receive(&mut buffer).unwrap();
    assert_eq!((&buffer[..received.length], received.from), (&b"there"[..], address_of(&one)));
    other.send_to(b"", received.from).unwrap();
    assert_eq!(one.receive(&mut buffer).unwrap().length, 0);
    one.set_receive_timeout(Some(Duration::from_millis(5)));
    assert_eq!(one.receive(&mut buffer), Err(Error::TimedOut));
}

#[test]
fn what_is_too_long_is_cut_and_says_so() {
    let receiver = DatagramSocket::bind("127.0.0.1", 0).unwrap();
    let sender = DatagramSocket::connect("127.0.0.1", receiver.port()).unwrap();
    sender.send(b"longer").unwrap();
    let received = receiver.receive(&mut [0; 4]).unwrap();
    assert_eq!((received.length, received.is_truncated), (4, true));
    assert_eq!(sender.send(&[0; 70_000]), Err(Error::TooLarge));
    sender.send(b"usable").unwrap();
}

#[test]
fn batches() {
    let receiver = DatagramSocket::bind("127.0.0.1", 0).unwrap();
    let sender = DatagramSocket::bind("127.0.0.1", 0).unwrap();
    let to = address_of(&receiver);
    let texts: Vec<String> = (0..20).map(|number| format!("datagram {number}")).collect();
    let datagrams: Vec<(&[u8], SocketAddr)> = texts.iter().map(|text| (text.as_bytes(), to)).collect();
    assert_eq!(sender.send_batch(&datagrams), Ok(20));
    let mut batch = DatagramBatch::new(8, 64).unwrap();
    let mut got = Vec::new();
    while got.len() < 20 {
        let count = receiver.receive_batch(&mut batch).unwrap();
        assert!((1..=8).contains(&count));
        got.extend(batch.iter().map(|(data, received)| {
            assert_eq!((received.from, received.is_truncated), (address_of(&sender), false));
            String::from_utf8(data.to_vec()).unwrap()
        }));
    }
    assert_eq!(got, texts);
    assert_eq!(DatagramBatch::new(0, 1).unwrap_err(), Error::InvalidArgument);
}

#[test]
fn a_close_ends_a_receive() {
    let socket = DatagramSocket::bind("127.0.0.1", 0).unwrap();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| socket.receive(&mut [0; 1]));
        thread::sleep(Duration::from_millis(10)); // it need not wait by then: a receive after the close fails, too
        socket.close().unwrap();
        assert!(matches!(waiting.join().unwrap(), Err(Error::Canceled | Error::BadId)));
    });
}

#[test]
fn groups() {
    let receiver = DatagramOptions::new().share_address().bind("*", 0).unwrap();
    let group: Ip = "239.255.7.7".parse().unwrap();
    receiver.join(group, Some("lo")).unwrap();
    let sender = DatagramSocket::bind("127.0.0.1", 0).unwrap();
    sender.set_multicast(Some(1), true, Some("lo")).unwrap();
    sender.send_to(b"to all", group.with_port(receiver.port())).unwrap();
    let mut buffer = [0; 10];
    receiver.set_receive_timeout(Some(Duration::from_secs(60)));
    assert_eq!(receiver.receive(&mut buffer).unwrap().length, 6);
    receiver.leave(group, Some("lo")).unwrap();
    assert_eq!(receiver.leave(group, Some("lo")), Err(Error::AddressNotAvailable));
    assert_eq!(receiver.join("10.0.0.1".parse().unwrap(), None), Err(Error::InvalidArgument));
}

#[test]
fn addresses_are_read_and_written() {
    let parse = |text: &str| text.parse::<Ip>();
    for text in ["127.0.0.1", "::1", "2001:db8::1", "fe80::1%lo"] {
        assert_eq!(parse(text).unwrap().to_string(), text);
    }
    for text in ["127.1", "0177.0.0.1", "0x7f.1", "", "::1::", "127.0.0.1\0"] {
        assert_eq!(parse(text), Err(Error::BadAddress), "{text}");
    }
    assert!(
        parse("10.0.0.1").unwrap() < parse("10.0.0.2").unwrap() && parse("9.9.9.9").unwrap() < parse("::").unwrap()
    );
    assert!(parse("fe80::1%lo").unwrap().is_link_local() && !parse("::1").unwrap().is_link_local());
    assert_ne!(parse("fe80::1%lo").unwrap().scope(), 0);
}

#[test]
fn names_and_interfaces() {
    let localhost = Ip::from(IpAddr::V4(Ipv4Addr::LOCALHOST));
    assert!(resolve("localhost", Family::V4).unwrap().contains(&localhost));
    assert_eq!(resolve("127.1", Family::Both), Err(Error::BadAddress));
    assert!(!resolve_reverse(localhost).unwrap().is_empty());
    let of_loopback = interface_addresses(Family::Both, true).unwrap();
    let found = of_loopback.iter().find(|address| address.ip == localhost).unwrap();
    assert!(found.is_loopback && found.is_up && found.prefix_length == 8 && found.number > 0);
    assert!(!interface_addresses(Family::Both, false).unwrap().iter().any(|address| address.is_loopback));
}

#[test]
fn several_in_one() {
    let receiver = DatagramOptions::new().join_received().bind("127.0.0.1", 0).unwrap();
    let sender = DatagramSocket::connect("127.0.0.1", receiver.port()).unwrap();
    assert_eq!(sender.peer_address(), receiver.local_address());
    assert_eq!(sender.send_segments(b"aaabbbcc", 3, None), Ok(8));
    let to = receiver.local_address().unwrap().ip();
    let unconnected = DatagramSocket::bind("127.0.0.1", 0).unwrap();
    assert_eq!(unconnected.peer_address(), Err(Error::Closed));
    unconnected.send_segments(b"ddde", 3, to).unwrap();
    let mut parts = Vec::new();
    while parts.len() < 5 {
        let mut buffer = [0; 65_535];
        let received = receiver.receive(&mut buffer).unwrap();
        let step = if received.segment_size == 0 { received.length } else { received.segment_size };
        parts.extend(buffer[..received.length].chunks(step).map(|part| part.to_vec()));
    }
    assert_eq!(parts, [&b"aaa"[..], b"bbb", b"cc", b"ddd", b"e"]);
}
