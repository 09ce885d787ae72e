// SPDX-License-Identifier: Apache-2.0
//! Writes what is behind a URL to the standard output. Usage: https_fetch URL [--ca FILE]

use reseau::{Connection, Options, Tls};
use std::error::Error;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::time::Duration;

/// "https://host:port/path" in its parts.
fn parts(url: &str) -> Option<(bool, &str, u16, String)> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let is_https = match scheme {
        "https" => true,
        "http" => false,
        _ => return None,
    };
    // The colons of an IPv6 address are in brackets.
    let after_host = authority.rfind(']').unwrap_or(0);
    let (host, port) = match authority[after_host..].rfind(':') {
        Some(colon) => (&authority[..after_host + colon], authority[after_host + colon + 1..].parse().ok()?),
        None => (authority, if is_https { 443 } else { 80 }),
    };
    (!host.is_empty()).then(|| (is_https, host, port, format!("/{path}")))
}

fn fetch(url: &str, ca_file: Option<String>) -> Result<(), Box<dyn Error>> {
    let (is_https, host, port, path) = parts(url).ok_or("not a URL of http or https")?;
    let mut options = Options::new().connect_timeout(Duration::from_secs(10));
    if is_https {
        let tls = Tls::client().alpn(&["http/1.1"]);
        options = options.tls(match ca_file {
            Some(file) => tls.ca_file(file),
            None => tls,
        });
    }
    let server = options.connect(host, port)?;
    server.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(&server, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    answer(&server)
}

/// The head has to say how long the content is, or that it ends with the connection.
fn answer(server: &Connection) -> Result<(), Box<dyn Error>> {
    let mut reader = BufReader::new(server);
    let mut status = String::new();
    reader.by_ref().take(8192).read_line(&mut status)?;
    let mut length = None;
    loop {
        let mut line = String::new();
        if reader.by_ref().take(8192).read_line(&mut line)? == 0 {
            return Err("the answer ended within its head".into());
        }
        match line.trim_end().split_once(':') {
            _ if line.trim_end().is_empty() => break,
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = Some(value.trim().parse::<u64>()?)
            }
            Some((name, _)) if name.eq_ignore_ascii_case("transfer-encoding") => {
                return Err("chunked content is not read by this sample".into())
            }
            _ => {}
        }
    }
    if status.split(' ').nth(1) != Some("200") {
        return Err(status.trim_end().into());
    }
    let copied = io::copy(&mut reader.take(length.unwrap_or(u64::MAX)), &mut io::stdout().lock())?;
    match length {
        Some(length) if copied < length => Err(format!("{copied} of {length} bytes came").into()),
        _ => Ok(()),
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (url, ca_file) = match arguments.as_slice() {
        [url] => (url, None),
        [url, option, file] if option == "--ca" => (url, Some(file.clone())),
        _ => {
            eprintln!("usage: https_fetch URL [--ca FILE]");
            std::process::exit(2);
        }
    };
    if let Err(error) = fetch(url, ca_file) {
        eprintln!("{url}: {error}");
        std::process::exit(1);
    }
}
