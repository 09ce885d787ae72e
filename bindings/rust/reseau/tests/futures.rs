// SPDX-License-Identifier: Apache-2.0
//! The asynchronous half, with an executor of one thread.

mod support;

use reseau::aio::{sleep, timeout, Connection, DatagramSocket, Listener};
use reseau::{ClosedBy, Error, Options, Tls};
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};
use support::{block_on, certificates, content, folder, poll_once, port_without_listener};

async fn pair_of(options: &Options) -> (Connection, Connection) {
    let listener = options.listen_async("127.0.0.1", 0).unwrap();
    let client = options.connect_async("127.0.0.1", listener.port()).await.unwrap();
    (client, listener.accept().await.unwrap())
}

async fn pair() -> (Connection, Connection) {
    pair_of(&Options::new()).await
}

/// Both futures, in turn.
struct Both<A: Future, B: Future>(Pin<Box<A>>, Pin<Box<B>>, Option<A::Output>, Option<B::Output>);

fn both<A: Future, B: Future>(a: A, b: B) -> Both<A, B> {
    Both(Box::pin(a), Box::pin(b), None, None)
}

impl<A: Future, B: Future> Unpin for Both<A, B> {}

impl<A: Future, B: Future> Future for Both<A, B> {
    type Output = (A::Output, B::Output);

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if this.2.is_none() {
            if let Poll::Ready(output) = this.0.as_mut().poll(context) {
                this.2 = Some(output);
            }
        }
        if this.3.is_none() {
            if let Poll::Ready(output) = this.1.as_mut().poll(context) {
                this.3 = Some(output);
            }
        }
        match (this.2.take(), this.3.take()) {
            (Some(a), Some(b)) => Poll::Ready((a, b)),
            (a, b) => {
                (this.2, this.3) = (a, b);
                Poll::Pending
            }
        }
    }
}

#[test]
fn much_more_than_the_buffers_goes_both_ways() {
    block_on(async {
        let (client, server) = pair().await;
        let all = content(5_000_000);
        let send = |connection: &Connection| {
            let connection: *const Connection = connection;
            let all = &all;
            async move {
                let connection = unsafe { &*connection };
                connection.write_all(all).await.unwrap();
                connection.end().unwrap();
            }
        };
        let sending = both(send(&client), send(&server));
        let receiving = both(client.read_to_end(usize::MAX), server.read_to_end(usize::MAX));
        let (_, (at_client, at_server)) = both(sending, receiving).await;
        assert!(at_client.unwrap() == all && at_server.unwrap() == all);
    });
}

#[test]
fn a_slow_reader_stops_the_writer_and_loses_nothing() {
    block_on(async {
        let (client, server) = pair_of(&Options::new().write_queue(50_000).read_buffer(1000)).await;
        let all = content(20_000_000);
        let mut offset = 0;
        // Until nothing more is taken.
        while let Ok(Ok(length)) = timeout(Duration::from_millis(100), client.write(&all[offset..])).await {
            offset += length;
        }
        assert!(offset < all.len());
        let rest = async {
            client.write_all(&all[offset..]).await.unwrap();
            client.end().unwrap();
        };
        let (_, got) = both(rest, server.read_to_end(usize::MAX)).await;
        assert!(got.unwrap() == all);
    });
}

#[test]
fn a_dropped_read_loses_nothing() {
    block_on(async {
        let (client, server) = pair().await;
        let mut buffer = [0; 5];
        {
            let mut read = Box::pin(server.read(&mut buffer));
            assert!(poll_once(&mut read).is_pending());
        }
        client.write_all(b"hello").await.unwrap();
        server.read_exact(&mut buffer).await.unwrap();
        assert_eq!(&buffer, b"hello");
    });
}

#[test]
fn failures_to_connect() {
    block_on(async {
        let (port, _held) = port_without_listener();
        assert_eq!(Connection::connect("127.0.0.1", port).await.unwrap_err(), Error::Refused);
        assert_eq!(Connection::connect("127.0.0.1", 0).await.unwrap_err(), Error::InvalidArgument);
        assert_eq!(Connection::connect("with\0nul", 1).await.unwrap_err(), Error::BadAddress);
        assert!(Connection::connect_path("/nowhere/at/all").await.is_err());
        // Given up before anything is known.
        drop(Connection::connect("127.0.0.1", port));
    });
}

