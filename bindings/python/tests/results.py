# SPDX-License-Identifier: Apache-2.0
"""What a run says of a test that fails, or does not end."""
import faulthandler
import unittest
from typing import Any

# A test that takes so many seconds has stopped; the longest takes a tenth of it on a busy machine.
LIMIT = 600.0


class Result(unittest.TextTestResult):
    """Says where all threads are if a test does not end, which otherwise only the limit of the whole run would show."""

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        faulthandler.dump_traceback_later(LIMIT, exit=True)

    def stopTest(self, test: unittest.TestCase) -> None:
        faulthandler.cancel_dump_traceback_later()
        super().stopTest(test)


def runner(**options: Any) -> unittest.TextTestRunner:
    """Failures show the variables: ports and addresses that the system has chosen differ from run to run."""
    return unittest.TextTestRunner(resultclass=Result, tb_locals=True, **options)
