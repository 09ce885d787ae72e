# SPDX-License-Identifier: Apache-2.0
"""Files on disk and what happens to them, blocking and for asyncio."""
import asyncio
import os
import stat
import tempfile
import threading
import time
import unittest
from typing import Any, Coroutine

import reseau
import reseau.asyncio
from support import TIMEOUT, TestCase, run_python


class FolderTest(TestCase):
    """Each has a folder of its own."""

    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(folder.name, "file")


class FilesTest(FolderTest):
    def test_reading_and_writing_at_offsets(self) -> None:
        with reseau.File.open(self.path, write=True, exclusive=True, mode=0o600) as file:
            with self.assertRaises(reseau.Error) as exists:
                reseau.File.open(self.path, write=True, exclusive=True)
            self.assertEqual(exists.exception.name, "RESEAU_ERROR_EXISTS")
            self.assertEqual(file.write(b"world", 6), 5)
            file.write(memoryview(b"hello "), 0)
            self.assertEqual(file.read(20, 0), b"hello world")
            self.assertEqual(file.read(20, 11), b"")
            self.assertEqual(file.read(0, 0), b"")
            room = bytearray(b".....")
            self.assertEqual(file.readinto(memoryview(room)[1:4], 6), 3)
            self.assertEqual(room, b".wor.")
            file.sync()
            file.truncate(5)
            info = file.info()
            self.assertEqual((info.length, info.kind, info.mode), (5, reseau.FileKind.REGULAR, 0o600))
            self.assertLess(abs(info.modified_ns / 1e9 - time.time()), TIMEOUT)
            self.assertEqual(reseau.file_info(self.path), info)
            with self.assertRaises(TypeError):
                file.readinto(b"read-only", 0)  # type: ignore[arg-type]
            with self.assertRaises(ValueError):
                file.read(-1, 0)
        with reseau.File.open(self.path) as file, self.assertRaises(OSError):
            file.write(b"x", 0)
        with self.assertRaises(ValueError):
            file.read(1, 0)
        with self.assertRaises(FileNotFoundError):
            reseau.File.open("/nowhere")
        self.assertEqual(reseau.file_info("/").kind, reseau.FileKind.FOLDER)

    def test_whole_files(self) -> None:
        content = os.urandom(300000)
        reseau.store_file(self.path, content, mode=0o640)
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o640)
        self.assertEqual(reseau.load_file(self.path), content)
        with self.assertRaises(reseau.TooLargeError):
            reseau.load_file(self.path, limit=100000)
        reseau.store_file(self.path, b"")
        self.assertEqual(reseau.load_file(self.path), b"")
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o640)

    def test_changes_in_a_folder(self) -> None:
        with reseau.watch(self.folder, gather=0.001) as watch:
            with self.assertRaises(TimeoutError):
                watch.next_change(0.02)
            with open(self.path, "w") as file:
                file.write("content")
            change = watch.next_change(TIMEOUT)
            assert change is not None
            self.assertEqual((change.kind, change.name), (reseau.ChangeKind.CREATED, "file"))
            os.mkdir(os.path.join(self.folder, "folder"))
            while change is not None and change.name == "file":
                change = watch.next_change(TIMEOUT)
            self.assertEqual(change, (reseau.ChangeKind.CREATED, "folder", None, True))
            os.rename(self.path, self.path + "2")
            change = watch.next_change(TIMEOUT)
            self.assertEqual(change, (reseau.ChangeKind.RENAMED, "file2", "file", False))
        self.assertIsNone(watch.next_change())
        with self.assertRaises(FileNotFoundError):
            reseau.watch("/nowhere/at/all")

    def test_a_close_ends_who_waits(self) -> None:
        watch = reseau.watch(self.folder)
        seen = []
        thread = threading.Thread(target=lambda: seen.append(list(watch)))
        thread.start()
        time.sleep(0.02)
        watch.close()
        thread.join(TIMEOUT)
        self.assertEqual(seen, [[]])

    def test_a_watch_ends_with_its_folder(self) -> None:
        gone = os.path.join(self.folder, "gone")
        os.mkdir(gone)
        watch = reseau.watch(gone)
        os.rmdir(gone)
        self.assertEqual(list(watch), [(reseau.ChangeKind.REMOVED, None, None, True)])
        self.assertTrue(watch.closed)

    def test_an_interpreter_ends_while_a_daemon_thread_watches(self) -> None:
        program = """
import os, reseau, sys, threading
watch = reseau.watch(sys.argv[1], gather=0.001)
threading.Thread(target=lambda: list(watch), daemon=True).start()
def change():
    while True:
        open(os.path.join(sys.argv[1], "file"), "w").close()
        os.remove(os.path.join(sys.argv[1], "file"))
threading.Thread(target=change, daemon=True).start()
threading.Event().wait(0.1)
sys.exit(7)
"""
        for _ in range(5):
            result = run_python(program, self.folder)
            self.assertEqual(result.returncode, 7, result.stderr)

    def test_what_is_not_closed_warns(self) -> None:
        with self.assertWarns(ResourceWarning):
            watch = reseau.watch(self.folder)
            del watch
        with self.assertWarns(ResourceWarning):
            file = reseau.File.open(self.path, write=True, create=True)
            del file