#[test]
fn bytes_before_a_failure_are_read() {
    block_on(async {
        let (client, server) = pair().await;
        let all = content(200_000);
        let sending = async {
            client.write_all(&all).await.unwrap();
            while client.pending().unwrap() > 0 {
                sleep(Duration::from_millis(1)).await;
            }
        };
        let mut first = [0; 1];
        both(sending, async { server.read_exact(&mut first).await.unwrap() }).await;
        client.abort().unwrap();
        let record = client.closed().await;
        assert_eq!(record.closed_by, ClosedBy::Local);
        let mut got = first.to_vec();
        let mut part = [0; 10_000];
        let end = loop {
            match server.read(&mut part).await {
                Ok(0) => break Ok(()),
                Ok(length) => got.extend_from_slice(&part[..length]),
                Err(error) => break Err(error),
            }
        };
        assert!(got[..] == all[..got.len()], "{}", got.len());
        assert!(matches!(end, Ok(()) | Err(Error::Reset)), "{end:?}");
        assert_eq!(client.write(b"x").await, Err(Error::Closed));
        assert!(client.read(&mut part).await.is_err());
    });
}

#[test]
fn half_close_and_records() {
    block_on(async {
        let (client, server) = pair().await;
        client.write_all(b"question").await.unwrap();
        client.end().unwrap();
        assert_eq!(server.read_to_end(100).await.unwrap(), b"question");
        server.write_all(b"answer").await.unwrap();
        let (record, answer) = both(server.close(), client.read_to_end(100)).await;
        assert_eq!(answer.unwrap(), b"answer");
        assert_eq!((record.bytes_read, record.bytes_written, record.error), (8, 6, None));
        // Both streams have ended: there is nothing left to close.
        assert_eq!(client.close().await.closed_by, ClosedBy::Peer);
    });
}

#[test]
fn listeners_hand_over_in_order_and_end() {
    block_on(async {
        let listener = Options::new().backlog(4).listen_async("127.0.0.1", 0).unwrap();
        // More than wait here: the listener pauses and goes on.
        let port = listener.port();
        let connect = move || std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
        let clients = thread::spawn(move || (0..20).map(|_| connect()).collect::<Vec<_>>());
        for _ in 0..20 {
            listener.accept().await.unwrap();
        }
        clients.join().unwrap();
        let waiting = thread::scope(|scope| {
            let waiting = scope.spawn(|| block_on(listener.accept()).map(drop));
            listener.close().unwrap();
            waiting.join().unwrap()
        });
        assert_eq!(waiting, Err(Error::Canceled));
    });
}

#[test]
fn tls() {
    block_on(async {
        let folder = certificates();
        let tls = Tls::server(folder.join("server.crt"), folder.join("server.key"));
        let listener = Options::new().tls(tls).listen_async("127.0.0.1", 0).unwrap();
        // One that fails in its handshake does not reach the tasks, and frees what it had.
        let no_trust = Options::new().tls(Tls::client()).connect_async("localhost", listener.port()).await;
        assert_eq!(no_trust.unwrap_err(), Error::TlsCertificate);
        let trust = Options::new().tls(Tls::client().ca_file(folder.join("ca.crt")));
        let client = trust.connect_async("localhost", listener.port()).await.unwrap();
        let server = listener.accept().await.unwrap();
        let all = content(1_000_000);
        let sending = async {
            client.write_all(&all).await.unwrap();
            client.end().unwrap();
        };
        let (_, got) = both(sending, server.read_to_end(usize::MAX)).await;
        assert!(got.unwrap() == all);
    });
}

#[test]
fn unix_sockets() {
    block_on(async {
        let path = folder("unix-async").join("socket");
        let listener = Listener::bind_path(&path).unwrap();
        let client = Connection::connect_path(&path).await.unwrap();
        client.write_all(b"by path").await.unwrap();
        client.end().unwrap();
        assert_eq!(listener.accept().await.unwrap().read_to_end(100).await.unwrap(), b"by path");
    });
}

#[test]
fn datagrams() {
    block_on(async {
        let receiver = DatagramSocket::bind("127.0.0.1", 0).unwrap();
        let sender = DatagramSocket::connect("127.0.0.1", receiver.port()).unwrap();
        let mut buffer = [0; 100];
        // More than wait here: the socket pauses and goes on. The system's queue has room for all.
        for number in 0..200u8 {
            sender.send(&[number; 10]).unwrap();
        }
        for number in 0..200u8 {
            let received = receiver.receive(&mut buffer).await.unwrap();
            assert_eq!((received.length, buffer[9]), (10, number));
        }
        sender.send(b"longer").unwrap();
        assert!(receiver.receive(&mut buffer[..3]).await.unwrap().is_truncated);
        receiver.close().unwrap();
        assert_eq!(receiver.receive(&mut buffer).await, Err(Error::Canceled));
    });
}

