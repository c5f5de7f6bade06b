"""The words of a page, read for tests: which of them are Chinese without being marked as such."""

from __future__ import annotations

import re
from html.parser import HTMLParser

CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Words(HTMLParser):
    """The words of a page, each with the language it is marked with."""

    VOID = ("meta", "link", "input", "br", "img", "path", "rect", "circle")

    def __init__(self) -> None:
        super().__init__()
        self.languages: list[str] = [""]
        self.strange: list[str] = []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        said = [told.get(name) or "" for name in ("aria-label", "placeholder", "title")]
        language = told.get("lang") or self.languages[-1]
        self.strange += [words for words in said if language != "zh" and CHINESE.search(words)]
        if tag not in self.VOID:
            self.languages.append(language)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.languages.pop()

    def handle_data(self, words):
        if self.languages[-1] != "zh" and CHINESE.search(words):
            self.strange.append(words)


def unmarked(told: str) -> list[str]:
    """Chinese words that are not marked as Chinese; the title names the hall."""
    reader = Words()
    reader.feed(re.sub(r"<title>.*?</title>", "", told, flags=re.S))
    return reader.strange
