// SPDX-License-Identifier: Apache-2.0
//! Hooks: what bytes become, failures and panics, and how long a hook is there.

mod support;

use reseau::{aio, Connection, Error, Hook, HookBytes, HookResult, HookStep, Options, Tls};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{mpsc, Arc};
use std::thread;
use std::time::Duration;
use support::{block_on, certificates, content, pair};

const LONG: Duration = Duration::from_secs(60);

/// Adds a number to each byte that goes out, and takes it from each that comes in.
struct Shift(u8);

impl Shift {
    fn pass(&self, bytes: &mut HookBytes<'_>, add: u8) -> HookResult {
        let (input, output) = bytes.split();
        let length = input.len().min(output.len());
        output.iter_mut().zip(input).for_each(|(to, from)| *to = from.wrapping_add(add));
        bytes.consume(length);
        bytes.produce(length);
        bytes.more_if_input_is_left()
    }
}

impl Hook for Shift {
    fn read(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
        self.pass(bytes, 0u8.wrapping_sub(self.0))
    }

    fn write(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
        self.pass(bytes, self.0)
    }
}

/// Frames of a length and so many bytes; holds back until a flush, and ends with a frame of no bytes.
#[derive(Default)]
struct Frames {
    held: VecDeque<u8>,
    has_closed: bool,
}

impl Frames {
    fn put_frame(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
        while !self.held.is_empty() {
            let room = bytes.output().len();
            if room < 2 {
                return Ok(HookStep::More);
            }
            let part: Vec<u8> = self.held.drain(..(room - 1).min(self.held.len()).min(255)).collect();
            bytes.put(&[part.len() as u8]);
            bytes.put(&part);
        }
        Ok(HookStep::Done)
    }
}

impl Hook for Frames {
    fn read(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
        loop {
            let (input, output) = bytes.split();
            let length = match input.first() {
                None => return Ok(HookStep::Done),
                Some(0) => {
                    bytes.consume(1);
                    return Ok(HookStep::End);
                }
                Some(&length) => usize::from(length),
            };
            if input.len() <= length {
                return Ok(HookStep::Done);
            }
            if output.len() < length {
                return Ok(HookStep::More);
            }
            output[..length].copy_from_slice(&input[1..=length]);
            bytes.consume(1 + length);
            bytes.produce(length);
        }
    }

    fn write(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
        self.held.extend(bytes.input());
        bytes.consume(bytes.input().len());
        Ok(HookStep::Done)
    }

    fn flush(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
        self.put_frame(bytes)
    }

    fn close(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
        if self.put_frame(bytes)? == HookStep::More || bytes.put(&[0]) == 0 {
            return Ok(HookStep::More);
        }
        self.has_closed = true;
        Ok(HookStep::Done)
    }
}

fn exchange(client: &Connection, server: &Connection, all: &[u8]) {
    thread::scope(|scope| {
        scope.spawn(|| {
            client.send(all).unwrap();
            client.end().unwrap();
        });
        assert!(server.receive_all(usize::MAX).unwrap() == all);
    });
}

#[test]
fn bytes_go_through_hooks_that_stand_on_one_another() {
    let (client, server) = pair();
    for connection in [&client, &server] {
        connection.add_hook(Shift(3)).unwrap();
        connection.add_hook(Frames::default()).unwrap();
    }
    let all = content(2_000_000);
    exchange(&client, &server, &all);
    exchange(&server, &client, &all);
}

#[test]
fn a_hook_changes_what_the_peer_sees() {
    let (client, server) = pair();
    client.add_hook(Shift(1)).unwrap();
    client.send(b"abc").unwrap();
    let mut seen = [0; 3];
    server.receive_exactly(&mut seen).unwrap();
    assert_eq!(&seen, b"bcd");
    server.send(b"bcd").unwrap();
    client.receive_exactly(&mut seen).unwrap();
    assert_eq!(&seen, b"abc");
}

