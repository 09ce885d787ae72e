// SPDX-License-Identifier: Apache-2.0
use crate::address::{Address, Ip};
use crate::error::{self, of_open, Error, Result};
use crate::event_loop::Loop;
use crate::handle::{c_string, limit, raw_forever, Handle};
use reseau_sys as raw;
use std::ffi::CString;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

fn check(result: i64) -> Result<usize> {
    of_open(error::check(result))
}

fn done(result: i32) -> Result<()> {
    of_open(error::done(result))
}

/// How datagram sockets are made.
#[derive(Debug, Clone, Default)]
pub struct DatagramOptions {
    loop_id: i64,
    receive_queue: usize,
    share_address: bool,
    broadcast: bool,
    ipv6_only: bool,
    join_received: bool,
}

impl DatagramOptions {
    /// All defaults.
    pub fn new() -> DatagramOptions {
        DatagramOptions::default()
    }

    /// The loop to be on. Default: one of the library's own.
    pub fn on(mut self, event_loop: &Loop) -> DatagramOptions {
        self.loop_id = event_loop.id();
        self
    }

    /// Bytes that may wait to be received (SO_RCVBUF). Default: the system's.
    pub fn receive_queue(mut self, bytes: usize) -> DatagramOptions {
        self.receive_queue = bytes;
        self
    }

    /// Others that ask for it, too, may have the port (SO_REUSEADDR), as receivers of one multicast group do.
    pub fn share_address(mut self) -> DatagramOptions {
        self.share_address = true;
        self
    }

    /// Datagrams may go to broadcast addresses.
    pub fn broadcast(mut self) -> DatagramOptions {
        self.broadcast = true;
        self
    }

    /// An IPv6 socket leaves IPv4 out.
    pub fn ipv6_only(mut self) -> DatagramOptions {
        self.ipv6_only = true;
        self
    }

    /// What comes from one sender, and in one size, may be received as one datagram (UDP_GRO, where there is that), with
    /// its [`Received::segment_size`]; buffers should have room for 65,535 bytes. Sockets of [`crate::aio`] get them one
    /// by one.
    pub fn join_received(mut self) -> DatagramOptions {
        self.join_received = true;
        self
    }

    /// A socket with a local address; "*" is every address of both families, port 0 lets the system choose.
    pub fn bind(&self, host: &str, port: u16) -> Result<DatagramSocket> {
        let host = c_string(host)?;
        DatagramSocket::new(unsafe { raw::reseau_datagram_bind(host.as_ptr(), port, &self.to_raw()) })
    }

    /// A socket with a peer, from which alone it receives.
    pub fn connect(&self, host: &str, port: u16) -> Result<DatagramSocket> {
        let host = c_string(host)?;
        DatagramSocket::new(unsafe { raw::reseau_datagram_connect(host.as_ptr(), port, &self.to_raw()) })
    }

    pub(crate) fn to_raw(&self) -> raw::reseau_datagram_options {
        raw::reseau_datagram_options {
            size: std::mem::size_of::<raw::reseau_datagram_options>(),
            loop_: self.loop_id,
            receive_queue_bytes: self.receive_queue,
            share_address: self.share_address.into(),
            broadcast: self.broadcast.into(),
            ipv6_only: self.ipv6_only.into(),
            join_received: self.join_received.into(),
            state: std::ptr::null_mut(),
            on_datagram: None,
            on_close: None,
        }
    }
}

/// A datagram that has been received into a buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// Bytes of it in the buffer.
    pub length: usize,
    /// Who sent it.
    pub from: SocketAddr,
    /// It was longer than the buffer; what did not fit is lost.
    pub is_truncated: bool,
    /// Not 0: these are several datagrams, each of so many bytes, of which the last may be shorter
    /// ([`DatagramOptions::join_received`]).
    pub segment_size: usize,
}

impl Received {
    fn from_raw(datagram: &raw::reseau_datagram) -> Received {
        Received {
            length: datagram.length,
            from: Ip::from_raw(&datagram.ip).with_port(datagram.port),
            is_truncated: datagram.is_truncated != 0,
            segment_size: datagram.segment_size,
        }
    }
}

/// Datagrams over UDP. Any number of threads send and receive at the same time.
///
/// ```
/// use reseau::DatagramSocket;
/// # fn main() -> reseau::Result<()> {
/// let receiver = DatagramSocket::bind("127.0.0.1", 0)?;
/// let sender = DatagramSocket::connect("127.0.0.1", receiver.port())?;
/// sender.send(b"hello")?;
/// let mut buffer = [0; 100];
/// let received = receiver.receive(&mut buffer)?;
/// assert_eq!(&buffer[..received.length], b"hello");
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct DatagramSocket {
    handle: Handle,
    /// Milliseconds, or -1.
    receive_timeout: AtomicI64,
}

