# SPDX-License-Identifier: Apache-2.0
"""An event loop for asyncio on libreseau's loops.

    import reseau.asyncio

    reseau.asyncio.run(main())

or, for programs that make their loop themselves: asyncio.set_event_loop_policy(reseau.asyncio.EventLoopPolicy()).
"""
from ._loop import EventLoop
from ._policy import EventLoopPolicy, install, new_event_loop, run

__all__ = ["EventLoop", "EventLoopPolicy", "install", "new_event_loop", "run"]
