"""The organisation's seal: set with PAdES, checked, and broken by a single byte."""

import stat
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

from meeting_server.minutes import render, signing
from tests.minutes import sample
from tests.minutes.lint import faults


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return signing.make_demo_seal(tmp_path_factory.mktemp("seal"), "Ekhamra kommun")


@pytest.fixture(scope="module")
def seal(folder: Path) -> signing.Seal:
    return signing.load_seal(folder / signing.KEY_FILE, folder / signing.CERTIFICATE_FILE)


@pytest.fixture
async def sealed(seal: signing.Seal) -> bytes:
    pdf = await render.prepare_pdf(sample.minutes(2), sample.AT)
    return (await signing.seal(pdf, seal, "Justerat protokoll")).pdf


async def test_a_sealed_document_verifies_against_the_certificate(folder: Path, sealed: bytes) -> None:
    report = await signing.verify_seal(sealed, [folder / signing.CERTIFICATE_FILE])
    assert report.ok
    assert report.signer == "Ekhamra kommun elektronisk stämpel"
    assert report.reason == "Justerat protokoll"
    assert (
        report.because
        == "Dokumentet är oförändrat sedan det stämplades av Ekhamra kommun elektronisk stämpel."
    )


async def test_the_seal_only_adds_to_the_file(seal: signing.Seal) -> None:
    pdf = await render.draft_pdf(sample.minutes(1), sample.AT)
    assert (await signing.seal(pdf, seal, "Justerat")).pdf.startswith(pdf)


async def test_a_sealed_document_keeps_its_archive_and_accessibility_claims(sealed: bytes) -> None:
    assert faults(sealed) == []


@pytest.mark.parametrize("where", [0.05, 0.3, 0.6, 0.9])
async def test_one_flipped_byte_is_found_wherever_it_is(folder: Path, sealed: bytes, where: float) -> None:
    broken = bytearray(sealed)
    at = int(len(broken) * where)
    broken[at] ^= 1
    report = await signing.verify_seal(bytes(broken), [folder / signing.CERTIFICATE_FILE])
    assert not report.ok
    assert report.because


async def test_a_seal_by_a_certificate_nobody_trusts_is_intact_but_not_ok(
    sealed: bytes, tmp_path: Path
) -> None:
    other = signing.make_demo_seal(tmp_path, "Annan kommun")
    report = await signing.verify_seal(sealed, [other / signing.CERTIFICATE_FILE])
    assert (report.intact, report.trusted, report.ok) == (True, False, False)
    assert "finns inte bland de betrodda" in report.because


async def test_something_added_after_the_seal_is_found(
    folder: Path, seal: signing.Seal, sealed: bytes
) -> None:
    report = await signing.verify_seal(sealed + b"\n% tillagt\n", [folder / signing.CERTIFICATE_FILE])
    assert not report.ok


async def test_a_document_without_seal_and_a_file_that_is_no_pdf_are_reported() -> None:
    pdf = await render.draft_pdf(sample.minutes(1), sample.AT)
    assert (await signing.verify_seal(pdf)).because == "Dokumentet har ingen elektronisk stämpel."
    assert not (await signing.verify_seal(b"inte en pdf")).ok


def test_the_demo_seal_is_made_once_and_its_key_is_the_owners_alone(tmp_path: Path) -> None:
    folder = signing.make_demo_seal(tmp_path / "seal", "Ekhamra kommun")
    key = (folder / signing.KEY_FILE).read_bytes()
    signing.make_demo_seal(folder, "Ekhamra kommun")
    assert (folder / signing.KEY_FILE).read_bytes() == key
    assert stat.S_IMODE((folder / signing.KEY_FILE).stat().st_mode) == 0o600


async def test_a_seal_can_be_given_as_pkcs12(folder: Path, tmp_path: Path) -> None:
    key = serialization.load_pem_private_key((folder / signing.KEY_FILE).read_bytes(), None)
    certificate = x509.load_pem_x509_certificate((folder / signing.CERTIFICATE_FILE).read_bytes())
    file = tmp_path / "seal.p12"
    protection = serialization.BestAvailableEncryption(b"lyckan")
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, protection))
    pdf = await render.draft_pdf(sample.minutes(1), sample.AT)
    sealed = (await signing.seal(pdf, signing.load_seal_pkcs12(file, b"lyckan"), "Justerat")).pdf
    assert (await signing.verify_seal(sealed, [folder / signing.CERTIFICATE_FILE])).ok
    with pytest.raises(signing.SealUnreadable, match=r"seal\.p12"):
        signing.load_seal_pkcs12(file, b"fel")


def test_files_that_are_no_seal_are_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x.pem").write_text("inte en nyckel")
    with pytest.raises(signing.SealUnreadable, match=r"x\.pem"):
        signing.load_seal(tmp_path / "x.pem", folder / signing.CERTIFICATE_FILE)
    with pytest.raises(signing.SealUnreadable, match=r"x\.pem"):
        signing.load_seal(folder / signing.KEY_FILE, tmp_path / "x.pem")
    with pytest.raises(signing.SealUnreadable, match=r"saknas\.p12"):
        signing.load_seal_pkcs12(tmp_path / "saknas.p12", None)


async def test_poppler_agrees_that_the_seal_holds(sealed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed)
    try:
        made = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("pdfsig (poppler-utils) is not installed")
    assert b"Signature is Valid" in made.stdout
