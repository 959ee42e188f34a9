"""What a seal carries for those who check it long after: its chain, revocation lists and answers, the time.

The certificate's issuer answers for some years, the archive for ever: what is inside the PDF remains.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from asn1crypto import cms as asn1_cms
from asn1crypto import pem as asn1_pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError

Level = Literal["PAdES B-B", "PAdES B-T", "PAdES B-LT"]
"""By ETSI EN 319 142-1: the signature alone; with a time stamp; with the data to check both as well."""


@dataclass(frozen=True)
class ChainCertificate:
    """One certificate of the file, as it is told to a reader; `sha256` is of its DER form."""

    subject: str
    issuer: str
    serial: str
    valid_from: dt.datetime
    valid_until: dt.datetime
    sha256: str
    pem: str


@dataclass(frozen=True)
class ValidationData:
    """The validation data inside one sealed PDF.

    `revocation_named`: the seal's certificate says where its revocation is told. `lists` and `answers` count
    the CRLs and OCSP answers enclosed. `stamped_at` is the time stamp's own time, None without one.
    """

    level: Level
    certificates: tuple[ChainCertificate, ...]
    lists: int
    answers: int
    revocation_named: bool
    stamped_at: dt.datetime | None
    stamped_by: str | None

    @property
    def sentences(self) -> tuple[str, ...]:
        """The same in Swedish, one sentence for each kind of data, also for what is not there."""
        count = len(self.certificates)
        chain = f"Stämpeln är på nivån {self.level} och {count} certifikat ligger i filen."
        if self.stamped_at is not None:
            time = f"Tidsstämpeln är satt av {self.stamped_by} {self.stamped_at:%Y-%m-%d %H.%M.%S} UTC."
        else:
            time = "Det finns ingen tidsstämpel; tidpunkten är den som systemet uppgav."
        if self.lists or self.answers:
            revocation = f"Spärruppgifter i filen: {self.lists} spärrlistor och {self.answers} OCSP-svar."
        elif self.revocation_named:
            revocation = "Spärruppgifter saknas i filen, fast certifikatet anger var de finns."
        else:
            revocation = "Certifikatet anger ingen plats för spärruppgifter, så det finns inga."
        return chain, time, revocation


async def validation_data(pdf: bytes) -> ValidationData:
    """Read the validation data of a PDF's seal. Raises ValueError for a PDF that has no seal."""
    return await asyncio.to_thread(_read, pdf)


def names_revocation(certificate: asn1_x509.Certificate) -> bool:
    """Whether the certificate says where a revocation list or an OCSP service is."""
    return bool(certificate.crl_distribution_points or certificate.ocsp_urls)


def anchor_of(
    certificate: asn1_x509.Certificate, among: Iterable[asn1_x509.Certificate]
) -> asn1_x509.Certificate:
    """The highest issuer of the certificate that we have; the certificate itself when we have none."""
    known = {each.subject.hashable: each for each in among}
    seen = {certificate.subject.hashable}
    while certificate.issuer.hashable in known and certificate.issuer.hashable not in seen:
        certificate = known[certificate.issuer.hashable]
        seen.add(certificate.subject.hashable)
    return certificate


def certificates_in(signed: asn1_cms.SignedData) -> list[asn1_x509.Certificate]:
    """The certificates that a CMS signature carries."""
    return [
        each.chosen for each in signed["certificates"] or () if isinstance(each.chosen, asn1_x509.Certificate)
    ]


def _read(pdf: bytes) -> ValidationData:
    reader = PdfFileReader(io.BytesIO(pdf))
    if not reader.embedded_regular_signatures:
        raise ValueError("the PDF has no seal")
    found = reader.embedded_regular_signatures[-1]
    certificates = certificates_in(found.signed_data)
    lists = answers = 0
    try:
        dss = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        pass
    else:
        certificates += dss.load_certs()
        lists, answers = len(dss.crls), len(dss.ocsps)
    stamp = _time_stamp(found.signer_info)
    stamped_at, stamped_by = None, None
    if stamp is not None:
        stamped_at = stamp["encap_content_info"]["content"].parsed["gen_time"].native
        own = certificates_in(stamp)
        stamped_by = _name(own[0]) if own else "okänd"
        certificates += own
    level: Level = "PAdES B-B" if stamp is None else "PAdES B-LT" if lists or answers else "PAdES B-T"
    return ValidationData(
        level=level,
        certificates=_told(certificates),
        lists=lists,
        answers=answers,
        revocation_named=names_revocation(found.signer_cert),
        stamped_at=stamped_at,
        stamped_by=stamped_by,
    )


def _time_stamp(signer: asn1_cms.SignerInfo) -> asn1_cms.SignedData | None:
    for each in signer["unsigned_attrs"] or ():
        if each["type"].native == "signature_time_stamp_token":
            return each["values"][0]["content"]
    return None


def _told(certificates: Sequence[asn1_x509.Certificate]) -> tuple[ChainCertificate, ...]:
    """Each once, in the order they came."""
    by_hash = {hashlib.sha256(each.dump()).hexdigest(): each for each in reversed(certificates)}
    return tuple(
        ChainCertificate(
            subject=each.subject.human_friendly,
            issuer=each.issuer.human_friendly,
            serial=f"{each.serial_number:x}",
            valid_from=each.not_valid_before,
            valid_until=each.not_valid_after,
            sha256=sha256,
            pem=asn1_pem.armor("CERTIFICATE", each.dump()).decode(),
        )
        for sha256, each in reversed(by_hash.items())
    )


def _name(certificate: asn1_x509.Certificate) -> str:
    return str(certificate.subject.native.get("common_name", certificate.subject.human_friendly))
