"""The sections the ledger accounts for: headings, and the reason or the place of each that has no rule here.

Notes are Swedish because the law page shows them as they stand.
"""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from meeting_server.law.citation import Citation, elections_act, kl

SectionKind: TypeAlias = Literal["rule", "judgement", "duty", "outside"]
"""Computed, answered by a person, owed to the record, or not in the software (the note says why)."""

_LETTERED: Final = (kl(4, 18, letter="a"), kl(8, 16, letter="a"))
_COORDINATION: Final = Citation("lag (2003:1210)", 0, 19, letter="a")
_DATA_PROTECTION: Final = Citation("dataskyddsförordningen", 0, 0)
_REPEALED: Final = {(4, 8)}
_LAST: Final = {4: 34, 5: 72, 6: 44, 8: 18, 9: 38, 13: 14}
_STAFF: Final = range(10, 20)

PLACES: Final = tuple(
    sorted(
        (
            *(
                kl(chapter, section)
                for chapter, last in _LAST.items()
                for section in range(1, last + 1)
                if (chapter, section) not in _REPEALED
            ),
            *(kl(7, section) for section in _STAFF),
            *_LETTERED,
            *(elections_act(section) for section in range(1, 8)),
            _COORDINATION,
            _DATA_PROTECTION,
        )
    )
)
"""Every section of 4–6, 8, 9 and 13 kap., the staff's of 7 kap., those read of two acts, and one whole."""

