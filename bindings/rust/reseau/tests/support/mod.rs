// SPDX-License-Identifier: Apache-2.0
//! What several tests need.
#![allow(dead_code)] // each uses a part of it

use reseau::{Connection, Listener, Options};
use std::future::Future;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Once};
use std::task::{Context, Poll, Wake};
use std::thread::{self, Thread};

/// Both ends of a connection over loopback.
pub fn pair_of(options: &Options) -> (Connection, Connection) {
    let listener = Listener::bind("127.0.0.1", 0).unwrap();
    let client = options.connect("127.0.0.1", listener.port()).unwrap();
    (client, listener.accept().unwrap())
}

pub fn pair() -> (Connection, Connection) {
    pair_of(&Options::new())
}

/// A port on which nobody listens, and which nobody else gets while the sockets live: the client's of a connection.
pub fn port_without_listener() -> (u16, (TcpListener, TcpStream)) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    (stream.local_addr().unwrap().port(), (listener, stream))
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs one future on this thread.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = Box::pin(future);
    let waker = Arc::new(Unpark(thread::current())).into();
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// Polls a future once.
pub fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    let waker = Arc::new(Unpark(thread::current())).into();
    std::pin::Pin::new(future).poll(&mut Context::from_waker(&waker))
}

/// The folder that `bindings/certificates.sh` has filled: "ca.crt"; "server.crt", "revoked.crt", "must_staple.crt" and
/// "other.crt", each with its ".key"; "revoked.crl", "empty.crl"; "good.ocsp", "revoked.ocsp".
pub fn certificates() -> &'static Path {
    static ONCE: Once = Once::new();
    static mut FOLDER: Option<PathBuf> = None;
    ONCE.call_once(|| {
        let folder = folder("certificates");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../certificates.sh");
        let status = Command::new(script).arg(&folder).status().unwrap();
        assert!(status.success(), "{}", std::fs::read_to_string(folder.join("log")).unwrap());
        unsafe { FOLDER = Some(folder) };
    });
    unsafe { FOLDER.as_deref() }.unwrap()
}

/// An empty folder for this process.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Bytes that repeat late.
pub fn content(length: usize) -> Vec<u8> {
    // A block whose size is a prime, with its number.
    let block: Vec<u8> = (0..4093u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut content = Vec::with_capacity(length + 4101);
    for number in 0u64.. {
        if content.len() >= length {
            break;
        }
        content.extend_from_slice(&number.to_le_bytes());
        content.extend_from_slice(&block);
    }
    content.truncate(length);
    content
}

/// Descriptors that this process has open.
pub fn open_descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}
