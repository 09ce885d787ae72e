// SPDX-License-Identifier: Apache-2.0
use crate::aio::Wakers;
use crate::error::{Error, Result};
use crate::files::options_of;
use crate::handle::{guard, lock, milliseconds, Handle};
use crate::options::path_text;
use reseau_sys as raw;
use std::collections::VecDeque;
use std::ffi::{CStr, OsString};
use std::os::raw::{c_char, c_void};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What has happened to a file, or to the folder that is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// Something has come to this name: it was made, moved there, or has taken the place of what was there.
    Created,
    /// Its content, times or permissions have changed.
    Changed,
    /// It is not there any more. Without a name: the folder itself, and the watch ends.
    Removed,
    /// It has another name in the same folder.
    Renamed,
    /// Changes were lost, since there were too many: look at everything again.
    Rescan,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What has happened.
    pub kind: ChangeKind,
    /// The name in the folder, or that of the file that is watched; none for [`ChangeKind::Rescan`] and the folder itself.
    pub name: Option<OsString>,
    /// [`ChangeKind::Renamed`]: the name until now.
    pub old_name: Option<OsString>,
    /// Whether what has the name is a folder.
    pub is_folder: bool,
}

impl Change {
    fn from_raw(change: &raw::reseau_file_change) -> Change {
        let raw::reseau_file_change { kind, is_folder, name, old_name } = *change;
        Change {
            kind: match kind as raw::reseau_file_change_kind {
                raw::RESEAU_FILE_CREATED => ChangeKind::Created,
                raw::RESEAU_FILE_CHANGED => ChangeKind::Changed,
                raw::RESEAU_FILE_REMOVED => ChangeKind::Removed,
                raw::RESEAU_FILE_RENAMED => ChangeKind::Renamed,
                _ => ChangeKind::Rescan,
            },
            name: owned(name),
            old_name: owned(old_name),
            is_folder: is_folder != 0,
        }
    }
}

fn owned(name: *const c_char) -> Option<OsString> {
    if name.is_null() {
        return None;
    }
    let name = unsafe { CStr::from_ptr(name) };
    #[cfg(unix)]
    let name = std::os::unix::ffi::OsStringExt::from_vec(name.to_bytes().to_vec());
    #[cfg(not(unix))]
    let name = name.to_string_lossy().into_owned().into();
    Some(name)
}

/// A watch as its callbacks, its threads and its tasks see it.
#[derive(Default)]
pub(crate) struct WatchState {
    pub(crate) inner: Mutex<Inner>,
    changed: Condvar,
}

#[derive(Default)]
pub(crate) struct Inner {
    pub(crate) changes: VecDeque<Change>,
    pub(crate) has_ended: bool,
    pub(crate) waiting: Wakers,
}

impl WatchState {
    fn tell(&self, change: impl FnOnce(&mut Inner)) {
        let mut inner = lock(&self.inner);
        change(&mut inner);
        let waiting = inner.waiting.take();
        drop(inner);
        self.changed.notify_all();
        waiting.wake();
    }

    /// Begins to watch. One reference to the state is the library's, until its last callback.
    pub(crate) fn start(file: &Path, gather: Option<Duration>) -> Result<(Handle, Arc<WatchState>)> {
        let file = path_text(file)?;
        let shared = Arc::new(WatchState::default());
        let pointer = Arc::into_raw(shared.clone()) as *mut c_void;
        let mut options = options_of(0);
        options.state = pointer;
        options.on_close = Some(on_close);
        options.gather_ms = gather.map_or(0, |time| milliseconds(time).max(1));
        match Handle::new(unsafe { raw::reseau_file_watch(file.as_ptr(), &options, Some(on_change), pointer) }) {
            Ok(handle) => Ok((handle, shared)),
            Err(error) => {
                // No callback comes.
                drop(unsafe { Arc::from_raw(pointer as *const WatchState) });
                Err(error)
            }
        }
    }
}

unsafe extern "C" fn on_change(_: i64, change: *const raw::reseau_file_change, state: *mut c_void) {
    guard(|| {
        let change = Change::from_raw(unsafe { &*change });
        unsafe { &*(state as *const WatchState) }.tell(|inner| inner.changes.push_back(change));
    });
}

unsafe extern "C" fn on_close(_: i64, _: i32, state: *mut c_void) {
    guard(|| unsafe { Arc::from_raw(state as *const WatchState) }.tell(|inner| inner.has_ended = true));
}

/// Begins to watch a folder, without the folders in it; or a file, which need not be there yet, and may be replaced. Of
/// what happens to one name within 50 milliseconds the outcome is reported.
///
/// ```
/// # fn main() -> reseau::Result<()> {
/// # let folder = std::env::temp_dir().join(format!("watch-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// let watch = reseau::watch(&folder)?;
/// std::fs::write(folder.join("new"), "content").unwrap();
/// let change = watch.changes().next().unwrap();
/// assert_eq!(change.name.as_deref(), Some("new".as_ref()));
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok(()) }
/// ```
pub fn watch(file: impl AsRef<Path>) -> Result<Watch> {
    let (handle, shared) = WatchState::start(file.as_ref(), None)?;
    Ok(Watch { handle, shared })
}

/// [`watch()`], where changes are gathered for so long.
pub fn watch_gathering(file: impl AsRef<Path>, time: Duration) -> Result<Watch> {
    let (handle, shared) = WatchState::start(file.as_ref(), Some(time))?;
    Ok(Watch { handle, shared })
}

/// What happens in a folder or to a file: [`watch()`]. Dropping it ends it.
pub struct Watch {
    handle: Handle,
    shared: Arc<WatchState>,
}

impl Watch {
    /// The library's number of it, for functions of the crate `reseau-sys`.
    pub fn id(&self) -> i64 {
        self.handle.id()
    }

    /// Waits for the next change. `None` when there is no other: the watch is closed, or its folder is gone.
    pub fn next_change(&self) -> Option<Change> {
        self.next_until(None).unwrap_or(None)
    }

    /// The same for so long: [`Error::TimedOut`].
    pub fn next_change_timeout(&self, time: Duration) -> Result<Option<Change>> {
        self.next_until(Instant::now().checked_add(time))
    }

    fn next_until(&self, end: Option<Instant>) -> Result<Option<Change>> {
        let mut inner = lock(&self.shared.inner);
        loop {
            if let Some(change) = inner.changes.pop_front() {
                return Ok(Some(change));
            }
            if inner.has_ended {
                return Ok(None);
            }
            let changed = &self.shared.changed;
            inner = match end.map(|end| end.saturating_duration_since(Instant::now())) {
                None => changed.wait(inner).unwrap_or_else(PoisonError::into_inner),
                Some(Duration::ZERO) => return Err(Error::TimedOut),
                Some(left) => changed.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0,
            };
        }
    }

    /// All changes, one after the other, until the watch is closed or its folder is gone.
    pub fn changes(&self) -> Changes<'_> {
        Changes { watch: self }
    }

    /// Ends it: threads that wait get `None`.
    pub fn close(&self) -> Result<()> {
        crate::error::done(unsafe { raw::reseau_close(self.id()) })
    }
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Watch").field("id", &self.id()).finish_non_exhaustive()
    }
}

/// The changes of a watch: [`Watch::changes`].
#[derive(Debug)]
pub struct Changes<'a> {
    watch: &'a Watch,
}

impl Iterator for Changes<'_> {
    type Item = Change;

    fn next(&mut self) -> Option<Change> {
        self.watch.next_change()
    }
}
