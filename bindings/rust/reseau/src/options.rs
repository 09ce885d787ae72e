// SPDX-License-Identifier: Apache-2.0
use crate::connection::Connection;
use crate::error::{Error, Refused, Result};
use crate::event_loop::Loop;
use crate::handle::{c_string, guard, lock, milliseconds, raw_forever, Handle};
use crate::inspect::Attempt;
use crate::listener::Listener;
use crate::tls::{pointer, Tls};
use crate::Family;
use reseau_sys as raw;
use std::ffi::{CStr, CString};
use std::os::raw::c_void;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a write does when the queue has no room for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum WritePolicy {
    /// It waits for room, up to the write time-out.
    #[default]
    Block,
    /// It fails with [`Error::NoRoom`] and queues nothing.
    WouldBlock,
    /// It fails with [`Error::NoRoom`], and the connection is aborted: this peer reads too slowly.
    Close,
}

/// How connections and listeners are made. [`Options::new`] is all defaults; what is set is set for every connection
/// that is made of it, or accepted by a listener that is.
///
/// ```
/// use reseau::{Options, Tls};
/// use std::time::Duration;
/// # fn main() -> reseau::Result<()> {
/// let options = Options::new().connect_timeout(Duration::from_secs(5)).idle_timeout(Duration::from_secs(60));
/// let listener = options.listen("127.0.0.1", 0)?;
/// let connection = options.connect("127.0.0.1", listener.port())?;
/// # Ok(()) }
/// ```
///
/// A text with a NUL inside is refused by the call that uses the options, with [`Error::BadAddress`].
#[derive(Clone, Default)]
pub struct Options {
    tls: Option<Tls>,
    loop_id: i64,
    read_buffer: usize,
    write_queue: usize,
    write_policy: WritePolicy,
    family: Family,
    connect_timeout: i64,
    attempt_timeout: i64,
    tls_timeout: i64,
    idle_timeout: i64,
    slow_reader_timeout: i64,
    close_timeout: i64,
    keep_alive: i64,
    user_timeout: i64,
    delays_small_writes: bool,
    source_address: Option<CString>,
    interface_name: Option<CString>,
    backlog: i32,
    max_connections: usize,
    ipv6_only: bool,
    reuse_port: bool,
    path_mode: u32,
    proxy: Option<CString>,
    names_timeout: i64,
    proxy_timeout: i64,
    slow_reader_rate: usize,
    fast_open: bool,
    refused: Option<Error>,
}

/// A limit of time in options, where 0 is the default: no time at all becomes the shortest.
fn at_least_one(time: Duration) -> i64 {
    milliseconds(time).max(1)
}

impl Options {
    /// All defaults.
    pub fn new() -> Options {
        Options::default()
    }

    /// TLS, as client or server. Default: plain.
    pub fn tls(mut self, tls: Tls) -> Options {
        self.tls = Some(tls);
        self
    }

    /// The loop to be on. Default: one of the library's own, the least loaded.
    pub fn on(mut self, event_loop: &Loop) -> Options {
        self.loop_id = event_loop.id();
        self
    }

    /// Bytes kept that nobody has read. Default: 65,536.
    pub fn read_buffer(mut self, bytes: usize) -> Options {
        self.read_buffer = bytes;
        self
    }

    /// Bytes queued that the system has not taken, files left out. `usize::MAX`: no limit. Default: 1,048,576.
    pub fn write_queue(mut self, bytes: usize) -> Options {
        self.write_queue = bytes;
        self
    }

    /// What a write does when the queue is full. Connections of [`crate::aio`] wait without blocking, whatever this is.
    pub fn write_policy(mut self, policy: WritePolicy) -> Options {
        self.write_policy = policy;
        self
    }

    /// Addresses of one family only. Default: both, as RFC 8305 says.
    pub fn family(mut self, family: Family) -> Options {
        self.family = family;
        self
    }

    /// The limit of names, connecting and TLS together. Default: 30 seconds.
    pub fn connect_timeout(mut self, time: Duration) -> Options {
        self.connect_timeout = at_least_one(time);
        self
    }

    /// The limit of each address. Default: 10 seconds.
    pub fn attempt_timeout(mut self, time: Duration) -> Options {
        self.attempt_timeout = at_least_one(time);
        self
    }