#[test]
fn hooks_above_and_below_tls() {
    let listener = reseau::Listener::bind("127.0.0.1", 0).unwrap();
    let client = Connection::connect("localhost", listener.port()).unwrap();
    let server = listener.accept().unwrap();
    client.add_hook(Shift(7)).unwrap();
    server.add_hook(Shift(7)).unwrap();
    thread::scope(|scope| {
        let certificate = Tls::server(certificates().join("server.crt"), certificates().join("server.key"));
        let server = &server;
        scope.spawn(move || server.start_tls_server(&certificate).unwrap());
        let tls = Tls::client().ca_file(certificates().join("ca.crt")).server_name("localhost");
        client.start_tls(&tls).unwrap();
    });
    client.add_hook(Frames::default()).unwrap();
    server.add_hook(Frames::default()).unwrap();
    exchange(&client, &server, &content(300_000));
}

#[test]
fn what_nobody_has_read_goes_through_a_new_hook() {
    let (client, server) = pair();
    client.send(b"bcd").unwrap();
    while server.available().unwrap() < 3 {
        thread::yield_now();
    }
    server.add_hook(Shift(1)).unwrap();
    let mut seen = [0; 3];
    server.receive_exactly(&mut seen).unwrap();
    assert_eq!(&seen, b"abc");
}

type Function = fn(&mut HookBytes<'_>) -> HookResult;

struct Failing(Function);

impl Hook for Failing {
    fn read(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
        self.0(bytes)
    }
}

#[test]
fn failures_and_panics_end_the_connection() {
    let quiet: Function = |_| std::panic::resume_unwind(Box::new("on purpose"));
    let cases: [(Function, i32); 4] = [
        (|_| Err(-1234), -1234),
        (|_| Err(7), Error::Hook.code()),
        (quiet, Error::Hook.code()),
        // More without anything done cannot be.
        (|_| Ok(HookStep::More), Error::InvalidArgument.code()),
    ];
    for (function, cause) in cases {
        let (client, server) = pair();
        server.add_hook(Failing(function)).unwrap();
        client.send(b"x").unwrap();
        assert_eq!(server.receive(&mut [0; 1]), Err(Error::Hook));
        let record = server.close_record().unwrap();
        assert_eq!((record.error, record.cause), (Some(Error::Hook), cause));
    }
}

#[test]
fn a_stream_that_is_cut_is_a_failure() {
    let (client, server) = pair();
    server.add_hook(Frames::default()).unwrap();
    client.send(b"\x05abc").unwrap();
    client.end().unwrap();
    assert_eq!(server.receive(&mut [0; 1]), Err(Error::Hook));
    assert_eq!(server.close_record().unwrap().cause, Error::EndOfStream.code());
}

/// Counts how often it is dropped.
struct Counted(Arc<AtomicUsize>, mpsc::Sender<()>);

impl Hook for Counted {}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
        let _ = self.1.send(());
    }
}

#[test]
fn a_hook_is_dropped_once_at_the_end() {
    let count = Arc::new(AtomicUsize::new(0));
    let (sender, dropped) = mpsc::channel();
    for round in 0..100 {
        let (client, server) = pair();
        client.add_hook(Counted(count.clone(), sender.clone())).unwrap();
        client.send(b"x").unwrap();
        server.receive_exactly(&mut [0; 1]).unwrap();
        assert_eq!(count.load(Ordering::SeqCst), round);
        match round % 3 {
            0 => drop(client),
            1 => client.abort().unwrap(),
            _ => assert!(client.close().unwrap().error.is_none()),
        }
        dropped.recv_timeout(LONG).unwrap();
        assert_eq!(count.load(Ordering::SeqCst), round + 1);
    }
    // Also one that could not be added.
    let (client, _server) = pair();
    client.abort().unwrap();
    while client.add_hook(Counted(count.clone(), sender.clone())).is_ok() {}
    dropped.recv_timeout(LONG).unwrap();
    assert!(count.load(Ordering::SeqCst) > 100);
}

/// A hook that writes to its own connection, and closes it.
struct Answers(Arc<Connection>);

impl Hook for Answers {
    fn read(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
        assert!(bytes.connection() > 0);
        self.0.send(b"answer").map_err(|error| error.code())?;
        assert_eq!(self.0.receive(&mut [0; 1]), Err(Error::WouldBlockLoop));
        self.0.end().map_err(|error| error.code())?;
        bytes.pass()
    }
}

