"""The exercise “put the first hour in order” as a SCORM 1.2 package: plain pages, two languages, no network."""

from __future__ import annotations

import io
import json
import zipfile
from xml.sax.saxutils import escape

from biosint.portal.demonstration.sepsis import content

PAGES = content.HERE / "exercise_pages"
# The same bytes on every machine.
MADE_AT = (2026, 9, 1, 0, 0, 0)
TITLE = "Put the first hour in order"
PASSED_FROM = 80


def package() -> bytes:
    """Return the package as a zip file."""
    told = {"steps": content.steps(), "feedback": content.order_feedback(), "passed": PASSED_FROM}
    files = {"imsmanifest.xml": _manifest(), "steps.js": f"var COURSE = {json.dumps(told)};\n"}
    files |= {page.name: page.read_text(encoding="utf-8") for page in sorted(PAGES.iterdir())}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, MADE_AT), text, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _manifest() -> str:
    """Write the manifest. Source: ADL, SCORM 1.2 Content Aggregation Model, 2.3."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="first-hour" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="all"><organization identifier="all"><title>{escape(TITLE)}</title>
<item identifier="order" identifierref="page"><title>{escape(TITLE)}</title>
<adlcp:masteryscore>{PASSED_FROM}</adlcp:masteryscore></item></organization></organizations>
<resources><resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="index.html">
<file href="index.html"/><file href="order.js"/><file href="steps.js"/><file href="order.css"/></resource></resources>
</manifest>
"""
