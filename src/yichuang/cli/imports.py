"""`./yichuang import FILE|DIR`: a town's catalogue from a workbook or CSV files, all of it or nothing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yichuang.cli import homes
from yichuang.config.trouble import Trouble

if TYPE_CHECKING:
    from yichuang.rooms.catalog.loading import Change, Plan, TownFolder

MOST_TOLD = 500


def main(arguments: list[str]) -> int:
    """导入：0 done (or a dry run that would go through), 1 faults or refused with the list on stderr, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        prog="./yichuang import",
        description="导入事项目录  bring in a catalogue (XLSX, ZIP or a folder of CSV files)",
    )
    parser.add_argument("path", type=Path, metavar="FILE|DIR")
    homes.add_arguments(parser)
    parser.add_argument("--dry-run", action="store_true", help="只检查、对比，不导入  check and compare only")
    parser.add_argument(
        "--by", default="", metavar="USERNAME", help="谁导入（事项编辑）  the editor who brings it in"
    )
    parser.add_argument(
        "--publish-by",
        default="",
        metavar="USERNAME",
        help="谁核对发布（另一个人）  the publisher, another person",
    )
    asked = parser.parse_args(arguments)
    if not asked.path.exists():
        parser.error(f"没有这个文件  no such file: {asked.path}")
    with homes.in_town(asked) as town:
        from yichuang.ground.refusals import Refused

        try:
            return _import(asked, town)
        except Refused as refused:
            _list(refused.facts.get("obstacles") or refused.facts.get("faults") or ())
            raise Trouble(
                f"{refused.wrong}{refused.next}", f"Nothing was brought in ({refused.code})."
            ) from refused


def _import(asked: argparse.Namespace, town: Any) -> int:
    from yichuang.rooms.catalog import loading, queries
    from yichuang.rooms.hall.founding import town_folder

    queries.forget()
    folder = loading.read_path(asked.path, beside=queries.published())
    for note in folder.notes:
        print(note)
    if folder.faults:
        _list([str(fault) for fault in folder.faults])
        raise Trouble(
            f"有 {len(folder.faults)} 处不对，一行都没有导入。请照清单改好，再运行一次。",
            f"{len(folder.faults)} faults; nothing was brought in.",
        )
    standing = loading.standing()
    editor = None
    if not asked.dry_run or asked.by:
        editor = homes.member_of_staff(asked.by, "editor", "--by")
    own_office = editor.office.code if editor and editor.office else ""
    found = loading.plan(folder=folder, town=town_folder(), standing=standing, own_office=own_office)
    _tell(found, is_new_town=not standing)
    if found.obstacles:
        _list(found.obstacles)
        raise Trouble(
            f"有 {len(found.obstacles)} 处挡着，一行都没有导入。",
            f"{len(found.obstacles)} obstacles; nothing was brought in.",
        )
    if asked.dry_run:
        print(f"只是试装，{town.name}没有改动。  A dry run: nothing was changed.")
        return 0
    publisher = None
    if asked.publish_by or not standing:
        publisher = homes.member_of_staff(asked.publish_by, "publisher", "--publish-by")
    _carry_out(folder, editor, publisher, is_new_town=not standing)
    return 0


def _carry_out(folder: TownFolder, editor: Any, publisher: Any, *, is_new_town: bool) -> None:
    from yichuang.rooms.catalog import loading
    from yichuang.rooms.hall.founding import found_places

    if is_new_town:
        found_places(folder=folder, by=editor)
        loading.load(folder=folder, proposed_by=editor, published_by=publisher)
        print(f"装入并发布了 {len(folder.items)} 个事项。  {len(folder.items)} items loaded and published.")
        return
    brought = loading.bring_in(folder=folder, by=editor)
    if brought.plan.changes_nothing:
        print("和系统里的一样，没有改动。  The town has all of this already; nothing was changed.")
    elif not brought.batch:
        print("部门、一件事已经更新。  Offices and bundles were updated.")
    elif publisher:
        count = loading.publish_imported(batch=brought.batch, by=publisher)
        print(f"发布了 {count} 个事项的新版本。  {count} items published.")
    else:
        count = len(brought.plan.codes)
        print(
            f"{count} 个事项的新版本已提交，请另一个人核对发布。  {count} versions proposed; another person publishes them."
        )


def _tell(found: Plan, *, is_new_town: bool) -> None:
    if is_new_town:
        print(
            f"这个镇还没有目录，文件里有 {len(found.new)} 个事项。  The town has no catalogue; the file has {len(found.new)} items."
        )
        return
    print(
        f"没变 {len(found.unchanged)}，改 {len(found.changed)}，新 {len(found.new)}，文件里没有、保留 {len(found.absent)}。  "
        f"{len(found.unchanged)} unchanged, {len(found.changed)} changed, {len(found.new)} new, {len(found.absent)} kept."
    )
    for title, changes in (
        ("改", found.changed),
        ("新", found.new),
        ("一件事", found.bundles),
        ("部门", found.offices),
    ):
        for change in changes:
            _tell_change(title, change)
    for sentence in found.said:
        print(sentence)


def _tell_change(title: str, change: Change) -> None:
    print(f"{title} {change.code} {change.name}")
    if title == "新":
        return
    for each in change.differences:
        print(f"  {each.part} {each.what}：{each.before or '（没有）'} → {each.after or '（没有）'}")


def _list(sentences: Any) -> None:
    """The first of them on stderr, and how many there are beyond."""
    for sentence in list(sentences)[:MOST_TOLD]:
        print(sentence, file=sys.stderr)
    if (more := len(sentences) - MOST_TOLD) > 0:
        print(f"还有 {more} 处没有列出。  {more} more are not listed.", file=sys.stderr)
