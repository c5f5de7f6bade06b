"""./yichuang import, ./yichuang export: what they say, what they leave, their exit codes."""

from __future__ import annotations

import csv
import shutil

import pytest

from yichuang.cli import exports, imports
from yichuang.config.trouble import Trouble
from yichuang.ground import towns
from yichuang.ground.tests.make import a_town
from yichuang.ground.towns import Town
from yichuang.rooms.catalog import queries
from yichuang.rooms.catalog.models import ItemVersion, ServiceItem
from yichuang.rooms.catalog.tests.make import DAWEI, the_items
from yichuang.rooms.hall import queries as hall
from yichuang.rooms.people.actions import Employment, employ
from yichuang.rooms.people.tests.make import PASSWORD


@pytest.fixture
def town(db):
    queries.forget()
    yield Town.objects.get(key="dawei")
    queries.forget()


@pytest.fixture
def changed(tmp_path):
    """大圩镇's files with another fee of SB-002."""
    folder = tmp_path / "changed"
    shutil.copytree(DAWEI, folder)
    rows = list(csv.reader((folder / "items.csv").open(encoding="utf-8", newline="")))
    next(row for row in rows if row[0] == "SB-002")[rows[0].index("fee")] = "工本费 5 元"
    with (folder / "items.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)
    return folder


def versions_of(town, code="SB-002") -> list[str]:
    with towns.within(town):
        return list(
            ItemVersion.objects.filter(item__code=code).order_by("number").values_list("status", flat=True)
        )


@pytest.mark.parametrize("name", ["town.xlsx", "town.zip", "folder"])
def test_what_is_exported_is_the_same_when_brought_in_and_exported_again(town, tmp_path, capsys, name):
    first, again = tmp_path / name, tmp_path / f"again-{name}"
    assert exports.main([str(first)]) == 0
    assert imports.main([str(first)]) == 0
    assert "没有改动" in capsys.readouterr().out
    assert exports.main([str(again)]) == 0
    files = sorted(first.iterdir()) if first.is_dir() else [first]
    for file in files:
        beside = again / file.name if again.is_dir() else again
        assert file.read_bytes() == beside.read_bytes(), file.name
    if first.is_dir():
        assert [file.name for file in files] == sorted(file.name for file in DAWEI.glob("*.csv"))
        assert all(file.read_bytes() == (DAWEI / file.name).read_bytes() for file in files)


def test_a_dry_run_tells_what_would_change_and_changes_nothing(town, changed, capsys):
    assert imports.main([str(changed), "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert (
        "没变 105，改 1" in told and f"{the_items()['SB-002'].fee} → 工本费 5 元" in told and "试装" in told
    )
    assert versions_of(town) == ["published"]


def test_a_change_waits_for_another_person_or_is_published_by_the_one_named(town, changed, capsys):
    assert imports.main([str(changed)]) == 0
    assert "请另一个人核对发布" in capsys.readouterr().out and versions_of(town) == ["published", "proposed"]
    with pytest.raises(Trouble) as stopped:
        imports.main([str(changed), "--publish-by", "publisher"])
    assert "挡着" in stopped.value.chinese and "SB-002" in capsys.readouterr().err


def test_the_publisher_who_is_named_publishes_at_once(town, changed):
    assert imports.main([str(changed), "--by", "editor", "--publish-by", "publisher"]) == 0
    assert versions_of(town) == ["retired", "published"]


def test_faults_are_listed_with_their_places_and_nothing_is_brought_in(town, changed, capsys):
    text = (changed / "materials.csv").read_text(encoding="utf-8")
    (changed / "materials.csv").write_text(text.replace(",申请人,", ",邻居,"), encoding="utf-8")
    with pytest.raises(Trouble) as stopped:
        imports.main([str(changed), "--publish-by", "publisher"])
    told = capsys.readouterr().err.splitlines()
    assert (
        "materials.csv 第 2 行 “person”列：" in told[0] and len(told) == 501 and told[-1].startswith("还有 ")
    )
    assert "一行都没有导入" in stopped.value.chinese and versions_of(town) == ["published"]


def test_wrong_usage_is_told(tmp_path, capsys):
    for verb, arguments in (
        (imports, [str(tmp_path / "nothing.xlsx")]),
        (exports, [str(tmp_path / "a.docx")]),
    ):
        with pytest.raises(SystemExit) as left:
            verb.main(arguments)
        assert left.value.code == 2 and capsys.readouterr().err


def test_an_empty_town_gets_everything_also_its_windows_and_hours(town, tmp_path, capsys):
    assert exports.main([str(tmp_path / "town.xlsx")]) == 0
    new = a_town()
    with pytest.raises(Trouble) as stopped:
        imports.main([str(tmp_path / "town.xlsx"), "--town", new.key])
    assert "还没有“事项编辑”" in stopped.value.chinese and "两个不同的人" in stopped.value.chinese
    with towns.within(new):
        assert not ServiceItem.objects.exists()
        for role in ("editor", "publisher"):
            employ(employment=Employment(username=role, name=role, roles=(role,)), password=PASSWORD)
    assert imports.main([str(tmp_path / "town.xlsx"), "--town", new.key]) == 0
    assert "装入并发布了 106 个事项" in capsys.readouterr().out
    assert exports.main([str(tmp_path / "new.xlsx"), "--town", new.key]) == 0
    assert (tmp_path / "new.xlsx").read_bytes() == (tmp_path / "town.xlsx").read_bytes()
    with towns.within(new):
        assert len(hall.windows()) == 8 and len(queries.published()) == 106


def test_a_town_that_is_not_there_is_told(town, tmp_path):
    with pytest.raises(Trouble) as stopped:
        exports.main([str(tmp_path / "town.xlsx"), "--town", "nowhere"])
    assert "现有：dawei、linhu" in stopped.value.chinese
