# SPDX-License-Identifier: Apache-2.0
"""The handle of a scheduled callback, made and called by C code of the interpreter alone."""
import asyncio.events
import asyncio.format_helpers
import functools
from typing import Any

_asyncio: Any = asyncio


def _nothing() -> None:
    """In the place of what was cancelled."""


class Callback(functools.partial):  # type: ignore[type-arg]
    """As asyncio.Handle, which is written in Python: `run` of the context with the callback and its arguments."""

    __slots__ = ()

    # Of one that was cancelled.
    _was: Any
    _ran: Any

    def cancel(self) -> None:
        """It is not called any more."""
        if self.cancelled():
            return

        # It may be running: what it was called with is only borrowed from here then, and has to outlive the call.
        state: Any = (_nothing, (), {}, {"_was": self.args, "_ran": self.func})
        self.__setstate__(state)  # type: ignore[attr-defined]

    def cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self.func is _nothing

    def get_context(self) -> Any:
        """The context that it is called in; None after a cancel()."""
        return getattr(self.func, "__self__", None)

    def handle_of(self, loop: Any) -> Any:
        """The same as the handle that a loop in debug mode looks into."""
        callback, *arguments = self.args
        return _asyncio.events.Handle(callback, tuple(arguments), loop, self.get_context())

    def report(self, loop: Any, error: BaseException) -> None:
        """It has raised this, and may have been cancelled meanwhile."""
        callback, *arguments = self._was if self.cancelled() else self.args
        source = _asyncio.format_helpers._format_callback_source(callback, arguments)
        loop.call_exception_handler(
            {"message": f"Exception in callback {source}", "exception": error, "handle": self}
        )

    def __repr__(self) -> str:
        if self.cancelled():
            return "<Handle cancelled>"
        callback, *arguments = self.args
        return f"<Handle {_asyncio.format_helpers._format_callback_source(callback, arguments)}>"

    # Parts of asyncio.Handle that other libraries know.

    _cancelled = property(cancelled)

    def _run(self) -> None:
        try:
            self()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self.report(_asyncio.events._get_running_loop(), error)
