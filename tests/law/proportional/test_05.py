"""5 § lagen (2022:629) om proportionella val: Valet sker med slutna valsedlar (återgivet, ej lagens ord)."""

import pytest

from meeting_server.law.proportional_act import takes_part


@pytest.mark.parametrize("remote", [True, False])
def test_a_paper_slip_is_laid_in_the_room_and_the_remote_are_warned(remote: bool) -> None:
    assert takes_part(remote=remote).outcome is not remote
    assert takes_part.force == "warn"
