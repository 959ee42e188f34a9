"""The table of rights: who attends, speaks, proposes and votes; nobody votes who does not serve."""

import typing

import pytest

from meeting_server.law.attending import ATTENDING
from meeting_server.law.rights import IN_ASSEMBLY, IN_COMMITTEE, Rights, RightsRole

BOTH = [*IN_ASSEMBLY.items(), *IN_COMMITTEE.items()]


def test_every_role_has_a_row_in_the_assembly_or_a_committee() -> None:
    assert IN_ASSEMBLY.keys() | IN_COMMITTEE.keys() == set(typing.get_args(RightsRole))


@pytest.mark.parametrize(("role", "rights"), BOTH)
def test_only_those_who_serve_vote(role: str, rights: Rights) -> None:
    assert rights.vote == ("yes" if role == "serving" else "no")


@pytest.mark.parametrize(("role", "rights"), BOTH)
def test_only_those_who_serve_and_a_councillor_propose(role: str, rights: Rights) -> None:
    assert rights.propose == ("yes" if role in ("serving", "councillor") else "no")


def test_the_public_watches_an_assembly_and_a_committee_only_by_decision() -> None:
    assert (IN_ASSEMBLY["public"].attend, IN_COMMITTEE["public"].attend) == ("yes", "decided")
    assert {IN_ASSEMBLY["public"].speak, IN_COMMITTEE["public"].speak} == {"no"}


def test_a_substitute_attends_everywhere_and_speaks_by_the_local_rules_or_a_decision() -> None:
    assert (IN_ASSEMBLY["substitute"].attend, IN_COMMITTEE["substitute"].attend) == ("yes", "yes")
    assert (IN_ASSEMBLY["substitute"].speak, IN_COMMITTEE["substitute"].speak) == ("local", "decided")


@pytest.mark.parametrize("role", sorted(ATTENDING.keys() & dict(BOTH).keys()))
def test_the_table_agrees_with_the_rights_the_roster_gives(role: str) -> None:
    rights, attending = dict(BOTH)[role], ATTENDING[role]
    assert rights.cites.short == attending.cites.short
    assert (rights.propose == "yes") is attending.proposes
    assert (rights.speak != "no") is attending.speaks
