// SPDX-License-Identifier: Apache-2.0
use crate::error::{done, Error, Result};
use crate::handle::guard;
use reseau_sys as raw;
use std::collections::BTreeMap;
use std::mem::size_of;
use std::os::raw::{c_int, c_void};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// What a function of a hook returns; a failure ends the connection with [`Error::Hook`], and its number, which is below
/// 0, is the `cause` in the record.
pub type HookResult = std::result::Result<HookStep, i32>;

/// How far a function of a hook has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HookStep {
    /// It has done what it can; what it has not consumed needs more behind it.
    Done,
    /// It has more to put: it is called again, with another window. It has consumed or produced something.
    More,
    /// [`Hook::read`] only: the stream has ended here. What comes behind is thrown away.
    End,
}

/// What the bytes of a connection become on their way, such as compression, framing, or a cipher of one's own:
/// [`crate::Connection::add_hook`]. Hooks stand on one another. Those that are added after TLS see what it carries, those
/// before it its records.
///
/// Each function gets bytes and a window, says how many it has consumed and produced, and is called as often as that
/// takes. What it does not consume comes again, with more behind it, up to 64 KB. So a hook needs no buffers, and a peer
/// that does not read stops it as it stops a plain connection.
///
/// The functions are called on the thread of the connection's loop, one at a time. They must not block; they may write to
/// connections, close them, and post. A panic ends the connection, as a failure does. The hook is dropped once, after the
/// connection has closed, or when it has left or could not be added, on any thread.
///
/// ```
/// use reseau::{Connection, Hook, HookBytes, HookResult, Listener};
/// struct Rot13;
///
/// impl Rot13 {
///     fn turn(bytes: &mut HookBytes<'_>) -> HookResult {
///         let (input, output) = bytes.split();
///         let length = input.len().min(output.len());
///         for (to, from) in output.iter_mut().zip(input) {
///             *to = match from {
///                 b'a'..=b'z' => (from - b'a' + 13) % 26 + b'a',
///                 _ => *from,
///             };
///         }
///         bytes.consume(length);
///         bytes.produce(length);
///         bytes.more_if_input_is_left()
///     }
/// }
///
/// impl Hook for Rot13 {
///     fn read(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
///         Rot13::turn(bytes)
///     }
///     fn write(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
///         Rot13::turn(bytes)
///     }
/// }
///
/// # fn main() -> reseau::Result<()> {
/// let listener = Listener::bind("127.0.0.1", 0)?;
/// let client = Connection::connect("127.0.0.1", listener.port())?;
/// let server = listener.accept()?;
/// client.add_hook(Rot13)?;
/// client.send(b"hello")?;
/// let mut seen = [0; 5];
/// server.receive_exactly(&mut seen)?;
/// assert_eq!(&seen, b"uryyb");
/// # Ok(()) }
/// ```
///
/// It goes to another thread, and may last as long as the connection:
///
/// ```compile_fail,E0277
/// struct OfThisThread(std::rc::Rc<u8>);
/// impl reseau::Hook for OfThisThread {}
/// ```
/// ```compile_fail,E0477
/// struct Lent<'a>(&'a mut Vec<u8>);
/// impl<'a> reseau::Hook for Lent<'a> {}
/// ```
pub trait Hook: Send + 'static {
    /// Bytes from below. When the stream has ended, once more with [`HookBytes::is_last`]; what is left unconsumed then
    /// was cut, and ends the connection with a failure.
    fn read(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
        bytes.pass()
    }

    /// Bytes from above. A file comes in pieces of 64 KB at most.
    fn write(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
        bytes.pass()
    }

    /// All that was written up to now has been given to [`Hook::write`]: puts what the hook holds back. Often: a turn of
    /// the loop that has written ends with it. There is no input.
    fn flush(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
        let _ = bytes;
        Ok(HookStep::Done)
    }

    /// This side ends its sending: puts the last bytes, such as a trailer. Once, after all else that goes out; not when
    /// the connection is aborted or has failed. There is no input.
    fn close(&mut self, bytes: &mut HookBytes<'_>) -> HookResult {
        let _ = bytes;
        Ok(HookStep::Done)
    }
}

/// What a hook is given, and what it makes of it.
pub struct HookBytes<'a> {
    connection: i64,
    hook: HookId,
    bytes: &'a mut raw::reseau_hook_bytes,
}

