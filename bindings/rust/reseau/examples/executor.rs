// SPDX-License-Identifier: Apache-2.0
//! A whole executor, and a server on it that sends back what comes. Usage: executor [PORT]

use reseau::aio::{Connection, Listener};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Wake};

/// Tasks that are to be polled, and who waits for them. Any number of threads may run it.
#[derive(Default)]
struct Executor {
    ready: Mutex<VecDeque<Arc<Task>>>,
    has_ready: Condvar,
}

/// A future, until it has ended.
struct Task {
    future: Mutex<Option<Pin<Box<dyn Future<Output = ()> + Send>>>>,
    executor: Arc<Executor>,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.executor.ready.lock().unwrap().push_back(self.clone());
        self.executor.has_ready.notify_one();
    }
}

impl Executor {
    fn spawn(self: &Arc<Self>, future: impl Future<Output = ()> + Send + 'static) {
        Arc::new(Task { future: Mutex::new(Some(Box::pin(future))), executor: self.clone() }).wake();
    }

    fn run(&self) {
        loop {
            let mut ready = self.has_ready.wait_while(self.ready.lock().unwrap(), |ready| ready.is_empty()).unwrap();
            let task = ready.pop_front().unwrap();
            drop(ready);
            let mut future = task.future.lock().unwrap();
            if let Some(running) = future.as_mut() {
                if running.as_mut().poll(&mut Context::from_waker(&task.clone().into())).is_ready() {
                    *future = None;
                }
            }
        }
    }
}

async fn echo(connection: Connection) -> reseau::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        match connection.read(&mut buffer).await? {
            0 => break,
            length => connection.write_all(&buffer[..length]).await?,
        }
    }
    let record = connection.close().await;
    eprintln!("{} bytes in, {} out", record.bytes_read, record.bytes_written);
    Ok(())
}

fn main() -> reseau::Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok()).unwrap_or(0);
    let listener = Listener::bind("127.0.0.1", port)?;
    println!("listening on {}", listener.port());
    let executor = Arc::new(Executor::default());
    let spawner = executor.clone();
    executor.spawn(async move {
        while let Ok(connection) = listener.accept().await {
            spawner.spawn(async {
                if let Err(error) = echo(connection).await {
                    eprintln!("{error}");
                }
            });
        }
    });
    std::thread::spawn({
        let executor = executor.clone();
        move || executor.run()
    });
    executor.run();
    Ok(())
}
