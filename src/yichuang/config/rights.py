"""What each database role may do: the owner builds, the application reads and writes rows, nobody edits the trail."""

import re
from pathlib import Path

import psycopg
from psycopg import sql

from yichuang.config.trouble import Trouble

OWNER = "yichuang_owner"  # owns tables, runs migrations
APP = "yichuang_app"  # web, worker and tests; owns nothing, so row-level security holds for it
LIMITS = {"statement_timeout": "30s", "lock_timeout": "10s", "idle_in_transaction_session_timeout": "30s"}
UNCHANGEABLE = ("ground_trail", "ground_seal")  # rows are added and read, never changed or removed
OLDEST_SERVER = 15

Connection = psycopg.Connection


def ensure_role(superuser: Connection, role: str, password: str) -> None:
    """A role that can log in and nothing more, with this password."""
    name = sql.Identifier(role)
    if not superuser.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
        superuser.execute(sql.SQL("create role {}").format(name))
    superuser.execute(
        sql.SQL("alter role {} with login nosuperuser nocreatedb nocreaterole nobypassrls noreplication password {}")
        .format(name, sql.Literal(password))
    )  # fmt: skip
    if role == APP:
        limit(superuser, role)


def limit(superuser: Connection, role: str) -> None:
    """No statement of the application may hold others up for long."""
    for setting, value in LIMITS.items():
        superuser.execute(
            sql.SQL("alter role {} set {} = {}").format(
                sql.Identifier(role), sql.Identifier(setting), sql.Literal(value)
            )
        )


def ensure_database(superuser: Connection, name: str, template: str = "template0") -> None:
    """The database, owned by the owner and closed to everyone but our two roles."""
    database = sql.Identifier(name)
    if not superuser.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        superuser.execute(
            sql.SQL("create database {} owner {} template {} encoding 'UTF8'").format(
                database, sql.Identifier(OWNER), sql.Identifier(template)
            )
        )
    superuser.execute(sql.SQL("revoke all on database {} from public").format(database))
    superuser.execute(sql.SQL("grant connect on database {} to {}").format(database, sql.Identifier(APP)))


def load_verbs(owner: Connection, package: Path) -> list[str]:
    """Load every rooms/*/verbs.sql (and ground's own); each holds only `create or replace` and may be loaded again."""
    loaded = []
    for file in sorted([*package.glob("ground/verbs.sql"), *package.glob("rooms/*/verbs.sql")]):
        try:
            owner.execute(file.read_text(encoding="utf-8").encode(), prepare=False)
        except psycopg.Error as problem:
            raise Trouble(
                f"数据库程序 {file.name}（{file.parent.name}）没有装好：{problem}",
                f"{file} could not be loaded: {problem}",
            ) from problem
        loaded.append(str(file.relative_to(package)))
    return loaded


def grant(owner: Connection) -> None:
    """Give the application its rights on everything that exists now; called after each migrate."""
    app, tables = sql.Identifier(APP), _tables(owner)
    for order in (
        "grant usage on schema public to {}",
        "grant select, insert, update, delete on all tables in schema public to {}",
        "grant usage, select, update on all sequences in schema public to {}",
        "grant execute on all functions in schema public to {}",
    ):
        owner.execute(sql.SQL(order).format(app))
    for table, is_partition in tables.items():
        if is_partition:
            # Row-level security of a partitioned table does not hold for one who names a partition.
            kept_back = "all"
        elif table in UNCHANGEABLE:
            kept_back = "update, delete, truncate"
        elif table == "django_migrations":
            kept_back = "insert, update, delete"
        else:
            continue
        revoke = sql.SQL("revoke {} on {} from {}")
        owner.execute(revoke.format(sql.SQL(kept_back), sql.Identifier(table), app))


def _tables(owner: Connection) -> dict[str, bool]:
    """Every table of ours by name: whether it is a partition of another."""
    found = owner.execute(
        "select relname, relispartition from pg_class"
        " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname"
    )
    return dict(found.fetchall())


