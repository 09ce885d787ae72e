# SPDX-License-Identifier: Apache-2.0
"""Ways to have asyncio use the loop."""
import asyncio
import sys
import warnings
from typing import Any, Coroutine, Optional, TypeVar

from ._loop import EventLoop

T = TypeVar("T")

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of Python 3.14, which has them all the same
    _DefaultPolicy: Any = asyncio.DefaultEventLoopPolicy


def new_event_loop() -> EventLoop:
    """A loop that is not set as the current one."""
    return EventLoop()


class EventLoopPolicy(_DefaultPolicy):  # type: ignore[misc]
    """asyncio's policy, whose new loops are these."""

    def _loop_factory(self) -> EventLoop:
        return EventLoop()


def install() -> None:
    """Every loop that asyncio makes from now on is one of these."""
    asyncio.set_event_loop_policy(EventLoopPolicy())


def run(main: "Coroutine[Any, Any, T]", *, debug: Optional[bool] = None) -> T:
    """asyncio.run() on a loop of these."""
    if sys.version_info >= (3, 11):
        with asyncio.Runner(debug=debug, loop_factory=EventLoop) as runner:
            return runner.run(main)
    previous = asyncio.get_event_loop_policy()
    asyncio.set_event_loop_policy(EventLoopPolicy())
    try:
        return asyncio.run(main, debug=debug)
    finally:
        asyncio.set_event_loop_policy(previous)
