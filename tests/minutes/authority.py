"""An authority that issues seals: it tells of revocation by list and by OCSP, and openssl stamps the time."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

TSA_SETTINGS = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
crypto_device = builtin
"""


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Provutfärdaren"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


@dataclass
class Authority:
    """A root, what it has issued to the seal and to the time-stamp service, and the server that answers.

    `is_binding`: the certificates say that the key may bind (content commitment), and not only sign.
    """

    folder: Path
    url: str = ""
    is_up: bool = True
    is_stamping: bool = True
    revoked: bool = False
    is_binding: bool = True
    asked: int = 0

    def issue(self) -> None:
        """Make the keys and certificates; the seal's names this server for its revocation."""
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        self.root_key = ec.generate_private_key(ec.SECP256R1())
        self.seal_key = ec.generate_private_key(ec.SECP256R1())
        tsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

        def certify(
            name: str, key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey, *, ca: bool = False
        ) -> x509.CertificateBuilder:
            return (
                x509.CertificateBuilder()
                .subject_name(_name(name))
                .issuer_name(_name("Prov rot"))
                .public_key(key)
                .serial_number(x509.random_serial_number())
                .not_valid_before(now - dt.timedelta(hours=1))
                .not_valid_after(now + dt.timedelta(days=30))
                .add_extension(x509.BasicConstraints(ca, None), critical=True)
                .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
                .add_extension(
                    x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root_key.public_key()),
                    critical=False,
                )
                .add_extension(
                    x509.KeyUsage(
                        True, not ca and self.is_binding, False, False, False, ca, ca, False, False
                    ),
                    critical=True,
                )
            )

        self.root = certify("Prov rot", self.root_key.public_key(), ca=True).sign(
            self.root_key, hashes.SHA256()
        )
        here = x509.UniformResourceIdentifier
        self.seal = (
            certify("Provkommunens stämpel", self.seal_key.public_key())
            .add_extension(
                x509.CRLDistributionPoints(
                    [x509.DistributionPoint([here(f"{self.url}/crl")], None, None, None)]
                ),
                critical=False,
            )
            .add_extension(
                x509.AuthorityInformationAccess(
                    [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, here(f"{self.url}/ocsp"))]
                ),
                critical=False,
            )
            .sign(self.root_key, hashes.SHA256())
        )
        tsa = (
            certify("Prov tidsstämplare", tsa_key.public_key())
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
            .sign(self.root_key, hashes.SHA256())
        )
        pem = serialization.Encoding.PEM
        plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (self.folder / "tsa.key").write_bytes(tsa_key.private_bytes(pem, *plain))
        (self.folder / "tsa.pem").write_bytes(tsa.public_bytes(pem))
        (self.folder / "root.pem").write_bytes(self.root.public_bytes(pem))
        (self.folder / "seal.key").write_bytes(self.seal_key.private_bytes(pem, *plain))
        (self.folder / "seal.pem").write_bytes(self.seal.public_bytes(pem) + self.root.public_bytes(pem))
        (self.folder / "serial").write_text("01\n")
        (self.folder / "tsa.cnf").write_text(TSA_SETTINGS.format(folder=self.folder))

    async def crl(self, request: web.Request) -> web.Response:
        """The revocation list, signed now."""
        del request
        if not self.is_up:
            return web.Response(status=503)
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        listed = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(now - dt.timedelta(minutes=1))
            .next_update(now + dt.timedelta(days=1))
        )
        if self.revoked:
            since = now - dt.timedelta(minutes=2)
            one = x509.RevokedCertificateBuilder().serial_number(self.seal.serial_number)
            listed = listed.add_revoked_certificate(one.revocation_date(since).build())
        made = listed.sign(self.root_key, hashes.SHA256())
        return web.Response(
            body=made.public_bytes(serialization.Encoding.DER), content_type="application/pkix-crl"
        )

    async def ocsp(self, request: web.Request) -> web.Response:
        """The answer about the one certificate asked for, signed now."""
        body = await request.read()
        if not self.is_up:
            return web.Response(status=503)
        ocsp.load_der_ocsp_request(body)  # it must be one
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        answer = (
            ocsp.OCSPResponseBuilder()
            .add_response(
                cert=self.seal,
                issuer=self.root,
                algorithm=hashes.SHA1(),
                cert_status=ocsp.OCSPCertStatus.REVOKED if self.revoked else ocsp.OCSPCertStatus.GOOD,
                this_update=now - dt.timedelta(minutes=1),
                next_update=now + dt.timedelta(days=1),
                revocation_time=now - dt.timedelta(minutes=2) if self.revoked else None,
                revocation_reason=None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, self.root)
            .sign(self.root_key, hashes.SHA256())
        )
        return web.Response(
            body=answer.public_bytes(serialization.Encoding.DER), content_type="application/ocsp-response"
        )

    async def stamp(self, request: web.Request) -> web.Response:
        """RFC 3161, by openssl."""
        self.asked += 1
        query = self.folder / f"query-{self.asked}"
        query.write_bytes(await request.read())
        if not self.is_stamping:
            return web.Response(status=503)
        made = await asyncio.create_subprocess_exec(
            *("openssl", "ts", "-reply", "-config", str(self.folder / "tsa.cnf"), "-queryfile", str(query)),
            *("-signer", str(self.folder / "tsa.pem"), "-inkey", str(self.folder / "tsa.key")),
            *("-chain", str(self.folder / "root.pem")),
            stdout=asyncio.subprocess.PIPE,
        )
        reply, _ = await made.communicate()
        return web.Response(body=reply, content_type="application/timestamp-reply")


async def start(authority: Authority) -> web.AppRunner:
    """Serve on a free port and issue the certificates that name it."""
    app = web.Application()
    app.router.add_get("/crl", authority.crl)
    app.router.add_post("/ocsp", authority.ocsp)
    app.router.add_post("/tsa", authority.stamp)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    authority.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    authority.issue()
    return runner
