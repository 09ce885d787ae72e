// SPDX-License-Identifier: Apache-2.0
//! The same as futures, on [`std::future::Future`] and [`std::task::Waker`] alone: they run under any executor, and on
//! any thread. The library's loops wake them; nothing has to be started.
//!
//! Futures may be dropped at any time. What a dropped read had not returned is there for the next one; a dropped write
//! was queued as a whole, or not at all.
//!
//! Each operation is also there as a `poll_` function, with which the traits of an executor's own are a few lines. The
//! sample `executor` has a whole executor in 50 lines.
//!
//! ```
//! use reseau::aio::{Connection, Listener};
//! # fn main() -> reseau::Result<()> {
//! async fn greet(listener: &Listener) -> reseau::Result<()> {
//!     let (client, server) = (Connection::connect("127.0.0.1", listener.port()).await?, listener.accept().await?);
//!     server.write_all(b"hello").await?;
//!     server.end()?;
//!     let text = client.read_to_end(100).await?;
//!     assert_eq!(text, b"hello");
//!     Ok(())
//! }
//! # struct Wake(std::thread::Thread);
//! # impl std::task::Wake for Wake { fn wake(self: std::sync::Arc<Self>) { self.0.unpark() } }
//! # let waker = std::sync::Arc::new(Wake(std::thread::current())).into();
//! # let listener = Listener::bind("127.0.0.1", 0)?;
//! # let mut future = Box::pin(greet(&listener));
//! # loop {
//! #     let context = &mut std::task::Context::from_waker(&waker);
//! #     if let std::task::Poll::Ready(result) = future.as_mut().poll(context) { return result; }
//! #     std::thread::park();
//! # }
//! # use std::future::Future;
//! # }
//! ```

mod connection;
mod datagram;
#[cfg(unix)]
mod files;
mod listener;
mod state;
mod time;
mod upgrade;
#[cfg(unix)]
mod watch;

pub use connection::{Connect, Connection};
pub use datagram::DatagramSocket;
#[cfg(unix)]
pub use files::{load_file, store_file, File};
pub use listener::Listener;
#[cfg(unix)]
pub(crate) use state::Wakers;
pub use time::{sleep, timeout, Sleep, Timeout};
#[cfg(unix)]
pub use watch::{watch, watch_gathering, Watch};