HEADINGS: Final = {
    kl(4, 1): "Definition av förtroendevalda",
    kl(4, 2): "Kommunal- och regionråd",
    kl(4, 3): "Valbarhet",
    kl(4, 6): "Uppdragets upphörande",
    kl(4, 11): "Ledighet från anställning",
    kl(4, 12): "Förmåner",
    kl(4, 18, letter="a"): "Skydd mot hot och våld",
    kl(4, 19): "Initiativrätt",
    kl(4, 22): "Ersättare",
    kl(4, 23): "Förtroendevalda med funktionsnedsättning",
    kl(4, 24): "Omröstning och beslut",
    kl(4, 27): "Reservation",
    kl(4, 28): "Närvarorätt",
    kl(4, 29): "Partistöd",
    kl(4, 33): "Politiska sekreterare",
    kl(5, 1): "Fullmäktiges uppgifter",
    kl(5, 5): "Antalet ledamöter och ersättare",
    kl(5, 9): "Ordinarie val",
    kl(5, 10): "Extra val",
    kl(5, 11): "Ordförande och vice ordförande (fullmäktiges presidium)",
    kl(5, 12): "Tidpunkt för sammanträdena",
    kl(5, 13): "Hur sammanträdena tillkännages",
    kl(5, 15): "Kallelse till sammanträde",
    kl(5, 16): "Deltagande på distans",
    kl(5, 17): "Ersättarnas tjänstgöring",
    kl(5, 22): "Ärenden i fullmäktige",
    kl(5, 24): "Ansvarsfrihet och anmärkning",
    kl(5, 26): "Hur ärendena bereds",
    kl(5, 39): "Rätt och skyldighet för andra än ledamöterna att medverka",
    kl(5, 42): "Offentlighet och ordning vid fullmäktiges sammanträden",
    kl(5, 44): "Offentlighet vid fullmäktigeberednings sammanträden",
    kl(5, 45): "Beslutsförhet",
    kl(5, 47): "Jäv",
    kl(5, 50): "Bordläggning och återremiss",
    kl(5, 52): "Hur ärendena avgörs",
    kl(5, 58): "Proportionella val",
    kl(5, 59): "Interpellationer",
    kl(5, 64): "Frågor",
    kl(5, 65): "Protokollet",
    kl(5, 71): "Arbetsordningen",
    kl(6, 1): "Uppgifter",
    kl(6, 8): "Särskilt om styrelsens uppgifter",
    kl(6, 16): "Ledamöter och ersättare",
    kl(6, 18): "Mandattider",
    kl(6, 21): "Ordförande och vice ordförande (nämndens presidium)",
    kl(6, 23): "Tidpunkt för sammanträden",
    kl(6, 24): "Deltagande på distans",
    kl(6, 25): "Offentlighet och närvarorätt vid nämndsammanträden",
    kl(6, 27): "Beslutsförhet",
    kl(6, 28): "Jäv",
    kl(6, 33): "Hur ärendena avgörs",
    kl(6, 35): "Protokollet",
    kl(6, 36): "Delgivning",
    kl(6, 37): "Delegering av ärenden",
    kl(6, 40): "Anmälan av beslut",
    kl(6, 41): "Utskott",
    kl(6, 43): "Val till nämndberedningar",
    kl(6, 44): "Reglementen",
    kl(7, 10): "Personalföreträdare",
    kl(8, 1): "Medborgarförslag",
    kl(8, 2): "Folkinitiativ",
    kl(8, 3): "Brukarinflytande",
    kl(8, 4): "Självförvaltningsorgan",
    kl(8, 9): "Anslagstavlan",
    kl(8, 12): "Tillkännagivande av protokoll",
    kl(8, 13): "Kommunala föreskrifter",
    kl(8, 14): "Insyn i budgeten",
    kl(8, 15): "Insyn i årsredovisningen",
    kl(8, 16, letter="a"): "Insyn i revisionsberättelserna",
    kl(8, 17): "Insyn i privata utförares verksamhet",
    kl(8, 18): "Information till enskilda",
    kl(9, 1): "Bildande av kommunalförbund",
    kl(9, 2): "Bestämmelser som ska tillämpas för kommunalförbund",
    kl(9, 3): "Beslutande församling, förbundsstyrelse och övriga organ",
    kl(9, 6): "Förbundsordningen",
    kl(9, 7): "Ledamöter och ersättare",
    kl(9, 8): "Proportionella val",
    kl(9, 9): "Budgetprocessen",
    kl(9, 11): "Förbundsmedlemmarnas ekonomiska ansvar",
    kl(9, 12): "Revision",
    kl(9, 16): "Folkomröstning",
    kl(9, 17): "Anslagstavlan",
    kl(9, 18): "Utträde",
    kl(9, 19): "Tillsättande av gemensam nämnd",
    kl(9, 21): "Uppgifter",
    kl(9, 23): "Bestämmelser som ska tillämpas för gemensam nämnd",
    kl(9, 24): "Ledamöter och ersättare",
    kl(9, 25): "Ekonomiska förmåner",
    kl(9, 26): "Budget",
    kl(9, 27): "Rätt till upplysningar",
    kl(9, 28): "Närvarorätt för personalföreträdare",
    kl(9, 29): "Interpellationer och frågor",
    kl(9, 30): "Delegering av ärenden",
    kl(9, 32): "Tillkännagivande av protokoll",
    kl(9, 33): "Reglemente",
    kl(9, 34): "Revision",
    kl(9, 35): "Ansvarsfrihet och anmärkning",
    kl(9, 36): "Gemensam nämnd inom vård- och omsorgsområdet",
    kl(9, 37): "Avtalssamverkan",
    kl(13, 1): "Vem som får överklaga",
    kl(13, 2): "Vilka beslut som får överklagas",
    kl(13, 4): "Hur besluten överklagas",
    kl(13, 5): "Tiden för överklagande",
    kl(13, 7): "Grunder för upphävande av besluten",
    kl(13, 10): "Handläggningen i domstol",
    kl(13, 14): "När beslut får verkställas",
    _COORDINATION: "Samordningsförbund: deltagande på distans",
    _DATA_PROTECTION: "Webbsändning av sammanträden",
    elections_act(1): "Proportionella val i kommuner och regioner",
}
"""The statute's heading above the first section that stands under it."""


def _each(chapter: int, sections: range | tuple[int, ...], reason: str) -> Mapping[Citation, str]:
    return {kl(chapter, section): reason for section in sections}


