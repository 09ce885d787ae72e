// SPDX-License-Identifier: Apache-2.0
use crate::address::{Family, Ip};
use crate::error::{check, Result};
use crate::handle::c_string;
use reseau_sys as raw;
use std::ffi::CStr;

/// The addresses of a name, in the system's order. A name that is an address is its own. Blocks for as long as the
/// system's resolver does.
pub fn resolve(name: &str, family: Family) -> Result<Vec<Ip>> {
    let name = c_string(name)?;
    let ask = |ips: &mut [raw::reseau_ip]| unsafe {
        let nobody = std::ptr::null_mut();
        raw::reseau_resolve(name.as_ptr(), family.number(), ips.as_mut_ptr(), ips.len(), nobody)
    };
    Ok(all(ask)?.iter().map(Ip::from_raw).collect())
}

/// The name of an address: a PTR record, or the system's own files. Blocks for as long as the system's resolver does.
pub fn resolve_reverse(ip: Ip) -> Result<String> {
    let mut name = [0; 1025];
    let nobody = std::ptr::null_mut();
    check(unsafe { raw::reseau_resolve_reverse(&ip.to_raw(), name.as_mut_ptr(), name.len(), nobody) }.into())?;
    Ok(unsafe { CStr::from_ptr(name.as_ptr()) }.to_string_lossy().into_owned())
}

/// An address of one of this host's interfaces.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct InterfaceAddress {
    /// The interface's name.
    pub name: String,
    /// Its number; 0 if it has gone meanwhile.
    pub number: u32,
    /// The address.
    pub ip: Ip,
    /// Bits of the network's prefix.
    pub prefix_length: u32,
    /// Whether it is a loopback interface.
    pub is_loopback: bool,
    /// Whether it is up.
    pub is_up: bool,
}

/// The addresses of this host's interfaces, in the system's order, also of those that are down; loopback interfaces
/// only if asked for. Does not block.
pub fn interface_addresses(family: Family, with_loopback: bool) -> Result<Vec<InterfaceAddress>> {
    let ask = |addresses: &mut [raw::reseau_interface_address]| unsafe {
        let (family, loopback) = (family.number(), with_loopback.into());
        raw::reseau_interface_addresses(family, loopback, addresses.as_mut_ptr(), addresses.len())
    };
    let translate = |address: &raw::reseau_interface_address| InterfaceAddress {
        name: unsafe { CStr::from_ptr(address.name.as_ptr()) }.to_string_lossy().into_owned(),
        number: address.number,
        ip: Ip::from_raw(&address.ip),
        prefix_length: address.prefix_length.try_into().unwrap_or(0),
        is_loopback: address.is_loopback != 0,
        is_up: address.is_up != 0,
    };
    Ok(all(ask)?.iter().map(translate).collect())
}

/// All of what a function writes that returns how many there are.
fn all<T: Clone>(ask: impl Fn(&mut [T]) -> i32) -> Result<Vec<T>> {
    let mut room = 16;
    loop {
        // Zero is a value of each of these structs.
        let mut items = vec![unsafe { std::mem::zeroed::<T>() }; room];
        let count = check(ask(&mut items).into())?;
        if count <= room {
            items.truncate(count);
            return Ok(items);
        }
        room = count;
    }
}
