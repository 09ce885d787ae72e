// SPDX-License-Identifier: Apache-2.0
use crate::address::Address;
use crate::close_record::CloseRecord;
use crate::error::{self, of_open, Error, Refused, Result};
use crate::handle::{guard, limit, milliseconds, raw_forever, Handle};
use crate::hooks::{self, Hook, HookId};
use crate::inspect::{Attempt, Counters, TcpInfo};
use crate::options::Options;
use crate::tls::Tls;
use crate::tls_info::{Certificate, TlsInfo};
use reseau_sys as raw;
use std::ffi::CStr;
use std::io::{self, Read, Write};
use std::os::raw::c_void;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// More than this is not taken from one `write`, so that a program that writes much waits for the peer, and not for
/// memory.
const MAX_WRITE: usize = 256 * 1024;

fn check(result: i64) -> Result<usize> {
    of_open(error::check(result))
}

fn done(result: i32) -> Result<()> {
    of_open(error::done(result))
}

/// What a line or a delimiter is looked for in, at first.
const FIRST_ROOM: usize = 512;

/// A stream of bytes over TCP or a Unix socket, plain or by TLS, that is used by calls that block.
///
/// `&Connection` reads and writes, too, so that one thread may read while others write: share it by reference or in an
/// [`std::sync::Arc`]. What a writer gives to one call of [`Connection::send`] never mixes with what others write. One
/// thread reads at a time; a second one gets [`Error::Busy`].
///
/// Dropping it closes it behind what is queued, and does not wait for that. [`Connection::close`] waits, and says how it
/// ended. A program that ends right after a drop waits up to a second for what is queued.
///
/// There is no `AsFd`: the descriptor is the library's, with bytes in front of it that were read or queued already, and
/// with TLS in between. [`Connection::into_fd`] takes it out.
///
/// ```
/// use reseau::{Connection, Listener};
/// use std::io::{Read, Write};
/// # fn main() -> std::io::Result<()> {
/// let listener = Listener::bind("127.0.0.1", 0)?;
/// let mut client = Connection::connect("127.0.0.1", listener.port())?;
/// client.write_all(b"hello")?;
/// client.end()?;
/// let mut text = String::new();
/// listener.accept()?.read_to_string(&mut text)?;
/// assert_eq!(text, "hello");
/// # Ok(()) }
/// ```
///
/// It is gone when it has been closed:
///
/// ```compile_fail,E0382
/// # fn closed(connection: reseau::Connection) {
/// connection.close();
/// connection.send(b"too late");
/// # }
/// ```
#[derive(Debug)]
pub struct Connection {
    handle: Handle,
    /// Milliseconds, or -1.
    read_timeout: AtomicI64,
    write_timeout: AtomicI64,
}

impl Connection {
    pub(crate) fn new(handle: Handle) -> Connection {
        Connection { handle, read_timeout: AtomicI64::new(-1), write_timeout: AtomicI64::new(-1) }
    }

    /// Connects to a port of a host, which is a name or an address. [`Options::connect`] has everything else.
    pub fn connect(host: &str, port: u16) -> Result<Connection> {
        Options::new().connect(host, port)
    }

    /// Connects to a Unix socket.
    pub fn connect_path(path: impl AsRef<Path>) -> Result<Connection> {
        Options::new().connect_path(path)
    }

    /// The library's number of it, for functions of the crate `reseau-sys`.
    pub fn id(&self) -> i64 {
        self.handle.id()
    }

    /// Reads what is there; waits for the first byte if nothing is. 0 is the end of the stream.
    pub fn receive(&self, buffer: &mut [u8]) -> Result<usize> {
        let timeout = self.read_timeout.load(Ordering::Relaxed);
        if timeout == raw_forever() {
            return check(unsafe { raw::reseau_read(self.id(), buffer.as_mut_ptr().cast(), buffer.len()) });
        }
        // What is there needs no limit.
        match self.try_receive(buffer) {
            Err(Error::WouldBlock) => {
                self.begin_reading()?;
                check(unsafe { raw::reseau_read(self.id(), buffer.as_mut_ptr().cast(), buffer.len()) })
            }
            result => result,
        }
    }