impl HookBytes<'_> {
    /// The library's number of the connection.
    pub fn connection(&self) -> i64 {
        self.connection
    }

    /// The hook leaves: what it has consumed nothing of when it returns, and all that comes in behind, passes as it is.
    /// What was written before goes through it still, then [`Hook::close`] puts its last bytes. For a protocol that knows
    /// where it ends. As [`crate::Connection::remove_hook`].
    pub fn leave(&mut self) -> Result<()> {
        remove(self.connection, self.hook)
    }

    /// What has come and is not consumed yet.
    pub fn input(&self) -> &[u8] {
        match self.bytes.input_length - self.bytes.consumed {
            0 => &[],
            left => unsafe { std::slice::from_raw_parts(self.bytes.input.add(self.bytes.consumed), left) },
        }
    }

    /// Nothing comes behind the input: the stream has ended there.
    pub fn is_last(&self) -> bool {
        self.bytes.is_last != 0
    }

    /// The rest of the window, where the result goes.
    pub fn output(&mut self) -> &mut [u8] {
        self.split().1
    }

    /// Input and window at once.
    pub fn split(&mut self) -> (&[u8], &mut [u8]) {
        let produced = self.bytes.produced;
        let room = self.bytes.output_room - produced;
        // They are different memory.
        let output = unsafe { std::slice::from_raw_parts_mut(self.bytes.output.add(produced), room) };
        (self.input(), output)
    }

    /// The hook is done with so many bytes of the input.
    ///
    /// # Panics
    /// If there are not so many.
    pub fn consume(&mut self, count: usize) {
        assert!(count <= self.input().len(), "a hook consumes what it was given");
        self.bytes.consumed += count;
    }

    /// The hook has put so many bytes into the window.
    ///
    /// # Panics
    /// If there is no room for so many.
    pub fn produce(&mut self, count: usize) {
        assert!(count <= self.output().len(), "a hook produces what has room");
        self.bytes.produced += count;
    }

    /// Copies what has room into the window; returns how many bytes that were.
    pub fn put(&mut self, data: &[u8]) -> usize {
        let count = data.len().min(self.output().len());
        self.output()[..count].copy_from_slice(&data[..count]);
        self.bytes.produced += count;
        count
    }

    /// Passes the input on as it is, as far as there is room.
    pub fn pass(&mut self) -> HookResult {
        let (input, output) = self.split();
        let count = input.len().min(output.len());
        output[..count].copy_from_slice(&input[..count]);
        self.bytes.consumed += count;
        self.bytes.produced += count;
        self.more_if_input_is_left()
    }

    /// The result of a function for which no input is too short.
    pub fn more_if_input_is_left(&self) -> HookResult {
        Ok(if self.input().is_empty() { HookStep::Done } else { HookStep::More })
    }
}

impl std::fmt::Debug for HookBytes<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("HookBytes").field("input", &self.input().len()).finish_non_exhaustive()
    }
}

/// What C has of a hook (rule 333).
struct Slot<H> {
    /// A function of it runs: there is one reference to it.
    is_running: bool,
    hook: H,
}

// C gets numbers for hooks, not pointers: an address may be another hook's later, and an id of a hook is for good.
static NUMBERS: AtomicUsize = AtomicUsize::new(1);
static SLOTS: Mutex<Option<BTreeMap<usize, usize>>> = Mutex::new(None);

/// Where hooks are, by their numbers.
fn with_slots<R>(function: impl FnOnce(&mut BTreeMap<usize, usize>) -> R) -> R {
    function(SLOTS.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(BTreeMap::new))
}

/// Calls a function of a hook. What cannot be returned, and a panic, is a failure of the connection.
///
/// # Safety
/// `state` is a slot of this kind that is not destroyed yet, and `bytes` is good for the call.
unsafe fn call<H: Hook>(
    connection: i64,
    bytes: *mut raw::reseau_hook_bytes,
    state: *mut c_void,
    function: impl FnOnce(&mut H, &mut HookBytes<'_>) -> HookResult,
) -> c_int {
    let slot = with_slots(|slots| slots.get(&(state as usize)).map_or(0, |&at| at)) as *mut Slot<H>;
    if slot.is_null() || unsafe { (*slot).is_running } {
        return raw::RESEAU_ERROR_HOOK;
    }
    unsafe { (*slot).is_running = true };
    let result = guard(|| {
        let (hook, bytes) = unsafe { (&mut (*slot).hook, &mut *bytes) };
        function(hook, &mut HookBytes { connection, hook: HookId(state as usize), bytes })
    });
    unsafe { (*slot).is_running = false };
    match result {
        Some(Ok(HookStep::Done)) => raw::RESEAU_HOOK_DONE as c_int,
        Some(Ok(HookStep::More)) => raw::RESEAU_HOOK_MORE as c_int,
        Some(Ok(HookStep::End)) => raw::RESEAU_HOOK_END as c_int,
        Some(Err(number)) if number < 0 => number,
        _ => raw::RESEAU_ERROR_HOOK,
    }
}

macro_rules! functions {
    ($($name:ident)*) => {
        $(unsafe extern "C" fn $name<H: Hook>(
            connection: i64,
            bytes: *mut raw::reseau_hook_bytes,
            state: *mut c_void,
        ) -> c_int {
            unsafe { call::<H>(connection, bytes, state, |hook, bytes| hook.$name(bytes)) }
        })*
    };
}

functions!(read write flush close);

unsafe extern "C" fn destroy<H: Hook>(state: *mut c_void) {
    let slot = with_slots(|slots| slots.remove(&(state as usize)));
    guard(|| drop(slot.map(|at| unsafe { Box::from_raw(at as *mut Slot<H>) })));
}

/// Which hook of a connection: what adding it returns, and taking it away gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HookId(usize);

/// Takes a hook away, if it is still there.
pub(crate) fn remove(connection: i64, hook: HookId) -> Result<()> {
    done(unsafe { raw::reseau_remove_hook(connection, hook.0 as *const c_void) })
}

/// Puts a hook on a connection. It is the library's from then on, also if this fails.
pub(crate) fn add<H: Hook>(connection: i64, hook: H) -> Result<HookId> {
    let slot = Box::into_raw(Box::new(Slot { is_running: false, hook }));
    let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
    with_slots(|slots| slots.insert(number, slot as usize));
    let state = number as *mut c_void;
    let functions = raw::reseau_hook {
        size: size_of::<raw::reseau_hook>(),
        state,
        read: Some(read::<H>),
        write: Some(write::<H>),
        flush: Some(flush::<H>),
        close: Some(close::<H>),
        destroy: Some(destroy::<H>),
    };
    let result = done(unsafe { raw::reseau_add_hook(connection, &functions) });
    if result == Err(Error::InvalidArgument) {
        // The one failure after which it is still ours.
        unsafe { destroy::<H>(state) };
    }
    result.map(|()| HookId(state as usize))
}
