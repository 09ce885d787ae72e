// SPDX-License-Identifier: Apache-2.0
//! Connections and listeners that block.

mod support;

use reseau::{Address, ClosedBy, Connection, Error, Family, Listener, Options, Phase, WritePolicy};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{mpsc, Arc};
use std::thread;
use std::time::{Duration, Instant};
use support::{content, folder, pair, pair_of, port_without_listener};

const LONG: Duration = Duration::from_secs(60);

#[test]
fn what_is_written_is_read() {
    let (mut client, mut server) = pair();
    client.write_all(b"hello").unwrap();
    let mut buffer = [0; 5];
    server.read_exact(&mut buffer).unwrap();
    assert_eq!(&buffer, b"hello");
    server.send(b"world").unwrap();
    assert_eq!(client.receive_exactly(&mut buffer), Ok(5));
    assert_eq!(&buffer, b"world");
}

#[test]
fn references_read_and_write() {
    let (client, server) = pair();
    let all = content(3_000_000);
    thread::scope(|scope| {
        scope.spawn(|| {
            (&client).write_all(&all).unwrap();
            client.end().unwrap();
        });
        let mut copy = Vec::new();
        (&server).read_to_end(&mut copy).unwrap();
        assert!(copy == all);
    });
}

#[test]
fn writes_of_many_threads_do_not_mix() {
    let (client, server) = pair();
    thread::scope(|scope| {
        let writers: Vec<_> = (0..8u8)
            .map(|letter| {
                let client = &client;
                scope.spawn(move || (0..200).for_each(|_| client.send(&[b'a' + letter; 1000]).unwrap()))
            })
            .collect();
        scope.spawn(|| {
            writers.into_iter().for_each(|writer| writer.join().unwrap());
            client.end().unwrap();
        });
        let all = server.receive_all(usize::MAX).unwrap();
        assert_eq!(all.len(), 8 * 200 * 1000);
        assert!(all.chunks(1000).all(|part| part.iter().all(|&byte| byte == part[0])));
    });
}

#[test]
fn half_close_leaves_the_other_direction() {
    let (client, server) = pair();
    client.send(b"question").unwrap();
    client.end().unwrap();
    assert_eq!(server.receive_all(100).unwrap(), b"question");
    assert_eq!(server.at_end(), Ok(true));
    server.send(b"answer").unwrap();
    server.end().unwrap();
    assert_eq!(client.receive_all(100).unwrap(), b"answer");
    assert_eq!(client.receive(&mut [0; 1]), Ok(0));
    assert_eq!(client.send(b"more"), Err(Error::Closed));
}

#[test]
fn lines_and_delimiters() {
    let (client, server) = pair();
    let long = vec![b'x'; 5000];
    client.send(b"one\r\ntwo\n\nfour;five;").unwrap();
    client.send(&long).unwrap();
    client.send(b";rest").unwrap();
    client.end().unwrap();
    assert_eq!(server.receive_line(100).unwrap().as_deref(), Some(&b"one"[..]));
    assert_eq!(server.receive_line(3).unwrap().as_deref(), Some(&b"two"[..]));
    assert_eq!(server.receive_line(100).unwrap().as_deref(), Some(&b""[..]));
    assert_eq!(server.receive_until(b";", 100).unwrap(), b"four;");
    assert_eq!(server.receive_until(b";", 4), Err(Error::TooLarge));
    assert_eq!(server.receive_until(b";", 5).unwrap(), b"five;");
    assert_eq!(server.receive_until(b";", 5000), Err(Error::TooLarge));
    assert_eq!(server.receive_until(b";", 6000).unwrap().len(), 5001);
    assert_eq!(server.receive_line(100).unwrap().as_deref(), Some(&b"rest"[..]));
    assert_eq!(server.receive_line(100).unwrap(), None);
}

#[test]
fn buffered_readers_of_std_work() {
    let (client, server) = pair();
    client.send(b"a\nb\nc").unwrap();
    drop(client);
    let lines: Vec<String> = BufReader::new(&server).lines().map(|line| line.unwrap()).collect();
    assert_eq!(lines, ["a", "b", "c"]);
}

#[test]
fn peek_consumes_nothing() {
    let (client, server) = pair();
    let mut buffer = [0; 10];
    assert_eq!(server.peek(&mut buffer), Ok(0));
    assert_eq!(server.try_receive(&mut buffer), Err(Error::WouldBlock));
    client.send(b"word").unwrap();
    assert_eq!(server.receive(&mut buffer[..1]), Ok(1));
    assert_eq!(server.peek(&mut buffer), Ok(3));
    assert_eq!(&buffer[..3], b"ord");
    assert_eq!(server.available(), Ok(3));
}

