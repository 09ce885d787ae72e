// SPDX-License-Identifier: Apache-2.0
use super::state::{Place, Waiting};
use crate::error::{done, Result};
use crate::handle::{lock, Handle};
use crate::watch::{Change, WatchState};
use reseau_sys as raw;
use std::path::Path;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

/// [`crate::watch()`] for tasks.
pub fn watch(file: impl AsRef<Path>) -> Result<Watch> {
    let (handle, shared) = WatchState::start(file.as_ref(), None)?;
    Ok(Watch { handle, shared })
}

/// [`watch()`], where changes are gathered for so long.
pub fn watch_gathering(file: impl AsRef<Path>, time: Duration) -> Result<Watch> {
    let (handle, shared) = WatchState::start(file.as_ref(), Some(time))?;
    Ok(Watch { handle, shared })
}

/// What happens in a folder or to a file: [`watch()`]. Dropping it ends it.
pub struct Watch {
    handle: Handle,
    shared: Arc<WatchState>,
}

impl Watch {
    /// The library's number of it, for functions of the crate `reseau-sys`.
    pub fn id(&self) -> i64 {
        self.handle.id()
    }

    /// The next change. `None` when there is no other: the watch is closed, or its folder is gone.
    pub async fn next_change(&self) -> Option<Change> {
        Waiting::new(
            |place: &mut Place, context: &mut Context<'_>| self.poll_next_change_at(place, context),
            |place: &Place| lock(&self.shared.inner).waiting.leave(place),
        )
        .await
    }

    /// [`Watch::next_change`], to be polled.
    pub fn poll_next_change(&self, context: &mut Context<'_>) -> Poll<Option<Change>> {
        self.poll_next_change_at(&mut Place::shared(), context)
    }

    fn poll_next_change_at(&self, place: &mut Place, context: &mut Context<'_>) -> Poll<Option<Change>> {
        let mut inner = lock(&self.shared.inner);
        match inner.changes.pop_front() {
            None if !inner.has_ended => {
                let replaced = inner.waiting.add(place, context);
                drop(inner);
                drop(replaced);
                Poll::Pending
            }
            change => Poll::Ready(change),
        }
    }

    /// Ends it: tasks that wait get `None`.
    pub fn close(&self) -> Result<()> {
        done(unsafe { raw::reseau_close(self.id()) })
    }
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Watch").field("id", &self.id()).finish_non_exhaustive()
    }
}
