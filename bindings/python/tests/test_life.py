# SPDX-License-Identifier: Apache-2.0
"""The end of the interpreter, forks, signals, sub-interpreters."""
import multiprocessing
import os
import signal
import sys
import threading
import time
import unittest

import reseau
from support import TIMEOUT, TestCase, echo, run_python, serving


def _in_child(identity: int, results: "multiprocessing.SimpleQueue[object]") -> None:
    inherited = reseau.Connection(identity)
    try:
        inherited.read(1)
    except reseau.ForkedError as error:
        results.put(error.name)
    inherited.close()
    with reseau.listen() as listener, reseau.connect("127.0.0.1", listener.port) as connection:
        with listener.accept(TIMEOUT) as other:
            other.write(b"of the child")
        results.put(connection.read())


class LifeTest(TestCase):
    def test_the_interpreter_ends_with_everything_alive(self) -> None:
        program = """
import reseau, sys, threading
listener = reseau.listen()
connections = [reseau.connect("127.0.0.1", listener.port) for _ in range(20)]
accepted = [listener.accept() for _ in range(20)]
threading.Thread(target=lambda: connections[0].read(1), daemon=True).start()
threading.Thread(target=lambda: listener.accept(), daemon=True).start()
connections[1].write(b"x" * 100000)
sys.exit(7)
"""
        begin = time.monotonic()
        result = run_python(program)
        self.assertEqual(result.returncode, 7, result.stderr)
        self.assertNotIn("Fatal", result.stderr)
        self.assertLess(time.monotonic() - begin, TIMEOUT / 2)

    @unittest.skipUnless(hasattr(os, "fork"), "no fork")
    def test_a_forked_child_makes_its_own(self) -> None:
        context = multiprocessing.get_context("fork")
        with serving(echo) as listener, reseau.connect("127.0.0.1", listener.port) as connection:
            results = context.SimpleQueue()
            child = context.Process(target=_in_child, args=(connection.id, results))
            child.start()
            child.join(TIMEOUT)
            self.assertEqual(child.exitcode, 0)
            self.assertEqual(results.get(), "RESEAU_ERROR_FORKED")
            self.assertEqual(results.get(), b"of the child")
            connection.write(b"still")
            self.assertEqual(connection.readexactly(5), b"still")

    def test_a_signal_ends_a_read(self) -> None:
        class Interrupt(Exception):
            pass

        def handler(number: int, frame: object) -> None:
            raise Interrupt

        previous = signal.signal(signal.SIGUSR1, handler)
        self.addCleanup(signal.signal, signal.SIGUSR1, previous)
        with serving(echo) as listener, reseau.connect("127.0.0.1", listener.port) as connection:
            timer = threading.Timer(0.05, lambda: os.kill(os.getpid(), signal.SIGUSR1))
            timer.start()
            with self.assertRaises(Interrupt):
                connection.read(1)
            timer.join()
            connection.write(b"goes on")
            self.assertEqual(connection.readexactly(7), b"goes on")

    def test_sub_interpreters_are_refused(self) -> None:
        program = """
try:
    import _xxsubinterpreters as interpreters
except ImportError:
    import _interpreters as interpreters
identity = interpreters.create()
code = '''
try:
    import reseau
except ImportError as error:
    print(error)
'''
run = getattr(interpreters, "run_string", None) or interpreters.exec
run(identity, code)
"""
        result = run_python(program)
        if "sub-interpreter" not in result.stdout and "does not support loading in subinterpreters" in result.stdout:
            self.skipTest("ctypes itself refuses here")
        self.assertIn("cannot be used in a sub-interpreter", result.stdout, result.stderr)

    def test_threads_use_many_connections_at_once(self) -> None:
        failures = []

        def use(port: int) -> None:
            try:
                for _ in range(20):
                    with reseau.connect("127.0.0.1", port) as connection:
                        connection.write(b"abc" * 1000)
                        if connection.readexactly(3000) != b"abc" * 1000:
                            failures.append("other bytes")
            except OSError as error:
                failures.append(repr(error))

        with serving(echo) as listener:
            threads = [threading.Thread(target=use, args=(listener.port,)) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(TIMEOUT)
        self.assertEqual(failures, [])


if __name__ == "__main__":
    sys.exit(unittest.main())