#[test]
fn a_read_timeout_is_for_each_read() {
    let (client, server) = pair();
    server.set_read_timeout(Some(Duration::from_millis(30))).unwrap();
    for _ in 0..2 {
        let start = Instant::now();
        assert_eq!(server.receive(&mut [0; 1]), Err(Error::TimedOut));
        assert!(start.elapsed() >= Duration::from_millis(30));
    }
    client.send(b"x").unwrap();
    server.set_read_timeout(None).unwrap();
    assert_eq!(server.receive(&mut [0; 1]), Ok(1));
    let error = {
        server.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
        (&server).read(&mut [0; 1]).unwrap_err()
    };
    assert_eq!((error.kind(), Error::of(&error)), (io::ErrorKind::TimedOut, Some(Error::TimedOut)));
}

#[test]
fn a_deadline_ends_a_read_that_waits() {
    let (_client, server) = pair();
    thread::scope(|scope| {
        let reader = scope.spawn(|| server.receive(&mut [0; 1]));
        server.set_read_deadline(Some(Instant::now())).unwrap();
        assert_eq!(reader.join().unwrap(), Err(Error::TimedOut));
    });
}

#[test]
fn a_write_timeout_is_for_each_write() {
    let (client, _server) = pair_of(&Options::new().write_queue(10_000));
    client.set_write_timeout(Some(Duration::from_millis(20))).unwrap();
    let start = Instant::now();
    // The system may take more a moment later, but not without end.
    while client.flush() != Err(Error::TimedOut) {
        assert!(start.elapsed() < LONG);
        let error = loop {
            if let Err(error) = client.send(&[0; 9000]) {
                break error;
            }
        };
        assert_eq!(error, Error::TimedOut);
    }
    assert!(client.pending().unwrap() > 0);
}

#[test]
fn policies_of_a_full_queue() {
    for policy in [WritePolicy::WouldBlock, WritePolicy::Close] {
        let (client, _server) = pair_of(&Options::new().write_queue(10_000).write_policy(policy));
        let error = loop {
            if let Err(error) = client.send(&[0; 9000]) {
                break error;
            }
        };
        assert_eq!(error, Error::NoRoom);
        if policy == WritePolicy::Close {
            let start = Instant::now();
            while client.close_record().unwrap().closed_by == ClosedBy::Nobody && start.elapsed() < LONG {
                thread::yield_now();
            }
            assert_eq!(client.close_record().unwrap().error, Some(Error::SlowReader));
            assert_eq!(client.send(b"x"), Err(Error::Closed));
        } else {
            assert_eq!(client.close_record().unwrap().closed_by, ClosedBy::Nobody);
        }
    }
}

#[test]
fn owned_memory_is_dropped_once() {
    struct Counted(Vec<u8>, Arc<AtomicUsize>);
    impl AsRef<[u8]> for Counted {
        fn as_ref(&self) -> &[u8] {
            &self.0
        }
    }
    impl Drop for Counted {
        fn drop(&mut self) {
            self.1.fetch_add(1, Ordering::SeqCst);
        }
    }
    let dropped = Arc::new(AtomicUsize::new(0));
    let (client, server) = pair();
    client.send_owned(Counted(content(100_000), dropped.clone())).unwrap();
    client.send_owned("static").unwrap();
    client.send_owned([1u8, 2, 3]).unwrap();
    client.end().unwrap();
    let all = server.receive_all(usize::MAX).unwrap();
    assert!(all[..100_000] == content(100_000)[..]);
    assert_eq!(&all[100_000..], b"static\x01\x02\x03");
    assert_eq!(client.send_owned(Counted(vec![1], dropped.clone())), Err(Error::Closed));
    client.close().unwrap();
    assert_eq!(dropped.load(Ordering::SeqCst), 2);
}

#[test]
fn a_panic_in_a_drop_ends_there() {
    struct Panics;
    impl AsRef<[u8]> for Panics {
        fn as_ref(&self) -> &[u8] {
            b"x"
        }
    }
    impl Drop for Panics {
        fn drop(&mut self) {
            std::panic::resume_unwind(Box::new("on purpose")); // without the hook's message
        }
    }
    let (client, server) = pair();
    client.send_owned(Panics).unwrap();
    client.send(b"y").unwrap();
    assert_eq!(server.receive_exactly(&mut [0; 2]), Ok(2));
}