impl DatagramSocket {
    fn new(result: i64) -> Result<DatagramSocket> {
        Ok(DatagramSocket { handle: Handle::new(result)?, receive_timeout: AtomicI64::new(raw_forever()) })
    }

    /// A socket with a local address. [`DatagramOptions::bind`] has everything else.
    pub fn bind(host: &str, port: u16) -> Result<DatagramSocket> {
        DatagramOptions::new().bind(host, port)
    }

    /// A socket with a peer.
    pub fn connect(host: &str, port: u16) -> Result<DatagramSocket> {
        DatagramOptions::new().connect(host, port)
    }

    /// The library's number of it, for functions of the crate `reseau-sys`.
    pub fn id(&self) -> i64 {
        self.handle.id()
    }

    /// Sends a datagram to the peer. Never waits: [`Error::WouldBlock`] if the system has no room now.
    pub fn send(&self, data: &[u8]) -> Result<()> {
        let nobody = std::ptr::null();
        check(unsafe { raw::reseau_datagram_send(self.id(), data.as_ptr().cast(), data.len(), nobody, 0) }).map(drop)
    }

    /// Sends a datagram to an address.
    pub fn send_to(&self, data: &[u8], to: SocketAddr) -> Result<()> {
        send_to(self.id(), data, to)
    }

    /// Sends many by few system calls, in order, until one cannot be sent. Returns how many went; the error of the first
    /// only if none did.
    pub fn send_batch(&self, datagrams: &[(&[u8], SocketAddr)]) -> Result<usize> {
        let of = |&(data, to): &(&[u8], SocketAddr)| raw::reseau_datagram {
            data: data.as_ptr() as *mut _, // not changed
            length: data.len(),
            ip: Ip::of(&to).to_raw(),
            port: to.port(),
            ..Default::default()
        };
        let datagrams: Vec<_> = datagrams.iter().map(of).collect();
        check(unsafe { raw::reseau_datagram_send_batch(self.id(), datagrams.as_ptr(), datagrams.len()) }.into())
    }

    /// Sends several datagrams to one address, or to the peer: `data` is cut into pieces of `segment_size` bytes, of which
    /// the last may be shorter, by the system's own means where it has them (UDP_SEGMENT). Returns how many bytes went, a
    /// whole number of pieces: fewer than all if the system has no room in between, [`Error::WouldBlock`] if none went.
    pub fn send_segments(&self, data: &[u8], segment_size: usize, to: Option<SocketAddr>) -> Result<usize> {
        let mut datagram = raw::reseau_datagram {
            data: data.as_ptr() as *mut _, // not changed
            length: data.len(),
            segment_size,
            ..Default::default()
        };
        if let Some(to) = to {
            datagram.ip = Ip::of(&to).to_raw();
            datagram.port = to.port();
        }
        let mut sent = 0;
        let whole = check(unsafe { raw::reseau_datagram_send_rest(self.id(), &datagram, 1, &mut sent) }.into())?;
        Ok(if whole == 1 { data.len() } else { sent })
    }

    /// Waits for the next datagram, for as long as [`DatagramSocket::set_receive_timeout`] says.
    pub fn receive(&self, buffer: &mut [u8]) -> Result<Received> {
        self.receive_for(buffer, self.receive_timeout.load(Ordering::Relaxed))
    }

    /// The next datagram, if one is there: [`Error::WouldBlock`] otherwise.
    pub fn try_receive(&self, buffer: &mut [u8]) -> Result<Received> {
        self.receive_for(buffer, 0)
    }

    fn receive_for(&self, buffer: &mut [u8], time: i64) -> Result<Received> {
        let mut datagram =
            raw::reseau_datagram { data: buffer.as_mut_ptr().cast(), capacity: buffer.len(), ..Default::default() };
        check(unsafe { raw::reseau_datagram_receive(self.id(), &mut datagram, time) })?;
        Ok(Received::from_raw(&datagram))
    }

    /// As many datagrams as are there and as the batch has room for, by one system call; waits for the first. Returns
    /// how many; the batch has them.
    pub fn receive_batch(&self, batch: &mut DatagramBatch) -> Result<usize> {
        let time = self.receive_timeout.load(Ordering::Relaxed);
        batch.count = 0;
        let mut datagrams = batch.empty_datagrams();
        let (start, room) = (datagrams.as_mut_ptr(), datagrams.len());
        batch.count = check(unsafe { raw::reseau_datagram_receive_batch(self.id(), start, room, time) }.into())?;
        for (datagram, received) in datagrams[..batch.count].iter().zip(&mut batch.received) {
            *received = Received::from_raw(datagram);
        }
        Ok(batch.count)
    }

