"""5 kap. 67 § Protokollet ska för varje ärende redovisa: en provning per punkt."""

from meeting_server.meeting.abstention import Abstain, RecordAbstention
from meeting_server.meeting.blocks import DecideBlock, LiftFromBlock, TakeUpBlock
from meeting_server.meeting.conflicts import DeclareConflict
from meeting_server.meeting.convening import Matter, QualifiedMajority, ReportedDecision
from meeting_server.meeting.debate import CloseDebate
from meeting_server.meeting.deciding import FindCarried, Gavel, PutQuestion, RecordDemand
from meeting_server.meeting.deferral import DecideMinorityReferral
from meeting_server.meeting.divisions import (
    CastVote,
    CloseDivision,
    CorrectVote,
    ObjectToVote,
    OpenDivision,
    RecordOralVote,
    UseCastingVote,
    VoidDivision,
)
from meeting_server.meeting.presence import RecordDeparture
from meeting_server.meeting.proposals import Propose, SupportProposal, WithdrawProposal
from meeting_server.meeting.refusing import OverruleRefusal, RefuseProposal
from meeting_server.meeting.reservations import AddStatement, Reserve
from meeting_server.meeting.sitting import AppointVerifiers
from meeting_server.meeting.striking import StrikeMatter
from meeting_server.meeting.verification import DeclareImmediateVerification
from tests.builders import PREPARED
from tests.minutes.hall import CHAIR, SECRETARY, VICE, Hall
from tests.minutes.reading_aloud import minutes_of, paragraph_of, row_of, said


def divided(no: tuple[str, ...] = ("p4", "p5"), abstain: tuple[str, ...] = (), seats: int = 5) -> Hall:
    """A counter-proposal by p4 and a division on it, before the gavel."""
    hall = Hall(seats=seats, remote=("p5",)).open().take_up("m3")
    hall.act("p4", Propose("counter", "Remissen avstyrks.")).put()
    return hall.divide("m3-p0", "p4", no, abstain)


class TestPoint1Proposals:
    def test_the_prepared_proposal_is_shown_with_its_points_when_it_did_not_carry(self) -> None:
        hall = divided(no=("p2", "p3", "p4")).act(CHAIR, Gavel())
        assert said(hall, "m3", "proposals").startswith(
            "Kommundirektörens förslag föreligger:\n\n1. Remissen besvaras med kommunens promemoria.\n2."
        )

    def test_a_proposal_stands_with_its_mover_its_text_and_those_who_agree(self) -> None:
        hall = Hall().open().take_up("m3").act("p4", Propose("counter", "Remissen avstyrks."))
        hall.act("p5", SupportProposal("m3-p1"))
        assert (
            "Rut Rosenlöf (A), med instämmande av Erik Ekdal (A), yrkar följande:\n\n> Remissen avstyrks."
            in said(hall, "m3", "proposals")
        )

    def test_a_proposal_that_begins_with_att_is_one_sentence(self) -> None:
        hall = Hall().open().take_up("m3").act("p4", Propose("counter", "Att remissen avstyrks"))
        assert "Rut Rosenlöf (A) yrkar att remissen avstyrks." in said(hall, "m3", "proposals")

    def test_support_for_the_prepared_proposal_is_shown(self) -> None:
        hall = Hall().open().take_up("m3").act("p2", SupportProposal("m3-p0"))
        assert "Bertil Bokström (B) yrkar bifall till kommundirektörens förslag." in said(
            hall, "m3", "proposals"
        )

    def test_a_proposal_the_chair_does_not_put_stands_with_the_ground_and_what_the_body_decided(self) -> None:
        hall = Hall(kind="assembly").open().take_up("m3").act("p4", Propose("counter", "Bron rivs."))
        hall.act("p5", Propose("counter", "Skatten avskaffas."))
        hall.act(CHAIR, RefuseProposal("m3-p1", "new_matter", "Bron hör inte hit"))
        hall.act(CHAIR, RefuseProposal("m3-p2", "unlawful", "Staten bestämmer"), OverruleRefusal("m3-p2"))
        text = said(hall, "m3", "proposals")
        assert (
            "Ordföranden vägrar att lägga fram förslaget, eftersom det innebär att ett nytt ärende väcks "
            "(5 kap. 57 § kommunallagen). Bron hör inte hit." in text
        )
        assert text.index("Staten bestämmer.") < text.index("ändå ska läggas fram") < text.index("Bron rivs")

    def test_a_withdrawn_proposal_is_left_out_of_the_text_but_kept_in_the_facts(self) -> None:
        hall = (
            Hall()
            .open()
            .take_up("m3")
            .act("p4", Propose("counter", "Remissen avstyrks."), WithdrawProposal("m3-p1"))
        )
        assert "avstyrks" not in said(hall, "m3", "proposals")
        assert [one.withdrawn for one in paragraph_of(hall, "m3").facts.proposals] == [False, True]


