# SPDX-License-Identifier: Apache-2.0
"""The raw layer is that of the headers: by the generator, by a C compiler, by the library."""
import ast
import ctypes
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
from typing import Any

from reseau import _library, _raw

from support import run_python

HERE = os.path.dirname(os.path.abspath(__file__))
INCLUDE = os.path.join(HERE, "..", "..", "..", "include")


class RawTest(unittest.TestCase):
    def test_the_file_is_what_the_generator_writes(self) -> None:
        python = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
        if subprocess.run([python, "-c", "import clang.cindex"], stderr=subprocess.DEVNULL).returncode:
            self.skipTest("python3-clang is not installed")
        generate = os.path.join(HERE, "..", "generate")
        result = subprocess.run([python, generate, "--check"], stderr=subprocess.PIPE, text=True)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_sources_are_of_the_oldest_python(self) -> None:
        files = sorted(pathlib.Path(_library.__file__).parent.rglob("*.py"))
        self.assertGreater(len(files), 15)
        for file in files:
            ast.parse(file.read_text(), str(file), feature_version=(3, 9))

    def test_a_simulation_runs_by_the_raw_layer(self) -> None:
        lib: Any = _library.lib
        times = []

        @ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int)
        def begin(_: Any, status: int) -> None:
            times.append((status, lib.reseau_simulation_now(simulation), lib.reseau_simulation_random(simulation)))

        hashes = []
        for _ in range(2):
            simulation = lib.reseau_simulation_new(7, None)
            self.assertGreater(simulation, 0)
            link: Any = _raw.reseau_link(latency_us=1000, loss=0.5)
            link.size = ctypes.sizeof(link)
            self.assertEqual(lib.reseau_simulation_link(simulation, 0, 0, ctypes.byref(link)), 0)
            host = lib.reseau_simulation_host(simulation, b"host", None)
            self.assertGreater(host, 0)
            self.assertEqual(lib.reseau_post(host, begin, None), 0)
            self.assertEqual(lib.reseau_simulation_run(simulation, 1000), 0)
            hashes.append(lib.reseau_simulation_hash(simulation))
            self.assertEqual(lib.reseau_simulation_free(simulation), 0)
        self.assertEqual(len(times), 2)
        self.assertEqual(times[0], times[1])
        self.assertEqual(hashes[0], hashes[1])

    def test_layouts_and_constants_are_those_of_a_c_compiler(self) -> None:
        compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
        if compiler is None:
            self.skipTest("no C compiler")
        constants = {name: value for name, value in vars(_raw).items() if name.startswith("RESEAU_")}
        lines = ["#include <reseau/reseau.h>", "#include <reseau/simulation.h>", "#include <stdio.h>", "int main(void) {"]
        for name in constants:
            lines.append(f'printf("{name} %lld\\n", (long long){name});')
        for name, (_, offsets) in _raw.LAYOUTS.items():
            lines.append(f'printf("{name} %zu\\n", sizeof(struct {name}));')
            for field in offsets:
                lines.append(f'printf("{name}.{field} %zu\\n", offsetof(struct {name}, {field}));')
        lines += ["return 0;", "}"]
        with tempfile.TemporaryDirectory() as folder:
            source, program = folder + "/layout.c", folder + "/layout"
            with open(source, "w") as file:
                file.write("\n".join(lines))
            subprocess.run([compiler, "-I", INCLUDE, source, "-o", program], check=True)
            text = subprocess.run([program], check=True, stdout=subprocess.PIPE, text=True).stdout
        of_c = {line.split()[0]: int(line.split()[1]) for line in text.splitlines()}
        self.assertGreater(len(of_c), 100)
        for name, value in of_c.items():
            if name.startswith("RESEAU_"):
                self.assertEqual(constants[name], value, name)
            elif "." in name:
                struct, field = name.split(".")
                self.assertEqual(getattr(getattr(_raw, struct), field).offset, value, name)
            else:
                self.assertEqual(ctypes.sizeof(getattr(_raw, name)), value, name)

    def test_the_library_has_every_function(self) -> None:
        self.assertEqual(_raw.declare(_library.lib), [])

    def test_a_library_without_them_is_refused(self) -> None:
        libc = "libc.so.6" if sys.platform.startswith("linux") else "libSystem.dylib"
        result = run_python(f"import os; os.environ['RESEAU_LIBRARY'] = '{libc}'\nimport reseau")
        self.assertIn("ImportError: reseau:", result.stderr)
        self.assertIn("older than this package", result.stderr)

    def test_a_library_that_is_not_there_is_named(self) -> None:
        result = run_python("import os; os.environ['RESEAU_LIBRARY'] = '/nowhere/libreseau.so'\nimport reseau")
        self.assertIn("/nowhere/libreseau.so", result.stderr)
        self.assertIn("RESEAU_LIBRARY", result.stderr)


if __name__ == "__main__":
    unittest.main()
