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

/// Which of those that wait for the same a future is, once it waits. Its next waker comes in place of the one before: a
/// task may be polled with another each time.
#[derive(Debug, Default)]
pub(crate) struct Place(u64);

impl Place {
    /// That of all who poll without a future of this crate's: each of their tasks waits once.
    pub(crate) fn shared() -> Place {
        Place(SHARED)
    }
}

const SHARED: u64 = u64::MAX;

/// Tasks that wait for the same.
#[derive(Default)]
pub(crate) struct Wakers {
    waiting: Vec<(u64, Waker)>,
    last: u64,
}

impl Wakers {
    /// Adds that of a task. What is returned is dropped without the lock: it may be the last that a task hangs on, whose
    /// futures leave then.
    #[must_use]
    pub(crate) fn add(&mut self, place: &mut Place, context: &Context<'_>) -> Option<Waker> {
        let waker = context.waker();
        if place.0 == 0 {
            self.last += 1;
            place.0 = self.last;
        }
        let number = place.0;
        let is_its = |other: &Waker| number != SHARED || other.will_wake(waker);
        match self.waiting.iter_mut().find(|(other, waiting)| *other == number && is_its(waiting)) {
            Some((_, waiting)) if waiting.will_wake(waker) => None,
            Some((_, waiting)) => Some(std::mem::replace(waiting, waker.clone())),
            None => {
                self.waiting.push((number, waker.clone()));
                None
            }
        }
    }

    /// A future that waits no more. What is returned is dropped without the lock.
    #[must_use]
    pub(crate) fn leave(&mut self, place: &Place) -> Option<Waker> {
        let at = self.waiting.iter().position(|(number, _)| *number == place.0)?;
        Some(self.waiting.remove(at).1)
    }

    /// All of them, to be woken without the lock.
    pub(crate) fn take(&mut self) -> Wakers {
        Wakers { waiting: std::mem::take(&mut self.waiting), last: self.last }
    }

    /// Calls them, each an executor's, and possibly a program's own.
    pub(crate) fn wake(self) {
        for (_, waker) in self.waiting {
            guard(|| waker.wake());
        }
    }
}

/// A future of a function that polls. Dropped before it is ready, it leaves those that wait, by its other function.
pub(super) struct Waiting<P, L: FnMut(&Place) -> Option<Waker>> {
    place: Place,
    poll: P,
    leave: L,
}

impl<P, L: FnMut(&Place) -> Option<Waker>> Waiting<P, L> {
    pub(super) fn new(poll: P, leave: L) -> Waiting<P, L> {
        Waiting { place: Place::default(), poll, leave }
    }
}

impl<T, P, L> Future for Waiting<P, L>
where
    P: FnMut(&mut Place, &mut Context<'_>) -> Poll<T> + Unpin,
    L: FnMut(&Place) -> Option<Waker> + Unpin,
{
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let this = &mut *self;
        (this.poll)(&mut this.place, context)
    }
}

impl<P, L: FnMut(&Place) -> Option<Waker>> Drop for Waiting<P, L> {
    fn drop(&mut self) {
        if self.place.0 != 0 {
            (self.leave)(&self.place);
        }
    }
}
