// SPDX-License-Identifier: Apache-2.0
//! Seeing inside: how a connect has gone, counters, and what TCP knows.

use crate::address::Address;
use crate::error::{check, done, of_open, Error, Result};
use reseau_sys as raw;
use std::mem::size_of;
use std::time::Duration;

/// So many addresses are remembered.
const MAX_ATTEMPTS: usize = 32;

/// One address that a connect has tried (RFC 8305).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// The address and port; with a proxy, the proxy's.
    pub address: Address,
    /// When it began, from the call that made the connection.
    pub begun: Duration,
    /// When it ended, from there as well.
    pub ended: Duration,
    /// `None` for the one that has connected; [`Error::Canceled`] if another was first, or the time was over.
    pub error: Option<Error>,
}

impl Attempt {
    /// Those of a connection, in order.
    pub(crate) fn of(id: i64) -> Result<Vec<Attempt>> {
        let mut found = vec![unsafe { std::mem::zeroed::<raw::reseau_attempt>() }; MAX_ATTEMPTS];
        let count = of_open(check(unsafe { raw::reseau_attempts(id, found.as_mut_ptr(), found.len()) }.into()))?;
        found.truncate(count);
        found.iter().map(Attempt::from_raw).collect()
    }

    fn from_raw(found: &raw::reseau_attempt) -> Result<Attempt> {
        let raw::reseau_attempt { ref address, begun_ns, ended_ns, error } = *found;
        Ok(Attempt {
            address: Address::from_raw(address)?,
            begun: nanoseconds(begun_ns),
            ended: nanoseconds(ended_ns),
            error: (error != 0).then(|| Error::from_code(error)),
        })
    }
}

/// What a connection has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counters {
    /// Bytes of the stream that came in: content, where there is TLS.
    pub bytes_read: u64,
    /// Bytes of the stream that the system took.
    pub bytes_written: u64,
    /// Calls of the program, or callbacks, that have consumed bytes.
    pub reads: u64,
    /// Calls that have queued some.
    pub writes: u64,
    /// Calls of the system that were made to receive, also in vain.
    pub receive_calls: u64,
    /// Calls of the system that were made to send.
    pub send_calls: u64,
    /// Bytes that wait to be read now.
    pub unread_bytes: u64,
    /// Bytes that wait to be sent now, files left out.
    pub queued_bytes: u64,
    /// The most bytes that have ever been queued.
    pub max_queued_bytes: u64,
    /// How long the queue was full altogether: from a write that found no room until there was some.
    pub full: Duration,
    /// From the call that made it until now.
    pub age: Duration,
}

impl Counters {
    pub(crate) fn of(id: i64) -> Result<Counters> {
        let mut counters = raw::reseau_counters { size: size_of::<raw::reseau_counters>(), ..Default::default() };
        of_open(done(unsafe { raw::reseau_counters(id, &mut counters) }))?;
        let raw::reseau_counters {
            size: _,
            bytes_read,
            bytes_written,
            reads,
            writes,
            receive_calls,
            send_calls,
            unread_bytes,
            queued_bytes,
            max_queued_bytes,
            full_ns,
            age_ns,
        } = counters;
        Ok(Counters {
            bytes_read,
            bytes_written,
            reads,
            writes,
            receive_calls,
            send_calls,
            unread_bytes,
            queued_bytes,
            max_queued_bytes,
            full: nanoseconds(full_ns),
            age: nanoseconds(age_ns),
        })
    }
}

/// What the connections of this process have done: [`process_counters`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProcessCounters {
    /// Connections that are there now, also those that are connecting.
    pub open_now: u64,
    /// Those that this process began, adopted ones included.
    pub begun: u64,
    /// Those that it accepted.
    pub accepted: u64,
    /// Those that could be used.
    pub opened: u64,
    /// Those that this program has ended.
    pub closed_by_local: u64,
    /// Those that the peer has ended.
    pub closed_by_peer: u64,
    /// Those that the library has ended.
    pub closed_by_library: u64,
    /// Those that ended with an error while the name was looked up.
    pub failed_names: u64,
    /// While addresses were tried.
    pub failed_connect: u64,
    /// While the proxy was asked.
    pub failed_proxy: u64,
    /// In the TLS handshake.
    pub failed_tls: u64,
    /// While they could be used.
    pub failed_open: u64,
    /// While they were closing.
    pub failed_close: u64,
    /// Bytes of all streams that came in.
    pub bytes_read: u64,
    /// Bytes of all streams that the system took.
    pub bytes_written: u64,
}

