// SPDX-License-Identifier: Apache-2.0
//! What can be seen of connections from outside: attempts, counters, TCP, captures.

mod support;

use reseau::{aio, CaptureOptions, Connection, Error, Listener, Options};
use support::{block_on, content, folder, pair, port_without_listener};

#[test]
fn the_log_of_a_connect() {
    let listener = Listener::bind("127.0.0.1", 0).unwrap();
    let (result, attempts) = Options::new().connect_with_log("127.0.0.1", listener.port());
    let connection = result.unwrap();
    assert_eq!(attempts, connection.attempts().unwrap());
    assert_eq!(attempts.len(), 1);
    assert_eq!((attempts[0].address.port(), attempts[0].error), (Some(listener.port()), None));
    assert!(attempts[0].begun <= attempts[0].ended);
    drop(connection);

    let (port, _held) = port_without_listener();
    let (result, attempts) = Options::new().connect_with_log("127.0.0.1", port);
    assert_eq!(result.unwrap_err(), Error::Refused);
    assert_eq!(attempts.iter().map(|attempt| attempt.error).collect::<Vec<_>>(), [Some(Error::Refused)]);

    // Refused before anything began.
    let (result, attempts) = Options::new().connect_with_log("with\0nul", 1);
    assert_eq!((result.unwrap_err(), attempts.len()), (Error::BadAddress, 0));
    let (result, attempts) = Options::new().connect_with_log("127.0.0.1", 0);
    assert_eq!((result.unwrap_err(), attempts.len()), (Error::InvalidArgument, 0));
}

#[test]
fn the_log_of_a_connect_as_a_future() {
    let (port, _held) = port_without_listener();
    block_on(async {
        let mut connect = aio::Connection::connect("127.0.0.1", port);
        assert_eq!((&mut connect).await.unwrap_err(), Error::Refused);
        assert_eq!(connect.attempts().len(), 1);
        assert_eq!(connect.attempts()[0].error, Some(Error::Refused));
        let listener = aio::Listener::bind("127.0.0.1", 0).unwrap();
        let connection = aio::Connection::connect("127.0.0.1", listener.port()).await.unwrap();
        assert_eq!(connection.attempts().unwrap().len(), 1);
        let accepted = listener.accept().await.unwrap();
        connection.write_all(b"seven b").await.unwrap();
        accepted.read_exact(&mut [0; 7]).await.unwrap();
        assert_eq!(accepted.counters().unwrap().bytes_read, 7);
        assert!(accepted.tcp_info().unwrap().send_segment_bytes > 0);
        assert_eq!(accepted.tls_info(), Err(Error::Unsupported));
    });
}

#[test]
fn counters_of_a_connection() {
    let (client, server) = pair();
    client.send(&content(100_000)).unwrap();
    client.send(b"!").unwrap();
    server.receive_exactly(&mut [0; 100_001]).unwrap();
    client.flush().unwrap();
    let (sent, got) = (client.counters().unwrap(), server.counters().unwrap());
    assert_eq!((sent.bytes_written, sent.writes, sent.queued_bytes, sent.bytes_read), (100_001, 2, 0, 0));
    assert_eq!((got.bytes_read, got.unread_bytes), (100_001, 0));
    assert!(sent.send_calls >= 1 && got.receive_calls >= 1 && got.reads >= 1);
    assert!(sent.max_queued_bytes >= 1 && !sent.age.is_zero());
}

#[test]
fn what_tcp_knows() {
    let (client, server) = pair();
    client.send(b"x").unwrap();
    server.receive(&mut [0; 1]).unwrap();
    let info = client.tcp_info().unwrap();
    assert!(!info.rtt.is_zero() && info.congestion_window_bytes > 0 && info.send_segment_bytes > 0, "{info:?}");
    let path = folder("seeing").join("socket");
    let listener = Listener::bind_path(&path).unwrap();
    let local = Connection::connect_path(&path).unwrap();
    assert_eq!(local.tcp_info(), Err(Error::Unsupported));
    drop(listener);
}

/// One at a time in a process, so this is one test.
#[test]
fn captures() {
    let folder = folder("captures");
    let listener = Listener::bind("127.0.0.1", 0).unwrap();
    let exchange = |text: &[u8]| {
        let client = Connection::connect("127.0.0.1", listener.port()).unwrap();
        let server = listener.accept().unwrap();
        client.send(text).unwrap();
        server.receive_exactly(&mut vec![0; text.len()]).unwrap();
    };
    let file = folder.join("all.pcapng");
    let capture = CaptureOptions::new().of_listener(&listener).buffer_bytes(1 << 20).start(&file).unwrap();
    let another = CaptureOptions::new().start(folder.join("another.pcapng")).map(drop);
    assert_eq!(another, Err(Error::Busy));
    exchange(b"what is to be seen");
    let info = capture.stop().unwrap();
    let content = std::fs::read(&file).unwrap();
    assert_eq!(content[..4], [0x0a, 0x0d, 0x0d, 0x0a]);
    assert!(content.windows(18).any(|part| part == b"what is to be seen"));
    assert_eq!((info.file_bytes, info.dropped, info.error), (content.len() as u64, 0, None));
    assert!(info.packets >= 3, "{info:?}");

    // It must not be there before.
    assert_eq!(CaptureOptions::new().start(&file).map(drop), Err(Error::Exists));

    // A part of each packet, and an end by a drop.
    let short = folder.join("short.pcapng");
    let capture = CaptureOptions::new().packet_bytes(4).file_bytes(1 << 20).start(&short).unwrap();
    exchange(b"only the beginning");
    drop(capture);
    let content = std::fs::read(&short).unwrap();
    assert!(content.windows(4).any(|part| part == b"only"));
    assert!(!content.windows(9).any(|part| part == b"beginning"));
}