class TestPoint2OrderOfQuestions:
    def test_the_order_is_told_and_what_the_chair_found(self) -> None:
        assert said(divided(), "m3", "course") == (
            "Det finns 2 förslag till beslut. Ordföranden ställer proposition på dem i ordningen "
            "kommundirektörens "
            "förslag och Rut Rosenlöfs (A) yrkande. Ordföranden finner att kommunstyrelsen beslutar enligt "
            "kommundirektörens förslag."
        )

    def test_whether_to_settle_today_is_asked_first(self) -> None:
        hall = Hall().open().take_up("m3").act("p4", Propose("refer_back", "", "kostnaderna"))
        hall.put().carry("today").act(CHAIR, PutQuestion())
        assert said(hall, "m3", "course").split("\n\n") == [
            "Ordföranden frågar först om ärendet ska avgöras i dag eller återremitteras. Ordföranden "
            "finner att det "
            "ska avgöras i dag.",
            "Ordföranden ställer proposition på bifall till kommundirektörens förslag.",
        ]

    def test_with_three_proposals_the_counter_proposal_is_found_first(self) -> None:
        hall = Hall().open().take_up("m3")
        hall.act("p4", Propose("counter", "Remissen avstyrks.")).act(
            "p5", Propose("counter", "Remissen bordläggs inte.")
        )
        hall.put().act(
            CHAIR, FindCarried("m3-p0"), RecordDemand("p4"), PutQuestion(), FindCarried("m3-p1"), Gavel()
        )
        assert "Rut Rosenlöfs (A) yrkande utses till motförslag" in said(hall, "m3", "course")


class TestPoint3Divisions:
    def test_demand_question_and_result_are_told(self) -> None:
        text = said(divided().act(CHAIR, Gavel()), "m3", "division")
        assert "Omröstning begärs av Rut Rosenlöf (A) och verkställs." in text
        assert "Den som vill bifalla kommundirektörens förslag röstar ja." in text
        assert "avges 3 ja-röster och 2 nej-röster; 0 ledamöter avstår och 0 är frånvarande." in text
        assert "Kommunstyrelsen har därmed beslutat enligt kommundirektörens förslag." in text

    def test_a_preliminary_result_is_not_in_the_minutes(self) -> None:
        assert said(divided(), "m3", "division") == ""

    def test_one_vote_and_one_abstention_are_in_the_singular(self) -> None:
        text = said(divided(no=("p4",), abstain=("p5",)).act(CHAIR, Gavel()), "m3", "division")
        assert "avges 3 ja-röster och 1 nej-röst; 1 ledamot avstår" in text

    def test_a_tie_is_settled_by_the_chairs_own_vote(self) -> None:
        text = said(divided(no=("p4", "p5", "p6"), seats=6).act(CHAIR, Gavel()), "m3", "division")
        assert (
            "Eftersom röstetalet är lika gäller ordförandens röst som utslagsröst (5 kap. 56 §"
            in text.replace("\u00a0", " ")
        )

    def test_a_chair_who_abstained_settles_the_tie_with_the_casting_vote(self) -> None:
        hall = divided(no=("p4", "p5"), abstain=(CHAIR,)).act(CHAIR, UseCastingVote("no"), Gavel())
        assert "avgör ordföranden med sin utslagsröst" in said(hall, "m3", "division")
        assert paragraph_of(hall, "m3").vote_lists[0].by_casting_vote

    def test_a_voided_division_and_the_one_held_again_are_both_told(self) -> None:
        hall = divided().act(CHAIR, VoidDivision("En ledamot kom inte in"), OpenDivision())
        for person in ("p1", "p2", "p3", "p4", "p5"):
            hall.act(person, CastVote("yes"))
        text = said(hall.act(CHAIR, CloseDivision(), Gavel()), "m3", "division")
        assert "omröstningen ska göras om: En ledamot kom inte in." in text
        assert "avges 5 ja-röster och 0 nej-röster" in text

    def test_a_corrected_vote_is_told(self) -> None:
        hall = divided().act("p4", ObjectToVote("fel knapp")).act(SECRETARY, CorrectVote("p4", "yes"))
        text = said(hall.act(CHAIR, Gavel()), "m3", "division")
        assert (
            "Rut Rosenlöf (A) anmäler att rösten är felaktigt registrerad. Den rättas från nej till ja"
            in text
        )
        assert "avges 4 ja-röster och 1 nej-röst;" in text