    /// The same without waiting: [`Error::WouldBlock`] if nothing is there.
    pub fn try_receive(&self, buffer: &mut [u8]) -> Result<usize> {
        check(unsafe { raw::reseau_try_read(self.id(), buffer.as_mut_ptr().cast(), buffer.len()) })
    }

    /// Fills the buffer; less only if the stream ends before. On an error, such as a time-out, nothing is consumed.
    pub fn receive_exactly(&self, buffer: &mut [u8]) -> Result<usize> {
        self.begin_reading()?;
        check(unsafe { raw::reseau_read_exactly(self.id(), buffer.as_mut_ptr().cast(), buffer.len()) })
    }

    /// Reads up to and with a delimiter; at the end of the stream what is left. [`Error::TooLarge`] if it does not come
    /// in `limit` bytes, of which none is consumed then.
    pub fn receive_until(&self, delimiter: &[u8], limit: usize) -> Result<Vec<u8>> {
        self.begin_reading()?;
        self.in_growing_room(limit, |buffer, size| unsafe {
            raw::reseau_read_until(self.id(), delimiter.as_ptr().cast(), delimiter.len(), buffer, size)
        })
    }

    /// Reads a line, without its end; `None` when there is no other. [`Error::TooLarge`] as [`Connection::receive_until`]
    /// has it.
    pub fn receive_line(&self, limit: usize) -> Result<Option<Vec<u8>>> {
        self.begin_reading()?;
        // One more for the NUL.
        let line = self.in_growing_room(limit.saturating_add(1), |buffer, size| unsafe {
            raw::reseau_read_line(self.id(), buffer.cast(), size)
        });
        match line {
            Err(Error::EndOfStream) => Ok(None),
            line => line.map(Some),
        }
    }

