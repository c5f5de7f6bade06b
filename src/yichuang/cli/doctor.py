"""`./yichuang doctor`: looks at everything a start depends on; each line is good, or says what to do."""

import argparse
import os
import shutil
import socket
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psycopg

from yichuang import __version__
from yichuang.cli.assets import ASSETS, PLACES
from yichuang.config import place, rights
from yichuang.config.trouble import Trouble

PROJECT = Path(__file__).resolve().parents[3]
LEAST_SPACE = 2_000_000_000  # bytes: uploads of a busy week and the database's log
MOST_SKEW = 5.0  # seconds between our clock and the database's
LEAST_MEMORY = 1_000_000  # kB


@dataclass
class Finding:
    """One thing looked at: good or not, what was found, what to do."""

    name: str
    good: bool
    found: str
    todo: str = ""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./yichuang doctor", description="体检  look for what is wrong")
    parser.add_argument("--home", type=Path, default=Path(os.environ.get("YICHUANG_HOME", PROJECT / "var")))
    parser.add_argument("--host", default=os.environ.get("YICHUANG_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=os.environ.get("YICHUANG_PORT", "8000"))
    options = parser.parse_args(arguments)
    bad = 0
    for finding in examine(options.home.expanduser().resolve(), options.host, options.port):
        bad += not finding.good
        todo = f"  请：{finding.todo}" if not finding.good else ""
        print(f"{'好　' if finding.good else '不好'} {finding.name}：{finding.found}{todo}")
    print(f"共 {bad} 处要处理。  {bad} to be seen to." if bad else "一切正常。  All good.")
    return 1 if bad else 0


def examine(home: Path, host: str, port: int) -> Iterator[Finding]:
    """Every finding, in the order in which a start would stumble over them."""
    yield from _versions()
    yield from _machine(home)
    yield from _files()
    yield _port(home, host, port)
    yield from _home(home)
    yield from _database(home)


def _versions() -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", sys.version_info >= (3, 11), python, "安装 Python 3.11 或更新的版本")
    yield Finding("一窗", True, __version__)
    wrong = []
    for line in (PROJECT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        name, _, wanted = line.partition("==")
        wanted = wanted.split(" ")[0].split(";")[0]
        if wanted and not line.startswith((" ", "#")):
            with suppress(PackageNotFoundError):
                if (have := version(name.split("[")[0])) != wanted:
                    wrong.append(f"{name} {have}（应为 {wanted}）")
    found = "、".join(wrong) or "与 requirements.lock 一致"
    yield Finding("程序包", not wrong, found, "删除 .venv 后重新运行 ./yichuang up")


def _machine(home: Path) -> Iterator[Finding]:
    folder = next(folder for folder in (home, *home.parents) if folder.exists())
    places = {folder} | (
        {place.SYSTEM_FOLDER} if os.geteuid() == 0 and place.SYSTEM_FOLDER.exists() else set()
    )
    for each in sorted(places):
        free = shutil.disk_usage(each).free
        yield Finding("磁盘", free > LEAST_SPACE, f"{each} 还有 {free / 1e9:.1f} GB", "腾出至少 2 GB")
    with suppress(OSError):
        lines = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines())
        free_memory = int(lines["MemAvailable"].split()[0])
        yield Finding(
            "内存", free_memory > LEAST_MEMORY, f"可用 {free_memory / 1e6:.1f} GB", "关掉别的程序，或加内存"
        )
    year = time.gmtime().tm_year
    yield Finding(
        "系统时间",
        year >= 2025,
        time.strftime("%Y-%m-%d %H:%M:%S %z"),
        "校准系统时间（timedatectl set-ntp true）",
    )


def _files() -> Iterator[Finding]:
    missing = [name for name in PLACES.values() if not (ASSETS / name).exists()]
    yield Finding(
        "网页组件和字体", not missing, "齐全" if not missing else f"缺 {missing[0]}", "运行一次 ./yichuang up"
    )


def _port(home: Path, host: str, port: int) -> Finding:
    if _runs(home):
        return Finding("端口", True, "本系统正在运行")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            return Finding(
                "端口", False, f"{host}:{port} {problem.strerror}", "换一个端口：./yichuang up --port 8001"
            )
    return Finding("端口", True, f"{host}:{port} 空着")


def _home(home: Path) -> Iterator[Finding]:
    if not home.exists():
        yield Finding("数据目录", True, f"{home} 还没有，第一次 ./yichuang up 时建立")
        return
    yield _closed("数据目录", home)
    if (home / "keys").exists():
        yield _closed("密钥目录", home / "keys")
        open_files = [file.name for file in (home / "keys").iterdir() if _mode(file) & 0o077]
        found = "只有所有者可读" if not open_files else f"{open_files[0]} 别人也能读"
        yield Finding("密钥文件", not open_files, found, f"chmod 600 {home / 'keys'}/*")


def _database(home: Path) -> Iterator[Finding]:
    if outside := os.environ.get("DATABASE_URL"):
        yield from _outside(outside, home)
        return
    if not (home / "postgres.place").exists():
        yield Finding("数据库", True, "还没有，第一次 ./yichuang up 时建立")
        return
    where = place.of(home)
    yield _closed("数据库文件", where.data)
    yield _closed("数据库连接口", where.sockets)
    if not _runs(home):
        yield Finding("数据库", True, "没有在运行")
        return
    password = (home / "keys" / "postgres.app").read_text().strip()
    yield from _asked(where.url(rights.APP, password))
    with suppress(psycopg.Error):
        try:
            psycopg.connect(where.url("postgres", ""), connect_timeout=5).close()
            yield Finding("数据库密码", False, "不要密码就能进入", "停止系统，联系维护人员检查 pg_hba.conf")
        except psycopg.OperationalError:
            yield Finding("数据库密码", True, "没有密码进不去")


def _outside(url: str, home: Path) -> Iterator[Finding]:
    try:
        yield from _asked(rights.prepare_outside(url, place.password(home, "postgres.app")))
    except Trouble as trouble:
        yield Finding("数据库", False, trouble.chinese, "见上")


def _asked(url: str) -> Iterator[Finding]:
    """What the database says when the application asks."""
    try:
        connection = psycopg.connect(url, connect_timeout=5, autocommit=True)
    except psycopg.Error as problem:
        yield Finding("数据库", False, f"连不上：{problem}", "重新运行 ./yichuang up")
        return
    with connection:
        number = connection.info.server_version
        yield Finding("数据库版本", number >= 150000, str(number // 10000), "换成 PostgreSQL 15 或更新的版本")
        before = time.time()
        row = connection.execute("select extract(epoch from clock_timestamp())::float8").fetchone()
        skew = float(row[0]) - (before + time.time()) / 2 if row else 0.0
        found = f"与数据库相差 {abs(skew):.1f} 秒"
        yield Finding("时钟", abs(skew) < MOST_SKEW, found, "让两台机器都从同一处对时")
        yield from _role(connection)
        yield from _safety(connection)


def _role(connection: psycopg.Connection) -> Iterator[Finding]:
    row = connection.execute(
        "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb,"
        " exists (select from pg_class where relowner = pg_roles.oid) from pg_roles where rolname = current_user"
    ).fetchone()
    is_strong, owns = row if row else (True, True)
    found = "权限过大" if is_strong else "拥有数据表" if owns else "只能读写数据"
    yield Finding("数据库账号", not (is_strong or owns), found, "用数据库所有者账号收回这些权限，再启动")
    open_tables = connection.execute(
        "select relname from pg_class c where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
        " and not relispartition and not (relrowsecurity and relforcerowsecurity) and exists"
        " (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'town_id' and not a.attisdropped)"
    ).fetchall()
    found = "每张表都按镇隔开" if not open_tables else f"{open_tables[0][0]} 没有隔开"
    yield Finding("各镇数据", not open_tables, found, "重新运行 ./yichuang up 补上")
    changeable = connection.execute(
        "select c.relname from pg_class c where c.relname = any(%s) and (has_table_privilege(c.oid, 'update')"
        " or has_table_privilege(c.oid, 'delete') or has_table_privilege(c.oid, 'truncate'))",
        [list(rights.UNCHANGEABLE)],
    ).fetchall()
    found = "只能添加，不能改" if not changeable else f"{changeable[0][0]} 可以被改动"
    yield Finding("留痕", not changeable, found, "重新运行 ./yichuang up 收回权限")


def _safety(connection: psycopg.Connection) -> Iterator[Finding]:
    for setting, why in (
        ("fsync", "断电不丢数据"),
        ("synchronous_commit", "办完即存盘"),
        ("full_page_writes", "断电不坏页"),
    ):
        row = connection.execute("select current_setting(%s)", [setting]).fetchone()
        value = row[0] if row else ""
        yield Finding(
            why, value != "off", f"{setting} = {value}", f"ALTER SYSTEM SET {setting} = on，再重新启动"
        )
    row = connection.execute(
        "select count(*) from pg_class where relispartition and relkind = 'r' and relname ~ '^ground_trail_[0-9]'"
        " and relname >= 'ground_trail_' || to_char(now() at time zone 'Asia/Shanghai', 'YYYY_MM')"
    ).fetchone()
    months = row[0] if row else 0
    yield Finding("留痕分月表", months >= 3, f"还够 {months} 个月", "重新运行 ./yichuang up，会自动补建")


def _closed(name: str, folder: Path) -> Finding:
    if not folder.exists():
        return Finding(name, True, f"{folder} 还没有")
    mode = _mode(folder)
    return Finding(name, not mode & 0o077, f"{folder} 权限 {mode:o}", f"chmod 700 {folder}")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _runs(home: Path) -> bool:
    """Whether `up` holds the lock of this home."""
    import fcntl

    with suppress(FileNotFoundError), (home / "up.lock").open("r") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
