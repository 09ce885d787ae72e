// SPDX-License-Identifier: Apache-2.0
use super::state::{lock, set_callbacks, Place, Shared, Waiting, Wakers};
use crate::address::Address;
use crate::close_record::CloseRecord;
use crate::connection::alpn_protocol;
use crate::error::{check, done, of_open, Error, Result};
use crate::handle::{c_string, guard, limit, Handle};
use crate::inspect::{Attempt, Counters, TcpInfo};
use crate::options::{path_text, Options};
use crate::tls_info::{Certificate, TlsInfo};
use reseau_sys as raw;
use std::future::Future;
use std::os::raw::c_void;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

/// Not more than this is taken from one write.
const MAX_WRITE: usize = 256 * 1024;

/// A buffer that is larger is freed when everything was read.
const KEPT_ROOM: usize = 16 * 1024;

/// A connection as its callbacks and its tasks see it.
pub(super) struct ConnectionState {
    pub(super) inner: Mutex<Inner>,
    /// Bytes that have come and were not read, at most.
    read_room: usize,
    /// A write of that size has room when the queue has been drained.
    max_write: usize,
}

#[derive(Default)]
pub(super) struct Inner {
    buffer: Vec<u8>,
    /// How many of them were read.
    consumed: usize,
    /// The library has more that had no room.
    has_more: bool,
    /// What comes stays with the library, for a handshake or a hook.
    pub(super) is_held: bool,
    /// An upgrade to TLS is done.
    pub(super) is_encrypted: bool,
    is_open: bool,
    has_end: bool,
    /// Counts the events after which a write may have room.
    drained: u64,
    /// Nobody reads any more.
    is_dropped: bool,
    pub(super) record: Option<Box<CloseRecord>>,
    /// Of a connect that has failed.
    attempts: Vec<Attempt>,
    readers: Wakers,
    writers: Wakers,
    /// Waiting for the beginning or the end.
    pub(super) others: Wakers,
}

impl Inner {
    pub(super) fn unread(&self) -> usize {
        self.buffer.len() - self.consumed
    }

    /// What had no room is with the library, which has no more behind it: there is room for that.
    fn take_rest(&mut self, id: i64) {
        let mut part = [0; 4096];
        while let Ok(length @ 1..) = check(unsafe { raw::reseau_try_read(id, part.as_mut_ptr().cast(), part.len()) }) {
            if !self.is_dropped {
                self.buffer.extend_from_slice(&part[..length]);
            }
        }
        self.has_more = false;
    }
}

impl ConnectionState {
    pub(super) fn new(options: &Options) -> ConnectionState {
        ConnectionState {
            inner: Mutex::new(Inner::default()),
            read_room: options.read_buffer_bytes(),
            max_write: (options.write_queue_bytes() / 2).clamp(1, MAX_WRITE),
        }
    }

    /// The connection can be used.
    pub(super) fn opened(&self) {
        let mut inner = lock(&self.inner);
        inner.is_open = true;
        let waiting = inner.others.take();
        drop(inner);
        waiting.wake();
    }

    /// Takes what there is room for. What is left comes again after a resume, if not the end comes before.
    fn data(&self, data: &[u8]) -> usize {
        let mut inner = lock(&self.inner);
        if inner.is_dropped {
            return data.len();
        }
        if inner.is_held {
            inner.has_more = true;
            return 0;
        }
        let taken = data.len().min(self.read_room.saturating_sub(inner.unread()));
        if inner.consumed > 0 && inner.buffer.len() + taken > inner.buffer.capacity() {
            let consumed = std::mem::take(&mut inner.consumed);
            inner.buffer.drain(..consumed);
        }
        inner.buffer.extend_from_slice(&data[..taken]);
        inner.has_more = taken < data.len();
        let waiting = inner.readers.take();
        drop(inner);
        waiting.wake();
        taken
    }

    /// What comes is the tasks' again, with what has come meanwhile.
    pub(super) fn release(&self, id: i64) {
        let mut inner = lock(&self.inner);
        inner.is_held = false;
        let has_more = std::mem::take(&mut inner.has_more);
        drop(inner);
        if has_more {
            unsafe { raw::reseau_resume(id) };
        }
    }

