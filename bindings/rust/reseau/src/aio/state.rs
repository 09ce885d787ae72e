// SPDX-License-Identifier: Apache-2.0
//! What the library's callbacks and the program's tasks share.

use super::connection::ConnectionState;
use super::listener::ListenerState;
use crate::handle::guard;
pub(crate) use crate::handle::lock;
use reseau_sys as raw;
use std::future::Future;
use std::os::raw::c_void;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// What the state pointer of the library's callbacks points to. A connection that a listener accepts has that of the
/// listener until it is open (rule 254).
pub(super) enum Shared {
    Connection(ConnectionState),
    Listener(Box<ListenerState>),
}

impl Shared {
    /// The pointer for C, which is one reference.
    pub(super) fn into_pointer(this: Arc<Shared>) -> *mut c_void {
        Arc::into_raw(this) as *mut c_void
    }

    /// What the pointer points to, for the time of a callback.
    ///
    /// # Safety
    /// The pointer is of [`Shared::into_pointer`], and its reference is not released yet.
    pub(super) unsafe fn from_pointer<'a>(pointer: *mut c_void) -> &'a Shared {
        unsafe { &*(pointer as *const Shared) }
    }

    /// Releases the reference that the pointer is.
    ///
    /// # Safety
    /// As for [`Shared::from_pointer`]; and it is not used afterwards.
    pub(super) unsafe extern "C" fn release(pointer: *mut c_void) {
        guard(|| drop(unsafe { Arc::from_raw(pointer as *const Shared) }));
    }
}

/// The options with the callbacks of this module.
pub(super) fn set_callbacks(options: &mut raw::reseau_options, state: *mut c_void) {
    options.state = state;
    options.write_policy = raw::RESEAU_WRITE_WOULD_BLOCK as i32;
    options.on_open = Some(super::listener::on_open);
    options.on_data = Some(super::connection::on_data);
    options.on_end = Some(super::connection::on_end);
    options.on_drain = Some(super::connection::on_drain);
    options.on_close = Some(super::connection::on_close);
}

/// Tasks that wait for the same.
#[derive(Default)]
pub(crate) struct Wakers(Vec<Waker>);

impl Wakers {
    /// Adds that of a task, unless it is there.
    pub(crate) fn add(&mut self, context: &Context<'_>) {
        if !self.0.iter().any(|waker| waker.will_wake(context.waker())) {
            self.0.push(context.waker().clone());
        }
    }

    /// All of them, to be woken without the lock.
    pub(crate) fn take(&mut self) -> Wakers {
        Wakers(std::mem::take(&mut self.0))
    }

    /// Calls them, each an executor's, and possibly a program's own.
    pub(crate) fn wake(self) {
        for waker in self.0 {
            guard(|| waker.wake());
        }
    }
}

/// A future of a function that polls.
pub(super) struct PollFn<F>(pub(super) F);

impl<T, F: FnMut(&mut Context<'_>) -> Poll<T> + Unpin> Future for PollFn<F> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        (self.0)(context)
    }
}