#[test]
fn time_passes() {
    block_on(async {
        let start = Instant::now();
        sleep(Duration::from_millis(20)).await;
        assert!(start.elapsed() >= Duration::from_millis(20));
        sleep(Duration::ZERO).await;
        let (client, _server) = pair().await;
        assert_eq!(timeout(Duration::from_millis(5), client.read(&mut [0; 1])).await, Err(Error::TimedOut));
        assert_eq!(timeout(Duration::from_secs(60), async { 7 }).await, Ok(7));
        // Timers that are given up.
        for _ in 0..1000 {
            let mut never = Box::pin(sleep(Duration::MAX));
            assert!(poll_once(&mut never).is_pending());
            let mut late = Box::pin(sleep(Duration::from_secs(3600)));
            assert!(poll_once(&mut late).is_pending());
        }
    });
}

#[test]
fn many_tasks_share_a_connection() {
    let (client, server) = block_on(pair());
    thread::scope(|scope| {
        let writers: Vec<_> = (0..4u8)
            .map(|letter| {
                let client = &client;
                scope.spawn(move || {
                    block_on(async move {
                        for _ in 0..500 {
                            assert_eq!(client.write(&[letter; 1000]).await, Ok(1000));
                        }
                    })
                })
            })
            .collect();
        scope.spawn(|| {
            writers.into_iter().for_each(|writer| writer.join().unwrap());
            client.end().unwrap();
        });
        let all = block_on(server.read_to_end(usize::MAX)).unwrap();
        assert_eq!(all.len(), 2_000_000);
        assert!(all.chunks(1000).all(|part| part.iter().all(|&byte| byte == part[0])));
    });
}

#[test]
fn a_panic_of_a_waker_ends_there() {
    struct Panics;
    impl std::task::Wake for Panics {
        fn wake(self: std::sync::Arc<Self>) {
            std::panic::resume_unwind(Box::new("on purpose"));
        }
    }
    let (client, server) = block_on(pair());
    let waker = std::sync::Arc::new(Panics).into();
    let mut part = [0; 1];
    assert!(server.poll_read(&mut Context::from_waker(&waker), &mut part).is_pending());
    block_on(async {
        client.write_all(b"xy").await.unwrap();
        server.read_exact(&mut part).await.unwrap();
        assert_eq!(&part, b"x");
    });
}

/// The server's answer and its handshake are one step, so that a client which is quick does not come in between.
#[test]
fn an_upgrade() {
    let tls = Tls::client().ca_file(certificates().join("ca.crt")).server_name("localhost");
    let certificate = Tls::server(certificates().join("server.crt"), certificates().join("server.key"));
    block_on(async {
        for _ in 0..100 {
            let (client, server) = pair().await;
            let asking = async {
                client.write_all(b"STARTTLS\n").await.unwrap();
                client.read_exact(&mut [0; 3]).await.unwrap();
                client.start_tls(&tls).await.unwrap();
                client.write_all(b"secret").await.unwrap();
            };
            let answering = async {
                server.read_exact(&mut [0; 9]).await.unwrap();
                server.start_tls_server(&certificate, b"OK\n").await.unwrap();
                let mut text = [0; 6];
                server.read_exact(&mut text).await.unwrap();
                assert_eq!(&text, b"secret");
            };
            both(asking, answering).await;
            assert_eq!(client.tls_info().unwrap().version, 13);
            assert_eq!(client.peer_certificate().unwrap().unwrap().subject, "CN=localhost");
            assert_eq!(client.start_tls(&tls).await, Err(Error::Busy));
            server.write_all(b"!").await.unwrap();
            client.read_exact(&mut [0; 1]).await.unwrap();
        }
    });
}

#[test]
fn upgrades_that_fail() {
    let tls = Tls::client().ca_file(certificates().join("ca.crt")).server_name("other.example");
    let certificate = Tls::server(certificates().join("server.crt"), certificates().join("server.key"));
    block_on(async {
        let (client, server) = pair().await;
        let asking = async {
            client.read_exact(&mut [0; 3]).await.unwrap();
            client.start_tls(&tls).await
        };
        let (asking, answering) = both(asking, server.start_tls_server(&certificate, b"OK\n")).await;
        assert_eq!(asking, Err(Error::TlsCertificate));
        // The client has said why by an alert, in place of its end of the handshake.
        assert_eq!(answering, Err(Error::TlsCertificate));
        assert_ne!(server.close_record().unwrap().tls_alert, 0);

        // A refusal leaves the connection as it was, with what has come meanwhile.
        let (client, server) = pair().await;
        assert_eq!(client.start_tls(&Tls::client().ca_file("/nowhere")).await, Err(Error::NotFound));
        server.write_all(b"plain").await.unwrap();
        client.read_exact(&mut [0; 5]).await.unwrap();

        // Something unread is in the way, and is still there.
        server.write_all(b"more").await.unwrap();
        while client.counters().unwrap().bytes_read < 9 {
            sleep(Duration::from_millis(1)).await;
        }
        client.read_exact(&mut [0; 1]).await.unwrap();
        assert_eq!(client.start_tls(&tls).await, Err(Error::Busy));
        client.read_exact(&mut [0; 3]).await.unwrap();
    });
}

