// SPDX-License-Identifier: Apache-2.0
use super::connection::{Connection, ConnectionState};
use super::state::{lock, set_callbacks, Place, Shared, Waiting, Wakers};
use crate::address::Address;
use crate::error::{done, Error, Result};
use crate::handle::{c_string, guard, Handle};
use crate::listener::reload_tls;
use crate::options::{path_text, Options};
use crate::tls::Tls;
use reseau_sys as raw;
use std::collections::VecDeque;
use std::os::raw::{c_char, c_void};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// A listener as its callbacks and its tasks see it.
pub(super) struct ListenerState {
    options: Options,
    id: AtomicI64,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    /// Connections that wait to be accepted.
    waiting: VecDeque<Connection>,
    is_paused: bool,
    is_closed: bool,
    acceptors: Wakers,
}

impl ListenerState {
    fn opened(&self, id: i64) {
        let shared = Arc::new(Shared::Connection(ConnectionState::new(&self.options)));
        if let Shared::Connection(connection) = &*shared {
            connection.opened();
        }
        unsafe { raw::reseau_set_state(id, Shared::into_pointer(shared.clone())) };
        let connection = match Handle::new(id) {
            Ok(handle) => Connection::new(handle, shared),
            Err(_) => return,
        };
        let mut inner = lock(&self.inner);
        if inner.is_closed {
            drop(inner);
            let _ = connection.abort();
            return;
        }
        inner.waiting.push_back(connection);
        let pauses = !inner.is_paused && inner.waiting.len() >= self.options.backlog_connections();
        inner.is_paused |= pauses;
        let acceptors = inner.acceptors.take();
        if pauses {
            // Under the lock, so that it does not come behind the resume.
            unsafe { raw::reseau_pause(self.id.load(Ordering::Acquire)) };
        }
        drop(inner);
        acceptors.wake();
    }

    fn close(&self) {
        let mut inner = lock(&self.inner);
        inner.is_closed = true;
        let waiting = std::mem::take(&mut inner.waiting);
        let acceptors = inner.acceptors.take();
        drop(inner);
        for connection in waiting {
            let _ = connection.abort();
        }
        acceptors.wake();
    }
}

/// Of a connection: it can be used. With the state of a listener it was accepted, and gets one of its own.
pub(super) unsafe extern "C" fn on_open(id: i64, state: *mut c_void) {
    guard(|| match unsafe { Shared::from_pointer(state) } {
        Shared::Connection(connection) => connection.opened(),
        Shared::Listener(listener) => listener.opened(id),
    });
}

/// Takes connections of a port or a path, as futures. Any number of tasks may accept.
///
/// Dropping it ends the listening, and aborts connections that wait to be accepted.
pub struct Listener {
    handle: Handle,
    shared: Arc<Shared>,
}

impl Listener {
    /// Listens on a port of an address; "*" is every address of both families, port 0 lets the system choose. Blocks
    /// only if the host is a name. [`Options::listen_async`] has everything else.
    pub fn bind(host: &str, port: u16) -> Result<Listener> {
        Options::new().listen_async(host, port)
    }

    /// Listens on a Unix socket.
    pub fn bind_path(path: impl AsRef<Path>) -> Result<Listener> {
        Options::new().listen_path_async(path)
    }

    /// The library's number of it, for functions of the crate `reseau-sys`.
    pub fn id(&self) -> i64 {
        self.handle.id()
    }

    fn state(&self) -> &ListenerState {
        match &*self.shared {
            Shared::Listener(listener) => listener,
            Shared::Connection(_) => unreachable!("a listener has the state of one"),
        }
    }

    /// The next connection; with TLS, after its handshake. [`Error::Canceled`] when the listener is closed.
    pub async fn accept(&self) -> Result<Connection> {
        Waiting::new(
            |place: &mut Place, context: &mut Context<'_>| self.poll_accept_at(place, context),
            |place: &Place| lock(&self.state().inner).acceptors.leave(place),
        )
        .await
    }

    /// [`Listener::accept`], to be polled.
    pub fn poll_accept(&self, context: &mut Context<'_>) -> Poll<Result<Connection>> {
        self.poll_accept_at(&mut Place::shared(), context)
    }

    fn poll_accept_at(&self, place: &mut Place, context: &mut Context<'_>) -> Poll<Result<Connection>> {
        let state = self.state();
        let mut inner = lock(&state.inner);
        match inner.waiting.pop_front() {
            Some(connection) => {
                if inner.is_paused && inner.waiting.len() <= state.options.backlog_connections() / 2 {
                    inner.is_paused = false;
                    unsafe { raw::reseau_resume(self.id()) };
                }
                Poll::Ready(Ok(connection))
            }
            None if inner.is_closed => Poll::Ready(Err(Error::Canceled)),
            None => {
                let replaced = inner.acceptors.add(place, context);
                drop(inner);
                drop(replaced);
                Poll::Pending
            }
        }
    }

    /// Ends the listening: tasks that wait to accept get [`Error::Canceled`].
    pub fn close(&self) -> Result<()> {
        let result = done(unsafe { raw::reseau_close(self.id()) });
        self.state().close();
        result
    }

    /// Other options of TLS for the connections that are accepted from now on, as [`crate::Listener::reload_tls`].
    pub fn reload_tls(&self, tls: &Tls) -> Result<()> {
        reload_tls(self.id(), tls)
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

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.close();
    }
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Listener").field("id", &self.id()).finish_non_exhaustive()
    }
}

impl Options {
    /// [`Options::listen`] for a listener whose connections are futures' own.
    pub fn listen_async(&self, host: &str, port: u16) -> Result<Listener> {
        let host = c_string(host)?;
        self.start_listening(host.as_ptr(), |host, options| unsafe { raw::reseau_listen(host, port, options) })
    }

    /// [`Options::listen_path`] for a listener whose connections are futures' own.
    pub fn listen_path_async(&self, path: impl AsRef<Path>) -> Result<Listener> {
        let path = path_text(path.as_ref())?;
        self.start_listening(path.as_ptr(), |path, options| unsafe { raw::reseau_listen_path(path, options) })
    }

    fn start_listening(
        &self,
        text: *const c_char,
        function: impl FnOnce(*const c_char, &raw::reseau_options) -> i64,
    ) -> Result<Listener> {
        let state = ListenerState { options: self.clone(), id: AtomicI64::new(0), inner: Mutex::default() };
        let shared = Arc::new(Shared::Listener(Box::new(state)));
        let pointer = Shared::into_pointer(shared.clone());
        let result = self.with_raw(|options| {
            set_callbacks(options, pointer);
            function(text, options)
        });
        let listener = match result.and_then(Handle::new) {
            Ok(handle) => Listener { handle, shared },
            Err(error) => {
                unsafe { Shared::release(pointer) };
                return Err(error);
            }
        };
        listener.state().id.store(listener.id(), Ordering::Release);
        // The library's reference ends when the listener and all its connections are gone (rule 254), now if this fails.
        done(unsafe { raw::reseau_link(listener.id(), pointer, Some(Shared::release)) })?;
        Ok(listener)
    }
}
