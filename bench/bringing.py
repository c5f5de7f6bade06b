"""Import: the demo catalogue into one fresh town after another, a transaction each; what grows with their number."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from statistics import fmean, median
from typing import Any, TypeVar

import psycopg
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from psycopg import sql

from yichuang.cli.demo.people import new_password
from yichuang.config.trouble import Trouble
from yichuang.ground import towns
from yichuang.rooms.catalog import queries
from yichuang.rooms.catalog.loading import (
    TownFolder,
    csv_zip,
    load,
    read_folder,
    read_upload,
    town_catalogue,
)
from yichuang.rooms.catalog.loading.workbook_writing import workbook
from yichuang.rooms.hall import actions as hall
from yichuang.rooms.hall.rules import Hours
from yichuang.rooms.people.actions import Employment, employ, found_places

from . import processor
from .catalogues import DAWEI
from .figures import Figure

SHARE = (
    10  # the first and the last tenth are compared, by their medians: a checkpoint or a neighbour hits a few
)

Made = TypeVar("Made")


def measure(superuser: psycopg.Connection, count: int, told: Callable[[str], None]) -> list[Figure]:
    """Load `count` towns; `told` hears how far it is."""
    begun = time.perf_counter()
    folder = read_folder(DAWEI)
    read = time.perf_counter() - begun
    rows, size = _rows(superuser), _size(superuser)
    taken, worked = [], []
    database = _database_process()
    for number in range(1, count + 1):
        begun, before = time.perf_counter(), _worked(database)
        town = _town(number, folder)
        taken.append(time.perf_counter() - begun)
        worked.append(_worked(database) - before)
        if number % max(1, count // SHARE) == 0:
            told(f"已装入 {number} 个镇，最近一个 {taken[-1]:.2f} 秒  {number} towns loaded")
    rows, size = _rows(superuser) - rows, _size(superuser) - size
    tenth = max(1, count // SHARE)
    first, last = median(taken[:tenth]), median(taken[-tenth:])
    busy_first, busy_last = fmean(worked[:tenth]), fmean(worked[-tenth:])
    return [
        Figure("import_read_s", "读并核对一个镇的文件", "reading and checking a town's files", read, "s"),
        Figure("import_towns", f"装入的镇，每镇 {len(folder.items)} 项", f"towns loaded, {len(folder.items)} items each", count, "towns"),
        Figure("import_first_s", "每镇用时，最初十分之一", "seconds a town, first tenth", first, "s"),
        Figure("import_last_s", "每镇用时，最后十分之一", "seconds a town, last tenth", last, "s"),
        Figure("import_growth", "最后比最初", "last tenth : first tenth", last / first, "×"),
        Figure("import_processor_first_s", "每镇占用处理器，含数据库，最初十分之一", "processor time a town, database too, first tenth", busy_first, "s"),
        Figure("import_processor_last_s", "每镇占用处理器，含数据库，最后十分之一", "processor time a town, database too, last tenth", busy_last, "s"),
        Figure("import_processor_growth", "占用处理器，最后比最初", "processor time, last tenth : first tenth", busy_last / busy_first, "×"),
        Figure("import_worst_s", "最慢的一个镇", "slowest town", max(taken), "s"),
        Figure("import_total_s", "总用时", "all towns", sum(taken), "s"),
        Figure("import_rows", "写入的行", "rows written", rows, "rows"),
        Figure("import_rows_a_second", "每秒写入的行", "rows a second", rows / sum(taken), "/s"),
        Figure("import_size_mib", "数据库变大", "database grown by", size / 2**20, "MiB"),
        Figure("import_size_a_town_kib", "每镇占", "on disk a town", size / count / 2**10, "KiB"),
        *_written_out(town, folder),
    ]  # fmt: skip


def _written_out(town: towns.Town, folder: TownFolder) -> list[Figure]:
    """The last town read from the database and written as CSV files and as a workbook, and that read again."""
    queries.forget()
    windows, hours = folder.windows, folder.hours
    begun = time.perf_counter()
    with towns.within(town):
        whole = town_catalogue(windows=windows, hours=hours)
    read = time.perf_counter() - begun
    csv_s, _ = _timed(partial(csv_zip, whole))
    workbook_s, content = _timed(partial(workbook, whole))
    again_s, again = _timed(partial(read_upload, content))
    if len(again.items) != len(whole.items) or again.faults:
        raise Trouble(
            "导出的表读回来不一样，测速停下了。", "The exported workbook is not read back as it was."
        )
    return [
        Figure("export_csv_s", "从库里读出一个镇并写成 CSV", "a town out of the database as CSV", read + csv_s, "s"),
        Figure("export_workbook_s", "从库里读出一个镇并写成表格", "a town out of the database as workbook", read + workbook_s, "s"),
        Figure("workbook_bytes", "表格大小", "size of the workbook", len(content), "B"),
        Figure("workbook_read_s", "读并核对这个表格", "reading and checking that workbook", again_s, "s"),
    ]  # fmt: skip


def _timed(work: Callable[[], Made]) -> tuple[float, Made]:
    begun = time.perf_counter()
    made = work()
    return time.perf_counter() - begun, made


def _database_process() -> int:
    """The number of the database process that serves this one's connection."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _worked(database: int) -> float:
    """Processor time of this process and of that one, so far."""
    return time.process_time() + processor.seconds(database)


def _town(number: int, folder: TownFolder) -> towns.Town:
    """One fresh town with its places, two people and the catalogue: all of it or nothing."""
    town = towns.Town(key=f"bench-{number}", name=f"测速镇{number}", hall_name=f"测速镇{number}为民服务中心")
    town.save()
    with towns.within(town):
        found_places(offices=folder.offices, villages=folder.villages, by=None)
        hall.load_windows(
            windows=[hall.WindowRow(**vars(row)) for row in folder.windows],
            hours=[Hours(**vars(row)) for row in folder.hours],
            by=None,
        )
        load(folder=folder, proposed_by=_employed("editor"), published_by=_employed("publisher"))
    return town


def _employed(role: str) -> Any:
    hasher = PBKDF2PasswordHasher()
    hasher.iterations = 1  # nobody signs in; the hash is not what is measured
    return employ(
        employment=Employment(username=role, name="测速", roles=(role,)),
        password=new_password(),
        hasher=hasher,
    )


def _rows(superuser: psycopg.Connection) -> int:
    """Every row of our tables, of every town, counted."""
    names = superuser.execute(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
    ).fetchall()
    counted = 0
    for (name,) in names:
        row = superuser.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(name))).fetchone()
        counted += row[0] if row else 0
    return counted


def _size(superuser: psycopg.Connection) -> int:
    """Bytes of the database on disk, indexes included, the write-ahead log not."""
    superuser.execute("checkpoint")
    row = superuser.execute("select pg_database_size(current_database())").fetchone()
    return int(row[0]) if row else 0