_ORGANISATION: Final = "Rör uppgifter, sammansättning eller förmåner, inte hur ett sammanträde går till."
_BEFORE: Final = "Sker före sammanträdet, i ärendehanteringen."
_COURT: Final = "Rör överprövningen i domstol."
_MEMBERS: Final = (
    "Ersättare, sammansättning och förmåner läses ur registret; frågan hör inte till ett sammanträde."
)

OUTSIDE: Final[Mapping[Citation, str]] = {
    **_each(4, (*range(1, 8), *range(9, 19)), _ORGANISATION),
    kl(4, 18, letter="a"): _ORGANISATION,
    kl(4, 21): "Revisorns initiativ väcks innan ärendet står på dagordningen.",
    **_each(4, range(29, 35), _ORGANISATION),
    **_each(5, (1, 2, 3, 4, 6, 7, 9), _ORGANISATION),
    kl(5, 11): "Vilka som ingår i presidiet läses ur registret.",
    **_each(5, (22, 23), "Hur ärenden väcks avgörs innan de står på dagordningen."),
    **_each(5, (24, 25), "Ansvarsfrihet beslutas som andra ärenden; innehållet prövas av fullmäktige."),
    **_each(5, (36, 38), _BEFORE),
    kl(
        5, 63
    ): "Vem som svarar i stället för den tillfrågade beslutar fullmäktige; ordföranden anger svararen.",
    **_each(5, (71,), "Arbetsordningens val läses in som uppgifter om organet, med beslut och dag."),
    **_each(6, range(1, 16), _ORGANISATION),
    **_each(6, (18, 19, 20), _ORGANISATION),
    **_each(6, (21,), "Vilka som ingår i presidiet läses ur registret."),
    kl(6, 32): "Beslutet om jäv överklagas med huvudbeslutet; det står i protokollet som andra beslut.",
    kl(6, 34): "Nämndens rapport om medborgarförslag skrivs utanför sammanträdet.",
    **_each(6, (36, 37, 38, 41, 43), _ORGANISATION),
    kl(6, 39): "Ordförandens brådskande beslut fattas utanför sammanträdet och anmäls vid nästa (40 §).",
    **_each(7, (11, 16, 19), "Hur personalföreträdare utses och underrättas hör inte till ett sammanträde."),
    **_each(8, range(1, 9), "Rör hur förslag väcks och hur verksamheten sköts, inte ett sammanträde."),
    kl(8, 9): "Anslagstavlan finns på kommunens webbplats; systemet lämnar det som ska stå där.",
    **_each(8, (13, 17, 18), _ORGANISATION),
    **_each(8, (14, 15, 16), "Handlingen publiceras på kommunens webbplats, utanför sammanträdet."),
    kl(8, 16, letter="a"): "Handlingen publiceras på kommunens webbplats, utanför sammanträdet.",
    **_each(9, (1, 4, 7, 9, *range(11, 17), *range(18, 23), 25, 26), _MEMBERS),
    **_each(9, (27, 30, 31, 34, 35, 36, 37, 38), "Rör kommunernas samverkan, inte ett sammanträde."),
    **_each(13, (1, 2, 3, 4, *range(6, 15)), _COURT),
    elections_act(1): "Vilka val lagen gäller framgår av kommunallagen (5:58, 6:42, 9:8).",
}
"""The sections that have no rule, each with its reason."""

KINDS: Final[Mapping[Citation, SectionKind]] = {
    kl(4, 23): "duty",
    kl(5, 47): "judgement",
    kl(5, 48): "judgement",
    kl(5, 51): "duty",
    kl(5, 57): "judgement",
    kl(5, 61): "judgement",
    kl(5, 65): "duty",
    kl(5, 66): "duty",
    kl(5, 67): "duty",
    kl(5, 68): "duty",
    kl(5, 69): "duty",
    kl(5, 70): "duty",
    kl(6, 28): "judgement",
    kl(6, 29): "judgement",
    kl(6, 31): "judgement",
    kl(6, 35): "duty",
    kl(8, 10): "duty",
    elections_act(6): "judgement",
}
"""The sections with something other than a computed rule at their centre."""

_LAW: Final = "tests/law/kl/"
_EXEMPT: Final = "Undantaget vägs in när beredningen prövas (26 §)."