class TestBlocks:
    def test_each_paragraph_says_with_which_it_was_decided_and_who_had_one_lifted_out(self) -> None:
        agenda = tuple(
            Matter(f"m{n}", f"Ärende {n}", None, "decision", proposal=PREPARED) for n in (1, 2, 3, 4)
        )
        hall = Hall(agenda=agenda).open().act(CHAIR, TakeUpBlock(("m1", "m2", "m3", "m4")))
        hall.act("p4", LiftFromBlock("m2")).act("p5", Abstain("m3")).act(CHAIR, DecideBlock())
        assert said(hall, "m1", "course").startswith(
            "Ärendet avgörs i ett klubbslag tillsammans med §§\xa0209 och 210.\n\nOrdföranden ställer"
        )
        assert (
            said(hall, "m1", "events") == "Rut Rosenlöf (A) begär att ärendet ”Ärende 2” behandlas för sig."
        )
        assert "Erik Ekdal (A) avstår från att delta" in said(hall, "m3", "participation")
        assert paragraph_of(hall, "m4").facts.took_part == ("p1", "p2", "p3", "p4", "p5")


class TestReported:
    def test_decisions_taken_for_the_body_are_listed_and_laid_to_the_file(self) -> None:
        told = (
            ReportedDecision("Vägen stängs", "2026-11-02", "ordföranden", None, urgent=True),
            ReportedDecision("Tillstånd lämnas", "2026-11-03", "miljöchefen", "MN 2026/9"),
        )
        hall = Hall(agenda=(Matter("m1", "Anmälan av beslut", None, "report", reported=told),)).open()
        hall.note("m1")
        assert said(hall, "m1", "reported") == (
            "- Brådskande beslut av ordföranden den 2\xa0november\xa02026: Vägen stängs.\n"
            "- Delegationsbeslut av miljöchefen den 3\xa0november\xa02026, MN 2026/9: Tillstånd lämnas."
        )
        assert said(hall, "m1", "decision") == "Anmälan läggs till handlingarna."


class TestQualifiedMajority:
    TERMS = QualifiedMajority("extra_election", treated_before=True)

    def hall(self) -> Hall:
        about = Matter("m1", "Extra val", None, "decision", proposal=PREPARED, majority=self.TERMS)
        return Hall(seats=7, kind="assembly", agenda=(about,)).open().take_up("m1")

    def test_a_division_says_how_many_were_needed_of_those_present(self) -> None:
        hall = self.hall().act("p4", Propose("reject", "")).put()
        hall.divide("m1-p0", "p4", ("p4", "p5"), ("p6",)).act(CHAIR, Gavel())
        assert (
            "För bifall krävs minst två tredjedelar av de närvarande, det vill säga 5 röster av de 7 "
            "närvarande (5 kap. 10 § kommunallagen). 4 röster avges för bifall. Majoriteten är inte nådd. "
            "Kommunfullmäktige har därmed beslutat" in said(hall, "m1", "division")
        )

    def test_by_acclamation_the_majority_is_said_to_be_there(self) -> None:
        hall = self.hall().put().carry("m1-p0")
        assert said(hall, "m1", "course").endswith(
            "Ordföranden finner bifall. Beslutet har den majoritet som krävs, minst två tredjedelar av de "
            "närvarande (5 kap. 10 § kommunallagen)."
        )


