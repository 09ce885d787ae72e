// SPDX-License-Identifier: Apache-2.0
//! Memory and descriptors are released. They are counted for the whole process, so these tests are not among others, and
//! one runs at a time.

mod support;

use reseau::{aio, Connection, Listener, Options};
use std::sync::{Mutex, MutexGuard};
use support::{block_on, open_descriptors, poll_once};

static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(|failed| failed.into_inner())
}

fn resident() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap();
    text.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
}

/// The state of a connection is freed, whoever ends it, at whatever time.
#[test]
fn memory_of_asynchronous_connections() {
    let _alone = alone();
    let round = || {
        block_on(async {
            let listener = Options::new().listen_async("127.0.0.1", 0).unwrap();
            let client = aio::Connection::connect("127.0.0.1", listener.port()).await.unwrap();
            let server = listener.accept().await.unwrap();
            client.write_all(&[1; 50_000]).await.unwrap();
            server.read_exact(&mut [0; 1]).await.unwrap();
            let mut connect = aio::Connection::connect("127.0.0.1", 9);
            let _ = poll_once(&mut connect);
            drop(client);
            server.close().await;
        });
    };
    (0..100).for_each(|_| round());
    let before = resident();
    (0..400).for_each(|_| round());
    // Each round that leaked its buffer would leave 50 KB: 20 MB together.
    assert!(resident() < before + 12_000_000, "{before}, then {}", resident());
}

/// Nothing is left behind by connections that come and go.
#[test]
fn descriptors_of_connections() {
    let _alone = alone();
    let listener = Listener::bind("127.0.0.1", 0).unwrap();
    let mut before = 0;
    for round in 0..300 {
        let client = Connection::connect("127.0.0.1", listener.port()).unwrap();
        let server = listener.accept().unwrap();
        client.send(b"x").unwrap();
        assert_eq!(server.receive(&mut [0; 1]), Ok(1));
        client.close().unwrap();
        server.close().unwrap();
        if round == 100 {
            before = open_descriptors();
        }
    }
    assert!(open_descriptors() <= before + 20, "{before}, then {}", open_descriptors());
}