    /// The limit of the TLS handshake. Default: 10 seconds.
    pub fn tls_timeout(mut self, time: Duration) -> Options {
        self.tls_timeout = at_least_one(time);
        self
    }

    /// The limit of looking the name up. Default: none but [`Options::connect_timeout`].
    pub fn names_timeout(mut self, time: Duration) -> Options {
        self.names_timeout = at_least_one(time);
        self
    }

    /// The limit of what is said to the proxy, and its answers. Default: 10 seconds.
    pub fn proxy_timeout(mut self, time: Duration) -> Options {
        self.proxy_timeout = at_least_one(time);
        self
    }

    /// A proxy to connect through, such as `socks5://user:password@host:1080` (RFC 1928, 1929) or `http://host:3128`
    /// (CONNECT). Percent signs stand for bytes in user and password. The proxy looks the name up; TLS is with the
    /// target. What is no such URL is [`Error::InvalidArgument`]. Default: none; the environment is not read.
    pub fn proxy(mut self, url: &str) -> Options {
        self.proxy = self.text(url);
        self
    }

    /// TCP fast open (RFC 7413), where the system has it and allows it. A listener takes bytes that come with the first
    /// packet. A client sends its first bytes with that, if it has been connected to this address before: then it is
    /// taken for connected at once, and a failure shows when it writes. For protocols in which the client speaks first,
    /// and for which it is no harm if the network delivers the first bytes twice.
    pub fn fast_open(mut self) -> Options {
        self.fast_open = true;
        self
    }

    /// Closed when nothing was read or written for so long. Default: no limit.
    pub fn idle_timeout(mut self, time: Duration) -> Options {
        self.idle_timeout = at_least_one(time);
        self
    }

    /// Aborted when queued bytes have waited for so long and the peer took none of them. Default: no limit.
    pub fn slow_reader_timeout(mut self, time: Duration) -> Options {
        self.slow_reader_timeout = at_least_one(time);
        self
    }

    /// Aborted when bytes have been queued all the time and the peer took fewer than so many in a second, on average over
    /// [`Options::slow_reader_timeout`], or 10 seconds without that. Default: no such limit.
    pub fn slow_reader_rate(mut self, bytes_per_second: usize) -> Options {
        self.slow_reader_rate = bytes_per_second;
        self
    }

    /// How long a close waits for the peer to take what is queued; `None`: as long as it takes. Default: 10 seconds.
    pub fn close_timeout(mut self, time: Option<Duration>) -> Options {
        self.close_timeout = time.map_or(raw_forever(), at_least_one);
        self
    }

    /// Silence after which TCP asks whether the peer is there. Default: it does not.
    pub fn keep_alive(mut self, time: Duration) -> Options {
        self.keep_alive = at_least_one(time);
        self
    }

    /// How long sent bytes may stay unconfirmed (TCP_USER_TIMEOUT). Default: the system's.
    pub fn user_timeout(mut self, time: Duration) -> Options {
        self.user_timeout = at_least_one(time);
        self
    }

    /// Small writes wait for others (Nagle's algorithm, RFC 896), which is off by default.
    pub fn delay_small_writes(mut self) -> Options {
        self.delays_small_writes = true;
        self
    }

    /// The address to connect from. Default: the system chooses.
    pub fn source_address(mut self, address: &str) -> Options {
        self.source_address = self.text(address);
        self
    }

    /// The interface to connect through, by name. Default: the system chooses.
    pub fn interface(mut self, name: &str) -> Options {
        self.interface_name = self.text(name);
        self
    }

    /// Listeners: connections that wait to be accepted. Default: 511.
    pub fn backlog(mut self, connections: u16) -> Options {
        self.backlog = connections.into();
        self
    }

    /// Listeners: connections at a time; more wait. Default: no limit.
    pub fn max_connections(mut self, connections: usize) -> Options {
        self.max_connections = connections;
        self
    }

    /// Listeners on "::": IPv4 is left out.
    pub fn ipv6_only(mut self) -> Options {
        self.ipv6_only = true;
        self
    }

    /// Listeners: several may have the port, each with a part of the connections (SO_REUSEPORT).
    pub fn reuse_port(mut self) -> Options {
        self.reuse_port = true;
        self
    }

    /// Unix listeners: the permission bits of the path. Default: 0o600.
    pub fn path_mode(mut self, mode: u32) -> Options {
        self.path_mode = mode;
        self
    }

