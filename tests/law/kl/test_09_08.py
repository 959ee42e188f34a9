"""9 kap. 8 §: Under de förutsättningar som anges i lagen (2022:629) om proportionella val i kommuner och
regioner ska val av ledamöter och ersättare i den beslutande församlingen samt revisorer vara
proportionella.

Om inte något annat följer av förbundsordningen ska det som sägs i första stycket tillämpas när den
beslutande församlingen väljer ledamöter och ersättare i förbundsstyrelsen, andra nämnder och de
beslutande organens beredningar samt revisorer.
"""

import pytest

from meeting_server.law.proportional_act import federation_proportional


@pytest.mark.parametrize(("subject", "may"), [("federation", True), ("auditors", True), ("presidium", False)])
def test_a_federations_body_and_auditors_may_be_elected_proportionally(subject: str, may: bool) -> None:
    assert federation_proportional(subject=subject).outcome is may