#[test]
fn files_are_sent_in_order() {
    let path = folder("files").join("content");
    let all = content(2_000_000);
    std::fs::write(&path, &all).unwrap();
    let (client, server) = pair();
    client.send(b"<").unwrap();
    {
        let file = std::fs::File::open(&path).unwrap();
        assert_eq!(client.send_file(&file, 1_000, Some(1_500_000)), Ok(1_500_000));
        assert_eq!(client.send_file(&file, 1_999_999, None), Ok(1));
    }
    client.send(b">").unwrap();
    client.end().unwrap();
    let got = server.receive_all(usize::MAX).unwrap();
    assert!(got[1..1_500_001] == all[1_000..1_501_000]);
    assert_eq!((got[0], got[1_500_001], &got[1_500_002..]), (b'<', all[1_999_999], &b">"[..]));
}

#[test]
fn records_say_how_it_ended() {
    let (client, server) = pair();
    client.send(b"12345").unwrap();
    assert_eq!(server.receive_exactly(&mut [0; 5]), Ok(5));
    assert_eq!(server.close_record().unwrap().closed_by, ClosedBy::Nobody);
    let record = client.close().unwrap();
    assert_eq!((record.closed_by, record.phase, record.error), (ClosedBy::Local, Phase::Open, None));
    assert_eq!((record.bytes_read, record.bytes_written, record.bytes_unsent), (0, 5, 0));
    assert!(record.duration > Duration::ZERO && record.duration < LONG);
    assert_eq!(server.receive(&mut [0; 1]), Ok(0));
    assert_eq!(server.close().unwrap().bytes_read, 5);
}

#[test]
fn an_abort_is_a_reset_for_the_peer() {
    let (client, server) = pair();
    server.send(b"unread").unwrap();
    server.flush().unwrap();
    assert_eq!(client.receive_exactly(&mut [0; 1]), Ok(1));
    thread::scope(|scope| {
        let waiting = scope.spawn(|| server.receive(&mut [0; 1]));
        client.abort().unwrap();
        let result = waiting.join().unwrap();
        assert!(matches!(result, Err(Error::Reset) | Ok(0)), "{result:?}");
    });
    assert!(matches!(client.receive(&mut [0; 10]), Ok(5) | Err(_)));
    assert_eq!(client.send(b"x"), Err(Error::Closed));
}

#[test]
fn nobody_listens() {
    let (port, _held) = port_without_listener();
    let error = Connection::connect("127.0.0.1", port).unwrap_err();
    assert_eq!((error, error.kind()), (Error::Refused, io::ErrorKind::ConnectionRefused));
    assert_eq!(Connection::connect("127.0.0.1", 0).unwrap_err(), Error::InvalidArgument);
    assert_eq!(Connection::connect("with\0nul", 1).unwrap_err(), Error::BadAddress);
    assert_eq!(Options::new().source_address("with\0nul").connect("localhost", 1).unwrap_err(), Error::BadAddress);
    assert_eq!(Connection::connect_path("/nowhere/at/all").unwrap_err().kind(), io::ErrorKind::NotFound);
}

#[test]
fn names_are_looked_up() {
    let listener = Listener::bind("*", 0).unwrap();
    for family in [Family::Both, Family::V4] {
        let client = Options::new().family(family).connect("localhost", listener.port()).unwrap();
        assert!(client.peer_address().unwrap().ip().unwrap().ip().is_loopback());
        listener.accept().unwrap();
    }
}

#[test]
fn addresses_of_both_ends() {
    let (client, server) = pair();
    assert_eq!(client.local_address(), server.peer_address());
    assert_eq!(client.peer_address(), server.local_address());
    let address = client.local_address().unwrap();
    assert_eq!(address.to_string(), format!("127.0.0.1:{}", address.port().unwrap()));
}

#[test]
fn unix_sockets() {
    let path = folder("unix").join("socket");
    let listener = Listener::bind_path(&path).unwrap();
    assert_eq!(listener.local_address(), Ok(Address::Path(path.clone())));
    assert_eq!(listener.port(), 0);
    let client = Connection::connect_path(&path).unwrap();
    let server = listener.accept().unwrap();
    client.send(b"by path").unwrap();
    client.end().unwrap();
    assert_eq!(server.receive_all(100).unwrap(), b"by path");
    drop(listener);
    while path.exists() {
        thread::yield_now();
    }
}

