// SPDX-License-Identifier: Apache-2.0
//! Exits, forks and loops: each test that ends a process runs this program again, for itself alone.

mod support;

use reseau::{is_on_loop, post, Connection, Error, Listener, Loop, Options};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};
use support::{block_on, content, port_without_listener};

const PORT: &str = "RESEAU_TEST_PORT";

/// Runs one test of this program in a process of its own, which gets the port; returns its exit status.
fn again(test: &str, port: u16) -> Option<i32> {
    let program = std::env::current_exe().unwrap();
    let child = Command::new(program)
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(PORT, port.to_string())
        .stdout(Stdio::null())
        .status();
    child.unwrap().code()
}

fn port_of_parent() -> Option<u16> {
    std::env::var(PORT).ok().map(|port| port.parse().unwrap())
}

/// What was written before a drop reaches the peer, although the process ends right after it.
#[test]
fn a_drop_before_the_exit_loses_nothing() {
    if let Some(port) = port_of_parent() {
        let connection = Connection::connect("127.0.0.1", port).unwrap();
        connection.send(&content(600_000)).unwrap();
        drop(connection);
        std::process::exit(7);
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let child = thread::spawn(move || again("a_drop_before_the_exit_loses_nothing", port));
    let mut got = Vec::new();
    listener.accept().unwrap().0.read_to_end(&mut got).unwrap();
    assert_eq!(got.len(), 600_000);
    assert!(got == content(600_000));
    assert_eq!(child.join().unwrap(), Some(7));
}

/// Nothing that lives keeps the process, and the exit status is the program's.
#[test]
fn an_exit_with_everything_alive() {
    if let Some(port) = port_of_parent() {
        let listener = Listener::bind("127.0.0.1", 0).unwrap();
        let connection = Connection::connect("127.0.0.1", port).unwrap();
        let own = Connection::connect("127.0.0.1", listener.port()).unwrap();
        thread::spawn(move || connection.receive(&mut [0; 1]));
        thread::spawn(move || listener.incoming().for_each(std::mem::forget));
        let task = reseau::aio::Listener::bind("127.0.0.1", 0).unwrap();
        thread::spawn(move || block_on(async move { task.accept().await.map(drop) }));
        thread::spawn(|| block_on(reseau::aio::sleep(Duration::from_secs(3600))));
        own.send(b"x").unwrap();
        std::process::exit(8);
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let start = Instant::now();
    let status = again("an_exit_with_everything_alive", listener.local_addr().unwrap().port());
    assert_eq!(status, Some(8));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

/// A peer that takes nothing does not keep the process for long.
#[test]
fn an_exit_with_a_peer_that_does_not_read() {
    if let Some(port) = port_of_parent() {
        let options = Options::new().write_queue(usize::MAX);
        let connection = options.connect("127.0.0.1", port).unwrap();
        connection.send(&vec![0; 30_000_000]).unwrap();
        drop(connection);
        std::process::exit(9);
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let start = Instant::now();
    let status = again("an_exit_with_a_peer_that_does_not_read", listener.local_addr().unwrap().port());
    assert_eq!(status, Some(9));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

extern "C" {
    fn fork() -> i32;
    fn waitpid(child: i32, status: *mut i32, options: i32) -> i32;
    fn _exit(status: i32) -> !;
}

/// A child is refused what its parent has made, drops it without harm, and makes its own.
#[test]
fn a_forked_child() {
    if let Some(port) = port_of_parent() {
        let listener = Listener::bind("127.0.0.1", 0).unwrap();
        let connection = Connection::connect("127.0.0.1", listener.port()).unwrap();
        let accepted = listener.accept().unwrap();
        let child = unsafe { fork() };
        if child == 0 {
            let is_refused = connection.send(b"x") == Err(Error::Forked)
                && listener.accept().map(drop) == Err(Error::Forked)
                && listener.incoming().count() == 1;
            drop((connection, accepted, listener));
            let own = Connection::connect("127.0.0.1", port).unwrap();
            own.send(b"child").unwrap();
            let is_sent = own.close().is_ok();
            unsafe { _exit(if is_refused && is_sent { 0 } else { 1 }) };
        }
        let mut status = 0;
        assert_eq!(unsafe { waitpid(child, &mut status, 0) }, child);
        connection.send(b"parent").unwrap();
        assert_eq!(accepted.receive_exactly(&mut [0; 6]), Ok(6));
        std::process::exit(if status == 0 { 10 } else { 1 });
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let child = thread::spawn(move || again("a_forked_child", port));
    let mut text = String::new();
    listener.accept().unwrap().0.read_to_string(&mut text).unwrap();
    assert_eq!(text, "child");
    assert_eq!(child.join().unwrap(), Some(10));
}

#[test]
fn a_loop_of_the_programs() {
    let event_loop = Loop::new().unwrap();
    let (sender, receiver) = mpsc::channel();
    for number in 0..3 {
        let sender = sender.clone();
        event_loop.post(move || sender.send((number, is_on_loop())).unwrap()).unwrap();
    }
    event_loop.run(Some(Duration::ZERO)).unwrap();
    assert_eq!(receiver.try_iter().collect::<Vec<_>>(), [(0, true), (1, true), (2, true)]);
    thread::scope(|scope| {
        scope.spawn(|| {
            let listener = Options::new().on(&event_loop).listen("127.0.0.1", 0).unwrap();
            let mut client = std::net::TcpStream::connect(("127.0.0.1", listener.port())).unwrap();
            let accepted = listener.accept().unwrap();
            client.write_all(b"x").unwrap();
            assert_eq!(accepted.receive(&mut [0; 1]), Ok(1));
            assert_eq!(event_loop.run(None), Err(Error::Busy));
            event_loop.stop().unwrap();
        });
        event_loop.run(None).unwrap();
    });
    // Functions that are not called any more are dropped.
    event_loop.post(move || drop(sender)).unwrap();
    drop(event_loop);
    assert_eq!(receiver.recv_timeout(Duration::from_secs(60)), Err(mpsc::RecvTimeoutError::Disconnected));
}

#[test]
fn nothing_blocks_on_a_loop() {
    let (sender, receiver) = mpsc::channel();
    post(move || {
        let (port, _held) = port_without_listener();
        sender.send(Connection::connect("127.0.0.1", port).map(drop)).unwrap();
    })
    .unwrap();
    assert_eq!(receiver.recv_timeout(Duration::from_secs(60)), Ok(Err(Error::WouldBlockLoop)));
    assert!(!is_on_loop());
}

#[test]
fn a_panic_in_a_posted_function_ends_there() {
    let (sender, receiver) = mpsc::channel();
    let event_loop = Loop::new().unwrap();
    event_loop.post(|| std::panic::resume_unwind(Box::new("on purpose"))).unwrap();
    event_loop.post(move || sender.send(()).unwrap()).unwrap();
    event_loop.run(Some(Duration::ZERO)).unwrap();
    assert_eq!(receiver.try_recv(), Ok(()));
}

/// What a panic was about, which panics when it is dropped, as the next one does.
struct PanicsWhenDropped(u8);

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        if self.0 > 0 {
            std::panic::resume_unwind(Box::new(PanicsWhenDropped(self.0 - 1)));
        }
    }
}

#[test]
fn a_panic_about_what_panics_when_it_is_dropped_ends_there() {
    let (sender, receiver) = mpsc::channel();
    let event_loop = Loop::new().unwrap();
    event_loop.post(|| std::panic::resume_unwind(Box::new(PanicsWhenDropped(3)))).unwrap();
    event_loop.post(move || sender.send(()).unwrap()).unwrap();
    event_loop.run(Some(Duration::ZERO)).unwrap();
    assert_eq!(receiver.try_recv(), Ok(()));
}