    fn ended(&self, id: i64) {
        let mut inner = lock(&self.inner);
        inner.take_rest(id);
        inner.has_end = true;
        let waiting = inner.readers.take();
        drop(inner);
        waiting.wake();
    }

    fn drained(&self) {
        let mut inner = lock(&self.inner);
        inner.drained += 1;
        let waiting = inner.writers.take();
        drop(inner);
        waiting.wake();
    }

    fn closed(&self, id: i64, record: CloseRecord) {
        let mut inner = lock(&self.inner);
        inner.take_rest(id);
        if !inner.is_open {
            inner.attempts = Attempt::of(id).unwrap_or_default();
        }
        inner.record = Some(Box::new(record));
        let waiting = [inner.readers.take(), inner.writers.take(), inner.others.take()];
        drop(inner);
        waiting.into_iter().for_each(Wakers::wake);
    }
}

pub(super) fn connection_of(shared: &Shared) -> Option<&ConnectionState> {
    match shared {
        Shared::Connection(connection) => Some(connection),
        // A connection that a listener accepted and that never opened.
        Shared::Listener(_) => None,
    }
}

pub(super) unsafe extern "C" fn on_data(_: i64, data: *const c_void, length: usize, state: *mut c_void) -> usize {
    let take = || {
        let data = unsafe { std::slice::from_raw_parts(data as *const u8, length) };
        connection_of(unsafe { Shared::from_pointer(state) }).map_or(length, |connection| connection.data(data))
    };
    if length == 0 {
        return 0;
    }
    guard(take).unwrap_or(0)
}

pub(super) unsafe extern "C" fn on_end(id: i64, state: *mut c_void) {
    guard(|| connection_of(unsafe { Shared::from_pointer(state) }).map(|connection| connection.ended(id)));
}

pub(super) unsafe extern "C" fn on_drain(_: i64, state: *mut c_void) {
    guard(|| connection_of(unsafe { Shared::from_pointer(state) }).map(ConnectionState::drained));
}

/// The last callback: the library's reference to the state ends with it.
pub(super) unsafe extern "C" fn on_close(id: i64, info: *const raw::reseau_close_info, state: *mut c_void) {
    if let Some(connection) = connection_of(unsafe { Shared::from_pointer(state) }) {
        guard(|| connection.closed(id, CloseRecord::from_raw(unsafe { &*info })));
        unsafe { Shared::release(state) };
    }
}

/// A stream of bytes whose operations are futures.
///
/// Any number of tasks may use it by reference. Dropping it closes it behind what is queued, in the background;
/// [`Connection::close`] waits for that, and says how it ended.
///
/// ```
/// fn is_for_any_thread<T: Send + Sync>() {}
/// is_for_any_thread::<reseau::aio::Connection>();
/// ```
///
/// A buffer is borrowed for as long as the future is there:
///
/// ```compile_fail,E0499
/// # async fn twice(connection: &reseau::aio::Connection) {
/// let mut buffer = [0; 100];
/// let (one, other) = (connection.read(&mut buffer), connection.read(&mut buffer));
/// one.await;
/// other.await;
/// # }
/// ```
pub struct Connection {
    handle: Handle,
    shared: Arc<Shared>,
}

impl Connection {
    pub(super) fn new(handle: Handle, shared: Arc<Shared>) -> Connection {
        Connection { handle, shared }
    }

    /// Connects to a port of a host. [`Options::connect_async`] has everything else.
    pub fn connect(host: &str, port: u16) -> Connect {
        Options::new().connect_async(host, port)
    }

    /// Connects to a Unix socket.
    pub fn connect_path(path: impl AsRef<Path>) -> Connect {
        Options::new().connect_path_async(path)
    }

    /// The library's number of it, for functions of the crate `reseau-sys`.
    pub fn id(&self) -> i64 {
        self.handle.id()
    }

    pub(super) fn state(&self) -> &ConnectionState {
        match &*self.shared {
            Shared::Connection(connection) => connection,
            Shared::Listener(_) => unreachable!("a connection has the state of one"),
        }
    }

