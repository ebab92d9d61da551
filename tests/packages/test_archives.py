from __future__ import annotations

import io
import json
import stat
import struct
import zipfile

import pytest

from biosint.packages.archives import PackageRefused, UnpackedElsewise, _zip, examine
from packages.making import PAGE_12, h5p, h5p_files, manifest_12, packed, scorm_12, scorm_2004


def refusal(content: bytes) -> str:
    with pytest.raises(PackageRefused) as refused:
        examine(io.BytesIO(content))
    return str(refused.value)


def scorm_with(**files: str | bytes) -> bytes:
    return packed({"imsmanifest.xml": manifest_12(), "index.html": PAGE_12, **files})


def test_each_standard_is_told_by_its_content() -> None:
    found = [examine(io.BytesIO(content)) for content in (scorm_12(), scorm_2004(), h5p())]

    assert [one.standard for one in found] == ["scorm12", "scorm2004", "h5p"]
    assert [one.title for one in found] == ["Hand hygiene", "Triage in four countries", "Dose"]
    assert found[2].outline == {"library": "H5P.BiosintNumber 1.0", "language": "en"}


def test_the_table_of_contents_keeps_levels_parameters_and_passing_scores() -> None:
    items = examine(io.BytesIO(scorm_2004())).outline["items"]

    assert [(one["code"], one["href"], one["level"]) for one in items] == [
        ("head", "", 0),
        ("a", "pages/index.html?part=a", 1),
        ("b", "pages/index.html?part=b", 1),
    ]
    assert items[1]["mastery"] == "0.7"
    assert examine(io.BytesIO(scorm_12(mastery="75"))).outline["items"][0]["mastery"] == "75"


def test_a_folder_zipped_around_everything_is_taken_off() -> None:
    content = packed({f"my course/{name}": text for name, text in h5p_files().items()})

    assert {entry.path for entry in examine(io.BytesIO(content)).archive.entries} == set(h5p_files())


@pytest.mark.parametrize(
    "name", ["../out.html", "a/../../out.html", "/etc/passwd", "C:/out.html", "..\\out.html"]
)
def test_no_file_leaves_the_folder_of_the_package(name: str) -> None:
    assert "outside of the package" in refusal(scorm_with(**{name: "x"}))


def test_links_passwords_and_twins_are_refused() -> None:
    link = packed({"link.html": "/etc/passwd", "imsmanifest.xml": manifest_12()}, mode=stat.S_IFLNK | 0o777)
    locked = bytearray(scorm_12())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = locked.find(mark) + (6 if mark[2] == 3 else 8)
        locked[at] |= 1
    twins = packed({"index.html": "1", "other.html": "2", "imsmanifest.xml": manifest_12()})
    twins = twins.replace(b"other.html", b"index.html")

    assert "link to another file" in refusal(link)
    assert "password" in refusal(bytes(locked))
    assert "two files named “index.html”" in refusal(twins)


def test_bombs_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "far more than it seems" in refusal(scorm_with(**{"big.txt": b"0" * 20_000_000}))
    monkeypatch.setattr(_zip, "FILES", 3)
    assert "holds 5 files; the limit is 3" in refusal(scorm_with(**{f"{n}.html": "x" for n in range(3)}))
    monkeypatch.setattr(_zip, "UNPACKED", 1000)
    monkeypatch.setattr(_zip, "FILES", 5000)
    assert "Make videos smaller" in refusal(scorm_12())


def test_members_that_share_their_bytes_are_refused() -> None:
    """The directory names one member twice: what unpacks to petabytes from kilobytes is made like this."""
    content = scorm_with(**{"a.txt": "a" * 3000})
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        offset = package.getinfo("index.html").header_offset
    changed = bytearray(content)
    directory = changed.find(b"PK\x01\x02")
    last = changed.rfind(b"PK\x01\x02")
    assert directory < last
    changed[last + 42 : last + 46] = struct.pack("<L", offset)

    assert "on top of each other" in refusal(bytes(changed))


def test_what_is_no_zip_or_no_package_is_told_apart() -> None:
    assert "not a whole zip" in refusal(b"PK\x03\x04 broken off")
    assert "not a whole zip" in refusal(scorm_12()[:-40])
    assert "neither an H5P nor a SCORM" in refusal(packed({"index.html": PAGE_12}))