#[test]
fn a_hook_may_call_the_library() {
    let (client, server) = pair();
    let server = Arc::new(server);
    server.add_hook(Answers(server.clone())).unwrap();
    client.send(b"question").unwrap();
    assert_eq!(client.receive_all(100).unwrap(), b"answer");
    server.abort().unwrap();
}

#[test]
fn a_flush_that_is_asked_for() {
    struct Says;
    impl Hook for Says {
        fn flush(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
            bytes.put(b"flushed");
            Ok(HookStep::Done)
        }
    }
    let (client, server) = pair();
    client.add_hook(Says).unwrap();
    client.flush_hooks().unwrap();
    assert_eq!(server.receive_exactly(&mut [0; 7]), Ok(7));
}

#[test]
fn hooks_of_asynchronous_connections() {
    block_on(async {
        let listener = Options::new().listen_async("127.0.0.1", 0).unwrap();
        let client = aio::Connection::connect("127.0.0.1", listener.port()).await.unwrap();
        let server = listener.accept().await.unwrap();
        client.write_all(b"x").await.unwrap();
        let mut byte = [0; 1];
        // What has come and was not read is no hook's any more.
        while server.counters().unwrap().reads == 0 {
            thread::yield_now();
        }
        assert_eq!(server.add_hook(Shift(1)), Err(Error::Busy));
        server.read_exact(&mut byte).await.unwrap();
        server.add_hook(Shift(1)).unwrap();
        client.add_hook(Shift(1)).unwrap();
        client.write_all(b"hello").await.unwrap();
        client.end().unwrap();
        assert_eq!(server.read_to_end(100).await.unwrap(), b"hello");
        server.flush_hooks().unwrap();
    });
}

#[test]
fn a_hook_is_taken_away() {
    let (client, server) = pair();
    let hooks = [client.add_hook(Shift(1)).unwrap(), server.add_hook(Shift(1)).unwrap()];
    let mut seen = [0; 3];
    client.send(b"one").unwrap();
    server.receive_exactly(&mut seen).unwrap();
    assert_eq!(&seen, b"one");
    server.remove_hook(hooks[1]).unwrap();
    assert_eq!(server.remove_hook(hooks[1]), Err(Error::NotFound));
    client.send(b"HAL").unwrap();
    server.receive_exactly(&mut seen).unwrap();
    assert_eq!(&seen, b"IBM");
    client.remove_hook(hooks[0]).unwrap();
    client.send(b"two").unwrap();
    server.receive_exactly(&mut seen).unwrap();
    assert_eq!(&seen, b"two");
}

/// In capitals, up to a dot.
struct UpToADot;

impl Hook for UpToADot {
    fn read(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
        let length = bytes.input().iter().position(|&byte| byte == b'.').unwrap_or_else(|| bytes.input().len());
        let has_dot = length < bytes.input().len();
        let part = bytes.input()[..length].to_ascii_uppercase();
        assert_eq!(bytes.put(&part), length);
        bytes.consume(length + usize::from(has_dot));
        if has_dot {
            bytes.leave().unwrap();
        }
        Ok(HookStep::Done)
    }
}

#[test]
fn a_hook_takes_itself_away_at_a_place() {
    let (client, server) = pair();
    server.add_hook(UpToADot).unwrap();
    client.send(b"first.second.").unwrap();
    let mut seen = [0; 12];
    server.receive_exactly(&mut seen).unwrap();
    assert_eq!(&seen, b"FIRSTsecond.");
}

#[test]
fn the_id_of_a_hook_that_has_left_is_no_others() {
    let (client, _server) = pair();
    let first = client.add_hook(Shift(1)).unwrap();
    client.remove_hook(first).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(50));
    for _ in 0..20 {
        let other = client.add_hook(Shift(1)).unwrap();
        assert_ne!(other, first);
        assert_eq!(client.remove_hook(first), Err(Error::NotFound));
        client.remove_hook(other).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}
