// SPDX-License-Identifier: Apache-2.0
use crate::error::{done, Error, Result};
use reseau_sys as raw;
use std::time::Duration;

/// Who ended a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClosedBy {
    /// It is not closed.
    Nobody,
    /// This program.
    Local,
    /// The peer.
    Peer,
    /// The library: a limit of time or bytes, a failure of TLS or the system, the end of a loop.
    Library,
}

/// What a connection was doing when it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Looking the name up.
    Names,
    /// Connecting.
    Connect,
    /// Connected to the proxy, which was asked for the connection.
    Proxy,
    /// The TLS handshake.
    Tls,
    /// Open, and reading failed or ended.
    Read,
    /// Open, and writing failed.
    Write,
    /// Open, and a limit of idle time passed.
    Idle,
    /// Open, and this program closed it, or nobody has yet.
    Open,
    /// It was closing, and its time for that passed.
    Close,
    /// A phase of a library that is newer than this crate.
    Unknown(i32),
}

/// How a connection ended, or is until now.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CloseRecord {
    /// Who ended it.
    pub closed_by: ClosedBy,
    /// What it was doing.
    pub phase: Phase,
    /// Why, if it was a failure.
    pub error: Option<Error>,
    /// The code of the layer below, or 0, for logs. In [`Phase::Proxy`] the proxy's own number, if it has said one: a
    /// reply of SOCKS5 or a status of HTTP.
    pub cause: i32,
    /// Bytes of the stream that came in.
    pub bytes_read: u64,
    /// Bytes of the stream that the system took.
    pub bytes_written: u64,
    /// Bytes that were queued and never taken.
    pub bytes_unsent: u64,
    /// From the call that made it until now or its end.
    pub duration: Duration,
    /// The alert that the peer has ended TLS by (RFC 8446, section 6), or 0.
    pub tls_alert: i32,
    /// The code of the system's resolver (EAI_*) if the name could not be looked up, or 0.
    pub resolver_error: i32,
}

impl CloseRecord {
    pub(crate) fn of(id: i64) -> Result<CloseRecord> {
        let mut info =
            raw::reseau_close_info { size: std::mem::size_of::<raw::reseau_close_info>(), ..Default::default() };
        done(unsafe { raw::reseau_close_info(id, &mut info) })?;
        Ok(CloseRecord::from_raw(&info))
    }

    pub(crate) fn from_raw(info: &raw::reseau_close_info) -> CloseRecord {
        CloseRecord {
            closed_by: match info.closed_by as raw::reseau_closed_by {
                raw::RESEAU_CLOSED_BY_NOBODY => ClosedBy::Nobody,
                raw::RESEAU_CLOSED_BY_LOCAL => ClosedBy::Local,
                raw::RESEAU_CLOSED_BY_PEER => ClosedBy::Peer,
                _ => ClosedBy::Library,
            },
            phase: match info.phase as raw::reseau_phase {
                raw::RESEAU_PHASE_NAMES => Phase::Names,
                raw::RESEAU_PHASE_CONNECT => Phase::Connect,
                raw::RESEAU_PHASE_PROXY => Phase::Proxy,
                raw::RESEAU_PHASE_TLS => Phase::Tls,
                raw::RESEAU_PHASE_READ => Phase::Read,
                raw::RESEAU_PHASE_WRITE => Phase::Write,
                raw::RESEAU_PHASE_IDLE => Phase::Idle,
                0 | raw::RESEAU_PHASE_OPEN => Phase::Open,
                raw::RESEAU_PHASE_CLOSE => Phase::Close,
                _ => Phase::Unknown(info.phase),
            },
            error: (info.error != 0).then(|| Error::from_code(info.error)),
            cause: info.cause,
            bytes_read: info.bytes_read,
            bytes_written: info.bytes_written,
            bytes_unsent: info.bytes_unsent,
            duration: Duration::from_nanos(info.duration_ns.try_into().unwrap_or(0)),
            tls_alert: info.tls_alert,
            resolver_error: info.resolver_error,
        }
    }
}
