// SPDX-License-Identifier: Apache-2.0
use super::state::{lock, Place, Waiting, Wakers};
use crate::address::{Address, Ip};
use crate::datagram::{send_to, DatagramOptions, Received};
use crate::error::{check, done, Error, Result};
use crate::handle::{c_string, guard, Handle};
use reseau_sys as raw;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::os::raw::{c_char, c_void};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// So many datagrams may wait here; others wait in the system's queue.
const MAX_WAITING: usize = 64;

#[derive(Default)]
struct Shared(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    waiting: VecDeque<(Box<[u8]>, SocketAddr)>,
    is_paused: bool,
    ended: Option<Error>,
    receivers: Wakers,
}

/// Datagrams over UDP whose receives are futures. Sending never waits.
pub struct DatagramSocket {
    handle: Handle,
    shared: Arc<Shared>,
}

unsafe extern "C" fn on_datagram(id: i64, datagram: *const raw::reseau_datagram, state: *mut c_void) {
    guard(|| {
        let (datagram, shared) = unsafe { (&*datagram, &*(state as *const Shared)) };
        let data: Box<[u8]> = match datagram.length {
            0 => Box::default(),
            length => unsafe { std::slice::from_raw_parts(datagram.data as *const u8, length) }.into(),
        };
        let mut inner = lock(&shared.0);
        inner.waiting.push_back((data, Ip::from_raw(&datagram.ip).with_port(datagram.port)));
        if inner.waiting.len() >= MAX_WAITING && !inner.is_paused {
            inner.is_paused = true;
            unsafe { raw::reseau_pause(id) };
        }
        let receivers = inner.receivers.take();
        drop(inner);
        receivers.wake();
    });
}

/// The last callback: the library's reference to the state ends with it.
unsafe extern "C" fn on_close(_: i64, error: i32, state: *mut c_void) {
    guard(|| {
        let shared = unsafe { Arc::from_raw(state as *const Shared) };
        let mut inner = lock(&shared.0);
        inner.ended = Some(if error == 0 { Error::Canceled } else { Error::from_code(error) });
        let receivers = inner.receivers.take();
        drop(inner);
        receivers.wake();
    });
}

impl DatagramSocket {
    /// A socket with a local address. [`DatagramOptions::bind_async`] has everything else.
    pub fn bind(host: &str, port: u16) -> Result<DatagramSocket> {
        DatagramOptions::new().bind_async(host, port)
    }

    /// A socket with a peer.
    pub fn connect(host: &str, port: u16) -> Result<DatagramSocket> {
        DatagramOptions::new().connect_async(host, port)
    }

    /// The library's number of it, for functions of the crate `reseau-sys`.
    pub fn id(&self) -> i64 {
        self.handle.id()
    }

    /// Sends a datagram to the peer. [`Error::WouldBlock`] if the system has no room now.
    pub fn send(&self, data: &[u8]) -> Result<()> {
        let nobody = std::ptr::null();
        check(unsafe { raw::reseau_datagram_send(self.id(), data.as_ptr().cast(), data.len(), nobody, 0) }).map(drop)
    }

    /// Sends a datagram to an address.
    pub fn send_to(&self, data: &[u8], to: SocketAddr) -> Result<()> {
        send_to(self.id(), data, to)
    }

    /// The next datagram. [`Error::Canceled`] when the socket is closed.
    pub async fn receive(&self, buffer: &mut [u8]) -> Result<Received> {
        Waiting::new(
            |place: &mut Place, context: &mut Context<'_>| self.poll_receive_at(place, context, buffer),
            |place: &Place| lock(&self.shared.0).receivers.leave(place),
        )
        .await
    }

    /// [`DatagramSocket::receive`], to be polled.
    pub fn poll_receive(&self, context: &mut Context<'_>, buffer: &mut [u8]) -> Poll<Result<Received>> {
        self.poll_receive_at(&mut Place::shared(), context, buffer)
    }

    fn poll_receive_at(
        &self,
        place: &mut Place,
        context: &mut Context<'_>,
        buffer: &mut [u8],
    ) -> Poll<Result<Received>> {
        let mut inner = lock(&self.shared.0);
        let (data, from) = match inner.waiting.pop_front() {
            Some(datagram) => datagram,
            None => {
                if let Some(error) = inner.ended {
                    return Poll::Ready(Err(error));
                }
                let replaced = inner.receivers.add(place, context);
                drop(inner);
                drop(replaced);
                return Poll::Pending;
            }
        };
        if inner.is_paused && inner.waiting.len() <= MAX_WAITING / 2 {
            inner.is_paused = false;
            unsafe { raw::reseau_resume(self.id()) };
        }
        drop(inner);
        let length = data.len().min(buffer.len());
        buffer[..length].copy_from_slice(&data[..length]);
        Poll::Ready(Ok(Received { length, from, is_truncated: length < data.len(), segment_size: 0 }))
    }

    /// Ends the socket: tasks that wait to receive get [`Error::Canceled`].
    pub fn close(&self) -> Result<()> {
        done(unsafe { raw::reseau_close(self.id()) })
    }

    /// Its address.
    pub fn local_address(&self) -> Result<Address> {
        Address::of(self.id(), raw::reseau_local_address)
    }

    /// Its port; 0 when it is closed.
    pub fn port(&self) -> u16 {
        self.local_address().ok().and_then(|address| address.port()).unwrap_or(0)
    }
}

impl std::fmt::Debug for DatagramSocket {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("DatagramSocket").field("id", &self.id()).finish_non_exhaustive()
    }
}

impl DatagramOptions {
    /// [`DatagramOptions::bind`] for a socket whose receives are futures.
    pub fn bind_async(&self, host: &str, port: u16) -> Result<DatagramSocket> {
        self.start(host, |host, options| unsafe { raw::reseau_datagram_bind(host, port, options) })
    }

    /// [`DatagramOptions::connect`] for a socket whose receives are futures.
    pub fn connect_async(&self, host: &str, port: u16) -> Result<DatagramSocket> {
        self.start(host, |host, options| unsafe { raw::reseau_datagram_connect(host, port, options) })
    }

    fn start(
        &self,
        host: &str,
        function: impl FnOnce(*const c_char, &raw::reseau_datagram_options) -> i64,
    ) -> Result<DatagramSocket> {
        let host = c_string(host)?;
        let shared = Arc::new(Shared::default());
        let pointer = Arc::into_raw(shared.clone());
        let mut options = self.to_raw();
        options.state = pointer as *mut c_void;
        options.on_datagram = Some(on_datagram);
        options.on_close = Some(on_close);
        match Handle::new(function(host.as_ptr(), &options)) {
            Ok(handle) => Ok(DatagramSocket { handle, shared }),
            Err(error) => {
                // No callback comes.
                drop(unsafe { Arc::from_raw(pointer) });
                Err(error)
            }
        }
    }
}
