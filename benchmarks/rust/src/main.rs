// SPDX-License-Identifier: Apache-2.0
//! The crate against std::net, over loopback, both ends in this process: echoes of 64 bytes and 16 KB, and how many bytes
//! go one way. In rounds, in turn, so that what else the machine does meets all of them; the median is printed.
//! Usage: bench [ROUNDS]

use std::future::Future;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::task::{Context, Poll, Wake};
use std::thread;
use std::time::Instant;

extern "C" {
    /// The process's time on processors, in millionths of a second.
    fn clock() -> std::os::raw::c_long;
}

/// Two ends, for the same work.
trait Pair {
    type End: Send + 'static;
    fn pair() -> (Self::End, Self::End);
    /// Sends back what comes, until the end.
    fn echo(end: Self::End, length: usize);
    /// Sends and waits for the answer, so many times.
    fn ask(end: Self::End, length: usize, times: usize);
    /// Sends so many pieces, and its end.
    fn send(end: Self::End, length: usize, times: usize);
    /// Reads until the end; returns how many bytes.
    fn drain(end: Self::End) -> usize;
}

/// Blocking streams of std's and of ours have the same traits.
macro_rules! blocking {
    ($name:ident, $end:ty, $pair:expr) => {
        struct $name;

        impl Pair for $name {
            type End = $end;

            fn pair() -> (Self::End, Self::End) {
                $pair
            }

            fn echo(mut end: Self::End, length: usize) {
                let mut buffer = vec![0; length];
                while end.read_exact(&mut buffer).is_ok() {
                    end.write_all(&buffer).unwrap();
                }
            }

            fn ask(mut end: Self::End, length: usize, times: usize) {
                let mut buffer = vec![1; length];
                for _ in 0..times {
                    end.write_all(&buffer).unwrap();
                    end.read_exact(&mut buffer).unwrap();
                }
            }

            fn send(mut end: Self::End, length: usize, times: usize) {
                let buffer = vec![1; length];
                (0..times).for_each(|_| end.write_all(&buffer).unwrap());
            }

            fn drain(mut end: Self::End) -> usize {
                let (mut buffer, mut total) = (vec![0; 256 * 1024], 0);
                loop {
                    match end.read(&mut buffer).unwrap() {
                        0 => return total,
                        length => total += length,
                    }
                }
            }
        }
    };
}

blocking!(Std, TcpStream, {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let server = listener.accept().unwrap().0;
    client.set_nodelay(true).unwrap();
    server.set_nodelay(true).unwrap();
    (client, server)
});

blocking!(Blocking, reseau::Connection, {
    let listener = reseau::Listener::bind("127.0.0.1", 0).unwrap();
    let client = reseau::Connection::connect("127.0.0.1", listener.port()).unwrap();
    (client, listener.accept().unwrap())
});

struct Futures;

struct Unpark(thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = Box::pin(future);
    let waker = Arc::new(Unpark(thread::current())).into();
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

impl Pair for Futures {
    type End = reseau::aio::Connection;

    fn pair() -> (Self::End, Self::End) {
        let listener = reseau::aio::Listener::bind("127.0.0.1", 0).unwrap();
        block_on(async {
            let client = reseau::aio::Connection::connect("127.0.0.1", listener.port()).await.unwrap();
            (client, listener.accept().await.unwrap())
        })
    }

    fn echo(end: Self::End, length: usize) {
        block_on(async {
            let mut buffer = vec![0; length];
            while end.read_exact(&mut buffer).await.is_ok() {
                end.write_all(&buffer).await.unwrap();
            }
        })
    }

    fn ask(end: Self::End, length: usize, times: usize) {
        block_on(async {
            let mut buffer = vec![1; length];
            for _ in 0..times {
                end.write_all(&buffer).await.unwrap();
                end.read_exact(&mut buffer).await.unwrap();
            }
        })
    }

    fn send(end: Self::End, length: usize, times: usize) {
        block_on(async {
            let buffer = vec![1; length];
            for _ in 0..times {
                end.write_all(&buffer).await.unwrap();
            }
        })
    }

    fn drain(end: Self::End) -> usize {
        block_on(async {
            let (mut buffer, mut total) = (vec![0; 256 * 1024], 0);
            loop {
                match end.read(&mut buffer).await.unwrap() {
                    0 => return total,
                    length => total += length,
                }
            }
        })
    }
}

/// Nanoseconds of time and of processors' time for each of `times` operations.
fn measure(times: usize, work: impl FnOnce()) -> [f64; 2] {
    let (start, processors) = (Instant::now(), unsafe { clock() });
    work();
    let (time, processors) = (start.elapsed().as_nanos() as f64, unsafe { clock() } - processors);
    [time / times as f64, processors as f64 * 1000.0 / times as f64]
}

fn echoes<P: Pair>(length: usize, times: usize) -> [f64; 2] {
    let (client, server) = P::pair();
    let echo = thread::spawn(move || P::echo(server, length));
    let result = measure(times, || P::ask(client, length, times));
    echo.join().unwrap();
    result
}

fn stream<P: Pair>(length: usize, times: usize) -> [f64; 2] {
    let (client, server) = P::pair();
    measure(times, || {
        let sender = thread::spawn(move || P::send(client, length, times));
        assert_eq!(P::drain(server), length * times);
        sender.join().unwrap();
    })
}

/// A kind of work: of a length, so many times.
type Work = fn(usize, usize) -> [f64; 2];

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn main() {
    let rounds = std::env::args().nth(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(5);
    let cases: [(&str, usize, usize, [Work; 3]); 4] = [
        ("echo 64 B", 64, 5_000, [echoes::<Std>, echoes::<Blocking>, echoes::<Futures>]),
        ("echo 16 KB", 16_384, 3_000, [echoes::<Std>, echoes::<Blocking>, echoes::<Futures>]),
        ("stream 16 KB", 16_384, 30_000, [stream::<Std>, stream::<Blocking>, stream::<Futures>]),
        ("stream 256 KB", 262_144, 3_000, [stream::<Std>, stream::<Blocking>, stream::<Futures>]),
    ];
    println!("{:14} {:8} {:>12} {:>7} {:>12} {:>7}", "", "", "ns", "to std", "CPU ns", "to std");
    for (name, length, times, works) in cases {
        let mut results = vec![[vec![], vec![]]; works.len()];
        for _ in 0..rounds {
            for (work, result) in works.iter().zip(&mut results) {
                let [time, processors] = work(length, times);
                result[0].push(time);
                result[1].push(processors);
            }
        }
        let medians: Vec<[f64; 2]> = results.into_iter().map(|[time, cpu]| [median(time), median(cpu)]).collect();
        for (kind, [time, cpu]) in ["std", "blocking", "futures"].iter().zip(&medians) {
            let (of_time, of_cpu) = (time / medians[0][0], cpu / medians[0][1]);
            println!("{name:14} {kind:8} {time:12.0} {of_time:7.2} {cpu:12.0} {of_cpu:7.2}");
        }
    }
}