    /// Reads what is there, when something is. 0 is the end of the stream.
    pub async fn read(&self, buffer: &mut [u8]) -> Result<usize> {
        Waiting::new(
            |place: &mut Place, context: &mut Context<'_>| self.poll_read_at(place, context, buffer),
            |place: &Place| lock(&self.state().inner).readers.leave(place),
        )
        .await
    }

    /// [`Connection::read`], to be polled.
    pub fn poll_read(&self, context: &mut Context<'_>, buffer: &mut [u8]) -> Poll<Result<usize>> {
        self.poll_read_at(&mut Place::shared(), context, buffer)
    }

    fn poll_read_at(&self, place: &mut Place, context: &mut Context<'_>, buffer: &mut [u8]) -> Poll<Result<usize>> {
        let state = self.state();
        let mut inner = lock(&state.inner);
        let length = buffer.len().min(inner.unread());
        if length == 0 && !buffer.is_empty() {
            return match &inner.record {
                _ if inner.has_end => Poll::Ready(Ok(0)),
                Some(record) => Poll::Ready(Err(record.error.unwrap_or(Error::Closed))),
                None => {
                    let replaced = inner.readers.add(place, context);
                    drop(inner);
                    drop(replaced);
                    Poll::Pending
                }
            };
        }
        let from = inner.consumed;
        buffer[..length].copy_from_slice(&inner.buffer[from..from + length]);
        inner.consumed += length;
        if inner.consumed == inner.buffer.len() {
            inner.consumed = 0;
            inner.buffer.clear();
            if inner.buffer.capacity() > KEPT_ROOM && !inner.has_more {
                inner.buffer = Vec::new();
            }
        }
        if inner.has_more && inner.unread() <= state.read_room / 2 {
            // If it is gone, it has given everything.
            inner.has_more = false;
            unsafe { raw::reseau_resume(self.id()) };
        }
        Poll::Ready(Ok(length))
    }

    /// Fills the buffer; [`Error::EndOfStream`] if the stream ends before. If it is dropped, what it has read is lost.
    pub async fn read_exact(&self, mut buffer: &mut [u8]) -> Result<()> {
        while !buffer.is_empty() {
            match self.read(buffer).await? {
                0 => return Err(Error::EndOfStream),
                length => buffer = &mut buffer[length..],
            }
        }
        Ok(())
    }

    /// Reads until the end of the stream: [`Error::TooLarge`] if there are more than `limit` bytes.
    pub async fn read_to_end(&self, limit: usize) -> Result<Vec<u8>> {
        let mut content = Vec::new();
        let mut part = vec![0; 16 * 1024];
        loop {
            match self.read(&mut part).await? {
                0 => return Ok(content),
                length if content.len() + length > limit => return Err(Error::TooLarge),
                length => content.extend_from_slice(&part[..length]),
            }
        }
    }

    /// Queues bytes when there is room for them, at most 256 KB; returns how many.
    pub async fn write(&self, data: &[u8]) -> Result<usize> {
        Waiting::new(
            |place: &mut Place, context: &mut Context<'_>| self.poll_write_at(place, context, data),
            |place: &Place| lock(&self.state().inner).writers.leave(place),
        )
        .await
    }

    /// [`Connection::write`], to be polled.
    pub fn poll_write(&self, context: &mut Context<'_>, data: &[u8]) -> Poll<Result<usize>> {
        self.poll_write_at(&mut Place::shared(), context, data)
    }

    fn poll_write_at(&self, place: &mut Place, context: &mut Context<'_>, data: &[u8]) -> Poll<Result<usize>> {
        let state = self.state();
        let data = &data[..data.len().min(state.max_write)];
        loop {
            let drained = lock(&state.inner).drained;
            match check(unsafe { raw::reseau_write(self.id(), data.as_ptr().cast(), data.len()) }) {
                Err(Error::NoRoom) => {}
                Err(Error::BadId | Error::Closed) => return Poll::Ready(Err(self.why_closed())),
                result => return Poll::Ready(result),
            }
            let mut inner = lock(&state.inner);
            if inner.record.is_some() {
                drop(inner);
                return Poll::Ready(Err(self.why_closed()));
            }
            if inner.drained == drained {
                let replaced = inner.writers.add(place, context);
                drop(inner);
                drop(replaced);
                return Poll::Pending;
            }
        }
    }

