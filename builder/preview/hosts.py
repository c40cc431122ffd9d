"""Hosts: who may ask the preview for anything.

A page of another site can make a browser ask any address of this machine, and by DNS rebinding read the answer, as if
it were its own. Such a request names the other site's host: an address in numbers, or this machine's own name, can't be
turned away from this machine.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_own_host(asked: str, listening: str) -> bool:
    """Whether a request's `Host` names this machine; `listening` is the host that the preview was told to listen on.

    >>> is_own_host("127.0.0.1:8000", "127.0.0.1"), is_own_host("[::1]:8000", "::1"), is_own_host("evil.example", "")
    (True, True, False)
    """
    try:
        parts = urlsplit(f"//{asked}")
        name, _ = parts.hostname or "", parts.port
    except ValueError:  # also where that is no number
        return False
    return name == "localhost" or name.endswith(".localhost") or name == listening.lower() or _is_in_numbers(name)


def _is_in_numbers(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def url_of(host: str, port: int, path: str = "/") -> str:
    """The address of a page that is served there; a host of IPv6 stands in brackets.

    >>> url_of("::1", 8000)
    'http://[::1]:8000/'
    """
    # To listen on every address is none to ask for.
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return f"http://{f'[{name}]' if ':' in name else name}:{port}{path}"
