"""From an installation's settings to the lines of its media processes."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Any

import pytest

from meeting_server.app import media_settings
from meeting_server.config import BadSettings, Settings
from meeting_server.live.media_link import MediaSettings

HERE = platform.node()


def lines(folder: Path, **more: Any) -> tuple[MediaSettings, ...]:
    return media_settings(Settings.from_environment({}, data_dir=folder, **more))


def test_as_before_there_is_one_process_with_the_socket_and_port_of_the_settings(tmp_path: Path) -> None:
    (line,) = lines(tmp_path)
    assert (line.socket, line.udp_port, line.own_process) == (tmp_path / "media.sock", 8081, True)
    assert (line.label, line.core) == (f"{HERE}:{tmp_path}/media.sock", f"{HERE}:8080")
    (line,) = lines(tmp_path, media_external=True, media_socket=Path("/run/m.sock"))
    assert (line.socket, line.own_process) == (Path("/run/m.sock"), False)


@pytest.mark.parametrize(("port", "ports"), [(9000, [9000, 9001, 9002]), (0, [0, 0, 0])])
def test_several_have_a_socket_and_a_port_each(tmp_path: Path, port: int, ports: list[int]) -> None:
    found = lines(tmp_path, media_processes=3, media_port=port)
    assert [line.udp_port for line in found] == ports
    names = ["media.sock", "media-2.sock", "media-3.sock"]
    assert [line.socket for line in found] == [tmp_path / name for name in names]
    assert len({line.label for line in found}) == 3
    assert all(line.own_process for line in found)


def test_those_on_other_hosts_are_spoken_to_with_the_secret(tmp_path: Path) -> None:
    secret = tmp_path / "shared"
    secret.write_bytes(b"s" * 32 + b"\n")
    more = {"media_secret_file": secret, "media_authority": secret}
    nodes = ("far.example:7000", "[2001:db8::1]:7000")
    one, two = lines(tmp_path, media_processes=0, media_nodes=nodes, **more)
    assert (one.address, two.address) == (("far.example", 7000), ("2001:db8::1", 7000))
    assert [(line.label, line.own_process, line.secret) for line in (one, two)] == [
        (node, False, b"s" * 32) for node in nodes
    ]
    assert one.authority == secret
    assert "ssss" not in repr(one)
    assert [line.own_process for line in lines(tmp_path, media_nodes=nodes, **more)] == [True, False, False]


@pytest.mark.parametrize(("length", "is_enough"), [(31, False), (32, True), (33, True)])
def test_a_shared_secret_that_can_be_guessed_is_refused(tmp_path: Path, length: int, is_enough: bool) -> None:
    secret = tmp_path / "shared"
    secret.write_bytes(b"s" * length + b"\n")
    more = {"media_secret_file": secret, "media_nodes": ("far.example:7000",)}
    if is_enough:
        assert lines(tmp_path, **more)[1].secret == b"s" * length
    else:
        with pytest.raises(BadSettings, match="färre än 32"):
            lines(tmp_path, **more)
