// SPDX-License-Identifier: Apache-2.0
use crate::error::{self, of_open, Result};
use crate::handle::Handle;
use crate::options::path_text;
use reseau_sys as raw;
use std::mem::size_of;
use std::path::Path;
use std::time::{Duration, SystemTime};

fn check(result: i64) -> Result<usize> {
    of_open(error::check(result))
}

fn done(result: i32) -> Result<()> {
    of_open(error::done(result))
}

/// What a path stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileKind {
    /// A regular file.
    Regular,
    /// A folder.
    Folder,
    /// A pipe, a socket, a device, or anything else.
    Other,
}

/// What the system knows of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileInfo {
    /// Its bytes.
    pub length: u64,
    /// Another file that has come to the same path has another number.
    pub node: u64,
    /// When its content was changed.
    pub modified: SystemTime,
    /// What it is.
    pub kind: FileKind,
    /// Its permission bits.
    pub mode: u32,
}

impl FileInfo {
    /// For a function of the library to fill.
    pub(crate) fn empty() -> raw::reseau_file_info {
        raw::reseau_file_info { size: size_of::<raw::reseau_file_info>(), ..Default::default() }
    }

    pub(crate) fn from_raw(info: &raw::reseau_file_info) -> FileInfo {
        let raw::reseau_file_info { size: _, length, node, modified_ns, kind, mode } = *info;
        let distance = Duration::from_nanos(modified_ns.unsigned_abs());
        let start = SystemTime::UNIX_EPOCH;
        FileInfo {
            length,
            node,
            modified: if modified_ns < 0 { start - distance } else { start + distance },
            kind: match kind as raw::reseau_file_kind {
                raw::RESEAU_FILE_KIND_REGULAR => FileKind::Regular,
                raw::RESEAU_FILE_KIND_FOLDER => FileKind::Folder,
                _ => FileKind::Other,
            },
            mode,
        }
    }
}

/// How a file is opened: for reading, for writing, or for both.
///
/// ```
/// # fn main() -> reseau::Result<()> {
/// # let path = std::env::temp_dir().join(format!("options-{}", std::process::id()));
/// let file = reseau::FileOptions::new().read().write().create().mode(0o600).open(&path)?;
/// file.write_at(b"hello", 0)?;
/// let mut content = [0; 10];
/// assert_eq!(file.read_at(&mut content, 0)?, 5);
/// # std::fs::remove_file(&path).unwrap();
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Default)]
pub struct FileOptions {
    flags: u32,
    mode: u32,
}

impl FileOptions {
    /// Nothing yet: it has to be read or written.
    pub fn new() -> FileOptions {
        FileOptions::default()
    }

    fn with(mut self, flag: raw::reseau_file_flags) -> FileOptions {
        self.flags |= flag;
        self
    }

    /// It can be read.
    pub fn read(self) -> FileOptions {
        self.with(raw::RESEAU_FILE_READ)
    }

    /// It can be written.
    pub fn write(self) -> FileOptions {
        self.with(raw::RESEAU_FILE_WRITE)
    }

    /// It is made if there is none.
    pub fn create(self) -> FileOptions {
        self.with(raw::RESEAU_FILE_CREATE)
    }

    /// It is made: [`crate::Error::Exists`] if there is one.
    pub fn create_new(self) -> FileOptions {
        self.with(raw::RESEAU_FILE_CREATE).with(raw::RESEAU_FILE_EXCLUSIVE)
    }

    /// Its content is thrown away.
    pub fn truncate(self) -> FileOptions {
        self.with(raw::RESEAU_FILE_TRUNCATE)
    }

    /// Permission bits of a file that is made, less the process's umask. Default: 0o666.
    pub fn mode(mut self, bits: u32) -> FileOptions {
        self.mode = bits;
        self
    }

    /// Opens a regular file.
    pub fn open(&self, file: impl AsRef<Path>) -> Result<File> {
        let file = path_text(file.as_ref())?;
        let id = unsafe { raw::reseau_file_open(file.as_ptr(), self.flags(), &options_of(self.mode)) };
        Ok(File { handle: Handle::new(id)? })
    }

