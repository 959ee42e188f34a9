"""6 kap. 35 §: Vid ett sammanträde ska protokoll föras.

I fråga om hur protokollet ska föras, protokollets innehåll, justering av protokollet och hur
justeringen ska tillkännages ska 5 kap. 65–67 och 69 §§ och 8 kap. 12 § tillämpas.
"""

from meeting_server.law.regime import ASSEMBLY_2018, COMMITTEE_2018


def test_a_committees_minutes_follow_the_assemblys_sections() -> None:
    for shared in ("minutes_content", "matter_content", "verified_in_time", "verify_within_days"):
        assert getattr(COMMITTEE_2018, shared) is getattr(ASSEMBLY_2018, shared)