class TestPoint4Decisions:
    def test_the_decision_stands_first_with_its_lead_and_points(self) -> None:
        hall = Hall().open().take_up("m3").put().carry("m3-p0")
        paragraph = paragraph_of(hall, "m3")
        assert paragraph.sections[0].key == "decision"
        assert said(hall, "m3", "decision") == (
            "Kommunstyrelsen beslutar\n\n1. Remissen besvaras med kommunens promemoria.\n"
            "2. Promemorian överlämnas till departementet."
        )

    def test_an_amendment_that_carried_is_told_with_what_it_changes(self) -> None:
        hall = Hall().open().take_up("m3").act("p4", Propose("amend", "Punkt 2 utgår.")).put().carry("m3-p1")
        assert "1. Kommundirektörens förslag bifalls med följande ändring.\n2. Punkt 2 utgår." in said(
            hall, "m3", "decision"
        )

    def test_an_addition_that_carried_comes_after_the_points(self) -> None:
        hall = (
            Hall().open().take_up("m3").act("p4", Propose("add", "Svaret publiceras.")).put().carry("m3-p0")
        )
        hall.act(CHAIR, PutQuestion()).carry("m3-p1")
        assert said(hall, "m3", "decision").endswith("3. Svaret publiceras.")

    def test_a_rejection_says_that_the_proposal_is_rejected(self) -> None:
        hall = Hall().open().take_up("m3").act("p4", Propose("reject", "")).put().carry("m3-p1")
        assert said(hall, "m3", "decision") == "Kommunstyrelsen beslutar\n\nKommundirektörens förslag avslås."

    def test_a_referral_by_a_minority_tells_the_third_and_the_paragraph(self) -> None:
        hall = (
            Hall(seats=7, kind="assembly")
            .open()
            .take_up("m3")
            .act("p4", Propose("refer_back", "", "Utred kostnaderna"))
        )
        hall.act("p5", SupportProposal("m3-p1")).act("p6", SupportProposal("m3-p1"))
        hall.act(CHAIR, CloseDebate(), DecideMinorityReferral("m3-p1"))
        assert said(hall, "m3", "decision").endswith(
            "Ärendet återremitteras med motiveringen: Utred kostnaderna."
        )
        assert "3 av 7 närvarande ledamöter, minst en tredjedel" in said(hall, "m3", "course")

    def test_a_deferral_says_until_the_next_meeting(self) -> None:
        hall = Hall().open().take_up("m3").act("p4", Propose("defer", "")).put().carry("m3-p1")
        assert said(hall, "m3", "decision").endswith("Ärendet bordläggs till nästa sammanträde.")

    def test_verifiers_appointed_are_the_decision_of_their_paragraph(self) -> None:
        hall = Hall().open().take_up("m2").act(CHAIR, AppointVerifiers((VICE,), "digitalt den 20 november"))
        assert "1. Bertil Bokström (B) utses att jämte ordföranden justera protokollet." in said(
            hall, "m2", "decision"
        )

    def test_a_matter_without_decision_is_noted(self) -> None:
        assert said(Hall().open().note("m5"), "m5", "decision") == "Informationen läggs till handlingarna."


class TestPoint5WhoTookPart:
    def test_how_many_took_part_and_how_many_remotely_is_told(self) -> None:
        hall = divided().act(CHAIR, Gavel())
        assert said(hall, "m3", "participation").startswith(
            "I beslutet deltar 5 ledamöter, varav 1 på distans."
        )
        assert paragraph_of(hall, "m3").facts.took_part == ("p1", "p2", "p3", "p4", "p5")

    def test_who_was_at_a_distance_is_known_also_where_nothing_was_decided_on_proposals(self) -> None:
        hall = Hall(remote=("p4", "p5")).open().note("m5")
        appointed = AppointVerifiers(("p2",), "Stadshuset den 18 november 2026")
        hall.take_up("m2").act(CHAIR, appointed)
        hall.take_up("m3").act(SECRETARY, RecordDeparture("p4")).act(CHAIR, StrikeMatter())
        for matter, remote in (("m5", ("p4", "p5")), ("m2", ("p4", "p5")), ("m3", ("p5",))):
            facts = paragraph_of(hall, matter).facts
            assert facts.took_part_remote == remote
            assert set(remote) < set(facts.took_part)

    def test_every_vote_of_an_open_division_stands_by_name_and_place(self) -> None:
        rows = paragraph_of(divided().act(CHAIR, Gavel()), "m3").vote_lists[0].rows
        assert [(row.name, row.party, row.place, row.vote) for row in rows][3:] == [
            ("Rut Rosenlöf", "A", "room", "no"),
            ("Erik Ekdal", "A", "remote", "no"),
        ]

    def test_a_vote_by_voice_is_marked(self) -> None:
        hall = Hall().open().take_up("m3").act("p4", Propose("counter", "Nej.")).put()
        hall.act(CHAIR, FindCarried("m3-p0"), RecordDemand("p4"), OpenDivision())
        hall.act(CHAIR, RecordOralVote("p3", "no"), CloseDivision(), Gavel())
        votes = {row.person: (row.vote, row.oral) for row in paragraph_of(hall, "m3").vote_lists[0].rows}
        assert votes["p3"] == ("no", True)
        assert votes["p5"] == ("absent", False)

    def test_the_disqualified_are_named_and_took_no_part(self) -> None:
        hall = Hall().open().act("p4", DeclareConflict("m3", "ägare")).take_up("m3").put().carry("m3-p0")
        assert said(hall, "m3", "conflict") == (
            "På grund av jäv deltar Rut Rosenlöf (A) inte i handläggningen av ärendet och är inte närvarande."
        )
        assert row_of(hall, "p4").disqualified_in == (208,)
        assert "p4" not in paragraph_of(hall, "m3").facts.took_part

    def test_in_an_assembly_the_disqualified_may_stay_as_public(self) -> None:
        hall = Hall(kind="assembly").open().act("p4", DeclareConflict("m3", None)).take_up("m3")
        assert said(hall, "m3", "conflict").endswith(
            "deltar Rut Rosenlöf (A) inte i handläggningen av ärendet."
        )

    def test_a_large_division_has_its_list_as_an_attachment(self) -> None:
        hall = divided(seats=22).act(CHAIR, Gavel())
        minutes = minutes_of(hall)
        assert paragraph_of(hall, "m3").vote_lists[0].attachment == 1
        assert [one.kind for one in minutes.attachments] == ["votes"]
        assert "framgår av voteringslista 1" in said(hall, "m3", "division")

    def test_a_division_of_21_still_stands_in_the_paragraph(self) -> None:
        assert minutes_of(divided(seats=21).act(CHAIR, Gavel())).attachments == ()

    def test_who_abstains_is_named_and_why_the_chair_let_it_where_all_shall_take_part(self) -> None:
        about = Matter(
            "m1", "Ansökan om serveringstillstånd", None, "decision", proposal=PREPARED, authority=True
        )
        hall = Hall(agenda=(about,)).open().take_up("m1")
        hall.act(CHAIR, RecordAbstention("p2", None, "Känner den sökande ytligt")).put().carry("m1-p0")
        assert said(hall, "m1", "participation") == (
            "I beslutet deltar 4 ledamöter. Namnen framgår av förteckningen över beslutande.\n\n"
            "Bertil Bokström (B) avstår från att delta i beslutet.\n\n"
            "Ordföranden låter Bertil Bokström (B) avstå trots att ärendet avser myndighetsutövning (4 kap. "
            "26 § kommunallagen): Känner den sökande ytligt."
        )

    def test_one_who_abstained_and_voted_all_the_same_took_part(self) -> None:
        hall = Hall().open().take_up("m3").act("p2", Abstain()).act("p4", Propose("counter", "Nej."))
        hall.put().divide("m3-p0", "p4", ("p2", "p4")).act(CHAIR, Gavel())
        assert "avstår från att delta" not in said(hall, "m3", "participation")


