// SPDX-License-Identifier: Apache-2.0
//! What one says, line by line, all others get. Usage: chat_server [PORT]; talk to it with: nc localhost PORT

use reseau::{Connection, Error, Options, WritePolicy};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

type Guests = Mutex<HashMap<i64, Arc<Connection>>>;

/// No line is longer.
const MAX_LINE: usize = 4096;

fn attend(guests: &Guests, guest: &Connection) -> reseau::Result<()> {
    while let Some(mut line) = guest.receive_line(MAX_LINE)? {
        line.push(b'\n');
        // The lock keeps the lines of all in one order. A write never waits here: who does not read is closed.
        for (id, other) in guests.lock().unwrap().iter() {
            if *id != guest.id() {
                let _ = other.send(&line);
            }
        }
    }
    Ok(())
}

fn main() -> reseau::Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok()).unwrap_or(7778);
    let listener = Options::new().write_policy(WritePolicy::Close).listen("127.0.0.1", port)?;
    println!("listening on {}", listener.port());
    let guests = Arc::new(Guests::default());
    for guest in listener.incoming() {
        let (guest, guests) = (Arc::new(guest?), guests.clone());
        guests.lock().unwrap().insert(guest.id(), guest.clone());
        std::thread::spawn(move || {
            match attend(&guests, &guest) {
                Ok(()) | Err(Error::Reset) => {}
                Err(error) => eprintln!("a guest left: {error}"),
            }
            guests.lock().unwrap().remove(&guest.id());
        });
    }
    Ok(())
}
