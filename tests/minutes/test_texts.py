"""The secretary's text beside the log: kept, compared, never overwritten."""

import pytest

from meeting_server.meeting.deciding import Gavel
from meeting_server.meeting.proposals import Propose, SupportProposal
from meeting_server.meeting.reservations import Reserve
from meeting_server.minutes import texts
from meeting_server.minutes.document import Paragraph
from meeting_server.minutes.editing import section_text
from tests.minutes.hall import CHAIR, Hall
from tests.minutes.reading_aloud import minutes_of, paragraph_of


def decided() -> tuple[Hall, Paragraph, str]:
    """A decided matter, its § and its text in editing form."""
    hall = Hall().open().take_up("m3").act("p4", Propose("counter", "Remissen avstyrks.")).put()
    hall.divide("m3-p0", "p4", ("p4", "p5")).act(CHAIR, Gavel())
    paragraph = paragraph_of(hall, "m3")
    return hall, paragraph, texts.editing_text(paragraph)


def section_of(paragraph: Paragraph, key: str) -> str:
    return "\n".join(section_text(one) for one in paragraph.sections if one.key == key)


def test_a_text_that_is_the_composed_one_keeps_nothing() -> None:
    _, paragraph, text = decided()
    assert texts.save(paragraph, text) == ""
    assert texts.merge(paragraph, "") == paragraph


def test_only_the_section_that_was_changed_is_the_secretarys() -> None:
    _, paragraph, text = decided()
    stored = texts.save(paragraph, text.replace("Departementet har", "Regeringskansliet har"))
    merged = texts.merge(paragraph, stored)
    assert [one.key for one in merged.sections if one.source == "secretary"] == ["background"]
    assert section_of(merged, "background").startswith("Regeringskansliet har")
    assert merged.facts == paragraph.facts


def test_a_difference_is_marked_word_by_word() -> None:
    _, paragraph, text = decided()
    stored = texts.save(paragraph, text.replace("Departementet har", "Regeringskansliet har"))
    (difference,) = texts.differences(paragraph, stored)
    assert (difference.section, difference.kind) == ("background", "changed")
    assert [(one.op, one.text) for one in difference.segments[:3]] == [
        ("del", "Departementet"),
        ("ins", "Regeringskansliet"),
        ("same", " har remitterat en utredning till kommunen."),
    ]


def test_what_happens_later_in_other_sections_still_comes_in() -> None:
    hall, paragraph, text = decided()
    stored = texts.save(paragraph, text.replace("Departementet har", "Regeringskansliet har"))
    hall.act("p4", Reserve("m3"))
    merged = texts.merge(paragraph_of(hall, "m3"), stored)
    assert "reserverar sig Rut Rosenlöf" in section_of(merged, "reservations")
    assert section_of(merged, "background").startswith("Regeringskansliet har")


def test_what_happens_later_in_an_edited_section_is_marked_and_overwrites_nothing() -> None:
    hall, _, _ = decided()
    hall.act("p4", Reserve("m3"))
    paragraph = paragraph_of(hall, "m3")
    stored = texts.save(
        paragraph, texts.editing_text(paragraph).replace("Mot beslutet reserverar", "Här reserverar")
    )
    hall.act("p5", Reserve("m3"))
    now = paragraph_of(hall, "m3")
    (difference,) = texts.differences(now, stored)
    assert difference.kind == "outdated"
    assert any(one.op == "del" and "Erik" in one.text for one in difference.segments)
    assert section_of(texts.merge(now, stored), "reservations").startswith("Här reserverar")


def test_a_section_nobody_touched_follows_the_log_though_it_moved_while_the_editor_was_open() -> None:
    hall, paragraph, seen = decided()
    hall.act("p4", Reserve("m3"))
    now = paragraph_of(hall, "m3")
    stored = texts.save(now, seen.replace("Departementet har", "Regeringskansliet har"), "", seen)
    assert "reserverar sig" in section_of(texts.merge(now, stored), "reservations")
    assert [one.section for one in texts.differences(now, stored)] == ["background"]
    assert paragraph != now


def test_an_untouched_edited_section_keeps_the_base_it_was_written_against() -> None:
    hall = Hall().open().take_up("m3").act("p4", Propose("counter", "Remissen avstyrks."))
    paragraph = paragraph_of(hall, "m3")
    first = texts.save(
        paragraph, texts.editing_text(paragraph).replace("yrkar följande", "föreslår följande")
    )
    hall.act("p5", SupportProposal("m3-p1"))
    now = paragraph_of(hall, "m3")
    seen = texts.editing_text(texts.merge(now, first))
    again = texts.save(now, seen.replace("Departementet har", "Regeringskansliet har"), first, seen)
    assert {one.section: one.kind for one in texts.differences(now, again)} == {
        "background": "changed",
        "proposals": "outdated",
    }


