# SPDX-License-Identifier: Apache-2.0
"""An event loop for asyncio on libreseau's loops.

    import reseau.asyncio

    reseau.asyncio.run(main())

or, for programs that make their loop themselves: asyncio.set_event_loop_policy(reseau.asyncio.EventLoopPolicy()).
On such a loop there are also files on disk: File, load_file(), store_file(), and watch() for folders.
"""
from ._files import File, Watch, load_file, store_file, watch
from ._loop import EventLoop
from ._policy import EventLoopPolicy, install, new_event_loop, run

__all__ = [
    "EventLoop",
    "EventLoopPolicy",
    "File",
    "Watch",
    "install",
    "load_file",
    "new_event_loop",
    "run",
    "store_file",
    "watch",
]
