// SPDX-License-Identifier: Apache-2.0
//! Connections to a port of this host go on to a port of another. Usage: port_forwarder LISTEN_PORT HOST PORT

use reseau::{Connection, Error};
use std::sync::Arc;

/// Until the stream ends; then that end goes on, too, and the other direction may take its time.
fn forward(from: &Connection, to: &Connection) -> reseau::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match from.receive(&mut buffer)? {
            0 => return to.end(),
            length => to.send(&buffer[..length])?,
        }
    }
}

/// What one end gives up, the other one has to notice.
fn forward_or_abort(from: &Connection, to: &Connection) {
    if let Err(error) = forward(from, to) {
        eprintln!("given up: {error}");
        let _ = from.abort();
        let _ = to.abort();
    }
}

fn main() -> reseau::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (own, host, port) = match arguments.as_slice() {
        [own, host, port] => (own, host.clone(), port),
        _ => {
            eprintln!("usage: port_forwarder LISTEN_PORT HOST PORT");
            std::process::exit(2);
        }
    };
    let number = |text: &str| text.parse().map_err(|_| Error::InvalidArgument);
    let (port, listener) = (number(port)?, reseau::Listener::bind("127.0.0.1", number(own)?)?);
    println!("listening on {}", listener.port());
    for client in listener.incoming() {
        let (client, host) = (Arc::new(client?), host.clone());
        std::thread::spawn(move || match Connection::connect(&host, port) {
            Ok(server) => {
                let server = Arc::new(server);
                let (reader, writer) = (client.clone(), server.clone());
                let answers = std::thread::spawn(move || forward_or_abort(&writer, &reader));
                forward_or_abort(&client, &server);
                let _ = answers.join();
            }
            Err(error) => {
                eprintln!("{host}: {error}");
                let _ = client.abort();
            }
        });
    }
    Ok(())
}