ELSEWHERE: Final[Mapping[Citation, tuple[str, str]]] = {
    kl(4, 23): ("Skärmarna prövas mot WCAG 2.2 nivå AA.", "tests/browser/test_axe.py"),
    kl(5, 21): (
        "Valkretsen vägs in när turordningen för ersättare tillämpas (18 §).",
        _LAW + "test_05_21.py",
    ),
    **dict.fromkeys((kl(5, 29), kl(5, 30), kl(5, 31), kl(5, 34)), (_EXEMPT, _LAW + "test_05_26.py")),
    **dict.fromkeys(
        (kl(5, 40), kl(5, 41)),
        (
            "Rätten att yttra sig läses ur registret; se tabellen över rättigheter.",
            "tests/law/test_rights.py",
        ),
    ),
    kl(5, 65): (
        "Protokollet förs av sekreteraren på ordförandens ansvar; utkastet skrivs ur mötets logg.",
        _LAW + "test_05_65.py",
    ),
    kl(5, 70): ("Hänvisar till 8 kap. 12 §.", _LAW + "test_08_12.py"),
    kl(6, 35): (
        "Nämndens protokoll följer 5 kap. 65–67 och 69 §§; reglerna är gemensamma.",
        _LAW + "test_06_35.py",
    ),
    kl(7, 17): ("Jäv anmäls som för nämndens ledamöter (6 kap. 28–31 §§).", _LAW + "test_06_28.py"),
    kl(7, 18): ("Kallas som ledamöterna; kallelsens dagar räknas på samma sätt.", _LAW + "test_05_15.py"),
    kl(9, 2): ("Förbundsfullmäktige följer reglerna för fullmäktige.", "tests/law/test_bodies.py"),
    kl(9, 5): (
        "Förbundsdirektionen är också styrelse och får båda slagens regler.",
        "tests/law/test_bodies.py",
    ),
    kl(9, 17): ("Samma regler för anslagstavlan (8 kap. 9–11 §§).", _LAW + "test_08_11.py"),
    kl(9, 23): ("Gemensam nämnd följer reglerna för nämnder.", "tests/law/test_bodies.py"),
    kl(9, 28): ("Personalföreträdares närvaro följer 7 kap. 13–16 §§.", _LAW + "test_07_13.py"),
    kl(9, 29): ("Frågor riktas till nämndens ordförande (5 kap. 59 §).", _LAW + "test_05_59.py"),
    _COORDINATION: (
        "Styrelsen beslutar själv om distans; bara ljud får godtas om det finns särskilda skäl.",
        "tests/law/test_bodies.py",
    ),
    _DATA_PROTECTION: (
        "Artiklarna är inte lästa här; reglerna om webbsändning följer myndighetens ord och andras praxis.",
        "tests/law/test_webcast.py",
    ),
    kl(9, 33): ("Det strängaste av kommunernas reglementen gäller distans.", "tests/law/test_bodies.py"),
}
"""The sections whose rule stands under another, or in the product: the note and its test file."""

NOTES: Final[Mapping[Citation, str]] = {
    kl(5, 18): "Avbrott för jäv hindrar inte att ersättaren tjänstgör igen (tredje meningen).",
    kl(5, 50): "Vid flera motiveringar får ordföranden pröva vilken en tredjedel biträder (tredje stycket).",
    kl(5, 72): "Arbetsordningens övriga val läses in som uppgifter om organet, med beslut och dag.",
    kl(6, 22): "Vem det är läses ur registret: den som tjänstgjort längst eller den som väljs.",
    kl(6, 30): "Den som känner till jäv ska uppge det; frågan ställs vid varje ärende.",
    kl(6, 44): "Reglementets övriga val läses in som uppgifter om organet, med beslut och dag.",
    elections_act(2): "Lagens ord är inte bekräftade här; talet följer SKR:s beskrivning.",
    elections_act(7): "Senare paragrafer har inte lästs; inget i systemet vilar på dem.",
}
"""What else needs saying about a section that has rules."""