def test_flash_nested_archives_and_programs_are_refused_with_their_names() -> None:
    assert "Flash (film.swf)" in refusal(scorm_with(**{"film.swf": b"FWS"}))
    assert "inside the package (more.zip)" in refusal(scorm_with(**{"more.zip": b"PK"}))
    assert "setup.exe" in refusal(scorm_with(**{"setup.exe": b"MZ"}))
    assert "shell.php" in refusal(scorm_with(**{"shell.php": "<?php"}))
    files = h5p_files()
    assert "content/page.html" in refusal(packed({**files, "content/page.html": "<p>"}))


def test_what_systems_leave_behind_is_left_out() -> None:
    content = scorm_with(
        **{"__MACOSX/._index.html": "x", ".DS_Store": "x", "Thumbs.db": "x", "LICENSE": "MIT"}
    )

    paths = {entry.path for entry in examine(io.BytesIO(content)).archive.entries}

    assert paths == {"imsmanifest.xml", "index.html"}


@pytest.mark.parametrize(
    ("page", "shown"),
    [("utf-8", "слика.png"), ("cp852", "križ.png"), ("cp866", "слика.png"), ("cp1250", "šaka.png")],
)
def test_names_in_any_encoding_are_those_the_manifest_means(page: str, shown: str) -> None:
    manifest = manifest_12(more="").replace(
        "</resources>", f'<resource identifier="r"><file href="{shown}"/></resource></resources>'
    )
    raw = shown.encode(page)
    stand_in = "x" * len(raw)
    content = packed({"imsmanifest.xml": manifest, "index.html": PAGE_12, stand_in: "png"}).replace(
        stand_in.encode(), raw
    )

    assert shown in {entry.path for entry in examine(io.BytesIO(content)).archive.entries}


def test_manifests_cannot_define_entities() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><manifest>&b;</manifest>'

    assert "defines entities" in refusal(packed({"imsmanifest.xml": bomb}))
    assert "cannot be read" in refusal(packed({"imsmanifest.xml": "<manifest"}))


@pytest.mark.parametrize("href", ["https://elsewhere.example/", "//elsewhere.example/x", "../../x.html"])
def test_a_package_starts_only_its_own_pages(href: str) -> None:
    assert "does not hold itself" in refusal(scorm_12(href=href))


def test_a_start_page_that_is_not_there_is_named() -> None:
    assert "“start.html”, which is not in the package" in refusal(scorm_12(href="start.html"))


def test_missing_libraries_of_h5p_are_named_all_at_once() -> None:
    more = [
        {"machineName": name, "majorVersion": 1, "minorVersion": 2}
        for name in ("H5P.Question", "H5P.JoubelUI")
    ]
    said = refusal(h5p(library={"preloadedDependencies": more}))

    assert "H5P.JoubelUI 1.2, H5P.Question 1.2" in said
    assert "Reuse" in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"h5p": {"mainLibrary": ""}}, "does not name the main content type"),
        ({"h5p": {"preloadedDependencies": []}}, "does not list its own main content type"),
        ({"h5p": {"preloadedDependencies": [{"machineName": "H5P.X"}]}}, "lists its libraries wrongly"),
        ({"library": {"machineName": "H5P.Other"}}, "holds another library"),
        (
            {"library": {"preloadedJs": [{"path": "gone.js"}]}},
            "lacks its file “H5P.BiosintNumber-1.0/gone.js”",
        ),
        (
            {"library": {"coreApi": {"majorVersion": 1, "minorVersion": 99}}},
            "needs a newer H5P player (1.99)",
        ),
    ],
)
def test_broken_descriptions_of_h5p_say_what_is_wrong(changes: dict[str, object], said: str) -> None:
    assert said in refusal(h5p(**changes))


@pytest.mark.parametrize("name", ["h5p.json", "content/content.json"])
def test_descriptions_that_are_not_json_are_named(name: str) -> None:
    assert f"“{name}” inside the package is broken" in refusal(packed({**h5p_files(), name: "{"}))
    assert "is broken" in refusal(packed({**h5p_files(), name: json.dumps([])}))


def test_a_member_with_other_bytes_than_promised_is_found_while_unpacking() -> None:
    content = bytearray(
        packed({"imsmanifest.xml": manifest_12(), "index.html": PAGE_12}, compression=zipfile.ZIP_STORED)
    )
    at = content.find(b"<h1>Hand")
    content[at : at + 4] = b"<h9>"
    archive = examine(io.BytesIO(bytes(content))).archive
    page = archive.find("index.html")
    assert page is not None

    with pytest.raises(UnpackedElsewise, match="inside the package is broken"):
        b"".join(archive.chunks(page))
