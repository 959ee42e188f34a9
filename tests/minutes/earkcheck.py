"""The E-ARK validator's rules, run on a package: its folders, the METS schema, Schematron for CSIP and SIP.

The rules (2.1.0) and vocabularies are those in eark-validator, which `make` lays in a folder of its own: the
validator cannot be installed beside us, since it wants one old lxml and fetches its vocabularies over the
network when it is imported.

Two rules contradict each other: CSIP12–16 want every CREATOR to be the program, SIP11 wants every CREATOR to
be an organisation or a person, and the profiles demand one of each. So each set of rules is asked about the
METS without the other's agent.
"""

from __future__ import annotations

import copy
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree, isoschematron

from meeting_server.minutes.archive.package import SCHEMAS

RESOURCES = Path(sys.prefix) / "eark" / "eark_validator" / "ipxml" / "resources"
METS = "{http://www.loc.gov/METS/}"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
VOCABULARIES = {
    "@TYPE": "ContentCategory",
    "@csip:CONTENTINFORMATIONTYPE": "ContentInformationType",
    "@csip:OAISPACKAGETYPE": "OAISPackageType",
    "@STATUS": "Status",
}


class _Local(etree.Resolver):  # type: ignore[misc]
    def resolve(self, url: str, public_id: str, context: Any) -> Any:
        del public_id
        return self.resolve_filename(str(SCHEMAS / url.rpartition("/")[2]), context)


@cache
def schema(*names: str) -> etree.XMLSchema:
    """Schemas of the packages as one, from the copies in the product and nothing over the network."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Local())
    imports = "".join(
        f'<xs:import namespace="{_namespace(name)}" schemaLocation="{(SCHEMAS / name).as_uri()}"/>'
        for name in names
    )
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text, parser))


def _namespace(name: str) -> str:
    found: str = etree.parse(str(SCHEMAS / name)).getroot().get("targetNamespace")
    return found


@cache
def _rules(profile: str) -> tuple[tuple[str, isoschematron.Schematron], ...]:
    tests = {
        f"{attribute}_vocabulary_test": _one_of(attribute, re.findall(r">([^<]*)</Term>", _vocabulary(name)))
        for attribute, name in VOCABULARIES.items()
    }
    mimes = (RESOURCES / "vocabs" / "IANA.txt").read_text(encoding="utf-8").split()
    tests["@MIMETYPE_IANA_test"] = _one_of("@MIMETYPE", mimes)
    made = []
    paths = sorted((RESOURCES / "schematron" / "V2.1.0" / profile).glob("*.xml"))
    assert paths, f"no rules in {RESOURCES}; `make .venv/.dev-ready` brings them"
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for name, value in tests.items():
            text = text.replace(name, value)
        made.append((path.stem, isoschematron.Schematron(etree.fromstring(text.encode()), store_report=True)))
    return tuple(made)


def _vocabulary(name: str) -> str:
    return (RESOURCES / "vocabs" / f"CSIPVocabulary{name}.xml").read_text(encoding="utf-8")


def _one_of(attribute: str, values: list[str]) -> str:
    return " or ".join(f"({attribute} = '{value}')" for value in values)


def faults(package: bytes) -> list[str]:
    """What the rules have against a package: errors, with the warnings of the package's own METS."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    roots = {name.partition("/")[0] for name in held}
    if len(roots) != 1:
        return [f"CSIPSTR1 {sorted(roots)}"]
    [root] = roots
    found = list(_structure(root, held))
    for path in (f"{root}/METS.xml", f"{root}/representations/rep1/METS.xml"):
        found += [f"{path}: {each}" for each in _metadata(held[path], is_root=path.count("/") == 1)]
    for path, body in held.items():
        if path.endswith(".xml") and "/metadata/" in path:
            of = schema("ead3.xsd") if path.endswith("ead.xml") else schema("premis-v3-0.xsd")
            if not of.validate(etree.fromstring(body)):
                found.append(f"{path}: {of.error_log[0]}")
    return found


def _structure(root: str, held: dict[str, bytes]) -> Iterator[str]:
    """CSIPSTR1–16, what can be seen of them from the names."""
    objid = etree.fromstring(held[f"{root}/METS.xml"]).get("OBJID")
    if objid != root:
        yield f"CSIPSTR2 {objid}"
    inside = ("METS.xml", "metadata/", "schemas/", "documentation/")
    wanted = [f"{root}/{each}" for each in (*inside, "representations/")]
    wanted += [f"{root}/metadata/{each}/" for each in ("preservation", "descriptive")]
    wanted += [f"{root}/representations/rep1/{each}" for each in (*inside, "data/")]
    for path in wanted:
        if not any(name.startswith(path) for name in held):
            yield f"CSIPSTR {path}"


def _metadata(body: bytes, *, is_root: bool) -> Iterator[str]:
    document = etree.fromstring(body)
    of = schema("mets.xsd", "DILCISExtensionMETS.xsd", "DILCISExtensionSIPMETS.xsd")
    if not of.validate(document):
        yield f"schema: {of.error_log[0]}"
    for profile, others in (("CSIP", "ORGANIZATION"), ("SIP", "OTHER")):
        asked = copy.deepcopy(document)
        [header] = asked.iter(f"{METS}metsHdr")
        for agent in header.findall(f"{METS}agent[@ROLE='CREATOR'][@TYPE='{others}']"):
            header.remove(agent)
        for name, rules in _rules(profile):
            rules.validate(asked)
            for failed in rules.validation_report.iter(f"{SVRL}failed-assert"):
                if is_root or failed.get("role") == "ERROR":
                    said = " ".join("".join(failed.itertext()).split())
                    yield f"{profile} {name} {failed.get('id')} {failed.get('role')}: {said}"