#[test]
fn a_closed_listener_ends_the_iterator() {
    let listener = Listener::bind("127.0.0.1", 0).unwrap();
    let (sender, receiver) = mpsc::channel();
    let listener = &listener;
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut incoming = listener.incoming();
            for connection in incoming.by_ref() {
                sender.send(connection.unwrap().peer_address().unwrap()).unwrap();
            }
            assert!(incoming.next().is_none());
        });
        for _ in 0..3 {
            let client = Connection::connect("127.0.0.1", listener.port()).unwrap();
            assert_eq!(receiver.recv_timeout(LONG), Ok(client.local_address().unwrap()));
        }
        listener.close().unwrap();
    });
    let after = listener.accept_timeout(Duration::ZERO).unwrap_err();
    assert!(matches!(after, Error::Canceled | Error::Closed), "{after:?}");
}

#[test]
fn accept_waits_for_its_time() {
    let listener = Listener::bind("127.0.0.1", 0).unwrap();
    assert_eq!(listener.accept_timeout(Duration::from_millis(10)).unwrap_err(), Error::TimedOut);
    let other = Listener::bind("127.0.0.1", listener.port()).unwrap_err();
    assert_eq!((other, other.kind()), (Error::AddressInUse, io::ErrorKind::AddrInUse));
    let next = Options::new().listen_any("127.0.0.1", listener.port()).unwrap();
    assert!(next.port() > listener.port());
}

#[test]
fn descriptors_come_in_and_go_out() {
    let std_listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let stream = TcpStream::connect(std_listener.local_addr().unwrap()).unwrap();
    let (mut peer, _) = std_listener.accept().unwrap();
    let connection = Options::new().adopt(stream).unwrap();
    connection.send(b"in").unwrap();
    connection.flush().unwrap();
    let mut buffer = [0; 3];
    peer.read_exact(&mut buffer[..2]).unwrap();
    peer.write_all(b"unread").unwrap();
    while connection.available().unwrap() < 6 {
        thread::yield_now();
    }
    // Nothing is lost when it cannot be taken out.
    let refused = connection.into_fd().unwrap_err();
    assert_eq!(refused.error(), Error::Busy);
    let connection = refused.into_inner();
    assert_eq!(connection.receive_exactly(&mut [0; 6]), Ok(6));
    let mut stream = TcpStream::from(connection.into_fd().unwrap());
    stream.set_nonblocking(false).unwrap();
    stream.write_all(b"out").unwrap();
    peer.read_exact(&mut buffer).unwrap();
    assert_eq!(&buffer, b"out");
    // No stream socket: it is given to its owner again.
    let file = std::fs::File::open("/dev/null").unwrap();
    let refused = Options::new().adopt(file).unwrap_err();
    assert_eq!(refused.error(), Error::InvalidArgument);
    drop(refused.into_inner());
}

#[test]
fn idle_connections_end() {
    let (client, server) = pair_of(&Options::new().idle_timeout(Duration::from_millis(30)));
    assert_eq!(server.receive(&mut [0; 1]), Ok(0));
    let record = client.close().unwrap();
    assert_eq!((record.phase, record.closed_by), (Phase::Idle, ClosedBy::Library));
    assert_eq!(record.error, Some(Error::TimedOut));
}

#[test]
fn one_thread_reads_at_a_time() {
    let (client, server) = pair();
    thread::scope(|scope| {
        let first = scope.spawn(|| loop {
            match server.receive(&mut [0; 1]) {
                Err(Error::Busy) => thread::yield_now(), // the other one's attempt was under way
                result => break result,
            }
        });
        // Until the other one waits.
        while server.try_receive(&mut [0; 1]) != Err(Error::Busy) {
            thread::yield_now();
        }
        client.send(b"x").unwrap();
        assert_eq!(first.join().unwrap(), Ok(1));
    });
}

#[test]
fn each_error_has_a_kind_and_a_text() {
    for code in -60..0 {
        let error = Error::from_code(code);
        assert_eq!(error.code(), code);
        assert!(!error.to_string().is_empty());
        assert_eq!(Error::of(&error.into()), Some(error));
        assert_ne!(error.kind(), io::ErrorKind::Interrupted);
        let is_unknown = matches!(error, Error::Unknown(_));
        assert_eq!(error.name().starts_with("RESEAU_ERROR_"), !is_unknown, "{}", error.name());
    }
    assert!(matches!(Error::from_code(-30_000), Error::Unknown(-30_000)));
}

#[test]
fn it_is_for_any_thread() {
    fn is<T: Send + Sync>() {}
    is::<Connection>();
    is::<Listener>();
    is::<reseau::DatagramSocket>();
    is::<reseau::Loop>();
    is::<Options>();
    is::<Error>();
}
