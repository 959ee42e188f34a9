"""The smallest register that can be imported, and ways to write it wrong."""

from __future__ import annotations

REGISTER = """\
organisation: {id: ekhamra, namn: Ekhamra kommun, slag: kommun}
partier:
  A: Aspalliansen
  B: Bygdelistan
personer:
  - {id: anna, namn: Anna Almdal, parti: A}
  - {id: arne, namn: Arne Askvik, parti: A}
  - {id: bodil, namn: Bodil Bokby, parti: B}
  - {id: berit, namn: Berit Berghed, parti: B}
  - {id: karin, namn: Karin Kvarnlund, titel: sekreterare}
  - {id: sten, namn: Sten Stenvik, titel: arkitekt}
organ:
  - id: kf
    namn: Kommunfullmäktige
    bestämd_form: kommunfullmäktige
    slag: fullmäktige
    platser: 3
    mandatperiod: {från: 2026-10-15, till: 2030-10-14}
    bestämmelser:
      - version: 2026-1
        gäller_från: 2026-07-01
        beslutad: 2026-06-16
        beslut: KF § 88
        distans: vissa
        justerare: 2
        identitet: [känd, e-legitimation]
    ledamöter:
      - {person: anna, uppdrag: ordförande}
      - {person: arne, valkrets: Norra}
      - {person: bodil}
    ersättare:
      - {person: berit}
sammanträden:
  - id: kf-nov
    organ: kf
    rubrik: Kommunfullmäktige
    börjar: 2026-11-24 18:30
    plats: Stadshuset
    form: hybrid
    första_paragraf: 138
    sekreterare: karin
    närvarande: [sten]
    ärenden:
      - {rubrik: Upprop, slag: upprop}
      - rubrik: Budget
        slag: beslut
        diarienummer: KS 2026/1
        bakgrund: Det handlar om nästa år.
        föredragande: Sten Stenvik
        förslag: {från: Styrelsens förslag, inledning: Fullmäktige beslutar, punkter: [Budgeten antas.]}
        handlingar:
          - {titel: Budgeten, text: Siffror.}
          - {titel: Lagen, länk: "https://example.org/lag"}
        berett: nej
"""


def changed(*changes: tuple[str, str]) -> str:
    """The register with each first text replaced by the second; the first must be there."""
    text = REGISTER
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
