"""A gate in a network of its own, and a black hole before it. A gate on this machine's own network
cannot play that: whatever its server does, the kernel says that it has received all.
"""

import ctypes
import os
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tests.reliability.gate import Gate

NEW_NETWORK = 0x40000000  # CLONE_NEWNET
CARD = "02:00:00:00:00:02"


class FarGate(Gate):
    """Reached over a cable between two networks. Only root can lay it."""

    def __init__(self, behind: int) -> None:
        number = os.getpid()
        self._network, self._cable = f"lms-{number}", f"lms{number}"
        near, far = (f"198.18.{number % 256}.{number // 256 % 64 * 4 + end}" for end in (1, 2))
        self._near = near
        ip("netns", "add", self._network)
        try:
            peer = ("peer", "far", "address", CARD, "netns", self._network)
            ip("link", "add", self._cable, "type", "veth", *peer)
            ip("address", "add", f"{near}/30", "dev", self._cable)
            ip("link", "set", self._cable, "up")
            ip("-n", self._network, "address", "add", f"{far}/30", "dev", "far")
            ip("-n", self._network, "link", "set", "far", "up")
            # known for good: whoever had to ask for it would be told that nobody is there
            ip("neighbour", "add", far, "lladdr", CARD, "dev", self._cable, "nud", "permanent")
            super().__init__(behind, far)
        except BaseException:
            self._remove()
            raise

    @contextmanager
    def out_of_reach(self) -> Iterator[None]:
        """No packet comes back from there, and nobody is told why."""
        hole = ("blackhole", f"{self._near}/32")
        ip("-n", self._network, "route", "add", *hole)
        try:
            yield
        finally:
            ip("-n", self._network, "route", "del", *hole)

    def close(self) -> None:
        super().close()
        self._remove()

    def _remove(self) -> None:
        ip("netns", "delete", self._network)  # the cable goes with it

    def _listen(self) -> socket.socket:
        with ThreadPoolExecutor(1) as pool:  # a thread that has moved is of no use here any more
            return pool.submit(self._listen_there).result()

    def _listen_there(self) -> socket.socket:
        with open(f"/run/netns/{self._network}") as network:
            if ctypes.CDLL(None, use_errno=True).setns(network.fileno(), NEW_NETWORK):
                raise OSError(ctypes.get_errno(), "setns")
        return super()._listen()


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)
