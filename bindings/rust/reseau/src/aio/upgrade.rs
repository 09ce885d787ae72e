// SPDX-License-Identifier: Apache-2.0
//! What a connection becomes while it is open: TLS, and hooks. The bytes that come behind its beginning are not a task's.

use super::connection::{connection_of, Connection};
use super::state::{lock, Place, Shared, Waiting};
use crate::error::{done, of_open, Error, Result};
use crate::handle::guard;
use crate::hooks::{self, Hook, HookId};
use crate::tls::Tls;
use reseau_sys as raw;
use std::os::raw::c_void;
use std::task::{Context, Poll};

/// Has bytes stay with the library, until it is dropped or given to an upgrade.
struct Hold<'a>(&'a Connection);

impl Hold<'_> {
    /// [`Error::Busy`] if bytes have come that nobody has read.
    fn begin(connection: &Connection) -> Result<Hold<'_>> {
        let mut inner = lock(&connection.state().inner);
        if inner.is_held || inner.unread() > 0 {
            return Err(Error::Busy);
        }
        inner.is_held = true;
        Ok(Hold(connection))
    }
}

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        self.0.state().release(self.0.id());
    }
}

/// The handshake of an upgrade is done.
unsafe extern "C" fn on_done(id: i64, state: *mut c_void) {
    guard(|| {
        if let Some(connection) = connection_of(unsafe { Shared::from_pointer(state) }) {
            let mut inner = lock(&connection.inner);
            inner.is_encrypted = true;
            let waiting = inner.others.take();
            drop(inner);
            connection.release(id);
            waiting.wake();
        }
    });
}

impl Connection {
    /// Begins TLS on a plain connection, as the client (STARTTLS); ready when the handshake is done. If that fails the
    /// connection is closed. A protocol reads its own answer first, and nothing more: [`Error::Busy`] if there is something
    /// that nobody has read, or if TLS has begun. What was written before goes before, in the clear. The handshake goes on
    /// if this is dropped.
    pub async fn start_tls(&self, tls: &Tls) -> Result<()> {
        self.upgrade(tls, false, &[]).await
    }

    /// The same as the server. `answer` is sent before, in the clear: the handshake may come as soon as the client has it,
    /// so it cannot be written before this.
    pub async fn start_tls_server(&self, tls: &Tls, answer: &[u8]) -> Result<()> {
        self.upgrade(tls, true, answer).await
    }

    async fn upgrade(&self, tls: &Tls, is_server: bool, answer: &[u8]) -> Result<()> {
        let hold = Hold::begin(self)?;
        self.write_all(answer).await?;
        of_open(done(tls.with_raw(|tls| unsafe {
            raw::reseau_start_tls_then(self.id(), is_server.into(), tls, Some(on_done))
        })?))?;
        // Until it is done.
        std::mem::forget(hold);
        Waiting::new(
            |place: &mut Place, context: &mut Context<'_>| {
                let mut inner = lock(&self.state().inner);
                match &inner.record {
                    _ if inner.is_encrypted => Poll::Ready(Ok(())),
                    Some(record) => Poll::Ready(Err(record.error.unwrap_or(Error::Closed))),
                    None => {
                        let replaced = inner.others.add(place, context);
                        drop(inner);
                        drop(replaced);
                        Poll::Pending
                    }
                }
            },
            |place: &Place| lock(&self.state().inner).others.leave(place),
        )
        .await
    }

    /// Puts a hook on the connection: its bytes go through it from now on ([`Hook`]). A protocol that agrees on
    /// one reads its own answer first, and nothing more: [`Error::Busy`] if there is something that nobody has read, or
    /// while TLS begins. Waits for the loop a moment; on another loop's thread that is [`Error::WouldBlockLoop`].
    pub fn add_hook(&self, hook: impl Hook) -> Result<HookId> {
        let _hold = Hold::begin(self)?;
        hooks::add(self.id(), hook)
    }

    /// Takes a hook away. What was written before goes through it still, then [`Hook::close`] puts its last bytes; what is
    /// written later passes it by. What comes in passes it by from now on, beginning with what it has not consumed.
    /// [`Error::NotFound`] if it has left; [`Error::Unsupported`] for one that TLS stands on. Never waits.
    pub fn remove_hook(&self, hook: HookId) -> Result<()> {
        hooks::remove(self.id(), hook)
    }

    /// Has [`Hook::flush`] of each hook called soon, from the newest to the oldest, also if nothing was written.
    pub fn flush_hooks(&self) -> Result<()> {
        done(unsafe { raw::reseau_flush_hooks(self.id()) })
    }
}
