"""Small packages, written here: what the tests hand in, whole or broken."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

Files = Mapping[str, str | bytes]

PAGE_12 = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Hand hygiene</title><script src="part.js"></script></head>
<body>
<h1>Hand hygiene</h1><p id="told"></p>
<button id="half" onclick="half()">Half way</button>
<button id="all" onclick="whole()">All right answers</button>
<p><a id="out" href="https://outside.example/guideline">Guideline</a></p>
</body></html>
"""
PART_12 = """
var api = null, place = window;
while (!api && place) { api = place.API; if (place === place.parent) break; place = place.parent; }
api.LMSInitialize("");
function show() {
  document.getElementById("told").textContent = api.LMSGetValue("cmi.core.entry") + "|" +
    api.LMSGetValue("cmi.suspend_data") + "|" + api.LMSGetValue("cmi.core.lesson_location");
}
function half() {
  api.LMSSetValue("cmi.core.lesson_status", "incomplete");
  api.LMSSetValue("cmi.suspend_data", "half=yes");
  api.LMSSetValue("cmi.core.lesson_location", "page2");
  api.LMSSetValue("cmi.core.exit", "suspend");
  api.LMSCommit(""); show();
}
function whole() {
  api.LMSSetValue("cmi.core.score.raw", "80");
  api.LMSSetValue("cmi.core.score.min", "0");
  api.LMSSetValue("cmi.core.score.max", "100");
  api.LMSSetValue("cmi.core.lesson_status", "passed");
  api.LMSSetValue("cmi.suspend_data", "all=yes");
  api.LMSSetValue("cmi.core.session_time", "00:02:05");
  api.LMSCommit(""); show();
}
addEventListener("load", show);
addEventListener("pagehide", function () { api.LMSFinish(""); });
"""
PAGE_2004 = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Triage</title></head>
<body><h1>Triage</h1><p id="told"></p>
<button id="all" onclick="whole()">Done</button> <button id="next" onclick="next()">Next part</button>
<script>
var api = window.parent.API_1484_11;
api.Initialize("");
document.getElementById("told").textContent = api.GetValue("cmi.entry") + "|" + api.GetValue("cmi.suspend_data");
function whole() {
  api.SetValue("cmi.score.scaled", "0.9");
  api.SetValue("cmi.success_status", "passed");
  api.SetValue("cmi.completion_status", "completed");
  api.SetValue("cmi.suspend_data", location.search);
  api.SetValue("cmi.exit", "suspend");
  api.Commit("");
}
function next() { api.SetValue("adl.nav.request", "continue"); api.Terminate(""); }
</script></body></html>
"""
H5P_SCRIPT = """
var H5P = H5P || {};
H5P.BiosintNumber = (function ($, EventDispatcher) {
  function Content(params, id, extras) {
    EventDispatcher.call(this);
    var self = this;
    self.typed = (extras && extras.previousState && extras.previousState.typed) || "";
    self.attach = function ($box) {
      var field = $("<input>", { "aria-label": params.question, value: self.typed, id: "answer" });
      field.on("input", function () { self.typed = field.val(); });
      var button = $("<button>", { type: "button", id: "check", text: "Check" });
      button.on("click", function () {
        var points = self.typed === params.answer ? 4 : 1;
        var event = self.createXAPIEventTemplate("answered");
        event.setScoredResult(points, 4, self, true, points === 4);
        self.trigger(event);
        $("<p>", { id: "told", text: points + " of 4" }).appendTo($box);
        self.trigger("resize");
      });
      $box.append($("<p>").text(params.question), field, button);
      $box.append($("<a>", { id: "out", href: "https://outside.example/", text: "Source" }));
    };
    self.getCurrentState = function () { return { typed: self.typed }; };
  }
  Content.prototype = Object.create(EventDispatcher.prototype);
  Content.prototype.constructor = Content;
  return Content;
})(H5P.jQuery, H5P.EventDispatcher);
"""
JSONS = {"ensure_ascii": False}


def packed(files: Files, *, mode: int = 0, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files; ``mode`` is that of the first (a link, say)."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as package:
        for number, (name, text) in enumerate(files.items()):
            info = zipfile.ZipInfo(name)
            info.compress_type = compression
            if number == 0 and mode:
                info.external_attr = mode << 16
            package.writestr(info, text)
    return content.getvalue()


def manifest_12(*, mastery: str = "", more: str = "", href: str = "index.html") -> str:
    score = f"<adlcp:masteryscore>{mastery}</adlcp:masteryscore>" if mastery else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="own" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="all"><organization identifier="all"><title>Hand hygiene</title>
<item identifier="one" identifierref="page"><title>Hand hygiene</title>{score}</item>{more}
</organization></organizations>
<resources><resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="{href}"><file href="{href}"/></resource>
<resource identifier="sheet" type="webcontent" adlcp:scormtype="asset" href="sheet.html"/></resources>
</manifest>"""


def scorm_12(**more: Any) -> bytes:
    return packed({"imsmanifest.xml": manifest_12(**more), "index.html": PAGE_12, "part.js": PART_12})


def scorm_2004() -> bytes:
    """Two parts that share one page, told apart by their parameters, below a heading."""
    manifest = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="own2" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Triage in four countries</title>
<item identifier="head"><title>Parts</title>
<item identifier="a" identifierref="p" parameters="?part=a"><title>Belgrade</title><imsss:sequencing><imsss:objectives>
<imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.7</imsss:minNormalizedMeasure></imsss:primaryObjective>
</imsss:objectives></imsss:sequencing></item>
<item identifier="b" identifierref="p" parameters="part=b"><title>Tirana</title></item></item>
</organization></organizations>
<resources><resource identifier="p" type="webcontent" adlcp:scormType="sco" href="pages/index.html"/></resources></manifest>"""
    return packed({"imsmanifest.xml": manifest, "pages/index.html": PAGE_2004})


def h5p_files(**changes: Any) -> dict[str, str | bytes]:
    """The files of a content type of our own; ``h5p``, ``library`` and ``content`` change their descriptions."""
    dependency = {"machineName": "H5P.BiosintNumber", "majorVersion": 1, "minorVersion": 0}
    description = {
        "title": "Dose",
        "language": "en",
        "mainLibrary": "H5P.BiosintNumber",
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [dependency],
        **changes.get("h5p", {}),
    }
    library = {
        "title": "A number",
        **dependency,
        "patchVersion": 1,
        "runnable": 1,
        "coreApi": {"majorVersion": 1, "minorVersion": 19},
        "preloadedJs": [{"path": "number.js"}],
        **changes.get("library", {}),
    }
    return {
        "h5p.json": json.dumps(description),
        "content/content.json": json.dumps({"question": "Dose in mg?", "answer": "400"}),
        "H5P.BiosintNumber-1.0/library.json": json.dumps(library),
        "H5P.BiosintNumber-1.0/number.js": H5P_SCRIPT,
    }


def h5p(**changes: Any) -> bytes:
    return packed(h5p_files(**changes))


def upload(content: bytes, name: str = "package.zip") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/zip")