    /// Queues all of it, piece by piece as there is room.
    pub async fn write_all(&self, mut data: &[u8]) -> Result<()> {
        while !data.is_empty() {
            let length = self.write(data).await?;
            data = &data[length..];
        }
        Ok(())
    }

    fn why_closed(&self) -> Error {
        lock(&self.state().inner).record.as_ref().and_then(|record| record.error).unwrap_or(Error::Closed)
    }

    /// Sends a part of a file, in order with what else is sent; `length` `None` is all of the rest. Returns how many
    /// bytes will be sent.
    #[cfg(unix)]
    pub fn send_file(&self, file: &impl std::os::unix::io::AsFd, offset: u64, length: Option<u64>) -> Result<u64> {
        use std::os::unix::io::AsRawFd;
        let length = length.map_or(Ok(-1), i64::try_from).map_err(|_| Error::InvalidArgument)?;
        let file = file.as_fd().as_raw_fd();
        check(unsafe { raw::reseau_send_descriptor(self.id(), file, offset, length, 0) }).map(|count| count as u64)
    }

    /// Bytes that are queued and not taken by the system, those of files among them.
    pub fn pending(&self) -> Result<u64> {
        check(unsafe { raw::reseau_pending(self.id()) }).map(|count| count as u64)
    }

    /// Ends this side's sending behind what is queued (half-close); reading goes on.
    pub fn end(&self) -> Result<()> {
        of_open(done(unsafe { raw::reseau_end(self.id()) }))
    }

    /// Closes at once: what is queued is thrown away, and waiting tasks get an error.
    pub fn abort(&self) -> Result<()> {
        done(unsafe { raw::reseau_abort(self.id()) })
    }

    /// Closes behind what is queued, and says how the connection ended when it has. Dropped before, it closes all the
    /// same.
    pub async fn close(self) -> CloseRecord {
        unsafe { raw::reseau_close(self.id()) };
        self.closed().await
    }

    /// Waits until the connection is closed, by whomever, without closing it.
    pub async fn closed(&self) -> CloseRecord {
        Waiting::new(
            |place: &mut Place, context: &mut Context<'_>| {
                let mut inner = lock(&self.state().inner);
                if let Some(record) = &inner.record {
                    return Poll::Ready((**record).clone());
                }
                let replaced = inner.others.add(place, context);
                drop(inner);
                drop(replaced);
                Poll::Pending
            },
            |place: &Place| lock(&self.state().inner).others.leave(place),
        )
        .await
    }

    /// How the connection ended, or is until now.
    pub fn close_record(&self) -> Result<CloseRecord> {
        match &lock(&self.state().inner).record {
            Some(record) => Ok((**record).clone()),
            None => CloseRecord::of(self.id()),
        }
    }

    /// Another idle time-out, from now on.
    pub fn set_idle_timeout(&self, time: Option<Duration>) -> Result<()> {
        done(unsafe { raw::reseau_set_idle_timeout(self.id(), limit(time)) })
    }

    /// The protocol agreed on by ALPN; empty if there is none.
    pub fn alpn_protocol(&self) -> Result<String> {
        alpn_protocol(self.id())
    }

    /// What the TLS handshake has led to. [`Error::Unsupported`] without TLS, [`Error::WouldBlock`] during the handshake.
    /// Waits for the loop a moment; on another loop's thread that is [`Error::WouldBlockLoop`].
    pub fn tls_info(&self) -> Result<TlsInfo> {
        TlsInfo::of(self.id())
    }

    /// The certificate that the peer has shown, if it has shown one; as [`Connection::tls_info`].
    pub fn peer_certificate(&self) -> Result<Option<Certificate>> {
        Certificate::of_peer(self.id())
    }

    /// The addresses that the connect has tried, in order, at most 32.
    pub fn attempts(&self) -> Result<Vec<Attempt>> {
        Attempt::of(self.id())
    }

    /// What the connection has done.
    pub fn counters(&self) -> Result<Counters> {
        Counters::of(self.id())
    }

    /// What TCP knows now. [`Error::Unsupported`] for other sockets.
    pub fn tcp_info(&self) -> Result<TcpInfo> {
        TcpInfo::of(self.id())
    }

    /// The address of this side.
    pub fn local_address(&self) -> Result<Address> {
        Address::of(self.id(), raw::reseau_local_address)
    }

    /// The address of the other side.
    pub fn peer_address(&self) -> Result<Address> {
        Address::of(self.id(), raw::reseau_peer_address)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let mut inner = lock(&self.state().inner);
        inner.is_dropped = true;
        inner.buffer = Vec::new();
        inner.consumed = 0;
        drop(inner);
        // What the library keeps would stop it from seeing the end.
        unsafe { raw::reseau_resume(self.id()) };
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Connection").field("id", &self.id()).finish_non_exhaustive()
    }
}

