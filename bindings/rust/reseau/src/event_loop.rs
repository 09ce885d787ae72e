// SPDX-License-Identifier: Apache-2.0
use crate::error::{done, Result};
use crate::handle::{guard, limit, Handle};
use reseau_sys as raw;
use std::os::raw::{c_int, c_void};
use std::time::Duration;

/// A loop that runs on a thread of the program's, for as long as that is inside [`Loop::run`]. Programs need none: the
/// library has loops of its own, each on a thread.
///
/// Dropping it ends it: functions that were posted are dropped, and what is on it ends with [`crate::Error::LoopEnded`].
#[derive(Debug)]
pub struct Loop {
    handle: Handle,
}

impl Loop {
    /// A loop that nobody runs yet.
    pub fn new() -> Result<Loop> {
        Ok(Loop { handle: Handle::new(unsafe { raw::reseau_loop_new() })? })
    }

    /// The library's number of it, for functions of the crate `reseau-sys`.
    pub fn id(&self) -> i64 {
        self.handle.id()
    }

    /// Runs the loop on this thread until [`Loop::stop`], or for so long; no time at all does what is due.
    /// [`crate::Error::Busy`] if a thread runs it already. Threads may run it one after the other.
    pub fn run(&self, time: Option<Duration>) -> Result<()> {
        done(unsafe { raw::reseau_loop_run(self.id(), limit(time)) })
    }

    /// Ends the run that is under way, when what was posted before has been called; or the next one after a round.
    pub fn stop(&self) -> Result<()> {
        done(unsafe { raw::reseau_loop_stop(self.id()) })
    }

    /// Calls a function on the loop's thread, once, behind those that this thread has posted before. If the loop ends
    /// before, it is dropped there without a call.
    ///
    /// It goes to another thread, and so must what it has:
    ///
    /// ```compile_fail,E0277
    /// let counted = std::rc::Rc::new(1);
    /// reseau::Loop::new().unwrap().post(move || println!("{counted}"));
    /// ```
    pub fn post(&self, function: impl FnOnce() + Send + 'static) -> Result<()> {
        post_to(self.id(), function)
    }
}

/// Calls a function on the thread of one of the library's loops, once. It must not block, which would stop everything
/// on that loop. A panic ends there, when the panic hook has been called.
pub fn post(function: impl FnOnce() + Send + 'static) -> Result<()> {
    post_to(0, function)
}

fn post_to<F: FnOnce() + Send + 'static>(id: i64, function: F) -> Result<()> {
    unsafe extern "C" fn call<F: FnOnce()>(state: *mut c_void, is_canceled: c_int) {
        let function = unsafe { Box::from_raw(state as *mut F) };
        guard(move || {
            if is_canceled == 0 {
                function()
            }
        });
    }
    let state = Box::into_raw(Box::new(function));
    let result = done(unsafe { raw::reseau_post(id, Some(call::<F>), state.cast()) });
    if result.is_err() {
        // It was not called, and will not be.
        drop(unsafe { Box::from_raw(state) });
    }
    result
}

/// Whether this is the thread of a loop, where calls that block are refused ([`crate::Error::WouldBlockLoop`]).
pub fn is_on_loop() -> bool {
    unsafe { raw::reseau_loop_current() > 0 }
}
