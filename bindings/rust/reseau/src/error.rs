// SPDX-License-Identifier: Apache-2.0
use reseau_sys as raw;
use std::ffi::CStr;
use std::{fmt, io};

/// The result of a call.
pub type Result<T> = std::result::Result<T, Error>;

macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident = $code:ident,)*) => {
        /// Why a call failed, or a connection ended.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Error {
            $($(#[$doc])* $name,)*
            /// An error of a library that is newer than this crate, by its number.
            Unknown(i32),
        }

        impl Error {
            /// The library's number of it: less than 0.
            pub fn code(self) -> i32 {
                match self {
                    $(Error::$name => raw::$code,)*
                    Error::Unknown(code) => code,
                }
            }

            /// The error that has this number.
            pub fn from_code(code: i32) -> Error {
                match code {
                    $(raw::$code => Error::$name,)*
                    _ => Error::Unknown(code),
                }
            }
        }
    };
}

include!("error_codes.rs");

impl Error {
    /// The library's name of it, such as `RESEAU_ERROR_TIMED_OUT`.
    pub fn name(self) -> &'static str {
        text(unsafe { raw::reseau_error_name(self.code().into()) })
    }

    /// The kind of an [`io::Error`] that is nearest; what has none is [`io::ErrorKind::Other`].
    pub fn kind(self) -> io::ErrorKind {
        match self {
            Error::InvalidArgument | Error::BadAddress | Error::TlsOptions | Error::WrongKind => {
                io::ErrorKind::InvalidInput
            }
            Error::BadId => io::ErrorKind::NotConnected,
            Error::Closed => io::ErrorKind::BrokenPipe,
            Error::EndOfStream | Error::TlsTruncated => io::ErrorKind::UnexpectedEof,
            Error::TimedOut | Error::SlowReader => io::ErrorKind::TimedOut,
            Error::WouldBlock | Error::NoRoom => io::ErrorKind::WouldBlock,
            // Interrupted would be tried again by many a loop.
            Error::Canceled | Error::LoopEnded => io::ErrorKind::ConnectionAborted,
            Error::NoMemory => io::ErrorKind::OutOfMemory,
            Error::AccessDenied => io::ErrorKind::PermissionDenied,
            Error::AddressInUse => io::ErrorKind::AddrInUse,
            Error::AddressNotAvailable => io::ErrorKind::AddrNotAvailable,
            Error::Unsupported => io::ErrorKind::Unsupported,
            Error::Refused => io::ErrorKind::ConnectionRefused,
            Error::Reset => io::ErrorKind::ConnectionReset,
            Error::NameNotFound | Error::NotFound => io::ErrorKind::NotFound,
            Error::Exists => io::ErrorKind::AlreadyExists,
            Error::TlsHandshake | Error::TlsCertificate | Error::TlsProtocol | Error::TooLarge => {
                io::ErrorKind::InvalidData
            }
            _ => io::ErrorKind::Other,
        }
    }

    /// The error of this crate that an [`io::Error`] was made of.
    pub fn of(error: &io::Error) -> Option<Error> {
        error.get_ref()?.downcast_ref().copied()
    }
}

/// What the error means, in a short sentence.
impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(text(unsafe { raw::reseau_error_text(self.code().into()) }))
    }
}

impl std::error::Error for Error {}

impl From<Error> for io::Error {
    fn from(error: Error) -> io::Error {
        io::Error::new(error.kind(), error)
    }
}

/// What a call could not take, with the reason: nothing is lost.
pub struct Refused<T> {
    error: Error,
    value: T,
}

impl<T> Refused<T> {
    pub(crate) fn new(error: Error, value: T) -> Refused<T> {
        Refused { error, value }
    }

    /// Why.
    pub fn error(&self) -> Error {
        self.error
    }

    /// What was given to the call.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> fmt::Debug for Refused<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Refused").field("error", &self.error).finish_non_exhaustive()
    }
}

impl<T> fmt::Display for Refused<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(out)
    }
}

impl<T> std::error::Error for Refused<T> {}

impl<T> From<Refused<T>> for Error {
    fn from(refused: Refused<T>) -> Error {
        refused.error
    }
}

impl<T> From<Refused<T>> for io::Error {
    fn from(refused: Refused<T>) -> io::Error {
        refused.error.into()
    }
}

/// 0 or more, or the error.
pub(crate) fn check(result: i64) -> Result<usize> {
    match usize::try_from(result) {
        Ok(number) => Ok(number),
        Err(_) => Err(Error::from_code(result as i32)),
    }
}

/// 0 or more, which is of no interest, or the error.
pub(crate) fn done(result: i32) -> Result<()> {
    check(result.into()).map(drop)
}

/// What a call says of an object that this program has closed, or aborted, while it still had the Rust value.
pub(crate) fn of_open<T>(result: Result<T>) -> Result<T> {
    result.map_err(|error| if error == Error::BadId { Error::Closed } else { error })
}

/// An id, or the error.
pub(crate) fn id(result: i64) -> Result<i64> {
    check(result).map(|_| result)
}

/// Text in static memory of the library.
pub(crate) fn text(pointer: *const std::os::raw::c_char) -> &'static str {
    unsafe { CStr::from_ptr(pointer) }.to_str().unwrap_or("?")
}
