// SPDX-License-Identifier: Apache-2.0
use crate::address::Address;
use crate::connection::Connection;
use crate::error::{done, of_open, Error, Result};
use crate::handle::{milliseconds, raw_forever, Handle};
use crate::options::Options;
use crate::tls::Tls;
use reseau_sys as raw;
use std::iter::FusedIterator;
use std::path::Path;
use std::time::Duration;

/// Takes connections of a port or a path. Several threads may accept at the same time.
///
/// Dropping it ends the listening, and aborts connections that wait to be accepted; those that were are not touched.
///
/// ```no_run
/// use std::io::Write;
/// # fn main() -> std::io::Result<()> {
/// for connection in reseau::Listener::bind("*", 8080)?.incoming() {
///     let mut connection = connection?;
///     std::thread::spawn(move || connection.write_all(b"hello\n"));
/// }
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct Listener {
    handle: Handle,
}

impl Listener {
    pub(crate) fn new(handle: Handle) -> Listener {
        Listener { handle }
    }

    /// Listens on a port of an address; "*" is every address of both families, port 0 lets the system choose.
    /// [`Options::listen`] has everything else.
    pub fn bind(host: &str, port: u16) -> Result<Listener> {
        Options::new().listen(host, port)
    }

    /// Listens on a Unix socket.
    pub fn bind_path(path: impl AsRef<Path>) -> Result<Listener> {
        Options::new().listen_path(path)
    }

    /// The library's number of it, for functions of the crate `reseau-sys`.
    pub fn id(&self) -> i64 {
        self.handle.id()
    }

    /// The next connection; with TLS, after its handshake. Waits for it. [`Error::Canceled`] when the listener is closed
    /// meanwhile, [`Error::Closed`] when it was before.
    pub fn accept(&self) -> Result<Connection> {
        self.accept_for(raw_forever())
    }

    /// The same for so long: [`Error::TimedOut`].
    pub fn accept_timeout(&self, time: Duration) -> Result<Connection> {
        self.accept_for(milliseconds(time))
    }

    fn accept_for(&self, time: i64) -> Result<Connection> {
        Ok(Connection::new(of_open(Handle::new(unsafe { raw::reseau_accept(self.id(), time) }))?))
    }

    /// All connections, one after the other, until the listener is closed. An error is no end; but when nothing can come
    /// any more it ends after the error.
    pub fn incoming(&self) -> Incoming<'_> {
        Incoming { listener: self, is_over: false }
    }

    /// Ends the listening: threads that wait in [`Listener::accept`] get [`Error::Canceled`], [`Listener::incoming`] ends.
    pub fn close(&self) -> Result<()> {
        done(unsafe { raw::reseau_close(self.id()) })
    }

    /// Other options of TLS for the connections that are accepted from now on; files are read again. Those that are there
    /// go on with what they have. After an error everything is as it was. [`Error::Unsupported`] without TLS.
    pub fn reload_tls(&self, tls: &Tls) -> Result<()> {
        reload_tls(self.id(), tls)
    }

    /// Accepts nothing until [`Listener::resume`]; who connects waits in the system's backlog.
    pub fn pause(&self) -> Result<()> {
        done(unsafe { raw::reseau_pause(self.id()) })
    }

    /// Goes on.
    pub fn resume(&self) -> Result<()> {
        done(unsafe { raw::reseau_resume(self.id()) })
    }

    /// Where it listens.
    pub fn local_address(&self) -> Result<Address> {
        Address::of(self.id(), raw::reseau_local_address)
    }

    /// Its port; 0 for a path, and when it is closed.
    pub fn port(&self) -> u16 {
        self.local_address().ok().and_then(|address| address.port()).unwrap_or(0)
    }
}

pub(crate) fn reload_tls(id: i64, tls: &Tls) -> Result<()> {
    done(tls.with_raw(|tls| unsafe { raw::reseau_tls_reload(id, tls) })?)
}

/// The connections of a listener: [`Listener::incoming`]. It does not outlive its listener:
///
/// ```compile_fail,E0597
/// let incoming = {
///     let listener = reseau::Listener::bind("127.0.0.1", 0).unwrap();
///     listener.incoming()
/// };
/// ```
#[derive(Debug)]
pub struct Incoming<'a> {
    listener: &'a Listener,
    is_over: bool,
}

impl Iterator for Incoming<'_> {
    type Item = Result<Connection>;

    fn next(&mut self) -> Option<Result<Connection>> {
        if self.is_over {
            return None;
        }
        let result = self.listener.accept();
        match result {
            Err(Error::Canceled | Error::Closed) => {
                self.is_over = true;
                None
            }
            Err(Error::Forked | Error::LoopEnded | Error::WouldBlockLoop) => {
                self.is_over = true;
                Some(result)
            }
            _ => Some(result),
        }
    }
}

impl FusedIterator for Incoming<'_> {}
