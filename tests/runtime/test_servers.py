"""The embedded servers: no port, no privileges, Arabic search, and data that survive kill -9."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
import redis

from oicmediation.runtime import places
from oicmediation.runtime.servers import Folders, Postgres, Valkey

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folders():
    folder = Path(tempfile.mkdtemp(prefix="oic-test-"))
    made = Folders.under(folder)
    yield made
    places.remove(folder)
    shutil.rmtree(made.sockets, ignore_errors=True)


@pytest.fixture
def postgres(folders):
    server = Postgres(folders)
    server.start()
    yield server
    server.child.stop()


@pytest.fixture
def valkey(folders):
    server = Valkey(folders)
    server.start()
    yield server
    server.child.stop()


def query(folders: Folders, sql: str):
    with closing(
        psycopg2.connect(dbname="oic", user="oic", host=str(folders.sockets))
    ) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


def test_postgres_listens_on_no_port(folders, postgres):
    assert query(folders, "SHOW listen_addresses") == ""


def test_postgres_role_owns_its_database_and_is_no_superuser(folders, postgres):
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"

    assert query(folders, owner) == "oic"
    assert query(folders, "SHOW is_superuser") == "off"


def test_postgres_has_trigrams_of_arabic(folders, postgres):
    query(folders, "CREATE EXTENSION IF NOT EXISTS pg_trgm")

    assert query(folders, "SELECT cardinality(show_trgm('وساطة'))") > 0


def test_postgres_comes_back_at_once_after_kill_9_with_its_data(folders, postgres):
    query(folders, "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer")
    os.kill(postgres.child.process.pid, signal.SIGKILL)
    postgres.child.sweep_up()

    postgres.start()

    assert query(folders, "SELECT answer FROM kept") == 42


def test_postgres_replaces_a_half_made_cluster(folders, postgres):
    postgres.child.stop()
    draft = postgres.data.with_name("postgres-draft")
    draft.mkdir()
    shutil.rmtree(postgres.data)

    postgres.start()

    assert not draft.exists()
    assert query(folders, "SELECT 1") == 1


def test_valkey_keeps_the_queue_over_kill_9(valkey):
    with redis.Redis(unix_socket_path=str(valkey.socket)) as client:
        client.rpush("celery", "job")
        client.execute_command("WAITAOF", 1, 0, 2000)
    os.kill(valkey.child.process.pid, signal.SIGKILL)
    valkey.child.sweep_up()

    valkey.start()

    with redis.Redis(unix_socket_path=str(valkey.socket)) as client:
        assert client.lrange("celery", 0, -1) == [b"job"]
        assert client.config_get("port") == {"port": "0"}