    pub(crate) fn flags(&self) -> i32 {
        self.flags as i32
    }

    pub(crate) fn to_raw(&self) -> raw::reseau_file_options {
        options_of(self.mode)
    }
}

/// Every field is named, so that one which is new in the headers is not forgotten.
pub(crate) fn options_of(mode: u32) -> raw::reseau_file_options {
    raw::reseau_file_options {
        size: size_of::<raw::reseau_file_options>(),
        state: std::ptr::null_mut(),
        on_close: None,
        loop_: 0,
        mode,
        gather_ms: 0,
    }
}

/// A regular file that is read and written at offsets. Any number of threads may use it at once. Dropping it closes it.
#[derive(Debug)]
pub struct File {
    handle: Handle,
}

impl File {
    /// Opens a file to read it. [`FileOptions::open`] has everything else.
    pub fn open(file: impl AsRef<Path>) -> Result<File> {
        FileOptions::new().read().open(file)
    }

    /// Opens a file to write it: it is made if there is none, and its content is thrown away.
    pub fn create(file: impl AsRef<Path>) -> Result<File> {
        FileOptions::new().write().create().truncate().open(file)
    }

    /// The library's number of it, for functions of the crate `reseau-sys`.
    pub fn id(&self) -> i64 {
        self.handle.id()
    }

    /// Fills the buffer from an offset; less only at the end of the file, where it is 0.
    pub fn read_at(&self, buffer: &mut [u8], offset: u64) -> Result<usize> {
        check(unsafe { raw::reseau_file_read(self.id(), buffer.as_mut_ptr().cast(), buffer.len(), offset) })
    }

    /// Writes all of it at an offset; what lies between that and the end of a shorter file is zeros. After an error some
    /// of it may have been written.
    pub fn write_at(&self, data: &[u8], offset: u64) -> Result<()> {
        check(unsafe { raw::reseau_file_write(self.id(), data.as_ptr().cast(), data.len(), offset) }).map(drop)
    }

    /// Returns when everything that was written is on the disk.
    pub fn sync(&self) -> Result<()> {
        done(unsafe { raw::reseau_file_sync(self.id()) })
    }

    /// Makes the file so long; what is added is zeros.
    pub fn truncate(&self, length: u64) -> Result<()> {
        done(unsafe { raw::reseau_file_truncate(self.id(), length) })
    }

    /// What the system knows of it.
    pub fn info(&self) -> Result<FileInfo> {
        let mut info = FileInfo::empty();
        done(unsafe { raw::reseau_file_info(self.id(), &mut info) })?;
        Ok(FileInfo::from_raw(&info))
    }
}

/// What a path stands for, through symbolic links.
pub fn file_info(file: impl AsRef<Path>) -> Result<FileInfo> {
    let file = path_text(file.as_ref())?;
    let mut info = FileInfo::empty();
    done(unsafe { raw::reseau_file_info_of(file.as_ptr(), &mut info) })?;
    Ok(FileInfo::from_raw(&info))
}

/// Reads a whole file. [`crate::Error::TooLarge`] if there are more than `limit` bytes.
pub fn load_file(file: impl AsRef<Path>, limit: usize) -> Result<Vec<u8>> {
    let file = path_text(file.as_ref())?;
    let mut data = std::ptr::null_mut();
    let length = check(unsafe { raw::reseau_file_load(file.as_ptr(), &mut data, limit) })?;
    let content = unsafe { std::slice::from_raw_parts(data as *const u8, length) }.to_vec();
    unsafe { raw::reseau_free(data) };
    Ok(content)
}

/// Makes a file of these bytes, in the place of one that may be there, at once and for all readers: whatever fails, be it
/// the power, there is the old file or the new one, whole. It is on the disk when this returns, with the permission bits
/// of the one that it replaces, or those of `mode`.
pub fn store_file(file: impl AsRef<Path>, data: &[u8], mode: Option<u32>) -> Result<()> {
    let file = path_text(file.as_ref())?;
    let options = options_of(mode.unwrap_or(0));
    check(unsafe { raw::reseau_file_store(file.as_ptr(), data.as_ptr().cast(), data.len(), &options) }).map(drop)
}
