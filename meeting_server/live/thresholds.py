"""Every threshold by which a member's line, picture and sound are judged, in one table.

The figures of pictures and microphones were measured on synthetic cameras in Chromium; tests hold each of
them at, below and above. They never decide anything alone: what is seen is shown to the chair, who judges.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Seconds, shares of packets, bytes, levels of brightness (0..255) and of sound (-dBov).

    The line, which decides who is counted (presence_watch.py):
    silent: nothing at all from the member for this long is lost. no_picture: no thumbnail for this long
    is lost (it comes five times a second). good: a lost line must be good this long to be back. never:
    someone counted as remote whom this process has never heard is lost after this. media_down: grace for
    our own crash, counted from the crash and again from when media is up. unheard: a media process that has
    reported nothing for this long stands still, or its line does, and is forgiven as a crash is. weak_after,
    strong_after: how long it must be bad to be weak, and good to be live again. loss, rtt_ms: worse is bad.

    The picture, which is told to the chair (liveness.py), read once a second:
    missing: no frame for this long is no picture. flat: less deviation than this is something before the lens
    (measured: covered at most 0.6, pictures at least 33); off and dark: how bright that is at most when the
    page has switched it off, and when it is dark. change: fewer of the samples than this differ when nothing
    moves (measured: still 0, moving at least 0.011). Undecoded: key_bytes, a key frame smaller than this
    shows nothing (59–69 against 400 and more); key_modes, so does one with fewer bytes of prediction modes
    where its quantizer is at most fine, which codes noise too (47–90 against 151 and more); frame_bytes,
    smaller than this nothing moves (at most 200 against at least 349).

    The microphone: dead: this level is digital silence. speaking: as loud as this or louder is speech
    (measured: speech 18–29, a quiet room 62–64).

    How long something must be so before it is told: none_after, covered_after, still_after, live_after,
    sound_after. page_after: as long as this server and page must disagree. page_stale: a page that has told
    nothing for this long is not compared.
    """

    silent: float = 6.0
    no_picture: float = 4.0
    good: float = 2.0
    never: float = 8.0
    media_down: float = 8.0
    unheard: float = 2.5
    weak_after: float = 2.0
    strong_after: float = 4.0
    loss: float = 0.08
    rtt_ms: float = 600.0

    missing: float = 2.0
    flat: float = 3.0
    off: float = 4.0
    dark: float = 25.0
    change: float = 0.005
    key_bytes: int = 150
    key_modes: int = 120
    fine: int = 3
    frame_bytes: int = 250

    dead: int = 127
    speaking: int = 45

    none_after: float = 1.0
    covered_after: float = 1.0
    still_after: float = 20.0
    live_after: float = 2.0
    sound_after: float = 2.0
    page_after: float = 6.0
    page_stale: float = 12.0
