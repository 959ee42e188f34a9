"""The texts that are read first: what the package is, and what each of its files is and how it is checked."""

from __future__ import annotations

import textwrap

from meeting_server.minutes.archive.holdings import Contents, Making, instant
from meeting_server.minutes.archive.premis import RESTRICTION


def about_the_package(contents: Contents, making: Making) -> str:
    """README.txt, in Swedish."""
    minutes = contents.minutes
    return "\n".join(
        [
            f"ARKIVPAKET {contents.package_id}",
            "",
            f"{minutes.organisation}, {minutes.body}",
            f"{minutes.title}, {minutes.date_text}",
            f"Paragraferna {minutes.paragraphs[0].number}–{minutes.paragraphs[-1].number}"
            if minutes.paragraphs
            else "Inga paragrafer",
            "",
            "Paketet följer FGS Paketstruktur 2.0, som bygger på E-ARK CSIP 2.1.0 och E-ARK SIP 2.1.0.",
            "METS.xml i roten och i representations/rep1 räknar upp varje fil med storlek och SHA-256.",
            "",
            "metadata/descriptive/ead.xml                 sammanträdet och varje paragraf med diarienummer",
            "metadata/preservation/premis.xml             vad som hänt med handlingarna och av vem",
            "metadata/preservation/premis-rattigheter.xml vad som ska prövas innan det lämnas ut",
            "representations/rep1/data/                   handlingarna",
            "representations/rep1/documentation/          vad varje fil är och hur den kontrolleras",
            "schemas/                                     de XML-scheman som filerna följer",
            "",
            "VEM SOM FÅR LÄSA",
            "Paketet är till för arkivmyndigheten och hämtas av sekreteraren.",
            *textwrap.wrap(RESTRICTION, 96),
            "",
            "Paketets namn är detsamma varje gång det görs för det här sammanträdet. Kommer det ett anslag",
            "till efteråt har ett senare paket samma namn och en annan kontrollsumma. Det ersätter det",
            "tidigare. Det justerade protokollet är detsamma.",
            "",
            f"Upprättat {instant(making.at)} med Klubban {contents.software}.",
            "",
        ]
    )


def about_the_files(contents: Contents) -> str:
    """LAS_MIG.txt, in Swedish: one entry for each file of the representation."""
    log = contents.minutes.log
    rows = []
    for file in contents.files:
        version = f" {file.format.version}" if file.format.version else ""
        rows += [f"data/{file.path} ({file.format.name}{version})", f"    {file.meaning}", ""]
    return "\n".join(
        [
            "FILERNA",
            "",
            *rows,
            "SÅ KONTROLLERAS HÄNDELSELOGGEN",
            "Varje rad är ett JSON-objekt. hash är SHA-256 över raden utan fältet hash, skriven som JSON med",
            "nycklarna i bokstavsordning, utan blanksteg och i UTF-8. previous_hash är hash på raden före,",
            "nollor på den första. Protokollet är gjort ur raderna till och med den här:",
            f"nummer {log.seq}, hash {log.hash}",
            "",
            "SÅ KONTROLLERAS STÄMPELN",
            "protokoll.pdf är stämplad enligt PAdES. Vilka uppgifter för kontrollen som ligger i den står i",
            "valideringsuppgifter.json. Stämpelns certifikat med kedja ligger i stampelns-certifikat.pem.",
            "Det som godkändes ligger som bilaga i PDF-filen, med kontrollsumman som godkännandena avser.",
            "",
        ]
    )