    /// Tries a call that consumes nothing if it has too little room with more of it.
    fn in_growing_room(&self, limit: usize, mut call: impl FnMut(*mut c_void, usize) -> i64) -> Result<Vec<u8>> {
        let mut room = limit.min(FIRST_ROOM);
        loop {
            let mut content = Vec::<u8>::with_capacity(room);
            match check(call(content.as_mut_ptr().cast(), room)) {
                Ok(length) => {
                    unsafe { content.set_len(length) };
                    return Ok(content);
                }
                Err(Error::TooLarge) if room < limit => room = room.saturating_mul(4).min(limit),
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads until the end of the stream. [`Error::TooLarge`] if there are more than `limit` bytes, of which none is
    /// consumed then.
    pub fn receive_all(&self, limit: usize) -> Result<Vec<u8>> {
        self.begin_reading()?;
        let mut data = std::ptr::null_mut();
        let length = check(unsafe { raw::reseau_read_all(self.id(), &mut data, limit) })?;
        let content = unsafe { std::slice::from_raw_parts(data as *const u8, length) }.to_vec();
        unsafe { raw::reseau_free(data) };
        Ok(content)
    }

    /// Copies what is there without consuming it; 0 if nothing is. Never waits.
    pub fn peek(&self, buffer: &mut [u8]) -> Result<usize> {
        check(unsafe { raw::reseau_peek(self.id(), buffer.as_mut_ptr().cast(), buffer.len()) })
    }

    /// Bytes that can be read without waiting.
    pub fn available(&self) -> Result<usize> {
        check(unsafe { raw::reseau_available(self.id()) })
    }

    /// Whether the peer has ended the stream and everything was read.
    pub fn at_end(&self) -> Result<bool> {
        check(unsafe { raw::reseau_at_end(self.id()) }.into()).map(|is| is == 1)
    }

    /// Sends all of it, or nothing: it is queued as a whole, and sent by the loop. Waits for room, or does what
    /// [`Options::write_policy`] says.
    pub fn send(&self, data: &[u8]) -> Result<()> {
        self.begin_writing()?;
        check(unsafe { raw::reseau_write(self.id(), data.as_ptr().cast(), data.len()) }).map(drop)
    }

    /// The same, before everything that is queued but what is about to be sent.
    pub fn send_first(&self, data: &[u8]) -> Result<()> {
        self.begin_writing()?;
        check(unsafe { raw::reseau_write_front(self.id(), data.as_ptr().cast(), data.len()) }).map(drop)
    }

    /// The same without copying: `data` is dropped when it was sent, or never will be, on any thread; also if this
    /// fails.
    ///
    /// ```
    /// # fn main() -> reseau::Result<()> {
    /// # let listener = reseau::Listener::bind("127.0.0.1", 0)?;
    /// # let connection = reseau::Connection::connect("127.0.0.1", listener.port())?;
    /// connection.send_owned(vec![0; 1_000_000])?;
    /// connection.send_owned("a text that is never freed")?;
    /// # Ok(()) }
    /// ```
    ///
    /// What may end before it was sent, or belongs to this thread, is refused by the compiler:
    ///
    /// ```compile_fail,E0597
    /// # fn lent(connection: &reseau::Connection) {
    /// let text = String::from("short-lived");
    /// connection.send_owned(text.as_bytes());
    /// # }
    /// ```
    /// ```compile_fail,E0277
    /// # fn of_this_thread(connection: &reseau::Connection) {
    /// let text: std::rc::Rc<[u8]> = b"counted by one thread"[..].into();
    /// connection.send_owned(text);
    /// # }
    /// ```
    pub fn send_owned<T: AsRef<[u8]> + Send + 'static>(&self, data: T) -> Result<()> {
        unsafe extern "C" fn destroy<T>(_: *mut c_void, data: *mut c_void) {
            guard(|| drop(unsafe { Box::from_raw(data as *mut T) }));
        }
        self.begin_writing()?;
        let data = Box::into_raw(Box::new(data)); // so that it stays where it is
        let bytes = unsafe { &*data }.as_ref();
        let (start, length) = (bytes.as_ptr().cast(), bytes.len());
        check(unsafe { raw::reseau_write_owned(self.id(), start, length, Some(destroy::<T>), data.cast()) }).map(drop)
    }

    /// Sends a part of a file, in order with what else is sent; `length` `None` is all of the rest. The file stays the
    /// caller's, who may close it at once. Returns how many bytes will be sent.
    #[cfg(unix)]
    pub fn send_file(&self, file: &impl std::os::unix::io::AsFd, offset: u64, length: Option<u64>) -> Result<u64> {
        use std::os::unix::io::AsRawFd;
        let length = match length {
            Some(length) => i64::try_from(length).map_err(|_| Error::InvalidArgument)?,
            None => -1,
        };
        let file = file.as_fd().as_raw_fd();
        check(unsafe { raw::reseau_send_descriptor(self.id(), file, offset, length, 0) }).map(|count| count as u64)
    }

    /// Waits until the system has taken everything that is queued.
    pub fn flush(&self) -> Result<()> {
        self.begin_writing()?;
        done(unsafe { raw::reseau_flush(self.id()) })
    }

    /// Bytes that are queued and not taken by the system, those of files among them.
    pub fn pending(&self) -> Result<u64> {
        check(unsafe { raw::reseau_pending(self.id()) }).map(|count| count as u64)
    }

    /// Ends this side's sending behind what is queued (half-close); reading goes on. With TLS, a close_notify first.
    pub fn end(&self) -> Result<()> {
        done(unsafe { raw::reseau_end(self.id()) })
    }

    /// Closes behind what is queued, waits until that is done, and says how the connection ended. Also of one that has
    /// failed before. On the thread of a loop: [`Error::WouldBlockLoop`], and it is closed without waiting.
    pub fn close(self) -> Result<CloseRecord> {
        let id = self.handle.forget();
        done(unsafe { raw::reseau_close(id) })?;
        done(unsafe { raw::reseau_wait_closed(id, raw_forever()) })?;
        CloseRecord::of(id)
    }

    /// Closes at once: what is queued is thrown away, but for what the system has. Calls of other threads end.
    pub fn abort(&self) -> Result<()> {
        done(unsafe { raw::reseau_abort(self.id()) })
    }

    /// How the connection ended, or is until now.
    pub fn close_record(&self) -> Result<CloseRecord> {
        CloseRecord::of(self.id())
    }

    /// The address of this side.
    pub fn local_address(&self) -> Result<Address> {
        Address::of(self.id(), raw::reseau_local_address)
    }

    /// The address of the other side.
    pub fn peer_address(&self) -> Result<Address> {
        Address::of(self.id(), raw::reseau_peer_address)
    }

    /// How long each read waits. `None`, as at first: without a limit. A read that has waited for so long fails with
    /// [`Error::TimedOut`]; it has consumed nothing, and the connection can be used.
    pub fn set_read_timeout(&self, time: Option<Duration>) -> Result<()> {
        self.read_timeout.store(limit(time), Ordering::Relaxed);
        done(unsafe { raw::reseau_set_read_deadline(self.id(), raw_forever()) })
    }

    /// How long each write waits for room, and each [`Connection::flush`].
    pub fn set_write_timeout(&self, time: Option<Duration>) -> Result<()> {
        self.write_timeout.store(limit(time), Ordering::Relaxed);
        done(unsafe { raw::reseau_set_write_deadline(self.id(), raw_forever()) })
    }

    /// The end of waiting for all reads together, that of another thread which waits now among them. It takes the place
    /// of the read time-out.
    pub fn set_read_deadline(&self, end: Option<Instant>) -> Result<()> {
        self.read_timeout.store(raw_forever(), Ordering::Relaxed);
        done(unsafe { raw::reseau_set_read_deadline(self.id(), until(end)) })
    }

    /// The same for writes and for [`Connection::flush`].
    pub fn set_write_deadline(&self, end: Option<Instant>) -> Result<()> {
        self.write_timeout.store(raw_forever(), Ordering::Relaxed);
        done(unsafe { raw::reseau_set_write_deadline(self.id(), until(end)) })
    }

    /// Another idle time-out, from now on.
    pub fn set_idle_timeout(&self, time: Option<Duration>) -> Result<()> {
        done(unsafe { raw::reseau_set_idle_timeout(self.id(), limit(time)) })
    }

    /// Puts the idle time-out off, as a read or write does.
    pub fn touch(&self) -> Result<()> {
        done(unsafe { raw::reseau_touch(self.id()) })
    }

    /// Takes no more from the peer until [`Connection::resume`].
    pub fn pause(&self) -> Result<()> {
        done(unsafe { raw::reseau_pause(self.id()) })
    }

    /// Goes on.
    pub fn resume(&self) -> Result<()> {
        done(unsafe { raw::reseau_resume(self.id()) })
    }

    /// Begins TLS on a plain connection, as the client (STARTTLS). Waits for the handshake; if it fails the connection
    /// is closed. [`Error::Busy`] if something is queued.
    pub fn start_tls(&self, tls: &Tls) -> Result<()> {
        done(tls.with_raw(|tls| unsafe { raw::reseau_start_tls(self.id(), 0, tls) })?)
    }

    /// The same as the server.
    pub fn start_tls_server(&self, tls: &Tls) -> Result<()> {
        done(tls.with_raw(|tls| unsafe { raw::reseau_start_tls(self.id(), 1, tls) })?)
    }

    /// [`Connection::start_tls`] without waiting: what was written before goes before, in the clear. Reads and
    /// [`Connection::tls_info`] have to do with what comes after the handshake, and what is written waits for it; if it
    /// fails, so do they. [`Error::Busy`] if TLS has begun or been asked for.
    pub fn begin_tls(&self, tls: &Tls) -> Result<()> {
        done(tls.with_raw(|tls| unsafe { raw::reseau_start_tls_then(self.id(), 0, tls, None) })?)
    }

    /// The same as the server.
    pub fn begin_tls_server(&self, tls: &Tls) -> Result<()> {
        done(tls.with_raw(|tls| unsafe { raw::reseau_start_tls_then(self.id(), 1, tls, None) })?)
    }

    /// What the TLS handshake has led to. [`Error::Unsupported`] without TLS, [`Error::WouldBlock`] during the handshake.
    pub fn tls_info(&self) -> Result<TlsInfo> {
        TlsInfo::of(self.id())
    }

    /// The certificate that the peer has shown, if it has shown one.
    pub fn peer_certificate(&self) -> Result<Option<Certificate>> {
        Certificate::of_peer(self.id())
    }

    /// Puts a hook on the connection: its bytes go through it from now on ([`Hook`]). What the peer has sent and
    /// nobody has read goes through it, so a protocol that agrees on one reads its own answer first, and nothing more.
    /// Waits for the loop a moment. [`Error::Busy`] while TLS begins.
    pub fn add_hook(&self, hook: impl Hook) -> Result<HookId> {
        hooks::add(self.id(), hook)
    }

    /// Takes a hook away. What was written before goes through it still, then [`Hook::close`] puts its last bytes; what is
    /// written later passes it by. What comes in passes it by from now on, beginning with what it has not consumed. [`Error::NotFound`] if it has left; [`Error::Unsupported`] for one that TLS stands on. Never waits.
    pub fn remove_hook(&self, hook: HookId) -> Result<()> {
        hooks::remove(self.id(), hook)
    }

    /// Has [`Hook::flush`] of each hook called soon, from the newest to the oldest, also if nothing was written.
    pub fn flush_hooks(&self) -> Result<()> {
        done(unsafe { raw::reseau_flush_hooks(self.id()) })
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

    /// The protocol agreed on by ALPN; empty if there is none.
    pub fn alpn_protocol(&self) -> Result<String> {
        alpn_protocol(self.id())
    }

    /// Takes the descriptor out, and forgets the connection. Only of plain connections that have nothing queued and
    /// nothing unread: [`Error::Busy`] otherwise.
    #[cfg(unix)]
    pub fn into_fd(self) -> std::result::Result<std::os::unix::io::OwnedFd, Refused<Connection>> {
        use std::os::unix::io::FromRawFd;
        match check(unsafe { raw::reseau_detach(self.id()) }.into()) {
            Ok(descriptor) => {
                self.handle.forget();
                Ok(unsafe { std::os::unix::io::OwnedFd::from_raw_fd(descriptor as i32) })
            }
            Err(error) => Err(Refused::new(error, self)),
        }
    }

    fn begin_reading(&self) -> Result<()> {
        match self.read_timeout.load(Ordering::Relaxed) {
            -1 => Ok(()),
            timeout => done(unsafe { raw::reseau_set_read_deadline(self.id(), timeout) }),
        }
    }

    fn begin_writing(&self) -> Result<()> {
        match self.write_timeout.load(Ordering::Relaxed) {
            -1 => Ok(()),
            timeout => done(unsafe { raw::reseau_set_write_deadline(self.id(), timeout) }),
        }
    }
}

pub(crate) fn alpn_protocol(id: i64) -> Result<String> {
    let mut name = [0; 256];
    check(unsafe { raw::reseau_tls_protocol(id, name.as_mut_ptr(), name.len()) }.into())?;
    Ok(unsafe { CStr::from_ptr(name.as_ptr()) }.to_string_lossy().into_owned())
}

fn until(end: Option<Instant>) -> i64 {
    end.map_or(raw_forever(), |end| milliseconds(end.saturating_duration_since(Instant::now())))
}

impl Read for &Connection {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(self.receive(buffer)?)
    }
}

/// A `write` takes at most 256 KB at a time.
impl Write for &Connection {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let data = &data[..data.len().min(MAX_WRITE)];
        self.send(data)?;
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(Connection::flush(self)?)
    }
}

impl Read for Connection {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self).read(buffer)
    }
}

/// A `write` takes at most 256 KB at a time.
impl Write for Connection {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        (&*self).write(data)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(Connection::flush(self)?)
    }
}
