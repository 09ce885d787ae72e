// SPDX-License-Identifier: Apache-2.0
use crate::error::{self, Error, Result};
use reseau_sys as raw;
use std::any::Any;
use std::os::raw::c_int;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// An object of the library, which is closed with its owner (rule 251).
#[derive(Debug)]
pub(crate) struct Handle(i64);

impl Handle {
    /// Owns what a call has returned; or its error.
    pub(crate) fn new(result: i64) -> Result<Handle> {
        error::id(result).map(Handle)
    }

    pub(crate) fn id(&self) -> i64 {
        self.0
    }

    /// Is not its owner any more.
    pub(crate) fn forget(self) -> i64 {
        let id = self.0;
        std::mem::forget(self);
        id
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        // In a forked child the parent's ids are refused, and nothing happens.
        if unsafe { raw::reseau_close(self.0) } == 0 {
            await_at_exit(self.0);
        }
    }
}

/// How long the end of the process waits for what dropped connections have queued (rule 252).
const TIME_AT_EXIT: Duration = Duration::from_secs(1);

const CLOSING: usize = 1024;

/// The objects that were closed last. Without a lock, since a forked child may be without whoever has it.
static RECENT: [AtomicI64; CLOSING] = {
    #[allow(clippy::declare_interior_mutable_const)] // the beginning of each
    const NOTHING: AtomicI64 = AtomicI64::new(0);
    [NOTHING; CLOSING]
};
static NEXT: AtomicUsize = AtomicUsize::new(0);
static IS_REGISTERED: AtomicBool = AtomicBool::new(false);

extern "C" {
    fn atexit(function: extern "C" fn()) -> c_int;
}

fn await_at_exit(id: i64) {
    RECENT[NEXT.fetch_add(1, Ordering::Relaxed) % CLOSING].store(id, Ordering::Relaxed);
    if !IS_REGISTERED.swap(true, Ordering::Relaxed) {
        unsafe { atexit(at_exit) };
    }
}

extern "C" fn at_exit() {
    let end = Instant::now() + TIME_AT_EXIT;
    for slot in &RECENT {
        let id = slot.load(Ordering::Relaxed);
        if id != 0 {
            let left = end.saturating_duration_since(Instant::now());
            unsafe { raw::reseau_wait_closed(id, milliseconds(left)) };
        }
    }
}

/// A time as the library takes it, never shorter, and never one of its special numbers.
pub(crate) fn milliseconds(time: Duration) -> i64 {
    let whole = time.as_nanos() / 1_000_000 + u128::from(time.as_nanos() % 1_000_000 != 0);
    i64::try_from(whole).unwrap_or(i64::MAX)
}

/// The same where `None` is no limit.
pub(crate) fn limit(time: Option<Duration>) -> i64 {
    time.map_or(raw_forever(), milliseconds)
}

/// RESEAU_FOREVER, whose type bindgen does not know.
pub(crate) const fn raw_forever() -> i64 {
    -1
}

/// Runs a function of the program's on behalf of C, which a panic must not reach: it has been reported by the panic
/// hook, and ends there (rule 253).
pub(crate) fn guard<R>(function: impl FnOnce() -> R) -> Option<R> {
    catch_unwind(AssertUnwindSafe(function)).map_err(drop_payload).ok()
}

/// What a panic was about may panic itself when it is dropped, and so on: those after the first are kept for ever.
fn drop_payload(payload: Box<dyn Any + Send>) {
    if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(another);
    }
}

/// A panic while one of these was locked can only have been a failure to allocate: what is inside is whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A string for C. What has a NUL inside is no name, path or address.
pub(crate) fn c_string(text: impl Into<Vec<u8>>) -> Result<std::ffi::CString> {
    std::ffi::CString::new(text).map_err(|_| Error::BadAddress)
}
