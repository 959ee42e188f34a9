"""The organisation's seal on the minutes: PAdES signatures set and checked with pyHanko."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import pem as asn1_pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers, timestamps
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend
from pyhanko_certvalidator.registry import SimpleCertificateStore

from meeting_server.minutes.validation_data import (
    anchor_of,
    certificates_in,
    validation_data,
)

log = logging.getLogger(__name__)

KEY_FILE, CERTIFICATE_FILE = "seal-key.pem", "seal-cert.pem"
FIELD = "Organisationens_stampel"
SERVICE_SECONDS = 8
"""Longest wait for an answer of the time-stamp service or of those who tell of revocation."""
NO_STAMP = (timestamps.TimestampRequestError, TimeoutError, OSError)
"""How a time-stamp service fails that does not answer."""
DAMAGE = (PdfError, SignatureValidationError, ValueError, LookupError, TypeError, AttributeError)
"""How a damaged file fails in the reader or in the signature, wherever the damage happens to be."""


@dataclass(frozen=True)
class Seal:
    """The organisation's key and certificates; `holder` is the name in the certificate."""

    holder: str
    signer: signers.SimpleSigner


@dataclass(frozen=True)
class SealReport:
    """What the check of a seal found. `ok`: unchanged since sealed, and by a certificate that is trusted.

    `covers_whole_file` is False when something was appended after the seal; `because` is a Swedish sentence.
    """

    ok: bool
    intact: bool
    trusted: bool
    covers_whole_file: bool
    signer: str | None
    signed_at: dt.datetime | None
    reason: str | None
    because: str


@dataclass(frozen=True)
class Sealed:
    """A sealed PDF. `shortfall`: in Swedish what validation data was wanted and not had, "" for none."""

    pdf: bytes
    shortfall: str


class SealUnreadable(ValueError):
    """The key or certificate cannot be used; the message says which and why."""


def make_demo_seal(folder: Path, organisation: str) -> Path:
    """Make a self-signed seal (P-256, ten years) in `folder` unless one is there. For demonstration only.

    The key file is written readable by its owner only. Returns the folder.
    """
    key_file, certificate_file = folder / KEY_FILE, folder / CERTIFICATE_FILE
    if key_file.exists() and certificate_file.exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "SE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{organisation} elektronisk stämpel"[:64]),
        ]
    )
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + dt.timedelta(days=3650))
        .add_extension(x509.BasicConstraints(False, None), critical=True)
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True
        )
        .add_extension(identifier, critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    descriptor = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(secret)
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return folder


def load_seal(key_pem: Path, cert_pem: Path, passphrase: bytes | None = None) -> Seal:
    """Load a seal from PEM files; the certificate file holds the seal's certificate first, then its chain."""
    try:
        key = serialization.load_pem_private_key(key_pem.read_bytes(), passphrase)
    except (OSError, ValueError, TypeError) as problem:
        raise SealUnreadable(f"Stämpelns nyckel {key_pem.name} kan inte läsas: {problem}") from None
    chain = _certificates(cert_pem)
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(chain[1:])
    signer = signers.SimpleSigner(
        signing_cert=chain[0], signing_key=asn1_keys.PrivateKeyInfo.load(plain), cert_registry=store
    )
    return Seal(_name(chain[0]), signer)


def load_seal_pkcs12(path: Path, passphrase: bytes | None) -> Seal:
    """Load a seal from a PKCS#12 file."""
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(
            path.read_bytes(), other_certs=[], passphrase=passphrase
        )
    except (OSError, ValueError) as problem:
        raise SealUnreadable(f"Stämpeln {path.name} kan inte läsas: {problem}") from None
    if signer is None:
        raise SealUnreadable(f"Stämpeln {path.name} kan inte läsas: fel lösenord eller fel slags fil.")
    return Seal(_name(signer.signing_cert), signer)


async def seal(pdf: bytes, seal: Seal, reason: str, tsa_url: str | None = None) -> Sealed:
    """Set the organisation's seal (PAdES) with the validation data that can be had.

    The seal's chain is always enclosed. With an RFC 3161 address a time stamp is (B-T), and lists and
    answers of revocation when the certificate names where they are (then B-LT). A service that does not
    answer is asked once more and then done without: the approvals are given, and the seal must not wait for
    others; `shortfall` says what is missing. The PDF is only appended to, in one step: its first bytes are
    the given ones, unchanged. Raises SealUnreadable when the certificate is revoked or out of date.
    """
    stamper = timestamps.HTTPTimeStamper(tsa_url, timeout=SERVICE_SECONDS) if tsa_url else None
    shortfall = ""
    stamp_chain: list[asn1_x509.Certificate] = []
    if stamper is not None:
        try:
            stamp_chain = await _stamp_chain(stamper)
        except (*NO_STAMP, ValueError) as problem:  # a ValueError: what it answers is no time stamp
            stamper, shortfall = None, _unstamped(problem)
    try:
        made = await _sealed(pdf, seal, reason, stamper, stamp_chain)
    except NO_STAMP as problem:  # it answered the trial and not the real request
        shortfall = _unstamped(problem)
        made = await _sealed(pdf, seal, reason, None, ())
    data = await validation_data(made)
    if data.revocation_named and not (data.lists or data.answers):
        shortfall = f"{shortfall} Spärruppgifter för stämpelns certifikat gick inte att hämta.".strip()
    if shortfall:
        log.warning("%s Stämpeln är satt ändå.", shortfall)
    return Sealed(made, shortfall)


async def _sealed(
    pdf: bytes,
    seal: Seal,
    reason: str,
    stamper: timestamps.HTTPTimeStamper | None,
    stamp_chain: Sequence[asn1_x509.Certificate],
) -> bytes:
    own = seal.signer.signing_cert
    chain = [own, *seal.signer.cert_registry]
    fetching = AIOHttpFetcherBackend(per_request_timeout=SERVICE_SECONDS)
    roots = [anchor_of(own, chain), *(anchor_of(each, stamp_chain) for each in stamp_chain[:1])]
    context = ValidationContext(
        trust_roots=roots,  # what to collect up to; who is to be trusted is for those who check
        other_certs=[*chain, *stamp_chain],
        allow_fetching=True,  # only from the addresses that the certificates themselves name
        fetcher_backend=fetching,
    )
    settings = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        name=seal.holder,
        embed_validation_info=True,
        validation_context=context,
        signer_key_usage=set(),  # what the key may be used for is between the organisation and its issuer
        dss_settings=DSSContentSettings(
            include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
        ),
    )
    field = SigFieldSpec(
        FIELD,
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
        readable_field_name=f"Elektronisk stämpel: {seal.holder}",
    )
    signer = signers.PdfSigner(settings, signer=seal.signer, timestamper=stamper, new_field_spec=field)
    try:
        made = await signer.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    except SigningError as problem:
        raise SealUnreadable(f"Stämpelns certifikat godtas inte: {problem}") from None
    finally:
        await fetching.close()  # type: ignore[no-untyped-call]
    return bytes(made.getvalue())


