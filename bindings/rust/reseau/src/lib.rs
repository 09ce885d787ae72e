// SPDX-License-Identifier: Apache-2.0
//! Networking on libreseau: connections, listeners, datagrams, names and TLS, with nothing beside std.
//!
//! - [`Connection`] and [`Listener`] block, as those of [`std::net`] do, and have what is missed there: names with a race
//!   of addresses, limits of time, TLS by an option, whole writes by many threads, files that the kernel sends, and a
//!   [`CloseRecord`] of how each connection ended.
//! - [`aio`] has the same as futures, which run under any executor: they need a [`std::task::Waker`] and nothing else.
//! - [`DatagramSocket`] is UDP, alone or in batches, with multicast.
//! - [`Hook`] puts compression, framing or a cipher of the program's on a connection; [`File`] and [`watch()`] are files
//!   on disk; counters, [`TcpInfo`] and [`CaptureOptions`] show what happens.
//! - [`Loop`], [`post`], [`resolve`], [`interface_addresses`] are there for those who need them.
//!
//! ```no_run
//! use std::io::{Read, Write};
//! # fn main() -> std::io::Result<()> {
//! let mut server = reseau::Options::new().tls(reseau::Tls::client()).connect("example.com", 443)?;
//! server.write_all(b"GET / HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n")?;
//! let mut answer = String::new();
//! server.read_to_string(&mut answer)?;
//! # Ok(()) }
//! ```
//!
//! # Ends
//!
//! What is dropped is closed: a connection behind what is queued, in the background. The process may end at any time;
//! what connections that were dropped still have queued then gets up to a second. A forked child gets
//! [`Error::Forked`] from what its parent has made, and may drop that; it makes its own. Panics of functions that the
//! library calls end there.
//!
//! # Threads
//!
//! Everything here is [`Send`] and [`Sync`] but iterators and futures, which are as far as what they hold is. Nothing
//! that blocks may be called on the thread of a loop, say in a function that was posted: [`Error::WouldBlockLoop`].
#![deny(missing_docs)]
#![deny(unsafe_op_in_unsafe_fn)]
#![warn(rust_2018_idioms)]

mod address;
pub mod aio;
mod capture;
mod close_record;
mod connection;
mod datagram;
mod error;
mod event_loop;
#[cfg(unix)]
mod files;
mod handle;
mod hooks;
mod inspect;
mod listener;
mod names;
mod options;
mod tls;
mod tls_info;
#[cfg(unix)]
mod watch;

pub use address::{Address, Family, Ip};
pub use capture::{Capture, CaptureInfo, CaptureOptions};
pub use close_record::{CloseRecord, ClosedBy, Phase};
pub use connection::Connection;
pub use datagram::{DatagramBatch, DatagramOptions, DatagramSocket, Received};
pub use error::{Error, Refused, Result};
pub use event_loop::{is_on_loop, post, Loop};
#[cfg(unix)]
pub use files::{file_info, load_file, store_file, File, FileInfo, FileKind, FileOptions};
pub use hooks::{Hook, HookBytes, HookId, HookResult, HookStep};
pub use inspect::{process_counters, Attempt, Counters, ProcessCounters, TcpInfo};
pub use listener::{Incoming, Listener};
pub use names::{interface_addresses, resolve, resolve_reverse, InterfaceAddress};
pub use options::{version, Options, WritePolicy};
pub use tls::{Pkcs11Key, Tls, TlsCertificate};
pub use tls_info::{Certificate, TlsInfo};
#[cfg(unix)]
pub use watch::{watch, watch_gathering, Change, ChangeKind, Changes, Watch};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
