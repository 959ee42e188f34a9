"""What the seal carries for the archive: chain, revocation, time; and what happens when a service is down."""

from __future__ import annotations

import io
import logging
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography import x509
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore

from meeting_server.minutes import render, signing
from meeting_server.minutes.validation_data import validation_data
from tests.minutes import sample
from tests.minutes.authority import Authority, start
from tests.minutes.lint import faults

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl stamps the time here")


@pytest.fixture
async def authority(tmp_path: Path) -> AsyncIterator[Authority]:
    made = Authority(tmp_path)
    runner = await start(made)
    yield made
    await runner.cleanup()


@pytest.fixture
async def pdf() -> bytes:
    return await render.prepare_pdf(sample.minutes(1), sample.AT)


def loaded(authority: Authority) -> signing.Seal:
    return signing.load_seal(authority.folder / "seal.key", authority.folder / "seal.pem")


async def test_a_seal_with_stamp_and_revocation_can_be_checked_from_the_file_alone(
    authority: Authority, pdf: bytes
) -> None:
    made = await signing.seal(pdf, loaded(authority), "Justerat", f"{authority.url}/tsa")
    assert made.shortfall == ""
    data = await validation_data(made.pdf)
    assert data.level == "PAdES B-LT"
    assert data.lists + data.answers >= 1
    assert data.stamped_by == "Prov tidsstämplare"
    assert {"Prov rot", "Provkommunens stämpel", "Prov tidsstämplare"} == {
        x509.load_pem_x509_certificate(each.pem.encode())
        .subject.rfc4514_string()
        .split("CN=")[1]
        .split(",")[0]
        for each in data.certificates
    }
    authority.is_up = authority.is_stamping = False
    reader = PdfFileReader(io.BytesIO(made.pdf))
    context = DocumentSecurityStore.read_dss(reader).as_validation_context(
        {
            "trust_roots": [load_cert_from_pemder(authority.folder / "root.pem")],  # type: ignore[no-untyped-call]
            "allow_fetching": False,
            "revocation_mode": "hard-fail",
        }
    )
    status = await async_validate_pdf_signature(reader.embedded_regular_signatures[-1], context)
    assert status.bottom_line, status.summary()
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.valid
    assert (await signing.verify_seal(made.pdf, [authority.folder / "root.pem"])).ok
    assert faults(made.pdf) == []


async def test_a_seal_without_a_time_stamp_service_is_told_as_what_it_is(
    authority: Authority, pdf: bytes
) -> None:
    made = await signing.seal(pdf, loaded(authority), "Justerat")
    data = await validation_data(made.pdf)
    assert (made.shortfall, data.level, data.stamped_at) == ("", "PAdES B-B", None)
    assert data.lists + data.answers >= 1
    assert "Det finns ingen tidsstämpel" in data.sentences[1]


async def test_a_time_stamp_service_that_is_down_does_not_stop_the_seal(
    authority: Authority, pdf: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    authority.is_stamping = False
    with caplog.at_level(logging.WARNING):
        made = await signing.seal(pdf, loaded(authority), "Justerat", f"{authority.url}/tsa")
    assert authority.asked == 2
    assert "ingen tidsstämpel" in made.shortfall
    assert "Stämpeln är satt ändå" in caplog.text
    assert (await validation_data(made.pdf)).stamped_at is None
    assert (await signing.verify_seal(made.pdf, [authority.folder / "root.pem"])).ok


async def test_an_address_where_nobody_answers_does_not_stop_the_seal(
    authority: Authority, pdf: bytes
) -> None:
    made = await signing.seal(pdf, loaded(authority), "Justerat", "http://127.0.0.1:9/tsa")
    assert "ingen tidsstämpel" in made.shortfall
    assert (await signing.verify_seal(made.pdf, [authority.folder / "root.pem"])).ok


async def test_a_revocation_service_that_is_down_is_told_and_does_not_stop_the_seal(
    authority: Authority, pdf: bytes
) -> None:
    authority.is_up = False
    made = await signing.seal(pdf, loaded(authority), "Justerat", f"{authority.url}/tsa")
    data = await validation_data(made.pdf)
    assert "Spärruppgifter" in made.shortfall
    assert (data.level, data.lists, data.answers) == ("PAdES B-T", 0, 0)
    assert "saknas i filen" in data.sentences[2]
    assert len(data.certificates) == 3


async def test_a_certificate_that_is_only_for_signing_will_do(authority: Authority, pdf: bytes) -> None:
    authority.is_binding = False
    authority.issue()
    made = await signing.seal(pdf, loaded(authority), "Justerat", f"{authority.url}/tsa")
    assert made.shortfall == ""
    assert (await validation_data(made.pdf)).level == "PAdES B-LT"


async def test_a_revoked_certificate_seals_nothing(authority: Authority, pdf: bytes) -> None:
    authority.revoked = True
    with pytest.raises(signing.SealUnreadable, match="godtas inte"):
        await signing.seal(pdf, loaded(authority), "Justerat")


async def test_a_self_made_seal_encloses_its_own_certificate_and_says_that_nothing_more_is_to_be_had(
    pdf: bytes, tmp_path: Path
) -> None:
    folder = signing.make_demo_seal(tmp_path / "demo", "Ekhamra kommun")
    seal = signing.load_seal(folder / signing.KEY_FILE, folder / signing.CERTIFICATE_FILE)
    made = await signing.seal(pdf, seal, "Justerat")
    data = await validation_data(made.pdf)
    assert (made.shortfall, data.level, data.lists, data.answers) == ("", "PAdES B-B", 0, 0)
    [only] = data.certificates
    assert only.pem == (folder / signing.CERTIFICATE_FILE).read_text()
    assert "ingen plats för spärruppgifter" in data.sentences[2]
    with pytest.raises(ValueError, match="no seal"):
        await validation_data(pdf)