def test_a_section_taken_out_is_marked_as_removed_and_can_be_brought_back() -> None:
    _, paragraph, text = decided()
    start, end = text.index("# Beslutsunderlag"), text.index("# Förslag")
    stored = texts.save(paragraph, text[:start] + text[end:])
    assert section_of(texts.merge(paragraph, stored), "documents") == ""
    assert [one.kind for one in texts.differences(paragraph, stored)] == ["removed"]
    assert texts.restore(paragraph, stored, "documents") == ""


def test_an_own_section_stands_where_it_was_written() -> None:
    _, paragraph, text = decided()
    stored = texts.save(
        paragraph, text.replace("# Beslutsgång", "# Expedieras till\nDepartementet\n\n# Beslutsgång")
    )
    merged = texts.merge(paragraph, stored)
    headings = [one.heading for one in merged.sections]
    assert headings.index("Expedieras till") == headings.index("Beslutsgång") - 1
    assert [one.kind for one in texts.differences(paragraph, stored)] == ["added"]
    assert texts.save(paragraph, texts.editing_text(merged), stored) == stored


def test_a_second_own_section_does_not_take_the_place_of_the_first() -> None:
    _, paragraph, text = decided()
    first = texts.save(paragraph, text + "\n# Expedieras till\nDepartementet\n")
    both = texts.save(
        paragraph, texts.editing_text(texts.merge(paragraph, first)) + "\n# Info\nHej.\n", first
    )
    assert [one.heading for one in texts.merge(paragraph, both).sections][-2:] == ["Expedieras till", "Info"]


def test_a_list_of_votes_that_was_taken_out_is_put_back() -> None:
    _, paragraph, text = decided()
    stored = texts.save(paragraph, text.replace("[Voteringslista d1]", ""))
    division = next(one for one in texts.merge(paragraph, stored).sections if one.key == "division")
    assert division.blocks[-1].division == "d1"


def test_a_list_of_votes_of_a_division_that_was_not_held_is_not_printed() -> None:
    _, paragraph, text = decided()
    stored = texts.save(
        paragraph, text.replace("[Voteringslista d1]", "[Voteringslista d1]\n\n[Voteringslista d9]")
    )
    found = {
        b.division for one in texts.merge(paragraph, stored).sections for b in one.blocks if b.kind == "votes"
    }
    assert found == {"d1"}


def test_restoring_one_section_leaves_the_others() -> None:
    _, paragraph, text = decided()
    changed = text.replace("Departementet har", "Regeringskansliet har").replace("verkställs", "genomförs")
    left = texts.restore(paragraph, texts.save(paragraph, changed), "background")
    assert [one.section for one in texts.differences(paragraph, left)] == ["division"]


@pytest.mark.parametrize("sign", ["中", "🎉", "\u0007"])
def test_a_character_no_font_can_show_is_refused_with_its_place_when_saved(sign: str) -> None:
    _, paragraph, text = decided()
    with pytest.raises(texts.TextRefused) as refused:
        texts.save(paragraph, text.replace("Departementet har", f"Departementet {sign} har"))
    fault = refused.value.faults[0]
    assert fault.character == sign
    assert fault.column == 15
    refusal = refused.value.refusal()
    assert refusal.code == "minutes-text"
    assert f"U+{ord(sign):04X}" in refusal.because
    assert f"på rad {fault.line} kan inte skrivas" in refusal.because


@pytest.mark.parametrize("sign", ["\r", "\0", "\x0b", "\x1f", "\ud800"])
def test_a_control_character_is_refused_once_with_its_place_when_saved(sign: str) -> None:
    _, composed, _ = decided()
    with pytest.raises(texts.TextRefused) as refused:
        texts.save(composed, f"# Beslut\r\nEtt{sign} ord.")
    assert [(one.line, one.column) for one in refused.value.faults] == [(2, 4)]
    assert f"U+{ord(sign):04X}" in refused.value.refusal().because


def test_lines_that_end_as_windows_ends_them_are_the_same_text() -> None:
    _, composed, _ = decided()
    plain = texts.editing_text(composed) + "\n\nEtt tillägg.\tSlut."
    windows = texts.save(composed, plain.replace("\n", "\r\n"))
    assert windows == texts.save(composed, plain) != ""
    assert texts.save(composed, texts.editing_text(composed).replace("\n", "\r\n")) == ""