/// A connection that is being made: ready when it can be used. Dropped before, it is given up.
#[derive(Debug)]
#[must_use = "it is given up if it is not awaited"]
pub struct Connect {
    result: std::result::Result<Connection, Option<Error>>,
    attempts: Vec<Attempt>,
    place: Place,
}

impl Connect {
    fn new(result: std::result::Result<Connection, Option<Error>>) -> Connect {
        Connect { result, attempts: Vec::new(), place: Place::default() }
    }

    /// The addresses that were tried, when it has failed; [`Connection::attempts`] has those of one that is there.
    ///
    /// ```
    /// # async fn example() {
    /// let mut connect = reseau::aio::Connection::connect("example.com", 443);
    /// if let Err(error) = (&mut connect).await {
    ///     eprintln!("{error}: {:?}", connect.attempts());
    /// }
    /// # }
    /// ```
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }
}

impl Future for Connect {
    type Output = Result<Connection>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<Connection>> {
        let this = &mut *self;
        if let Ok(connection) = &this.result {
            let mut inner = lock(&connection.state().inner);
            if let Some(record) = &inner.record {
                let error = record.error.unwrap_or(Error::Canceled);
                if !inner.is_open {
                    let attempts = std::mem::take(&mut inner.attempts);
                    drop(inner);
                    this.result = Err(None);
                    this.attempts = attempts;
                    return Poll::Ready(Err(error));
                }
            } else if !inner.is_open {
                let replaced = inner.others.add(&mut this.place, context);
                drop(inner);
                drop(replaced);
                return Poll::Pending;
            }
        }
        match std::mem::replace(&mut this.result, Err(None)) {
            Ok(connection) => Poll::Ready(Ok(connection)),
            Err(error) => Poll::Ready(Err(error.expect("polled after it was ready"))),
        }
    }
}

impl Options {
    /// [`Options::connect`] as a future.
    pub fn connect_async(&self, host: &str, port: u16) -> Connect {
        Connect::new(
            self.start(c_string(host), |host, options| unsafe { raw::reseau_connect_start(host, port, options) }),
        )
    }

    /// [`Options::connect_path`] as a future.
    pub fn connect_path_async(&self, path: impl AsRef<Path>) -> Connect {
        Connect::new(
            self.start(path_text(path.as_ref()), |path, options| unsafe {
                raw::reseau_connect_path_start(path, options)
            }),
        )
    }

    fn start(
        &self,
        text: Result<std::ffi::CString>,
        function: impl FnOnce(*const std::os::raw::c_char, &raw::reseau_options) -> i64,
    ) -> std::result::Result<Connection, Option<Error>> {
        let text = text?;
        let shared = Arc::new(Shared::Connection(ConnectionState::new(self)));
        // One reference is the library's, until the last callback.
        let pointer = Shared::into_pointer(shared.clone());
        let result = self.with_raw(|options| {
            set_callbacks(options, pointer);
            function(text.as_ptr(), options)
        });
        match result.and_then(Handle::new) {
            Ok(handle) => Ok(Connection::new(handle, shared)),
            Err(error) => {
                // No callback comes.
                unsafe { Shared::release(pointer) };
                Err(Some(error))
            }
        }
    }
}
