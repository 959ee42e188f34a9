"""The organisation's seal on the minutes: PAdES signatures set and checked with pyHanko."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
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
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

KEY_FILE, CERTIFICATE_FILE = "seal-key.pem", "seal-cert.pem"
FIELD = "Organisationens_stampel"
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


class SealUnreadable(ValueError):
    """The key or certificate file cannot be used; the message says which and why."""


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


async def seal(pdf: bytes, seal: Seal, reason: str, tsa_url: str | None = None) -> bytes:
    """Set the organisation's seal (PAdES B-B; B-T when an RFC 3161 time-stamp address is given).

    The PDF is only appended to: its first bytes are the given ones, unchanged. Raises SealUnreadable when the
    time-stamp service does not answer, so that nothing is sealed without the time that was asked for.
    """
    timestamper = timestamps.HTTPTimeStamper(tsa_url, timeout=15) if tsa_url else None
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    settings = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        name=seal.holder,
    )
    field = SigFieldSpec(
        FIELD,
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
        readable_field_name=f"Elektronisk stämpel: {seal.holder}",
    )
    signer = signers.PdfSigner(settings, signer=seal.signer, timestamper=timestamper, new_field_spec=field)
    try:
        made = await signer.async_sign_pdf(writer)
    except timestamps.TimestampRequestError as problem:
        raise SealUnreadable(f"Tidsstämpeltjänsten svarar inte: {problem}") from None
    return bytes(made.getvalue())


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