class AsyncioFilesTest(FolderTest):
    def run_on(self, main: "Coroutine[Any, Any, None]") -> None:
        reseau.asyncio.run(asyncio.wait_for(main, TIMEOUT))

    def test_files(self) -> None:
        async def main() -> None:
            async with await reseau.asyncio.File.open(self.path, write=True, create=True) as file:
                self.assertEqual(await file.write(b"hello world", 0), 11)
                self.assertEqual(await file.read(5, 6), b"world")
                self.assertEqual(await file.read(5, 11), b"")
                room = bytearray(b".....")
                self.assertEqual(await file.readinto(memoryview(room)[1:4], 6), 3)
                self.assertEqual(room, b".wor.")
                await file.truncate(5)
                await file.sync()
                self.assertEqual((await file.info()).length, 5)
                parts = await asyncio.gather(*(file.read(1, offset) for offset in range(5)))
                self.assertEqual(b"".join(parts), b"hello")
            with self.assertRaises(ValueError):
                await file.read(1, 0)
            with self.assertRaises(FileNotFoundError):
                await reseau.asyncio.File.open("/nowhere")
            content = os.urandom(300000)
            await reseau.asyncio.store_file(self.path, content)
            self.assertEqual(await reseau.asyncio.load_file(self.path), content)
            with self.assertRaises(reseau.TooLargeError):
                await reseau.asyncio.load_file(self.path, limit=10)

        self.run_on(main())

    def test_who_does_not_wait_any_more_leaves_the_memory_to_the_library(self) -> None:
        async def main() -> None:
            async with await reseau.asyncio.File.open(self.path, write=True, create=True) as file:
                for _ in range(200):
                    tasks = [
                        asyncio.ensure_future(one)
                        for one in (
                            file.write(b"x" * 10000, 0),
                            file.read(10000, 0),
                            reseau.asyncio.load_file(self.path),
                            reseau.asyncio.store_file(self.path + "2", b"x" * 10000),
                        )
                    ]
                    await asyncio.sleep(0)
                    for task in tasks:
                        task.cancel()
                    await asyncio.gather(*tasks, return_exceptions=True)
                await file.write(b"y", 0)
                self.assertEqual(await file.read(1, 0), b"y")
                # All of it comes to its end.
                while reseau.asyncio._files._operations:
                    await asyncio.sleep(0.001)

        self.run_on(main())

    def test_a_loop_that_closes_while_something_is_under_way(self) -> None:
        async def main() -> None:
            file = await reseau.asyncio.File.open(self.path, write=True, create=True)
            for _ in range(20):
                asyncio.ensure_future(file.write(b"x" * 1000000, 0)).cancel()
                task = asyncio.ensure_future(file.write(b"x" * 1000000, 0))
                task.add_done_callback(lambda done: done.cancelled() or done.exception())
            await asyncio.sleep(0)
            file.close()

        for _ in range(20):
            self.run_on(main())
            self.assertEqual(reseau.asyncio._files._operations, {})

    def test_watches(self) -> None:
        async def main() -> None:
            with reseau.asyncio.watch(self.folder, gather=0.001) as watch:
                with open(self.path, "w"):
                    pass
                change = await watch.next_change()
                assert change is not None
                self.assertEqual((change.kind, change.name), (reseau.ChangeKind.CREATED, "file"))
                waiting = asyncio.ensure_future(watch.next_change())
                await asyncio.sleep(0)
                waiting.cancel()
                os.remove(self.path)
                async for change in watch:
                    if change.kind == reseau.ChangeKind.REMOVED:
                        break
                waiting = asyncio.ensure_future(watch.next_change())
                await asyncio.sleep(0)
            self.assertIsNone(await waiting)
            with self.assertRaises(FileNotFoundError):
                reseau.asyncio.watch("/nowhere/at/all")

        self.run_on(main())
        self.assertEqual(reseau.asyncio._files._watches, {})

    def test_other_loops_are_refused(self) -> None:
        async def main() -> None:
            with self.assertRaises(RuntimeError):
                await reseau.asyncio.File.open(self.path)

        loop = asyncio.SelectorEventLoop()
        loop.run_until_complete(main())
        loop.close()

    def test_an_interpreter_ends_while_a_daemon_thread_has_files(self) -> None:
        program = """
import asyncio, reseau.asyncio, sys, threading
ready = threading.Event()
async def main():
    file = await reseau.asyncio.File.open(sys.argv[1], write=True, create=True)
    watch = reseau.asyncio.watch(sys.argv[1], gather=0.001)
    async def write():
        while True:
            await file.write(b"x" * 1000, 0)
            ready.set()
    tasks = [asyncio.ensure_future(write()) for _ in range(10)]
    async for change in watch:
        pass
def run():
    try:
        reseau.asyncio.run(main())
    except BaseException:
        pass
threading.Thread(target=run, daemon=True).start()
ready.wait()
sys.exit(7)
"""
        for _ in range(5):
            result = run_python(program, self.path)
            self.assertEqual(result.returncode, 7, result.stderr)

    def test_an_interpreter_ends_with_files_under_way(self) -> None:
        program = """
import asyncio, reseau.asyncio, sys
async def main():
    file = await reseau.asyncio.File.open(sys.argv[1], write=True, create=True)
    watch = reseau.asyncio.watch(sys.argv[1])
    tasks = [asyncio.ensure_future(file.write(b"x" * 1000000, 0)) for _ in range(10)]
    await asyncio.sleep(0)
    sys.exit(7)
reseau.asyncio.run(main())
"""
        result = run_python(program, self.path)
        self.assertEqual(result.returncode, 7, result.stderr)


if __name__ == "__main__":
    unittest.main()
