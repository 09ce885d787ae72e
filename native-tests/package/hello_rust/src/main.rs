// SPDX-License-Identifier: Apache-2.0
use std::io::{Read, Write};

fn main() -> std::io::Result<()> {
    let listener = reseau::Listener::bind("127.0.0.1", 0)?;
    let mut client = reseau::Connection::connect("127.0.0.1", listener.port())?;
    client.write_all(b"hello")?;
    client.end()?;
    let mut text = String::new();
    listener.accept()?.read_to_string(&mut text)?;
    println!("{text} from {}", reseau::version());
    Ok(())
}
