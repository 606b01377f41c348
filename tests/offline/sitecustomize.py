"""Python imports this when it starts: a process that has to do with waku-lint talks to no other machine.

Others may, such as pip, which installs what is tested.
"""

from __future__ import annotations

import sys

_INTERNET = (2, 10, 23, 30)  # the families of addresses of IPv4 and, by system, of IPv6


def _no_network(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith("socket.") and "waku_lint" in sys.modules:
        if event == "socket.__new__" and arguments[1] in _INTERNET:
            raise AssertionError("no test talks to a network")
        if event in ("socket.getaddrinfo", "socket.gethostbyname"):
            raise AssertionError(f"no test talks to a network: {arguments[0]}")


sys.addaudithook(_no_network)
