// SPDX-License-Identifier: Apache-2.0
use crate::error::{done, of_open, Error, Result};
use crate::handle::c_string;
use reseau_sys as raw;
use std::ffi::CStr;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::path::PathBuf;
use std::str::FromStr;
use std::{cmp, fmt};

/// One end of a connection, listener or datagram socket.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Address {
    /// An IP address and a port.
    Ip(SocketAddr),
    /// The path of a Unix socket; empty for an end that has none.
    Path(PathBuf),
}

impl Address {
    /// The port; `None` for a path.
    pub fn port(&self) -> Option<u16> {
        self.ip().map(|address| address.port())
    }

    /// The IP address and port; `None` for a path.
    pub fn ip(&self) -> Option<SocketAddr> {
        match self {
            Address::Ip(address) => Some(*address),
            Address::Path(_) => None,
        }
    }

    /// The address that a function of the library writes.
    pub(crate) fn of(id: i64, function: unsafe extern "C" fn(i64, *mut raw::reseau_address) -> i32) -> Result<Address> {
        let mut address: raw::reseau_address = unsafe { std::mem::zeroed() };
        of_open(done(unsafe { function(id, &mut address) }))?;
        Address::from_raw(&address)
    }

    pub(crate) fn from_raw(address: &raw::reseau_address) -> Result<Address> {
        let text = unsafe { CStr::from_ptr(address.text.as_ptr()) };
        if address.family == 0 {
            return Ok(Address::Path(path(text)));
        }
        let ip: Ip = text.to_str().map_err(|_| Error::System)?.parse()?;
        Ok(Address::Ip(ip.with_port(address.port)))
    }
}

/// As it is written in URLs: `127.0.0.1:80`, `[::1]:80`; a path as it is.
impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Ip(address) => address.fmt(out),
            Address::Path(path) => path.display().fmt(out),
        }
    }
}

#[cfg(unix)]
fn path(text: &CStr) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::OsStr::from_bytes(text.to_bytes()).into()
}

#[cfg(not(unix))]
fn path(text: &CStr) -> PathBuf {
    text.to_string_lossy().into_owned().into()
}

/// Which addresses of a name are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Family {
    /// IPv4 and IPv6.
    #[default]
    Both,
    /// IPv4 alone.
    V4,
    /// IPv6 alone.
    V6,
}

impl Family {
    pub(crate) fn number(self) -> i32 {
        match self {
            Family::Both => 0,
            Family::V4 => 4,
            Family::V6 => 6,
        }
    }
}

/// An IP address with the interface that a link-local one belongs to (RFC 4007). Read and written as RFC 5952 has it:
/// `fe80::1%eth0`. Octal, hexadecimal and short forms of IPv4 are refused. In order: IPv4 first, then by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ip {
    address: IpAddr,
    scope: u32,
}

impl Ip {
    /// An address on an interface, by number; 0 is none. IPv4 addresses have none.
    pub fn new(address: IpAddr, scope: u32) -> Ip {
        Ip { address, scope: if address.is_ipv6() { scope } else { 0 } }
    }

    /// Without the interface.
    pub fn address(self) -> IpAddr {
        self.address
    }

    /// The number of the interface, or 0.
    pub fn scope(self) -> u32 {
        self.scope
    }

    /// Whether it is good on one link only: 169.254.0.0/16 (RFC 3927) and fe80::/10 (RFC 4291).
    pub fn is_link_local(self) -> bool {
        unsafe { raw::reseau_ip_is_link_local(&self.to_raw()) == 1 }
    }

    /// With a port, and the interface.
    pub fn with_port(self, port: u16) -> SocketAddr {
        match self.address {
            IpAddr::V4(address) => SocketAddr::V4(SocketAddrV4::new(address, port)),
            IpAddr::V6(address) => SocketAddr::V6(SocketAddrV6::new(address, port, 0, self.scope)),
        }
    }

    pub(crate) fn of(address: &SocketAddr) -> Ip {
        match address {
            SocketAddr::V4(address) => Ip { address: IpAddr::V4(*address.ip()), scope: 0 },
            SocketAddr::V6(address) => Ip { address: IpAddr::V6(*address.ip()), scope: address.scope_id() },
        }
    }

    pub(crate) fn to_raw(self) -> raw::reseau_ip {
        let mut ip = raw::reseau_ip { scope: self.scope, ..Default::default() };
        match self.address {
            IpAddr::V4(address) => {
                ip.family = 4;
                ip.bytes[..4].copy_from_slice(&address.octets());
            }
            IpAddr::V6(address) => {
                ip.family = 6;
                ip.bytes = address.octets();
            }
        }
        ip
    }

    pub(crate) fn from_raw(ip: &raw::reseau_ip) -> Ip {
        let b = &ip.bytes;
        match ip.family {
            4 => Ip { address: IpAddr::V4(Ipv4Addr::new(b[0], b[1], b[2], b[3])), scope: 0 },
            _ => Ip { address: IpAddr::V6(Ipv6Addr::from(*b)), scope: ip.scope },
        }
    }
}

impl From<IpAddr> for Ip {
    fn from(address: IpAddr) -> Ip {
        Ip { address, scope: 0 }
    }
}

impl FromStr for Ip {
    type Err = Error;

    fn from_str(text: &str) -> Result<Ip> {
        let text = c_string(text)?;
        let mut ip = raw::reseau_ip::default();
        done(unsafe { raw::reseau_ip_parse(text.as_ptr(), &mut ip) })?;
        Ok(Ip::from_raw(&ip))
    }
}

impl fmt::Display for Ip {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; raw::RESEAU_IP_TEXT_SIZE as usize];
        match done(unsafe { raw::reseau_ip_format(&self.to_raw(), text.as_mut_ptr(), text.len()) }) {
            Ok(()) => out.write_str(&unsafe { CStr::from_ptr(text.as_ptr()) }.to_string_lossy()),
            Err(_) => Err(fmt::Error),
        }
    }
}

impl Ord for Ip {
    fn cmp(&self, other: &Ip) -> cmp::Ordering {
        unsafe { raw::reseau_ip_compare(&self.to_raw(), &other.to_raw()) }.cmp(&0)
    }
}

impl PartialOrd for Ip {
    fn partial_cmp(&self, other: &Ip) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}
