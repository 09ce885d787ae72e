# SPDX-License-Identifier: Apache-2.0
"""Options of TLS, what a handshake has led to, upgrades that do not wait."""
import contextlib
import datetime
import os
import subprocess
import tempfile
import unittest
from typing import Any, Iterator

import reseau
from support import TIMEOUT, TestCase, certificate_folder, echo, serving


def named(name: str) -> str:
    return os.path.join(certificate_folder(), name)


def server(name: str = "server", **others: Any) -> reseau.TLS:
    return reseau.TLS(certificate_file=named(name + ".crt"), key_file=named(name + ".key"), **others)


def client(**others: Any) -> reseau.TLS:
    return reseau.TLS(ca_file=named("ca.crt"), **others)


@contextlib.contextmanager
def meeting(server_tls: reseau.TLS, client_tls: reseau.TLS) -> Iterator[reseau.Connection]:
    with serving(echo, tls=server_tls) as listener:
        with reseau.connect("localhost", listener.port, tls=client_tls) as connection:
            yield connection


class TLSTest(TestCase):
    def refuse(self, server_tls: reseau.TLS, client_tls: reseau.TLS) -> None:
        with self.assertRaises(reseau.CertificateError), meeting(server_tls, client_tls):
            pass

    def test_what_a_handshake_has_led_to(self) -> None:
        with reseau.listen(tls=server(alpn=["h2"])) as listener:
            with reseau.connect("localhost", listener.port, tls=client(alpn=["h2"])) as connection:
                with listener.accept(TIMEOUT) as accepted:
                    info = connection.tls_info()
                    self.assertEqual((info.version, info.protocol, info.resumed), ("1.3", "h2", False))
                    self.assertTrue(info.cipher.startswith("TLS_"))
                    self.assertEqual(accepted.tls_info().server_name, "localhost")
                    self.assertIsNone(accepted.peer_certificate())
                    certificate = connection.peer_certificate()
        assert certificate is not None
        self.assertEqual((certificate.subject, certificate.issuer), ("CN=localhost", "CN=root"))
        self.assertEqual(certificate.names, ("DNS:localhost", "IP:127.0.0.1"))
        now = datetime.datetime.now(datetime.timezone.utc)
        self.assertLess(certificate.not_before, now + datetime.timedelta(minutes=1))
        self.assertGreater(certificate.not_after, now)
        with open(named("server.crt")) as file:
            self.assertEqual(certificate.pem.strip(), file.read().strip())
        self.assertEqual(certificate.der[0], 0x30)
        with serving(echo) as plain, reseau.connect("127.0.0.1", plain.port) as unencrypted:
            with self.assertRaises(reseau.UnsupportedError):
                unencrypted.tls_info()
            with self.assertRaises(reseau.UnsupportedError):
                unencrypted.peer_certificate()

    def test_revoked_certificates_are_refused(self) -> None:
        with meeting(server("revoked"), client(crl_file=named("empty.crl"))):
            pass
        self.refuse(server("revoked"), client(crl_file=named("revoked.crl")))
        with open(named("revoked.crl")) as file:
            self.refuse(server("revoked"), client(crl_pem=file.read()))
        with self.assertRaises(FileNotFoundError), meeting(server(), client(crl_file="/nowhere")):
            pass

    def test_staples(self) -> None:
        self.refuse(server("revoked"), client(require_staple=True))
        with meeting(server("revoked", staple_file=named("good.ocsp")), client(require_staple=True)):
            pass
        self.refuse(server("revoked", staple_file=named("revoked.ocsp")), client())
        # It promises one, and has none.
        self.refuse(server("must_staple"), client())

    def test_certificates_by_the_name_that_is_asked_for(self) -> None:
        with open(named("other.crt")) as certificate, open(named("other.key")) as key:
            of_pem = reseau.TLSCertificate(certificate_pem=certificate.read(), key_pem=key.read())
        for other in (reseau.TLSCertificate(named("other.crt"), named("other.key")), of_pem):
            for name in ("other.example", "localhost"):
                with meeting(server(certificates=[other]), client(server_name=name)) as connection:
                    shown = connection.peer_certificate()
                    assert shown is not None
                    self.assertEqual(shown.subject, "CN=" + name)
        stapled = reseau.TLSCertificate(named("revoked.crt"), named("revoked.key"), staple_file="/nowhere")
        with self.assertRaises(FileNotFoundError):
            reseau.listen(tls=server(certificates=[stapled]))

    def test_a_reload_is_for_those_that_come(self) -> None:
        with serving(echo, tls=server()) as listener:

            def subject(name: str) -> str:
                tls = client(server_name=name, resumption=False)
                with reseau.connect("localhost", listener.port, tls=tls) as connection:
                    shown = connection.peer_certificate()
                    return "" if shown is None else shown.subject

            self.assertEqual(subject("localhost"), "CN=localhost")
            listener.reload_tls(server("other"))
            self.assertEqual(subject("other.example"), "CN=other.example")
            with self.assertRaises(FileNotFoundError):
                listener.reload_tls(reseau.TLS(certificate_file="/nowhere", key_file="/nowhere"))
            self.assertEqual(subject("other.example"), "CN=other.example")
        with reseau.listen() as plain, self.assertRaises(reseau.UnsupportedError):
            plain.reload_tls(server())

    def test_sessions_are_resumed_unless_they_are_not_wanted(self) -> None:
        for server_side, client_side, expected in ((True, True, True), (False, True, False), (True, False, False)):
            tls = client(resumption=client_side)
            resumed = False
            with serving(echo, tls=server(resumption=server_side)) as listener:
                for _ in range(2):
                    with reseau.connect("localhost", listener.port, tls=tls) as connection:
                        connection.write(b"x")
                        connection.readexactly(1)
                        resumed = connection.tls_info().resumed
            self.assertEqual(resumed, expected)

    def test_a_key_in_a_token(self) -> None:
        library = os.environ.get("RESEAU_TEST_PKCS11_LIBRARY", "/usr/lib/softhsm/libsofthsm2.so")
        if not os.path.exists(library):
            self.skipTest("SoftHSM is not installed")
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(folder + "/tokens")
            with open(folder + "/softhsm2.conf", "w") as file:
                file.write(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
            os.environ["SOFTHSM2_CONF"] = folder + "/softhsm2.conf"
            self.addCleanup(os.environ.pop, "SOFTHSM2_CONF")
            for arguments in (
                "--init-token --free --label here --so-pin 1111 --pin 0000",
                f"--import {named('server.key')} --token here --label the-key --id AA --pin 0000",
            ):
                command = ["softhsm2-util", *arguments.split()]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

            def tls(**others: str) -> reseau.TLS:
                key = reseau.PKCS11Key(library, **others)
                return reseau.TLS(certificate_file=named("server.crt"), pkcs11_key=key)

            with meeting(tls(token="here", key="the-key", pin="0000"), client()) as connection:
                self.assertIsNotNone(connection.peer_certificate())
            with meeting(tls(token="here", pin="0000"), client()):
                pass
            with self.assertRaises(reseau.TLSError):
                reseau.listen(tls=tls(token="elsewhere", pin="0000"))

    def test_an_upgrade_that_does_not_wait(self) -> None:
        with reseau.listen() as listener, reseau.connect("127.0.0.1", listener.port) as one:
            with listener.accept(TIMEOUT) as other:
                other.write(b"ready\n")
                other.start_tls(server(), server_side=True, wait=False)
                self.assertEqual(one.readline(), b"ready\n")
                one.start_tls(client(server_name="localhost"), wait=False)
                one.write(b"secret")
                self.assertEqual(other.readexactly(6), b"secret")
                self.assertEqual(other.tls_info().version, "1.3")

    def test_an_upgrade_that_fails_is_a_failure_of_the_next_read(self) -> None:
        with reseau.listen() as listener, reseau.connect("127.0.0.1", listener.port) as one:
            with listener.accept(TIMEOUT) as other:
                other.start_tls(server(), server_side=True, wait=False)
                one.start_tls(client(server_name="other.example"), wait=False)
                with self.assertRaises(reseau.CertificateError):
                    one.read(1)


class KeyLogTest(TestCase):
    def test_secrets_go_to_a_file(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            name = os.path.join(folder, "secrets")
            with serving(echo, tls=server()) as listener:
                for key_log_file in (None, name):
                    tls = client(key_log_file=key_log_file)
                    with reseau.connect("127.0.0.1", listener.port, tls=tls, timeout=TIMEOUT) as connection:
                        connection.write(b"x")
                        self.assertEqual(connection.readexactly(1), b"x")
                    self.assertEqual(os.path.exists(name), key_log_file is not None)
            with open(name, encoding="ascii") as file:
                self.assertIn("CLIENT_TRAFFIC_SECRET_0 ", file.read())


if __name__ == "__main__":
    unittest.main()
