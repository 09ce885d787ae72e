// SPDX-License-Identifier: Apache-2.0
use super::state::{lock, Place, Wakers};
use crate::error::{check, of_open, Error, Result};
use crate::files::{options_of, FileInfo, FileOptions};
use crate::handle::{guard, Handle};
use crate::options::path_text;
use reseau_sys as raw;
use std::cell::UnsafeCell;
use std::future::Future;
use std::os::raw::{c_int, c_void};
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// Memory of an operation.
enum Memory {
    Nothing,
    Bytes(Vec<u8>),
    Info(raw::reseau_file_info),
}

impl Memory {
    fn into_bytes(self) -> Vec<u8> {
        match self {
            Memory::Bytes(bytes) => bytes,
            _ => Vec::new(),
        }
    }
}

/// Something that is under way. One reference is the library's until it is done, so that the memory stays if nobody waits
/// any more (rule 334).
struct Operation {
    progress: Mutex<Progress>,
    /// The library's until there is a result, then that of whoever takes the result.
    memory: UnsafeCell<Memory>,
}

#[derive(Default)]
struct Progress {
    result: Option<i64>,
    waiting: Wakers,
}

// The memory belongs to one side at a time.
unsafe impl Send for Operation {}
unsafe impl Sync for Operation {}

impl Operation {
    fn finish(&self, result: i64) {
        let mut progress = lock(&self.progress);
        progress.result = Some(result);
        let waiting = progress.waiting.take();
        drop(progress);
        waiting.wake();
    }

    /// The reference that the library had.
    unsafe fn of(state: *mut c_void) -> Arc<Operation> {
        unsafe { Arc::from_raw(state as *const Operation) }
    }
}

unsafe extern "C" fn on_done(_: i64, result: i64, state: *mut c_void) {
    guard(|| unsafe { Operation::of(state) }.finish(result));
}

unsafe extern "C" fn on_loaded(_: i64, data: *mut c_void, result: i64, state: *mut c_void) {
    guard(|| {
        let operation = unsafe { Operation::of(state) };
        if !data.is_null() {
            let length = usize::try_from(result).unwrap_or(0);
            let content = unsafe { std::slice::from_raw_parts(data as *const u8, length) }.to_vec();
            unsafe { *operation.memory.get() = Memory::Bytes(content) };
        }
        operation.finish(result);
    });
    unsafe { raw::reseau_free(data) };
}

/// A future of an operation. Dropped before it is ready, the operation comes to its end all the same.
struct Pending(std::result::Result<Arc<Operation>, Error>, Place);

/// Begins an operation with a function that gets its memory and its state; the result of that with it.
fn begin(memory: Memory, start: impl FnOnce(*mut c_void, *mut c_void) -> i64) -> (i64, Pending) {
    let operation = Arc::new(Operation { progress: Mutex::default(), memory: UnsafeCell::new(memory) });
    let address: *mut c_void = match unsafe { &mut *operation.memory.get() } {
        Memory::Nothing => std::ptr::null_mut(),
        Memory::Bytes(bytes) => bytes.as_mut_ptr().cast(),
        Memory::Info(info) => (info as *mut raw::reseau_file_info).cast(),
    };
    let state = Arc::into_raw(operation.clone()) as *mut c_void;
    let begun = start(address, state);
    if begun >= 0 {
        return (begun, Pending(Ok(operation), Place::default()));
    }
    // It was not begun, and no callback comes.
    drop(unsafe { Operation::of(state) });
    (begun, Pending(Err(Error::from_code(begun as i32)), Place::default()))
}

impl Future for Pending {
    type Output = Result<(usize, Memory)>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let operation = match &this.0 {
            Ok(operation) => operation,
            Err(error) => return Poll::Ready(of_open(Err(*error))),
        };
        let mut progress = lock(&operation.progress);
        match progress.result {
            None => {
                let replaced = progress.waiting.add(&mut this.1, context);
                drop(progress);
                drop(replaced);
                Poll::Pending
            }
            Some(result) => {
                let memory = unsafe { std::mem::replace(&mut *operation.memory.get(), Memory::Nothing) };
                Poll::Ready(of_open(check(result)).map(|result| (result, memory)))
            }
        }
    }
}

/// A regular file that is read and written at offsets, as futures. Any number of operations may be under way. Dropping it
/// closes it.
///
/// Memory is given and given back, since an operation that was begun comes to its end when its future is dropped, too.
#[derive(Debug)]
pub struct File {
    handle: Handle,
}

impl File {
    /// Opens a file to read it. [`FileOptions::open_async`] has everything else.
    pub async fn open(file: impl AsRef<Path>) -> Result<File> {
        FileOptions::new().read().open_async(file).await
    }

