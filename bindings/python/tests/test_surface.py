# SPDX-License-Identifier: Apache-2.0
"""Every option of C can be said by a keyword: each is given once, and has to be in the struct that C would get."""
import contextlib
import ctypes
import importlib.machinery
import importlib.util
import inspect
import os
import unittest
from typing import Any, Callable, Dict, List, Set
from unittest import mock

import reseau
from reseau import _connect, _files, _inspect, _listener, _net, _options, _raw

LEFT_OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "left_out.txt")


def reasons() -> Set[str]:
    with open(LEFT_OUT) as file:
        lines = [line.split() for line in file if line.strip() and not line.startswith("#")]
    return {line[1] for line in lines if "python" in line[0].split(",")}


def fields_of(struct: Any) -> Set[str]:
    return {name for name, _ in struct._fields_} - {"size"}


def set_fields(struct: Any) -> Set[str]:
    """Those that are not zero, as bytes."""
    found = set()
    for name in fields_of(type(struct)):
        field = getattr(type(struct), name)
        if any(bytes(struct)[field.offset : field.offset + field.size]):
            found.add(name)
    return found


class Recorder:
    """A library whose functions write down the options that they get, and fail."""

    def __init__(self, kind: Any) -> None:
        self.kind = kind
        self.seen: Set[str] = set()

    def __getattr__(self, name: str) -> Callable[..., int]:
        def call(*arguments: Any) -> int:
            for argument in arguments:
                # Of ctypes.byref().
                struct = getattr(argument, "_obj", None)
                if isinstance(struct, self.kind):
                    self.seen |= set_fields(struct)
            return int(_raw.RESEAU_ERROR_UNSUPPORTED)

        return call


def something(name: str, annotation: Any) -> Any:
    """A value of a keyword that is not the default."""
    special: Dict[str, Any] = {
        "tls": reseau.TLS(),
        "write_policy": reseau.WritePolicy.CLOSE,
        "attempts": None,
        "family": 4,
        "host": "127.0.0.1",
        "connection": mock.Mock(id=5),
        "listener": mock.Mock(id=6),
        "any_port_from": False,
    }
    if name in special:
        return special[name]
    text = str(annotation)
    if "bool" in text:
        return True
    return "/something" if "str" in text else 7


class SurfaceTest(unittest.TestCase):
    def call(self, function: Callable[..., Any]) -> None:
        keywords = {
            name: something(name, parameter.annotation)
            for name, parameter in inspect.signature(function).parameters.items()
            if name != "cls"
        }
        with contextlib.suppress(reseau.Error):
            function(**keywords)

    def seen(self, kind: Any, module: Any, *functions: Callable[..., Any]) -> Set[str]:
        recorder = Recorder(kind)
        with mock.patch.object(module, "lib", recorder), mock.patch.object(module, "quick", recorder):
            for function in functions:
                self.call(function)
        return recorder.seen

    @staticmethod
    def missing(kind: Any, seen: Set[str]) -> Set[str]:
        return {f"{kind.__name__}.{field}" for field in fields_of(kind) - seen} - reasons()

    def check(self, kind: Any, seen: Set[str]) -> None:
        self.assertEqual(self.missing(kind, seen), set(), "neither set by any keyword nor in left_out.txt")

    def options_of_connections(self) -> Set[str]:
        kind = _raw.reseau_options
        seen = self.seen(kind, _connect, reseau.connect, reseau.connect_path, reseau.adopt)
        # The log of a connect sets it.
        return seen | self.seen(kind, _listener, reseau.listen, reseau.listen_path) | {"on_close"}

    def test_every_keyword_of_an_option_is_known(self) -> None:
        others = {"host", "port", "path_name", "descriptor", "tls", "server_side", "attempts", "any_port_from"}
        functions = (reseau.connect, reseau.connect_path, reseau.adopt, reseau.listen, reseau.listen_path)
        keywords = {name for function in functions for name in inspect.signature(function).parameters}
        self.assertEqual(keywords - others, set(_options.KEYWORDS))

    def test_options_of_connections_and_listeners(self) -> None:
        self.check(_raw.reseau_options, self.options_of_connections())

    def test_options_of_datagrams(self) -> None:
        kind = _raw.reseau_datagram_options
        self.check(kind, self.seen(kind, _net, reseau.DatagramSocket.bind, reseau.DatagramSocket.connect))

    def test_options_of_files_and_captures(self) -> None:
        kind = _raw.reseau_file_options
        seen = self.seen(kind, _files, reseau.File.open)
        seen |= set_fields(_files.file_options(1, 2, 3.0))
        # Watches set them.
        self.check(kind, seen | {"state", "on_close"})
        self.check(_raw.reseau_capture_options, self.seen(_raw.reseau_capture_options, _inspect, reseau.capture))

    def test_options_of_tls(self) -> None:
        parameters: List[str] = list(inspect.signature(reseau.TLS).parameters)
        keywords: Dict[str, Any] = {name: b"something" for name in parameters}
        keywords.update(
            server_name="a",
            alpn=["b"],
            minimum_version="1.3",
            insecure=True,
            client_certificates=True,
            require_staple=True,
            resumption=False,
            certificates=[reseau.TLSCertificate("a", "b")],
            pkcs11_key=reseau.PKCS11Key("a", token="b", key="c", pin="d"),
        )
        self.check(_raw.reseau_tls_options, set_fields(reseau.TLS(**keywords)._struct))
        certificate = reseau.TLSCertificate("a", "b", certificate_pem="c", key_pem="d", staple_file="e")
        self.check(_raw.reseau_tls_certificate, set_fields(certificate._struct))

    def test_counters_have_all_that_the_headers_have(self) -> None:
        def stem(name: str) -> str:
            return name[: -len("_ns")] if name.endswith("_ns") else name[: -len("_us")] if name.endswith("_us") else name

        for ours, theirs in (
            (reseau.Counters, _raw.reseau_counters),
            (reseau.ProcessCounters, _raw.reseau_process_counters),
            (reseau.TCPInfo, _raw.reseau_tcp_info),
            (reseau.CaptureInfo, _raw.reseau_capture_info),
        ):
            fields: Any = ours
            self.assertEqual(set(fields._fields), {stem(name) for name in fields_of(theirs)})

    def test_what_is_new_in_the_headers_is_found(self) -> None:
        class reseau_options(ctypes.Structure):
            _fields_ = [*_raw.reseau_options._fields_, ("new_field", ctypes.c_int)]

        seen = self.options_of_connections()
        self.assertEqual(self.missing(reseau_options, seen), {"reseau_options.new_field"})

        path = os.path.join(os.path.dirname(LEFT_OUT), "surface")
        loader = importlib.machinery.SourceFileLoader("surface", path)
        specification = importlib.util.spec_from_loader("surface", loader)
        assert specification is not None
        surface = importlib.util.module_from_spec(specification)
        loader.exec_module(surface)
        names = surface.surface() | {"reseau_new_function", "reseau_tls_options.new_field"}
        for language, words in (("python", surface.words_of_python()), ("rust", surface.words_of_rust())):
            found = list(surface.complaints(language, words, names, surface.left_out()[language]))
            self.assertEqual([line.split()[1] for line in found], ["reseau_new_function", "reseau_tls_options.new_field"])


if __name__ == "__main__":
    unittest.main()