def ensure_partitions(owner: Connection, first_month: str, months: int) -> list[str]:
    """Monthly partitions of the trail from `first_month` (yyyy-mm); names of those newly made.

    A month whose events already lie in the default partition stays there: moving them would rewrite history.
    """
    tables = _tables(owner)
    if "ground_trail" not in tables:
        return []
    year, month = map(int, first_month.split("-"))
    made = []
    for count in range(months):
        begin, end = _month(year, month + count), _month(year, month + count + 1)
        name = f"ground_trail_{begin[:4]}_{begin[5:7]}"
        if name in tables:
            continue
        try:
            owner.execute(
                sql.SQL("create table {} partition of ground_trail for values from ({}) to ({})").format(
                    sql.Identifier(name), sql.Literal(f"{begin} 00:00+08"), sql.Literal(f"{end} 00:00+08")
                )
            )
            made.append(name)
        except psycopg.errors.CheckViolation:
            continue
    return made


def _month(year: int, month: int) -> str:
    return f"{year + (month - 1) // 12:04}-{(month - 1) % 12 + 1:02}-01"


def prepare_outside(url: str, password: str) -> str:
    """Check a server of the town's own (DATABASE_URL) and make the application's role there; the app role's address.

    `url` is the owner of the database or a superuser; its role may make roles, or the role exists with our password.
    """
    try:
        connection = psycopg.connect(url, connect_timeout=10, autocommit=True)
    except psycopg.Error as problem:
        raise Trouble(
            f"连不上 DATABASE_URL 所指的数据库：{problem}。请核对地址、端口、账号和密码。",
            f"Cannot reach DATABASE_URL: {problem}. Check address, port, role and password.",
        ) from problem
    with connection:
        _check_server(connection)
        _outside_role(connection, password)
        database = sql.Identifier(connection.info.dbname)
        connection.execute(
            sql.SQL("grant connect on database {} to {}").format(database, sql.Identifier(APP))
        )
    app_url = re.sub(r"^(postgres(?:ql)?://)(?:[^@/]*@)?", rf"\g<1>{APP}:{password}@", url)
    try:
        psycopg.connect(app_url, connect_timeout=10).close()
    except psycopg.Error as problem:
        raise Trouble(
            f"数据库里已有账号 {APP}，但密码与 HOME/keys/postgres.app 不符。请把该账号的密码写入这个文件，或删除该账号。",
            f"The role {APP} exists with another password: write it into HOME/keys/postgres.app, or drop the role. "
            f"({problem})",
        ) from problem
    return app_url


def _check_server(connection: Connection) -> None:
    if connection.info.server_version < OLDEST_SERVER * 10000:
        raise Trouble(
            f"数据库版本太旧，需要 PostgreSQL {OLDEST_SERVER} 或更新的版本。",
            f"PostgreSQL {OLDEST_SERVER} or later is needed, found {connection.info.server_version // 10000}.",
        )
    encoding = connection.execute("show server_encoding").fetchone()
    if encoding != ("UTF8",):
        raise Trouble(
            "数据库编码不是 UTF8，存不了中文。请用 CREATE DATABASE … ENCODING 'UTF8' 新建一个。",
            f"The database's encoding is {encoding and encoding[0]}: make one with ENCODING 'UTF8'.",
        )
    may_create = connection.execute(
        "select has_schema_privilege(current_user, 'public', 'create')"
    ).fetchone()
    if may_create != (True,):
        raise Trouble(
            "DATABASE_URL 的账号不能建表，请使用数据库的所有者账号。",
            "The role of DATABASE_URL may not create tables: use the owner of the database.",
        )


def _outside_role(connection: Connection, password: str) -> None:
    found = connection.execute(
        "select rolsuper or rolbypassrls from pg_roles where rolname = %s", [APP]
    ).fetchone()
    if found == (True,):
        raise Trouble(
            f"账号 {APP} 权限太大（超级用户或可绕过行级权限），请收回后再启动。",
            f"The role {APP} is a superuser or bypasses row-level security: take that away first.",
        )
    if found is None:
        try:
            ensure_role(connection, APP, password)
        except psycopg.errors.InsufficientPrivilege as problem:
            raise Trouble(
                f"DATABASE_URL 的账号不能新建账号。请由管理员运行：CREATE ROLE {APP} LOGIN PASSWORD '…'，"
                "并把密码写入 HOME/keys/postgres.app。",
                f"The role of DATABASE_URL may not create roles. Let an administrator run CREATE ROLE {APP} LOGIN "
                "PASSWORD '…' and write that password into HOME/keys/postgres.app.",
            ) from problem