async def _stamp_chain(stamper: timestamps.HTTPTimeStamper) -> list[asn1_x509.Certificate]:
    """The certificates of the time-stamp service, by a trial; asked twice, since one request may be lost."""
    try:
        trial = await stamper.async_dummy_response("sha256")
    except (*NO_STAMP, ValueError):
        trial = await stamper.async_dummy_response("sha256")
    return certificates_in(trial["content"])


def _unstamped(problem: Exception) -> str:
    log.warning("The time-stamp service: %r", problem)
    return "Stämpeln har ingen tidsstämpel: tjänsten svarade inte med någon."


async def verify_seal(pdf: bytes, trusted: Sequence[Path] = ()) -> SealReport:
    """Check the seal of a PDF against trusted certificate files (PEM); a bad file is reported, not raised."""
    roots = [one for path in trusted for one in _certificates(path)]
    try:
        reader = await asyncio.to_thread(PdfFileReader, io.BytesIO(pdf))
        found = reader.embedded_regular_signatures
        if not found:
            return _no("Dokumentet har ingen elektronisk stämpel.")
        context = ValidationContext(trust_roots=roots, allow_fetching=False)
        status = await async_validate_pdf_signature(found[-1], context)
    except DAMAGE as problem:
        return _no(f"Dokumentet är skadat eller ändrat ({type(problem).__name__}).")
    whole = status.coverage is not None and status.coverage.name == "ENTIRE_FILE"
    intact = bool(status.intact and status.valid)
    believed = bool(status.trusted)
    holder = _name(found[-1].signer_cert)
    if not intact:
        because = "Dokumentet har ändrats efter att stämpeln sattes."
    elif not whole:
        because = "Något har lagts till i filen efter att stämpeln sattes."
    elif not believed:
        because = (
            f"Dokumentet är oförändrat, men stämpelns certifikat ({holder}) finns inte bland de betrodda."
        )
    else:
        because = f"Dokumentet är oförändrat sedan det stämplades av {holder}."
    return SealReport(
        ok=intact and whole and believed,
        intact=intact,
        trusted=believed,
        covers_whole_file=whole,
        signer=holder,
        signed_at=status.signer_reported_dt,
        reason=found[-1].sig_object.get("/Reason"),
        because=because,
    )


def _no(because: str) -> SealReport:
    return SealReport(False, False, False, False, None, None, None, because)


def _certificates(path: Path) -> list[asn1_x509.Certificate]:
    try:
        data = path.read_bytes()
        if not asn1_pem.detect(data):
            return [asn1_x509.Certificate.load(data)]
        return [asn1_x509.Certificate.load(der) for _, _, der in asn1_pem.unarmor(data, multiple=True)]
    except (OSError, ValueError) as problem:
        raise SealUnreadable(f"Certifikatet {path.name} kan inte läsas: {problem}") from None


def _name(certificate: asn1_x509.Certificate | None) -> str:
    if certificate is None:
        return "okänd"
    return str(certificate.subject.native.get("common_name", certificate.subject.human_friendly))