    /// Opens a file to write it: it is made if there is none, and its content is thrown away.
    pub async fn create(file: impl AsRef<Path>) -> Result<File> {
        FileOptions::new().write().create().truncate().open_async(file).await
    }

    /// The library's number of it, for functions of the crate `reseau-sys`.
    pub fn id(&self) -> i64 {
        self.handle.id()
    }

    /// Reads so many bytes from an offset; fewer only at the end of the file, where there are none.
    pub async fn read_at(&self, size: usize, offset: u64) -> Result<Vec<u8>> {
        self.read_into_at(vec![0; size], offset).await
    }

    /// Fills a buffer from an offset, and gives back what was read.
    pub async fn read_into_at(&self, buffer: Vec<u8>, offset: u64) -> Result<Vec<u8>> {
        let size = buffer.len();
        let (_, pending) = begin(Memory::Bytes(buffer), |memory, state| unsafe {
            raw::reseau_file_read_start(self.id(), memory, size, offset, Some(on_done), state).into()
        });
        let (length, memory) = pending.await?;
        let mut content = memory.into_bytes();
        content.truncate(length);
        Ok(content)
    }

    /// Writes all of it at an offset, and gives it back; what lies between that and the end of a shorter file is zeros.
    pub async fn write_at(&self, data: impl Into<Vec<u8>>, offset: u64) -> Result<Vec<u8>> {
        let data = data.into();
        let size = data.len();
        let (_, pending) = begin(Memory::Bytes(data), |memory, state| unsafe {
            raw::reseau_file_write_start(self.id(), memory, size, offset, Some(on_done), state).into()
        });
        Ok(pending.await?.1.into_bytes())
    }

    /// Ready when everything that was written before is on the disk.
    pub async fn sync(&self) -> Result<()> {
        self.simply(|id, state| unsafe { raw::reseau_file_sync_start(id, Some(on_done), state) }).await
    }

    /// Makes the file so long; what is added is zeros.
    pub async fn truncate(&self, length: u64) -> Result<()> {
        self.simply(|id, state| unsafe { raw::reseau_file_truncate_start(id, length, Some(on_done), state) }).await
    }

    async fn simply(&self, start: impl FnOnce(i64, *mut c_void) -> c_int) -> Result<()> {
        let (_, pending) = begin(Memory::Nothing, |_, state| start(self.id(), state).into());
        pending.await.map(drop)
    }

    /// What the system knows of it.
    pub async fn info(&self) -> Result<FileInfo> {
        let (_, pending) = begin(Memory::Info(FileInfo::empty()), |memory, state| unsafe {
            raw::reseau_file_info_start(self.id(), memory.cast(), Some(on_done), state).into()
        });
        match pending.await?.1 {
            Memory::Info(info) => Ok(FileInfo::from_raw(&info)),
            _ => Err(Error::System),
        }
    }
}

impl FileOptions {
    /// [`FileOptions::open`] as a future.
    pub async fn open_async(&self, file: impl AsRef<Path>) -> Result<File> {
        let file = path_text(file.as_ref())?;
        let (id, pending) = begin(Memory::Nothing, |_, state| unsafe {
            raw::reseau_file_open_start(file.as_ptr(), self.flags(), &self.to_raw(), Some(on_done), state)
        });
        drop(file);
        // Given up before it is ready, it is closed.
        let handle = Handle::new(id)?;
        pending.await?;
        Ok(File { handle })
    }
}

/// Reads a whole file. [`Error::TooLarge`] if there are more than `limit` bytes. Dropped before it is ready, it is given
/// up.
pub async fn load_file(file: impl AsRef<Path>, limit: usize) -> Result<Vec<u8>> {
    let file = path_text(file.as_ref())?;
    let (id, pending) = begin(Memory::Nothing, |_, state| unsafe {
        raw::reseau_file_load_start(file.as_ptr(), limit, &options_of(0), Some(on_loaded), state)
    });
    drop(file);
    let _handle = Handle::new(id)?;
    Ok(pending.await?.1.into_bytes())
}

/// [`crate::store_file`] as a future. Dropped before it is ready, it is given up if it has not begun.
pub async fn store_file(file: impl AsRef<Path>, data: impl Into<Vec<u8>>, mode: Option<u32>) -> Result<()> {
    let file = path_text(file.as_ref())?;
    let data = data.into();
    let size = data.len();
    let (id, pending) = begin(Memory::Bytes(data), |memory, state| unsafe {
        let options = options_of(mode.unwrap_or(0));
        raw::reseau_file_store_start(file.as_ptr(), memory, size, &options, Some(on_done), state)
    });
    drop(file);
    let _handle = Handle::new(id)?;
    pending.await.map(drop)
}