    /// How long each receive waits; `None`, as at first: without a limit.
    pub fn set_receive_timeout(&self, time: Option<Duration>) {
        self.receive_timeout.store(limit(time), Ordering::Relaxed);
    }

    /// Joins a multicast group on an interface, by name; `None`: that of the group's scope, or the system's choice.
    pub fn join(&self, group: Ip, interface: Option<&str>) -> Result<()> {
        let interface = interface_name(interface)?;
        let name = crate::tls::pointer(&interface);
        done(unsafe { raw::reseau_datagram_join(self.id(), &group.to_raw(), name) })
    }

    /// Leaves a multicast group.
    pub fn leave(&self, group: Ip, interface: Option<&str>) -> Result<()> {
        let interface = interface_name(interface)?;
        let name = crate::tls::pointer(&interface);
        done(unsafe { raw::reseau_datagram_leave(self.id(), &group.to_raw(), name) })
    }

    /// How datagrams to groups leave: how far they go (`None` leaves that as it is; 1 hop at first), whether members on
    /// this host get them, too, and through which interface.
    pub fn set_multicast(&self, hops: Option<u8>, reaches_this_host: bool, interface: Option<&str>) -> Result<()> {
        let interface = interface_name(interface)?;
        let name = crate::tls::pointer(&interface);
        let hops = hops.map_or(-1, i32::from);
        done(unsafe { raw::reseau_datagram_set_multicast(self.id(), hops, reaches_this_host.into(), name) })
    }

    /// How far other datagrams go: 1 to 255 hops.
    pub fn set_hops(&self, hops: u8) -> Result<()> {
        done(unsafe { raw::reseau_datagram_set_hops(self.id(), hops.into()) })
    }

    /// Ends the socket: threads that wait to receive get [`Error::Canceled`].
    pub fn close(&self) -> Result<()> {
        done(unsafe { raw::reseau_close(self.id()) })
    }

    /// Its address.
    pub fn local_address(&self) -> Result<Address> {
        Address::of(self.id(), raw::reseau_local_address)
    }

    /// The address of the peer. [`Error::Closed`] if there is none.
    pub fn peer_address(&self) -> Result<Address> {
        Address::of(self.id(), raw::reseau_peer_address)
    }

    /// Its port; 0 when it is closed.
    pub fn port(&self) -> u16 {
        self.local_address().ok().and_then(|address| address.port()).unwrap_or(0)
    }
}

pub(crate) fn send_to(id: i64, data: &[u8], to: SocketAddr) -> Result<()> {
    let ip = Ip::of(&to).to_raw();
    check(unsafe { raw::reseau_datagram_send(id, data.as_ptr().cast(), data.len(), &ip, to.port()) }).map(drop)
}

fn interface_name(name: Option<&str>) -> Result<Option<CString>> {
    name.map(c_string).transpose()
}

/// Room for several datagrams, and those that [`DatagramSocket::receive_batch`] has put there.
#[derive(Debug)]
pub struct DatagramBatch {
    memory: Vec<u8>,
    capacity: usize,
    received: Vec<Received>,
    count: usize,
}

impl DatagramBatch {
    /// Room for so many datagrams of up to so many bytes; [`Error::InvalidArgument`] if one of them is 0 or both
    /// together are more than memory can be.
    pub fn new(datagrams: usize, bytes_each: usize) -> Result<DatagramBatch> {
        let total = datagrams.checked_mul(bytes_each).filter(|&total| total > 0 && total <= isize::MAX as usize);
        let nobody = SocketAddr::new(IpAddr::from([0, 0, 0, 0]), 0);
        Ok(DatagramBatch {
            memory: vec![0; total.ok_or(Error::InvalidArgument)?],
            capacity: bytes_each,
            received: vec![Received { length: 0, from: nobody, is_truncated: false, segment_size: 0 }; datagrams],
            count: 0,
        })
    }

    /// The datagrams that came last, each with what is known of it.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &Received)> {
        self.memory
            .chunks(self.capacity)
            .zip(&self.received[..self.count])
            .map(|(room, received)| (&room[..received.length.min(room.len())], received))
    }

    fn empty_datagrams(&mut self) -> Vec<raw::reseau_datagram> {
        let capacity = self.capacity;
        let of =
            |room: &mut [u8]| raw::reseau_datagram { data: room.as_mut_ptr().cast(), capacity, ..Default::default() };
        self.memory.chunks_mut(capacity).map(of).collect()
    }
}
