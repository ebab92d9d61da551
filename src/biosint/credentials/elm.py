"""A credential in the European Learning Model, as an unsealed European Digital Credential for the Europass wallet.

Sealing adds the moment of issue and the legal identifier of the seal; it needs a qualified seal and is left to
the institution. Identifiers of concepts are those of the EU's published lists.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from babel import Locale
from django.conf import settings

from biosint.credentials import documents

if TYPE_CHECKING:
    from biosint.credentials.models import Credential

CONTEXT = ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"]
SNB = "http://data.europa.eu/snb"
AUTHORITY = "http://publications.europa.eu/resource/authority"

# The EU's list names countries and languages by three letters: those that courses here have so far.
COUNTRIES = {
    "AL": "ALB", "AT": "AUT", "BA": "BIH", "BE": "BEL", "BG": "BGR", "CH": "CHE", "CZ": "CZE", "DE": "DEU",
    "DK": "DNK", "EE": "EST", "ES": "ESP", "FI": "FIN", "FR": "FRA", "GB": "GBR", "GR": "GRC", "HR": "HRV",
    "HU": "HUN", "IE": "IRL", "IT": "ITA", "LT": "LTU", "LU": "LUX", "LV": "LVA", "ME": "MNE", "MK": "MKD",
    "MT": "MLT", "NL": "NLD", "NO": "NOR", "PL": "POL", "PT": "PRT", "RO": "ROU", "RS": "SRB", "SE": "SWE",
    "SI": "SVN", "SK": "SVK", "TR": "TUR", "UA": "UKR", "XK": "1A0",
}  # fmt: skip
LANGUAGES = {
    "bs": "BOS", "cnr": "CNR", "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA", "fr": "FRA", "hr": "HRV",
    "it": "ITA", "mk": "MKD", "nl": "NLD", "pt": "POR", "ro": "RON", "sl": "SLV", "sq": "SQI", "sr": "SRP",
}  # fmt: skip
GENERIC = "e34929035b"
ECTS = "6fcec5c5af"
MODES = {"online": ("920fbb3cbe", "Online"), "blended": ("e92d221e4d", "Blended")}


class NotExportable(Exception):
    """A list of the EU has no word for the country or the language."""


def document(credential: Credential) -> str:
    """Return the unsealed credential as JSON-LD.

    Raises:
        NotExportable: the country of the issuer or the language of the course is in none of the lists above.
    """
    told = credential.details
    written = _spoken(told.get("language", "en"))
    urn = f"urn:uuid:{credential.public_id}"
    issuer = _organisation(credential, urn)
    return json.dumps(
        {
            "@context": CONTEXT,
            "id": urn,
            "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
            "credentialProfiles": _concept("credential", GENERIC, "Generic"),
            "credentialSchema": {
                "id": f"{SNB}/model/ap/edc-generic-full",
                "type": "ShaclValidator2017",
            },
            "identifier": {
                "id": f"{urn}#identifier",
                "type": "Identifier",
                "schemeName": "BIOSINT",
                "notation": str(credential.public_id),
            },
            "validFrom": _moment(credential.issued_at),
            "issuanceDate": _moment(credential.issued_at),
            **({"expirationDate": _moment(credential.expires_at)} if credential.expires_at else {}),
            "issuer": issuer,
            "displayParameter": _display(credential, urn, written),
            "credentialSubject": {
                "id": f"{urn}#holder",
                "type": "Person",
                "fullName": {written: credential.holder_name},
                "hasClaim": _achievement(credential, urn, written, issuer),
            },
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def _spoken(language: str) -> str:
    """Return the code under which a text stands: two letters, as the model asks."""
    return language.split("-", maxsplit=1)[0][:2] if language != "cnr" else "sr"


def _moment(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()


def _concept(word: str, code: str, label: str) -> dict[str, Any]:
    return {
        "id": f"{SNB}/{word}/{code}",
        "type": "Concept",
        "inScheme": {"id": f"{SNB}/{word}/25831c2", "type": "ConceptScheme"},
        "prefLabel": {"en": label},
    }


def _listed(word: str, code: str, label: str) -> dict[str, Any]:
    return {
        "id": f"{AUTHORITY}/{word}/{code}",
        "type": "Concept",
        "inScheme": {"id": f"{AUTHORITY}/{word}", "type": "ConceptScheme"},
        "notation": word,
        "prefLabel": {"en": label},
    }


def _language(code: str) -> dict[str, Any]:
    if code not in LANGUAGES:
        raise NotExportable(f"language {code}")
    name = "Montenegrin" if code == "cnr" else str(Locale("en").languages[code])
    return _listed("language", LANGUAGES[code], name)


def _organisation(credential: Credential, urn: str) -> dict[str, Any]:
    place = credential.issuer
    if place.country not in COUNTRIES:
        raise NotExportable(f"country {place.country}")
    country = _listed("country", COUNTRIES[place.country], str(Locale("en").territories[place.country]))
    return {
        "id": f"{settings.SITE_URL}/institutions/{place.slug}/",
        "type": "Organisation",
        "legalName": {"en": place.name},
        "altLabel": {"en": place.short_name},
        "location": {
            "id": f"{urn}#place",
            "type": "Location",
            "address": {
                "id": f"{urn}#address",
                "type": "Address",
                "countryCode": country,
                "fullAddress": {"id": f"{urn}#town", "type": "Note", "noteLiteral": {"en": place.city}},
            },
        },
    }


def _display(credential: Credential, urn: str, written: str) -> dict[str, Any]:
    language = _language("sr" if written == "sr" else credential.details.get("language", "en"))
    return {
        "id": f"{urn}#display",
        "type": "DisplayParameter",
        "title": {written: credential.title},
        "description": {written: credential.description or credential.criteria},
        "language": language,
        "primaryLanguage": language,
        "individualDisplay": {
            "id": f"{urn}#display-{written}",
            "type": "IndividualDisplay",
            "language": language,
            "displayDetail": {
                "id": f"{urn}#page",
                "type": "DisplayDetail",
                "page": 1,
                "image": {
                    "id": f"{urn}#image",
                    "type": "MediaObject",
                    "content": base64.b64encode(documents.badge_pixels(credential)).decode(),
                    "contentEncoding": _concept("encoding", "6146cde7dd", "base64"),
                    "contentType": _listed("file-type", "PNG", "PNG"),
                },
            },
        },
    }


def _achievement(credential: Credential, urn: str, written: str, issuer: dict[str, Any]) -> dict[str, Any]:
    told = credential.details
    awarded = {
        "id": f"{urn}#awarding",
        "type": "AwardingProcess",
        "awardingBody": issuer,
        "awardingDate": _moment(credential.achieved_at),
    }
    return {
        "id": f"{urn}#achievement",
        "type": "LearningAchievement",
        "title": {written: credential.title},
        "description": {written: credential.description or credential.criteria},
        "awardedBy": awarded,
        "provenBy": _assessment(credential, urn, written, awarded),
        "specifiedBy": _specification(credential, urn, written),
        **({"additionalNote": _notes(told, urn, written)} if _notes(told, urn, written) else {}),
    }


def _notes(told: dict[str, Any], urn: str, written: str) -> list[dict[str, Any]]:
    return [
        {"id": f"{urn}#{name}", "type": "Note", "noteLiteral": {written: told[name]}}
        for name in ("quality_assurance", "stackability")
        if told.get(name)
    ]


def _assessment(credential: Credential, urn: str, written: str, awarded: dict[str, Any]) -> dict[str, Any]:
    words = credential.details.get("assessment") or credential.criteria
    return {
        "id": f"{urn}#assessment",
        "type": "LearningAssessment",
        "title": {written: words},
        "awardedBy": awarded,
        "grade": {
            "id": f"{urn}#grade",
            "type": "Note",
            "noteLiteral": {written: credential.details.get("grade") or "passed"},
        },
    }


def _specification(credential: Credential, urn: str, written: str) -> dict[str, Any]:
    told = credential.details
    said: dict[str, Any] = {
        "id": f"{urn}#course",
        "type": "Qualification" if told.get("eqf_level") else "LearningAchievementSpecification",
        "title": {written: credential.title},
        "language": _language(told.get("language", "en")),
        "mode": _concept("learning-assessment", *MODES["online"]),
        "learningOutcome": [
            {"id": f"{urn}#outcome-{number}", "type": "LearningOutcome", "title": {written: outcome}}
            for number, outcome in enumerate(told.get("outcomes", []), start=1)
        ],
    }
    if told.get("eqf_level"):
        said["eqfLevel"] = _concept("eqf", str(told["eqf_level"]), f"Level {told['eqf_level']}")
        said["isPartialQualification"] = False
    if credential.workload_hours:
        said["volumeOfLearning"] = f"PT{credential.workload_hours}H"
    if credential.ects is not None:
        said["creditPoint"] = {
            "id": f"{urn}#credit",
            "type": "CreditPoint",
            "framework": _concept("education-credit", ECTS, "European Credit Transfer System"),
            "point": f"{credential.ects.normalize():f}",
        }
    if told.get("prerequisites"):
        said["entryRequirement"] = {
            "id": f"{urn}#prerequisites",
            "type": "Note",
            "noteLiteral": {written: told["prerequisites"]},
        }
    return said