    /// Connects to a port of a host, which is a name or an address, and waits until the connection can be used.
    pub fn connect(&self, host: &str, port: u16) -> Result<Connection> {
        let host = c_string(host)?;
        self.open(|options| unsafe { raw::reseau_connect(host.as_ptr(), port, options) })
    }

    /// [`Options::connect`], with the addresses that were tried, in order, at most 32; also if nothing has connected.
    pub fn connect_with_log(&self, host: &str, port: u16) -> (Result<Connection>, Vec<Attempt>) {
        let log = Arc::new(Mutex::new(Vec::new()));
        // One reference is the library's, until the last callback.
        let state = Arc::into_raw(log.clone());
        let result = c_string(host).and_then(|host| {
            self.open(|options| {
                options.state = state as *mut c_void;
                options.on_close = Some(keep_attempts);
                unsafe { raw::reseau_connect(host.as_ptr(), port, options) }
            })
        });
        match &result {
            Ok(connection) => *lock(&log) = connection.attempts().unwrap_or_default(),
            // Nothing is left of it, and no callback comes if none has.
            Err(_) if Arc::strong_count(&log) == 2 => drop(unsafe { Arc::from_raw(state) }),
            Err(_) => {}
        }
        let attempts = std::mem::take(&mut *lock(&log));
        (result, attempts)
    }

    /// Connects to a Unix socket; "@name" is one of Linux's abstract names.
    pub fn connect_path(&self, path: impl AsRef<Path>) -> Result<Connection> {
        let path = path_text(path.as_ref())?;
        self.open(|options| unsafe { raw::reseau_connect_path(path.as_ptr(), options) })
    }

    /// Makes a connection of a connected stream socket, such as a [`std::net::TcpStream`]. With TLS it is the client.
    #[cfg(unix)]
    pub fn adopt(
        &self,
        socket: impl Into<std::os::unix::io::OwnedFd>,
    ) -> std::result::Result<Connection, Refused<std::os::unix::io::OwnedFd>> {
        self.take(socket.into(), false)
    }

    /// The same of a socket that was accepted: with TLS it is the server.
    #[cfg(unix)]
    pub fn adopt_accepted(
        &self,
        socket: impl Into<std::os::unix::io::OwnedFd>,
    ) -> std::result::Result<Connection, Refused<std::os::unix::io::OwnedFd>> {
        self.take(socket.into(), true)
    }

    #[cfg(unix)]
    fn take(
        &self,
        socket: std::os::unix::io::OwnedFd,
        is_server: bool,
    ) -> std::result::Result<Connection, Refused<std::os::unix::io::OwnedFd>> {
        use std::os::unix::io::AsRawFd;
        let descriptor = socket.as_raw_fd();
        match self.open(|options| unsafe { raw::reseau_adopt(descriptor, is_server.into(), options) }) {
            Ok(connection) => {
                std::mem::forget(socket); // it is the library's
                Ok(connection)
            }
            Err(error) => Err(Refused::new(error, socket)),
        }
    }

    /// Listens on a port of an address; "*" is every address of both families, port 0 lets the system choose.
    pub fn listen(&self, host: &str, port: u16) -> Result<Listener> {
        let host = c_string(host)?;
        self.begin(|options| unsafe { raw::reseau_listen(host.as_ptr(), port, options) })
    }

    /// The same, walking up from a port to the first that is free.
    pub fn listen_any(&self, host: &str, first_port: u16) -> Result<Listener> {
        let host = c_string(host)?;
        self.begin(|options| unsafe { raw::reseau_listen_any(host.as_ptr(), first_port, options) })
    }

    /// Listens on a Unix socket. A path that a listener left behind is taken over; the path is removed at the end.
    pub fn listen_path(&self, path: impl AsRef<Path>) -> Result<Listener> {
        let path = path_text(path.as_ref())?;
        self.begin(|options| unsafe { raw::reseau_listen_path(path.as_ptr(), options) })
    }

    fn open(&self, function: impl FnOnce(&mut raw::reseau_options) -> i64) -> Result<Connection> {
        Ok(Connection::new(Handle::new(self.with_raw(|options| function(options))?)?))
    }

    fn begin(&self, function: impl FnOnce(&raw::reseau_options) -> i64) -> Result<Listener> {
        Ok(Listener::new(Handle::new(self.with_raw(|options| function(options))?)?))
    }