def test_every_character_no_font_can_show_is_named_once_with_its_lines() -> None:
    _, paragraph, text = decided()
    odd = text.replace("Departementet har", "Depart中ementet 🎉 har 中\n中").replace("\n\n#", "\n🎉\n\n#", 1)
    with pytest.raises(texts.TextRefused) as refused:
        texts.save(paragraph, odd)
    because = refused.value.refusal().because
    assert because == (
        "Tecknen «🎉» (U+1F389) på rad 6 och 9 och «中» (U+4E2D) på rad 9 och 10 kan inte skrivas i "
        "protokollet."
    )


def test_what_a_member_wrote_does_not_stop_the_secretary_from_saving_the_rest() -> None:
    hall = Hall().open().take_up("m3").act("p4", Propose("counter", "Remissen avstyrks 🎉.")).put()
    paragraph = paragraph_of(hall, "m3")
    text = texts.editing_text(paragraph)
    assert "🎉" in text
    stored = texts.save(paragraph, text.replace("Departementet har", "Regeringskansliet har"), "", text)
    again = texts.editing_text(texts.merge(paragraph, stored))
    assert "🎉" in again
    stored = texts.save(paragraph, again.replace("Regeringskansliet", "Departementet"), stored, again)
    with pytest.raises(texts.TextRefused, match="kan inte skrivas"):
        texts.save(paragraph, text.replace("avstyrks 🎉.", "avstyrks helt 🎉."), stored, text)


def test_every_fault_is_told_at_once_in_order() -> None:
    _, paragraph, text = decided()
    with pytest.raises(texts.TextRefused) as refused:
        texts.save(paragraph, text.replace("Departementet har", "**Dep 中 har") + "\n# \nx")
    assert [one.line for one in refused.value.faults] == sorted(one.line for one in refused.value.faults)
    because = refused.value.refusal().because
    assert "Ytterligare 1 fel finns. Tecknet «中» (U+4E2D) på rad" in because


def test_what_came_after_the_text_was_begun_is_kept_whoever_wrote_it() -> None:
    hall, _, seen = decided()
    hall.act("p4", Reserve("m3"))
    now = paragraph_of(hall, "m3")
    shown = texts.editing_text(now)
    other = (
        shown.replace("reserverar sig Rut", "reserverar sig ledamoten Rut")
        + "\n# Eget\nSkrivet i ett annat fönster.\n"
    )
    saved = texts.save(now, other, "", shown)
    mine = texts.save(now, seen.replace("Departementet har", "Regeringskansliet har"), saved, seen)
    merged = texts.editing_text(texts.merge(now, mine))
    assert "Regeringskansliet har" in merged
    assert "reserverar sig ledamoten Rut" in merged
    assert "Skrivet i ett annat fönster." in merged
    without = texts.editing_text(texts.merge(now, mine)).replace("# Eget\nSkrivet i ett annat fönster.\n", "")
    gone = texts.save(now, without, mine, merged)
    assert "annat fönster" not in texts.editing_text(texts.merge(now, gone))


def test_a_section_taken_out_stays_out_when_another_is_changed() -> None:
    _, paragraph, text = decided()
    background = next(one.heading for one in paragraph.sections if one.key == "background")
    end = text.index("# ", text.index(f"# {background}") + 2)
    without = text[: text.index(f"# {background}")] + text[end:]
    first = texts.save(paragraph, without, "", text)
    shown = texts.editing_text(texts.merge(paragraph, first))
    again = texts.save(paragraph, shown + "\n# Eget\nTillagt.\n", first, shown)
    merged = texts.merge(paragraph, again)
    assert section_of(merged, "background") == ""
    assert "Tillagt." in texts.editing_text(merged)


def test_a_text_beyond_the_limit_is_refused() -> None:
    _, paragraph, text = decided()
    with pytest.raises(texts.TextRefused, match="högst 60000"):
        texts.save(paragraph, text + "x" * texts.LIMIT)


def test_letters_of_other_european_languages_may_stand() -> None:
    _, paragraph, text = decided()
    assert texts.save(paragraph, text.replace("Departementet har", "Çiğdem Łukasz Ольга Ελένη har"))


def test_applying_to_the_whole_minutes_changes_the_edited_paragraph_only() -> None:
    hall, paragraph, text = decided()
    whole = minutes_of(hall.note("m5"))
    stored = texts.save(paragraph, text.replace("Departementet har", "Regeringskansliet har"))
    applied = texts.apply(whole, {"m3": stored, "m5": ""})
    assert applied.paragraph("m5") == whole.paragraph("m5")
    assert applied.paragraph("m3") != whole.paragraph("m3")
