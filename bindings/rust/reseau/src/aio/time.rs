// SPDX-License-Identifier: Apache-2.0
use super::state::{lock, Place, Wakers};
use crate::error::{Error, Result};
use crate::handle::{guard, milliseconds, Handle};
use reseau_sys as raw;
use std::collections::HashMap;
use std::future::Future;
use std::os::raw::c_void;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// What a timer and its future share.
#[derive(Default)]
struct State {
    is_over: bool,
    waiting: Wakers,
}

/// Timers that run, by the numbers that their functions get: a timer that is closed may be calling its function, which
/// then finds nothing (rule 255).
#[derive(Default)]
struct Running {
    last: usize,
    timers: Option<HashMap<usize, Arc<Mutex<State>>>>,
}

static RUNNING: Mutex<Running> = Mutex::new(Running { last: 0, timers: None });

unsafe extern "C" fn on_timer(_: i64, number: *mut c_void) {
    guard(|| {
        let timer = lock(&RUNNING).timers.as_mut().and_then(|timers| timers.remove(&(number as usize)));
        if let Some(state) = timer {
            let mut state = lock(&state);
            state.is_over = true;
            let waiting = state.waiting.take();
            drop(state);
            waiting.wake();
        }
    });
}

/// Ready when so much time has passed since the call, never sooner.
pub fn sleep(time: Duration) -> Sleep {
    // A time that no clock has is no end.
    Sleep { end: Instant::now().checked_add(time), timer: None }
}

/// A time that passes: [`sleep`].
#[derive(Debug)]
#[must_use = "it does nothing if it is not awaited"]
pub struct Sleep {
    end: Option<Instant>,
    timer: Option<Timer>,
}

struct Timer {
    number: usize,
    state: Arc<Mutex<State>>,
    place: Place,
    _handle: Option<Handle>,
}

impl std::fmt::Debug for Timer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Timer").field("number", &self.number).finish_non_exhaustive()
    }
}

impl Timer {
    fn start(time: Duration) -> Result<Timer> {
        let state = Arc::new(Mutex::new(State::default()));
        let mut running = lock(&RUNNING);
        running.last = running.last.wrapping_add(1);
        let number = running.last;
        running.timers.get_or_insert_with(HashMap::new).insert(number, state.clone());
        drop(running);
        let mut timer = Timer { number, state, place: Place::default(), _handle: None };
        let id = unsafe { raw::reseau_timer_start(0, milliseconds(time), 0, Some(on_timer), number as *mut c_void) };
        timer._handle = Some(Handle::new(id)?);
        Ok(timer)
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        lock(&RUNNING).timers.as_mut().and_then(|timers| timers.remove(&self.number));
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let end = match self.end {
            Some(end) => end,
            None => return Poll::Pending,
        };
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            self.timer = None;
            return Poll::Ready(());
        }
        if self.timer.is_none() {
            match Timer::start(left) {
                Ok(timer) => self.timer = Some(timer),
                Err(error) => panic!("no timer: {error}"),
            }
        }
        let is_over = self.timer.as_mut().map_or(false, |timer| {
            let mut state = lock(&timer.state);
            let replaced = if state.is_over { None } else { state.waiting.add(&mut timer.place, context) };
            let is_over = state.is_over;
            drop(state);
            drop(replaced);
            is_over
        });
        if is_over {
            self.timer = None;
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

/// A future that is given so much time: [`Error::TimedOut`] if it takes longer, and then it is dropped with this one.
pub fn timeout<F: Future>(time: Duration, future: F) -> Timeout<F> {
    Timeout { future: Box::pin(future), sleep: sleep(time) }
}

/// A future with a limit of time: [`timeout`].
#[derive(Debug)]
#[must_use = "it does nothing if it is not awaited"]
pub struct Timeout<F> {
    future: Pin<Box<F>>,
    sleep: Sleep,
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<F::Output>> {
        if let Poll::Ready(output) = self.future.as_mut().poll(context) {
            return Poll::Ready(Ok(output));
        }
        Pin::new(&mut self.sleep).poll(context).map(|()| Err(Error::TimedOut))
    }
}