    fn text(&mut self, text: &str) -> Option<CString> {
        let text = c_string(text);
        self.refused = text.as_ref().err().copied().or(self.refused);
        text.ok()
    }

    /// The room of the queue of writes, as the library takes it.
    pub(crate) fn write_queue_bytes(&self) -> usize {
        if self.write_queue == 0 {
            1 << 20
        } else {
            self.write_queue
        }
    }

    pub(crate) fn read_buffer_bytes(&self) -> usize {
        if self.read_buffer == 0 {
            1 << 16
        } else {
            self.read_buffer
        }
    }

    pub(crate) fn backlog_connections(&self) -> usize {
        usize::try_from(self.backlog).ok().filter(|&count| count > 0).unwrap_or(511)
    }

    /// Calls a function with the library's struct, which points into this one. Every field is named, so that one which
    /// is new in the headers is not forgotten.
    pub(crate) fn with_raw<R>(&self, function: impl FnOnce(&mut raw::reseau_options) -> R) -> Result<R> {
        if let Some(error) = self.refused {
            return Err(error);
        }
        let mut options = raw::reseau_options {
            size: std::mem::size_of::<raw::reseau_options>(),
            state: std::ptr::null_mut(),
            on_open: None,
            on_data: None,
            on_end: None,
            on_drain: None,
            on_touch: None,
            on_close: None,
            tls: std::ptr::null(),
            loop_: self.loop_id,
            read_buffer_bytes: self.read_buffer,
            write_queue_bytes: self.write_queue,
            write_policy: match self.write_policy {
                WritePolicy::Block => raw::RESEAU_WRITE_BLOCK,
                WritePolicy::WouldBlock => raw::RESEAU_WRITE_WOULD_BLOCK,
                WritePolicy::Close => raw::RESEAU_WRITE_CLOSE,
            } as i32,
            family: self.family.number(),
            connect_timeout_ms: self.connect_timeout,
            attempt_timeout_ms: self.attempt_timeout,
            tls_timeout_ms: self.tls_timeout,
            idle_timeout_ms: self.idle_timeout,
            slow_reader_timeout_ms: self.slow_reader_timeout,
            close_timeout_ms: self.close_timeout,
            keep_alive_ms: self.keep_alive,
            user_timeout_ms: self.user_timeout,
            delay_small_writes: self.delays_small_writes.into(),
            source_address: pointer(&self.source_address),
            interface_name: pointer(&self.interface_name),
            backlog: self.backlog,
            max_connections: self.max_connections,
            ipv6_only: self.ipv6_only.into(),
            reuse_port: self.reuse_port.into(),
            path_mode: self.path_mode,
            proxy: pointer(&self.proxy),
            names_timeout_ms: self.names_timeout,
            proxy_timeout_ms: self.proxy_timeout,
            slow_reader_bytes_per_second: self.slow_reader_rate,
            fast_open: self.fast_open.into(),
        };
        match &self.tls {
            None => Ok(function(&mut options)),
            Some(tls) => tls.with_raw(|tls| {
                options.tls = tls;
                function(&mut options)
            }),
        }
    }
}

/// Without the proxy, whose URL may have a password.
impl std::fmt::Debug for Options {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Options")
            .field("tls", &self.tls)
            .field("family", &self.family)
            .field("source_address", &self.source_address)
            .field("interface_name", &self.interface_name)
            .finish_non_exhaustive()
    }
}

/// The last callback of a connect whose addresses are asked for: if it has failed, the only place to ask.
unsafe extern "C" fn keep_attempts(id: i64, _: *const raw::reseau_close_info, state: *mut c_void) {
    guard(|| {
        let log = unsafe { Arc::from_raw(state as *const Mutex<Vec<Attempt>>) };
        // Nobody asks for those of one that was there.
        if Arc::strong_count(&log) > 1 {
            *lock(&log) = Attempt::of(id).unwrap_or_default();
        }
    });
}

pub(crate) fn path_text(path: &Path) -> Result<CString> {
    #[cfg(unix)]
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str());
    #[cfg(not(unix))]
    let bytes = path.to_str().ok_or(Error::BadAddress)?.as_bytes();
    c_string(bytes)
}

/// The name of the library in use, such as "0.3.0".
pub fn version() -> &'static str {
    unsafe { CStr::from_ptr(raw::reseau_version()) }.to_str().unwrap_or("?")
}