/// A waker of whom it is known how many there are, and how often it was called, for the thread that has made it.
struct Counting(AtomicUsize, Thread);

impl Counting {
    fn new() -> Arc<Counting> {
        Arc::new(Counting(AtomicUsize::new(0), thread::current()))
    }

    fn await_call(&self) {
        while self.0.load(Ordering::SeqCst) == 0 {
            thread::park();
        }
    }
}

impl Wake for Counting {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
        self.1.unpark();
    }
}

/// Polls with a waker of the future's own, drops the future, and looks whether the waker is left somewhere.
fn assert_no_waker_is_left<F: Future>(what: &str, future: F) {
    let counting = Counting::new();
    let waker = Waker::from(counting.clone());
    let mut future = Box::pin(future);
    assert!(future.as_mut().poll(&mut Context::from_waker(&waker)).is_pending(), "{}", what);
    assert!(Arc::strong_count(&counting) > 2, "{} waits by another way", what);
    drop(future);
    assert_eq!(Arc::strong_count(&counting), 2, "{}", what);
}

#[test]
fn a_dropped_future_keeps_no_waker() {
    block_on(async {
        let listener = Listener::bind("127.0.0.1", 0).unwrap();
        let (client, server) = pair_of(&Options::new().write_queue(50_000).read_buffer(1000)).await;
        let mut buffer = [0; 10];
        assert_no_waker_is_left("read", server.read(&mut buffer));
        assert_no_waker_is_left("closed", server.closed());
        assert_no_waker_is_left("accept", listener.accept());
        assert_no_waker_is_left("sleep", sleep(Duration::from_secs(60)));
        assert_no_waker_is_left("timeout", timeout(Duration::from_secs(60), server.read(&mut buffer)));
        let socket = DatagramSocket::bind("127.0.0.1", 0).unwrap();
        assert_no_waker_is_left("receive", socket.receive(&mut buffer));
        let (upgraded, _silent) = pair().await;
        let tls = Tls::client().server_name("localhost");
        assert_no_waker_is_left("start_tls", upgraded.start_tls(&tls));
        let data = content(100_000);
        while let Ok(Ok(_)) = timeout(Duration::from_millis(100), client.write(&data)).await {}
        assert_no_waker_is_left("write", client.write(&data));
    });
}

#[test]
fn a_future_that_is_polled_with_many_wakers_keeps_the_last() {
    block_on(async {
        let (client, server) = pair().await;
        let wakers: Vec<_> = (0..100).map(|_| Counting::new()).collect();
        let mut buffer = [0; 5];
        let mut read = Box::pin(server.read(&mut buffer));
        let mut closed = Box::pin(server.closed());
        for counting in &wakers {
            let waker = Waker::from(counting.clone());
            assert!(read.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
            assert!(closed.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        }
        let counts: Vec<_> = wakers.iter().map(Arc::strong_count).collect();
        assert!(counts[..99].iter().all(|count| *count == 1) && counts[99] == 3, "{:?}", counts);
        client.write_all(b"hello").await.unwrap();
        wakers[99].await_call();
        assert_eq!(read.await, Ok(5));
    });
}

/// A task that hangs on nothing but the wakers of its futures, as those of executors do when their list has let it go.
struct Task(Mutex<Vec<Pin<Box<dyn Future<Output = ()> + Send>>>>);

impl Wake for Task {
    fn wake(self: Arc<Self>) {}
}

#[test]
fn a_waker_that_is_the_last_of_its_task_may_drop_other_futures_of_the_connection() {
    block_on(async {
        let (client, server) = pair().await;
        let (client, server) = (Arc::new(client), Arc::new(server));
        let read = |connection: &Arc<Connection>| -> Pin<Box<dyn Future<Output = ()> + Send>> {
            let connection = connection.clone();
            Box::pin(async move {
                let _ = connection.read(&mut [0; 5]).await;
            })
        };
        // By leaving, and by another waker in its place.
        for is_replaced in [false, true] {
            let task = Arc::new(Task(Mutex::new(vec![read(&server)])));
            assert!(poll_once(&mut task.0.lock().unwrap()[0]).is_pending());
            let waker = Waker::from(task.clone());
            let weak = Arc::downgrade(&task);
            let mut outside = read(&server);
            assert!(outside.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
            drop((waker, task));
            assert!(weak.upgrade().is_some());
            if is_replaced {
                assert!(poll_once(&mut outside).is_pending());
            } else {
                drop(outside);
            }
            assert!(weak.upgrade().is_none());
        }
        client.write_all(b"hello").await.unwrap();
        server.read_exact(&mut [0; 5]).await.unwrap();
    });
}
