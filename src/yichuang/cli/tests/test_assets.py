"""Browser libraries: only what its digest says is used."""

import shutil

import pytest

from yichuang.cli import assets
from yichuang.config.trouble import Trouble


@pytest.fixture
def fetched(tmp_path):
    """What npm brings, with a small file in place of each real one, and digests that fit."""
    import hashlib

    modules, project = tmp_path / "node_modules", tmp_path
    shutil.copy(assets.PROJECT / "package.json", project)
    lines = []
    for name in assets.PLACES:
        path = modules / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        lines.append(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}")
    (project / "assets.sha256").write_text("\n".join(lines) + "\n")
    return modules


def test_every_file_in_use_has_a_digest():
    assert set(assets._wanted(assets.PROJECT)) == set(assets.PLACES)


def test_what_fits_is_laid_out(fetched, tmp_path):
    assets._lay_out(fetched, tmp_path / "assets", assets._wanted(tmp_path))
    assert (tmp_path / "assets/static/vendor/htmx.min.js").read_text() == "htmx.org/dist/htmx.min.js"


def test_a_file_that_differs_stops_it_and_nothing_is_laid_out(fetched, tmp_path):
    (fetched / "htmx.org/dist/htmx.min.js").write_text("something else")
    with pytest.raises(Trouble, match=r"htmx\.min\.js 与登记的摘要不符"):
        assets._lay_out(fetched, tmp_path / "assets", assets._wanted(tmp_path))
    assert not (tmp_path / "assets").exists()


def test_a_second_time_nothing_is_fetched():
    assets.ensure()
    assert assets.ensure() is False


def test_versions_are_exact():
    import json
    import re

    wanted = json.loads((assets.PROJECT / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", number) for number in wanted.values())
