"""What a browser fetches at a first visit: the page, its sheets, scripts, pictures and icons, and what those name."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from .visitor import Answer, Visitor

LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}
LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src", "use": "href", "image": "href"}
IN_SHEETS = re.compile(r"""url\(\s*['"]?([^'")]+)['"]?\s*\)|@import\s+['"]([^'"]+)""")
IN_SCRIPTS = re.compile(r"""\b(?:from|import)\s*\(?\s*['"]([./h][^'"]+)['"]""")


@dataclass
class Load:
    """Bytes as transferred, heads of the answers included."""

    page: int = 0
    assets: dict[str, int] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)

    @property
    def size(self) -> int:
        return self.page + sum(self.assets.values())

    @property
    def files(self) -> int:
        return 1 + len(self.assets)


_fetched: dict[tuple[int, str], Answer] = {}  # assets carry their digest in their name: once is enough


def first_load(visitor: Visitor, path: str) -> Load:
    """Fetch the page and everything it needs; files of other hosts are counted as hosts and not fetched."""
    home = f"http://127.0.0.1:{visitor.port}"
    answer = visitor.get(path)
    load = Load(page=answer.size, hosts={urlsplit(home).netloc})
    named = _Named()
    named.feed(_text(answer))
    waiting = [urljoin(home + path, each) for each in named.addresses]
    while waiting:
        address = urlsplit(waiting.pop())
        if address.scheme not in ("http", "https"):
            continue  # data: and the like come with the page
        load.hosts.add(address.netloc)
        asked = address.path + (f"?{address.query}" if address.query else "")
        if f"http://{address.netloc}" != home or asked in load.assets or asked == path:
            continue
        got = _fetched.get((visitor.port, asked)) or visitor.get(asked)
        _fetched[visitor.port, asked] = got
        load.assets[asked] = got.size
        kind, whole = got.head.get("content-type", ""), home + asked
        if "css" in kind:
            waiting += [urljoin(whole, one or other) for one, other in IN_SHEETS.findall(_text(got))]
        elif "javascript" in kind:
            waiting += [urljoin(whole, each) for each in IN_SCRIPTS.findall(_text(got))]
    return load


class _Named(HTMLParser):
    """Collects the addresses a page makes a browser fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        address = (
            told.get("href") if tag == "link" and LOADED_LINKS & set(told.get("rel", "").split()) else None
        )
        address = address or told.get(LOADED.get(tag, ""))
        if address and not address.startswith("#"):
            self.addresses.append(address)
        self.addresses += [each.split()[0] for each in told.get("srcset", "").split(",") if each.strip()]


def _text(answer: Answer) -> str:
    packed = answer.head.get("content-encoding") == "gzip"
    return (gzip.decompress(answer.body) if packed else answer.body).decode("utf-8", "replace")
