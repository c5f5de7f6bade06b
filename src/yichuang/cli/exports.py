"""`./yichuang export FILE.xlsx|FILE.zip|DIR`: a town's catalogue and places, as they can be brought in again."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from yichuang.cli import homes
from yichuang.config.trouble import Trouble

if TYPE_CHECKING:
    from yichuang.rooms.catalog.loading import TownFolder


def main(arguments: list[str]) -> int:
    """导出：0 done, 1 not possible, 2 wrong usage. What is published is written; drafts are not."""
    parser = argparse.ArgumentParser(
        prog="./yichuang export",
        description="导出事项目录  write out the catalogue (a workbook, or CSV files)",
    )
    parser.add_argument("path", type=Path, metavar="FILE.xlsx|FILE.zip|DIR")
    homes.add_arguments(parser)
    asked = parser.parse_args(arguments)
    path: Path = asked.path.expanduser()
    kind = path.suffix.lower()
    if kind not in ("", ".xlsx", ".zip") and not path.is_dir():
        parser.error(f"只写 .xlsx、.zip 或者文件夹  only .xlsx, .zip or a folder: {path}")
    with homes.in_town(asked) as town:
        from yichuang.rooms.catalog import loading
        from yichuang.rooms.hall.founding import town_folder

        folder = town_folder()
        try:
            if path.is_dir() or not kind:
                loading.write_folder(folder, path)
            else:
                _write(path, _workbook(folder) if kind == ".xlsx" else loading.csv_zip(folder))
        except OSError as problem:
            raise Trouble(
                f"写不了 {path}：{problem.strerror}。", f"{path} cannot be written: {problem}."
            ) from problem
        print(
            f"{town.name}的 {len(folder.items)} 个事项写在 {path}。  {len(folder.items)} items written to {path}."
        )
    return 0


def _workbook(folder: TownFolder) -> bytes:
    from yichuang.rooms.catalog.loading.workbook_writing import workbook

    return workbook(folder)


def _write(path: Path, content: bytes) -> None:
    """Whole, or as it was before."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    os.replace(beside, path)
