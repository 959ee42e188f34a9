"""9 kap. 6 §: Förbundsordningen ska ange

1. kommunalförbundets namn och den ort där förbundet ska ha sitt säte samt förbundets medlemmar och
ändamål,

2. förbundets organisation, organens uppgifter och inbördes förhållanden samt om interimsorgan får
inrättas och om förbundsstyrelsen ska få vara ställföreträdare för förbundsfullmäktige,

3. antalet ledamöter och ersättare i den beslutande församlingen och hur förbundsmedlemmarna ska vara
representerade samt mandattiden i de fall som anges i 4 §,

4. antalet revisorer och deras mandattid,

5. i fråga om förbund med förbundsdirektion, på vilket sätt som revisorer ska utses,

6. om en förbundsmedlem ska ha rätt att väcka ärenden i den beslutande församlingen,

7. om det för beslut ska krävas kvalificerad majoritet i den beslutande församlingen och för vilka
ärenden detta ska gälla,

8. om en förtroendevald hos en förbundsmedlem som inte är ledamot i den beslutande församlingen ska ha
rätt att delta vid sammanträden enligt 5 kap. 40 §,

9. om en förtroendevald hos en förbundsmedlem som inte är ledamot eller ersättare i förbundsstyrelsen
eller någon annan nämnd ska ha sådan närvarorätt som anges i 4 kap. 28 §,

10. på vilken webbplats förbundets anslagstavla ska finnas,

11. förbundsmedlemmarnas andelar i förbundets tillgångar och skulder och fördelningen av förbundets
kostnader mellan medlemmarna,

12. förbundsmedlemmarnas styrning av och insyn i förbundets ekonomi och verksamhet,

13. riktlinjer om förbundets budgetprocess,

14. om allmänheten ska ha rätt att ställa frågor om årsredovisningen vid ett sammanträde och i så fall
förutsättningarna för detta,

15. förfarandet vid en förbundsmedlems utträde ur förbundet,

16. förutsättningarna för och förfarandet vid förbundets likvidation och upplösning samt grunderna för
skifte av förbundets behållna tillgångar när förbundet upplöses,

17. ordningen för att lösa tvister mellan förbundet och dess medlemmar, och

18. ordningen för att bestämma ekonomiska förmåner till ledamöterna och ersättarna i den beslutande
församlingen samt, i fråga om förbund med förbundsdirektion, till revisorerna.
"""

import pytest

from meeting_server.law.kommunallagen.majorities import Counted, qualified


@pytest.mark.parametrize(
    ("yes", "cast", "present", "counted", "reached"),
    [
        (7, 10, 12, "present", False),
        (8, 10, 12, "present", True),
        (9, 10, 12, "present", True),
        (6, 10, 12, "cast", False),
        (7, 10, 12, "cast", True),
        (0, 0, 0, "cast", False),
    ],
)
def test_the_charters_share_is_counted_of_what_the_charter_says(
    yes: int, cast: int, present: int, counted: Counted, reached: bool
) -> None:
    ruling = qualified(yes=yes, cast=cast, present=present, numerator=2, denominator=3, counted=counted)
    assert ruling.outcome is reached


@pytest.mark.parametrize(("yes", "reached"), [(8, False), (9, True), (10, True)])
def test_three_quarters_of_twelve_are_nine(yes: int, reached: bool) -> None:
    ruling = qualified(yes=yes, cast=12, present=12, numerator=3, denominator=4, counted="present")
    assert ruling.outcome is reached
