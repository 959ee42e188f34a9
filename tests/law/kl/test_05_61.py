"""5 kap. 61 §: Interpellationer ska avse ämnen som hör till fullmäktiges, en nämnds eller en
fullmäktigeberednings handläggning. De får dock inte avse ärenden som rör myndighetsutövning mot någon
enskild.

Interpellationer bör ställas endast i angelägenheter av större intresse för kommunen eller regionen.
"""

import pytest

from meeting_server.law.kommunallagen.questions import subject_allowed


@pytest.mark.parametrize("authority", [True, False])
def test_nobody_is_asked_about_authority_over_an_individual_but_a_person_judges(authority: bool) -> None:
    assert subject_allowed(authority=authority).outcome is not authority
    assert (subject_allowed.kind, subject_allowed.force) == ("judgement", "warn")
