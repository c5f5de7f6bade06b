"""The look is kept by tests: one file of colours, readable contrast, small bundles, nothing inline, nothing foreign."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from yichuang.doors.shared import assets

TOKENS = assets.SHARED / "styles" / "tokens.css"
SHEETS = sorted(assets.DOORS.rglob("*.css"))
SCRIPTS = sorted(assets.DOORS.rglob("*.js"))
TEMPLATES = sorted(path for path in assets.DOORS.rglob("*.html") if "tests" not in path.parts)
COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b(?![-\w])|\b(?:rgba?|hsla?|oklch|lab)\(|:\s*(?:white|black|red|green|gray|grey)\b"
)
TEXT_ON = {  # words in this colour stand on these grounds: 4.5:1
    "ink": ("ground", "surface", "sunken", "called-tint", "warn-tint", "action-tint"),
    "ink-soft": ("ground", "surface", "sunken", "called-tint"),
    "action": ("ground", "surface", "action-tint"),
    "on-action": ("action", "action-press"),
    "called": ("ground", "surface", "called-tint"),
    "warn-ink": ("ground", "surface", "warn-tint", "called-tint"),
    "alert": ("ground", "surface", "alert-tint", "called-tint"),
}
EDGES_ON = {
    "line-strong": ("ground", "surface"),
    "warn": ("ground", "surface"),
    "focus": ("ground", "surface"),
}


def _named(path: Path) -> str:
    return str(path.relative_to(assets.DOORS))


def _bare(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)


def _tokens(selector: str) -> dict[str, str]:
    """The colours a rule of tokens.css sets, by name."""
    blocks = re.findall(rf"(?m)^{re.escape(selector)} \{{(.*?)\}}", _bare(TOKENS), flags=re.S)
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", " ".join(blocks)))


def _luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


LIGHT = _tokens(":root")
THEMES = {
    "light": LIGHT,
    "dark": LIGHT | _tokens('html[data-theme="dark"]'),
    "elder": LIGHT | _tokens("html[data-elder]"),
}


@pytest.mark.parametrize("theme", THEMES)
def test_all_words_can_be_read(theme):
    colours = THEMES[theme]
    faint = {
        (word, ground): round(contrast(colours[word], colours[ground]), 2)
        for word, grounds in TEXT_ON.items()
        for ground in grounds
        if contrast(colours[word], colours[ground]) < 4.5
    }
    assert not faint


@pytest.mark.parametrize("theme", THEMES)
def test_edges_of_inputs_and_shapes_of_lights_can_be_seen(theme):
    colours = THEMES[theme]
    faint = {
        (edge, ground)
        for edge, grounds in EDGES_ON.items()
        for ground in grounds
        if contrast(colours[edge], colours[ground]) < 3
    }
    assert not faint


@pytest.mark.parametrize("path", [*SHEETS, *SCRIPTS, *TEMPLATES], ids=_named)
def test_a_colour_comes_from_the_tokens(path):
    if path == TOKENS:
        return
    literal = COLOUR.findall(re.sub(r"&#\w+;|href=\"#[\w-]*\"", "", _bare(path)))
    assert not literal


@pytest.mark.parametrize("path", SHEETS, ids=_named)
def test_every_token_used_is_a_token(path):
    own = set(re.findall(r"(--[\w-]+)\s*:", _bare(path) + _bare(TOKENS)))
    used = set(re.findall(r"var\((--[\w-]+)", _bare(path)))
    assert used <= own | {"--gap", "--elder-size"}


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_nothing_stands_inline(path):
    """The policy is default-src 'self': an inline style or script would silently not work."""
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text(), flags=re.S)
    assert not re.search(
        r"<style\b|\sstyle\s*=|<script\b(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", text
    )


@pytest.mark.parametrize("path", [*SHEETS, *SCRIPTS, *TEMPLATES], ids=_named)
def test_nothing_is_fetched_from_another_host(path):
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(?:https?:)?//[\w-]+\.[a-z]", re.sub(r"(?m)//\s.*$", "", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=_named)
def test_a_page_does_not_shout(path):
    assert "！" not in path.read_text()


def test_the_sheet_and_the_script_stay_small():
    sheet, script = assets.sheet().encode(), assets.script().encode()
    assert len(sheet) < 40_000 and len(script) < 16_000
    assert len(gzip.compress(sheet)) + len(gzip.compress(script)) < 14_000


def test_squeezing_keeps_every_rule():
    own = [path for path in SHEETS if path.is_relative_to(assets.SHARED)]
    whole = "".join(_bare(path) for path in own if not path.is_relative_to(assets.SHARED / "guides"))
    assert assets.sheet().count("{") == whole.count("{")
    assert "calc((100% - 1056px) / 2)" in assets.sheet()


def test_every_kind_of_page_has_its_own_files_found():
    found = dict(assets.Bundles().list(None))
    assert {"yichuang.css", "yichuang.js", "mark.svg", "office/components.css", "guides/guide.css"} <= set(
        found
    )
    with found["mark.svg"].open("mark.svg") as drawing:
        assert assets.token("action").encode() in drawing.read()


def test_every_icon_is_a_line_drawing_of_its_own():
    assert len(set(assets.drawings().values())) == len(assets.drawings()) > 50
    assert all("fill=" not in drawing and "stroke=" not in drawing for drawing in assets.drawings().values())


def test_every_part_is_described_for_those_who_build_pages():
    guide = (assets.SHARED / "README.md").read_text()
    assert [name for name in assets.part_names() if f"| {name} |" not in guide] == []


def test_every_part_has_a_template_of_its_name():
    assert [n for n in assets.part_names() if not (assets.PARTS / n / f"{n}.html").exists()] == []
