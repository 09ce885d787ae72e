// SPDX-License-Identifier: Apache-2.0
//! Serves the files of a folder by HTTP, or HTTPS, and shows how far each is. The kernel sends the files.
//! Usage: file_server FOLDER [PORT [CERTIFICATE KEY]]

use reseau::{Connection, Error, Options, Tls};
use std::fs::File;
use std::path::{Component, Path};
use std::time::Duration;

const MAX_HEAD: usize = 8192;

/// The file that a request asks for, if it is one of the folder's.
fn find(folder: &Path, head: &[u8]) -> Result<(File, u64), &'static str> {
    let line = head.split(|&byte| byte == b'\r').next().unwrap_or_default();
    let mut words = std::str::from_utf8(line).map_err(|_| "400 Bad Request")?.split(' ');
    let path = match (words.next(), words.next().and_then(|target| target.strip_prefix('/'))) {
        (Some("GET"), Some(path)) => Path::new(path),
        _ => return Err("400 Bad Request"),
    };
    if !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err("404 Not Found");
    }
    let file = File::open(folder.join(path)).map_err(|_| "404 Not Found")?;
    match file.metadata() {
        Ok(data) if data.is_file() => Ok((file, data.len())),
        _ => Err("404 Not Found"),
    }
}

fn serve(folder: &Path, client: Connection) -> reseau::Result<()> {
    client.set_read_timeout(Some(Duration::from_secs(30)))?;
    let head = match client.receive_until(b"\r\n\r\n", MAX_HEAD) {
        Err(Error::TooLarge) => return refuse(client, "431 Request Header Fields Too Large"),
        head => head?,
    };
    let (file, length) = match find(folder, &head) {
        Ok(found) => found,
        Err(status) => return refuse(client, status),
    };
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    client.send(answer.as_bytes())?;
    client.send_file(&file, 0, Some(length))?;
    let peer = client.peer_address()?;
    loop {
        client.set_write_timeout(Some(Duration::from_millis(200)))?;
        match client.flush() {
            Err(Error::TimedOut) => {
                let sent = length - client.pending()?.min(length);
                eprintln!("{peer}: {} %", sent * 100 / length);
            }
            result => break result?,
        }
    }
    let record = client.close()?;
    eprintln!("{peer}: {} bytes in {:?}", record.bytes_written, record.duration);
    Ok(())
}

fn refuse(client: Connection, status: &str) -> reseau::Result<()> {
    client.send(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes())?;
    client.close().map(drop)
}

fn main() -> reseau::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, port) = match arguments.as_slice() {
        [] => {
            eprintln!("usage: file_server FOLDER [PORT [CERTIFICATE KEY]]");
            std::process::exit(2);
        }
        [folder] => (folder, 8080),
        [folder, port, ..] => (folder, port.parse().map_err(|_| Error::InvalidArgument)?),
    };
    // A client may be slow, but it has to read.
    let mut options = Options::new().slow_reader_timeout(Duration::from_secs(30)).close_timeout(None);
    if let [_, _, certificate, key] = arguments.as_slice() {
        options = options.tls(Tls::server(certificate, key));
    }
    let listener = options.listen("127.0.0.1", port)?;
    println!("listening on {}", listener.port());
    for client in listener.incoming() {
        let (client, folder) = (client?, folder.clone());
        std::thread::spawn(move || {
            if let Err(error) = serve(Path::new(&folder), client) {
                eprintln!("{error}");
            }
        });
    }
    Ok(())
}
