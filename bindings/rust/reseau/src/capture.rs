// SPDX-License-Identifier: Apache-2.0
use crate::connection::Connection;
use crate::error::{done, Error, Result};
use crate::listener::Listener;
use crate::options::path_text;
use reseau_sys as raw;
use std::mem::size_of;
use std::path::Path;

/// What is captured, and how much of it. [`CaptureOptions::new`] is everything that goes through connections.
///
/// ```
/// # fn main() -> reseau::Result<()> {
/// # let folder = std::env::temp_dir().join(format!("capture-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// use reseau::{CaptureOptions, Connection, Listener};
/// let listener = Listener::bind("127.0.0.1", 0)?;
/// let capture = CaptureOptions::new().of_listener(&listener).start(folder.join("seen.pcapng"))?;
/// let client = Connection::connect("127.0.0.1", listener.port())?;
/// listener.accept()?.send(b"hello")?;
/// client.receive_exactly(&mut [0; 5])?;
/// assert!(capture.stop()?.packets > 0);
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Default)]
pub struct CaptureOptions {
    connection: i64,
    listener: i64,
    buffer_bytes: usize,
    packet_bytes: usize,
    file_bytes: u64,
}

impl CaptureOptions {
    /// All defaults.
    pub fn new() -> CaptureOptions {
        CaptureOptions::default()
    }

    /// One connection alone.
    pub fn of_connection(mut self, connection: &Connection) -> CaptureOptions {
        self.connection = connection.id();
        self
    }

    /// The same of one whose operations are futures.
    pub fn of_async_connection(mut self, connection: &crate::aio::Connection) -> CaptureOptions {
        self.connection = connection.id();
        self
    }

    /// The connections that a listener has accepted.
    pub fn of_listener(mut self, listener: &Listener) -> CaptureOptions {
        self.listener = listener.id();
        self
    }

    /// The same of one whose operations are futures.
    pub fn of_async_listener(mut self, listener: &crate::aio::Listener) -> CaptureOptions {
        self.listener = listener.id();
        self
    }

    /// Memory for what is not in the file yet; packets that find no room are dropped. Default: 4,194,304.
    pub fn buffer_bytes(mut self, bytes: usize) -> CaptureOptions {
        self.buffer_bytes = bytes;
        self
    }

    /// Bytes of the stream in one packet that are kept; the rest is left out. Default: all.
    pub fn packet_bytes(mut self, bytes: usize) -> CaptureOptions {
        self.packet_bytes = bytes;
        self
    }

    /// Bytes of the file, after which packets are dropped. Default: no limit.
    pub fn file_bytes(mut self, bytes: u64) -> CaptureOptions {
        self.file_bytes = bytes;
        self
    }

    /// Begins to write to a new file in the format pcapng, which Wireshark opens. The packets are made up and hold the
    /// plaintext, also of TLS: the file may hold secrets, and is for its owner only. One capture at a time:
    /// [`Error::Busy`]. Opening the file may block.
    pub fn start(&self, file: impl AsRef<Path>) -> Result<Capture> {
        let file = path_text(file.as_ref())?;
        let options = raw::reseau_capture_options {
            size: size_of::<raw::reseau_capture_options>(),
            connection: self.connection,
            listener: self.listener,
            buffer_bytes: self.buffer_bytes,
            packet_bytes: self.packet_bytes,
            file_bytes: self.file_bytes,
        };
        done(unsafe { raw::reseau_capture_start(file.as_ptr(), &options) })?;
        Ok(Capture(()))
    }
}

/// A capture that is under way: [`CaptureOptions::start`]. Dropping it ends it.
#[derive(Debug)]
#[must_use = "it ends when it is dropped"]
pub struct Capture(());

impl Capture {
    /// Ends it: everything captured is in the file then. Blocks until it is written.
    pub fn stop(self) -> Result<CaptureInfo> {
        std::mem::forget(self);
        let mut info = raw::reseau_capture_info { size: size_of::<raw::reseau_capture_info>(), ..Default::default() };
        done(unsafe { raw::reseau_capture_stop(&mut info) })?;
        let raw::reseau_capture_info { size: _, packets, dropped, file_bytes, error } = info;
        Ok(CaptureInfo { packets, dropped, file_bytes, error: (error != 0).then(|| Error::from_code(error)) })
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        unsafe { raw::reseau_capture_stop(std::ptr::null_mut()) };
    }
}

/// What a capture has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaptureInfo {
    /// Packets in the file.
    pub packets: u64,
    /// Packets that found no room.
    pub dropped: u64,
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Why writing the file has failed, if it has. Packets were dropped from then on.
    pub error: Option<Error>,
}
