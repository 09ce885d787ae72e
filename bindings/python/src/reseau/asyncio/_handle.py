# SPDX-License-Identifier: Apache-2.0
"""The handle of a scheduled callback, made and called by C code of the interpreter alone."""
import asyncio.events
import asyncio.format_helpers
import functools
from typing import Any, Tuple

_asyncio: Any = asyncio


def _nothing() -> None:
    """In the place of what was cancelled."""


def describe(handle: Any) -> str:
    """The text of a handle."""
    if handle._cancelled:
        return "<Handle cancelled>"
    return f"<Handle {_asyncio.format_helpers._format_callback_source(handle._callback, handle._args)}>"


def report(handle: Any, error: BaseException, callback: Any, arguments: Tuple[Any, ...]) -> None:
    """Tells the loop that runs what a callback has raised, which may have been cancelled meanwhile."""
    source = _asyncio.format_helpers._format_callback_source(callback, arguments)
    _asyncio.events._get_running_loop().call_exception_handler(
        {"message": f"Exception in callback {source}", "exception": error, "handle": handle}
    )


def handle_of(handle: Any, loop: Any) -> Any:
    """The same as the handle that a loop in debug mode looks into."""
    return _asyncio.events.Handle(handle._callback, handle._args, loop, handle._context)


class Callback(functools.partial):  # type: ignore[type-arg]
    """As asyncio.Handle, which is written in Python: `run` of the context with the callback and its arguments.

    Whoever calls it takes both out first: a cancel() meanwhile takes them from it.
    """

    __slots__ = ()

    def cancel(self) -> None:
        """It is not called any more, and keeps nothing."""
        if not self.cancelled():
            state: Any = (_nothing, (), {}, {})
            self.__setstate__(state)  # type: ignore[attr-defined]

    def cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self.func is _nothing

    def get_context(self) -> Any:
        """The context that it is called in; None after a cancel()."""
        return getattr(self.func, "__self__", None)

    def __repr__(self) -> str:
        return describe(self)

    # Parts of asyncio.Handle that other libraries know.

    _cancelled = property(cancelled)
    _context = property(get_context)

    @property
    def _callback(self) -> Any:
        return None if self.cancelled() else self.args[0]

    @property
    def _args(self) -> Any:
        return None if self.cancelled() else self.args[1:]

    def _run(self) -> None:
        run, arguments = self.func, self.args
        try:
            run(*arguments)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            report(self, error, arguments[0], arguments[1:])