/// The counters of this process since its beginning; of a forked child, with its parent's numbers in them.
pub fn process_counters() -> Result<ProcessCounters> {
    let mut counters =
        raw::reseau_process_counters { size: size_of::<raw::reseau_process_counters>(), ..Default::default() };
    done(unsafe { raw::reseau_process_counters(&mut counters) })?;
    let raw::reseau_process_counters {
        size: _,
        open_now,
        begun,
        accepted,
        opened,
        closed_by_local,
        closed_by_peer,
        closed_by_library,
        failed_names,
        failed_connect,
        failed_proxy,
        failed_tls,
        failed_open,
        failed_close,
        bytes_read,
        bytes_written,
    } = counters;
    Ok(ProcessCounters {
        open_now,
        begun,
        accepted,
        opened,
        closed_by_local,
        closed_by_peer,
        closed_by_library,
        failed_names,
        failed_connect,
        failed_proxy,
        failed_tls,
        failed_open,
        failed_close,
        bytes_read,
        bytes_written,
    })
}

/// What TCP knows of a connection. What the system does not say is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TcpInfo {
    /// The round-trip time, smoothed.
    pub rtt: Duration,
    /// Its variation.
    pub rtt_variance: Duration,
    /// The least that was measured.
    pub min_rtt: Duration,
    /// How long TCP waits for a confirmation before it sends again.
    pub retransmit_timeout: Duration,
    /// The congestion window (RFC 5681).
    pub congestion_window_bytes: u64,
    /// The slow start threshold.
    pub slow_start_threshold_bytes: u64,
    /// The peer's receive window.
    pub peers_window_bytes: u64,
    /// Bytes that may be in one segment that is sent.
    pub send_segment_bytes: u32,
    /// Bytes that may be in one segment that comes.
    pub receive_segment_bytes: u32,
    /// Segments that are sent and not confirmed.
    pub unconfirmed_segments: u32,
    /// Those of them that seem lost.
    pub lost_segments: u32,
    /// Segments that were sent again, in all.
    pub retransmitted_segments: u64,
    /// How often the oldest one that is not confirmed was.
    pub present_retransmits: u32,
    /// Bytes that the system has and has not sent yet.
    pub unsent_bytes: u32,
    /// Bytes that the peer has confirmed.
    pub confirmed_bytes: u64,
    /// Bytes that the peer has sent.
    pub received_bytes: u64,
    /// Bytes a second that the peer confirms, lately.
    pub delivery_rate_bytes: u64,
}

impl TcpInfo {
    pub(crate) fn of(id: i64) -> Result<TcpInfo> {
        let mut info = raw::reseau_tcp_info { size: size_of::<raw::reseau_tcp_info>(), ..Default::default() };
        of_open(done(unsafe { raw::reseau_tcp_info(id, &mut info) }))?;
        let raw::reseau_tcp_info {
            size: _,
            rtt_us,
            rtt_variance_us,
            min_rtt_us,
            retransmit_timeout_us,
            congestion_window_bytes,
            slow_start_threshold_bytes,
            peers_window_bytes,
            send_segment_bytes,
            receive_segment_bytes,
            unconfirmed_segments,
            lost_segments,
            retransmitted_segments,
            present_retransmits,
            unsent_bytes,
            confirmed_bytes,
            received_bytes,
            delivery_rate_bytes,
        } = info;
        Ok(TcpInfo {
            rtt: microseconds(rtt_us),
            rtt_variance: microseconds(rtt_variance_us),
            min_rtt: microseconds(min_rtt_us),
            retransmit_timeout: microseconds(retransmit_timeout_us),
            congestion_window_bytes,
            slow_start_threshold_bytes,
            peers_window_bytes,
            send_segment_bytes,
            receive_segment_bytes,
            unconfirmed_segments,
            lost_segments,
            retransmitted_segments,
            present_retransmits,
            unsent_bytes,
            confirmed_bytes,
            received_bytes,
            delivery_rate_bytes,
        })
    }
}

fn nanoseconds(count: i64) -> Duration {
    Duration::from_nanos(count.try_into().unwrap_or(0))
}

fn microseconds(count: i64) -> Duration {
    Duration::from_micros(count.try_into().unwrap_or(0))
}
