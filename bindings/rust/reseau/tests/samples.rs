// SPDX-License-Identifier: Apache-2.0
//! Runs the samples, each with what it is for.

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;
use support::{certificates, content, folder, port_without_listener};

/// Beside this program's folder.
fn sample(name: &str) -> Command {
    let mut path: PathBuf = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    Command::new(path.join("examples").join(name))
}

/// A sample that serves, until the end of the test.
struct Server(Child, u16);

impl Server {
    fn start(name: &str, arguments: &[&str]) -> Server {
        let mut child =
            sample(name).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a sample");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().strip_prefix("listening on ").and_then(|port| port.parse().ok());
        Server(child, port.unwrap_or_else(|| panic!("{name}: {line}")))
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.1)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// Sends all and its end, and reads until the other end.
    fn exchange(&self, question: &[u8]) -> Vec<u8> {
        let stream = self.connect();
        let mut answer = Vec::new();
        thread::scope(|scope| {
            scope.spawn(|| {
                (&stream).write_all(question).unwrap();
                stream.shutdown(Shutdown::Write).unwrap();
            });
            (&stream).read_to_end(&mut answer).unwrap();
        });
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn fetch(arguments: &[&str]) -> Output {
    sample("https_fetch").args(arguments).output().unwrap()
}

#[test]
fn an_executor_in_50_lines() {
    let server = Server::start("executor", &["0"]);
    let all = content(2_000_000);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!(server.exchange(&all) == all));
        }
    });
}

#[test]
fn a_chat() {
    let server = Server::start("chat_server", &["0"]);
    let mut guests: Vec<_> = (0..3)
        .map(|_| {
            let stream = server.connect();
            (stream.try_clone().unwrap(), BufReader::new(stream))
        })
        .collect();
    // Until each has got a line of the last one's it may not be in the room yet.
    let mut line = String::new();
    for there in 0..2 {
        guests[there].0.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        line.clear();
        while !line.ends_with("are you there\n") {
            guests[2].0.write_all(b"are you there\n").unwrap();
            let _ = guests[there].1.read_line(&mut line);
        }
        guests[there].0.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    }
    guests[0].0.write_all(b"half a ").unwrap();
    guests[0].0.write_all(b"line\n").unwrap();
    for guest in &mut guests[1..] {
        line.clear();
        while line != "half a line\n" {
            line.clear();
            assert_ne!(guest.1.read_line(&mut line).unwrap(), 0);
        }
    }
}

#[test]
fn files_by_https() {
    let files = folder("served");
    let all = content(5_000_000);
    std::fs::write(files.join("content"), &all).unwrap();
    std::fs::write(files.join("empty"), b"").unwrap();
    let path = |name: &str| certificates().join(name).to_str().unwrap().to_owned();
    let arguments = [files.to_str().unwrap(), "0", &path("server.crt"), &path("server.key")];
    let server = Server::start("file_server", &arguments);
    let url = |name: &str| format!("https://localhost:{}/{name}", server.1);
    let output = fetch(&[&url("content"), "--ca", &path("ca.crt")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout == all);
    assert!(fetch(&[&url("empty"), "--ca", &path("ca.crt")]).status.success());

    let missing = fetch(&[&url("missing"), "--ca", &path("ca.crt")]);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("404"));
    let not_trusted = fetch(&[&url("content")]);
    assert!(!not_trusted.status.success());
    assert!(String::from_utf8_lossy(&not_trusted.stderr).contains("not trusted"));
    assert_eq!(fetch(&[]).status.code(), Some(2));
}

#[test]
fn files_of_the_folder_alone_and_their_progress() {
    let files = folder("served-plain");
    std::fs::write(files.join("content"), content(30_000_000)).unwrap();
    let mut server = Server::start("file_server", &[files.to_str().unwrap(), "0"]);
    let outside = server.exchange(b"GET /../served-plain/content HTTP/1.1\r\n\r\n");
    assert!(outside.starts_with(b"HTTP/1.1 404"));
    assert!(server.exchange(b"POST / HTTP/1.1\r\n\r\n").starts_with(b"HTTP/1.1 400"));
    assert!(server.exchange(&[b'x'; 9000]).starts_with(b"HTTP/1.1 431"));
    let mut slow = server.connect();
    slow.write_all(b"GET /content HTTP/1.1\r\n\r\n").unwrap();
    // It reads nothing: the server says how far it is.
    let mut progress = BufReader::new(server.0.stderr.take().unwrap());
    let mut line = String::new();
    while !line.ends_with(" %\n") {
        line.clear();
        assert_ne!(progress.read_line(&mut line).unwrap(), 0);
    }
    let mut all = Vec::new();
    slow.read_to_end(&mut all).unwrap();
    assert!(all.ends_with(&content(30_000_000)[29_000_000..]));
}

#[test]
fn a_forwarder() {
    let target = Server::start("executor", &["0"]);
    let server = Server::start("port_forwarder", &["0", "localhost", &target.1.to_string()]);
    for length in [0, 10, 3_000_000] {
        let all = content(length);
        assert!(server.exchange(&all) == all, "{length} bytes");
    }
    let (closed, _held) = port_without_listener();
    let to_nobody = Server::start("port_forwarder", &["0", "localhost", &closed.to_string()]);
    let mut stream = to_nobody.connect();
    assert!(matches!(stream.read(&mut [0; 1]), Ok(0) | Err(_)));
}