class TestPoint6Reservations:
    def test_a_reservation_names_the_own_proposal_and_the_attachment(self) -> None:
        hall = divided().act(CHAIR, Gavel()).act("p4", Reserve("m3", "Därför."))
        assert said(hall, "m3", "reservations") == (
            "Mot beslutet reserverar sig Rut Rosenlöf (A) till förmån för eget yrkande (bilaga 1)."
        )
        assert minutes_of(hall).attachments[0].title == "Reservation av Rut Rosenlöf (A), §\u00a0208"

    def test_those_who_backed_anothers_proposal_reserve_in_favour_of_it(self) -> None:
        hall = Hall().open().take_up("m3").act("p4", Propose("counter", "Nej."))
        hall.act("p5", SupportProposal("m3-p1")).put().carry("m3-p0").act("p5", Reserve("m3"))
        assert said(hall, "m3", "reservations").endswith(
            "Erik Ekdal (A) till förmån för Rut Rosenlöfs (A) yrkande."
        )

    def test_a_statement_granted_is_an_attachment_too(self) -> None:
        hall = (
            divided()
            .act(CHAIR, Gavel())
            .act(SECRETARY, AddStatement("m3", "p5", "Vi noterar.", granted=True))
        )
        assert said(hall, "m3", "statements") == "Erik Ekdal (A) lämnar en protokollsanteckning (bilaga 1)."

    def test_each_of_two_statements_of_one_person_has_its_own_attachment(self) -> None:
        hall = divided().act(CHAIR, Gavel()).act("p4", Reserve("m3", "Därför."))
        for text in ("Först.", "Sedan."):
            hall.act(SECRETARY, AddStatement("m3", "p5", text, granted=True))
        assert said(hall, "m3", "statements") == (
            "Erik Ekdal (A) lämnar en protokollsanteckning (bilaga 2).\n\n"
            "Erik Ekdal (A) lämnar en protokollsanteckning (bilaga 3)."
        )

    def test_the_paragraph_declared_immediately_verified_says_so(self) -> None:
        hall = divided().act(CHAIR, Gavel(), DeclareImmediateVerification("m3"))
        assert said(hall, "m3", "immediate") == "Paragrafen förklaras omedelbart justerad."
