"""Handing in a file over a line that breaks."""

from __future__ import annotations

import os
import re

from playwright.sync_api import Route, expect

from biosint.exchange.models import Product
from biosint.exchange.states import ActivityKind
from biosint.files.api import StoredFile, open_content
from biosint.files.models import ArrivingFile
from browser import Axe, Visitor
from exchange.cast import running
from factories import ActivityFactory

PDF = b"%PDF-1.7\n" + os.urandom(2_500_000)


def test_a_learner_hands_in_a_file_over_a_line_that_breaks(phone: Visitor, axe: Axe) -> None:
    cast, (ana, *_others), _team = running()
    activity = ActivityFactory(course=cast.course, kind=ActivityKind.PRODUCT)
    phone.sign_in(ana.learner)
    phone.tolerates = ("net::ERR_FAILED", "413 (", "415 (")
    page = phone.visit(f"/courses/{cast.course.slug}/pages/{activity.pk}/works/new/")
    is_cut = [False]
    passed = []

    def cut_after_one(route: Route) -> None:
        if route.request.method == "PATCH" and is_cut[0]:
            route.abort()
        else:
            if route.request.method == "PATCH":
                passed.append(len(route.request.post_data_buffer or b""))
                is_cut[0] = len(passed) == 1
            route.continue_()

    page.route(re.compile("/files/arriving/"), cut_after_one)
    chooser = page.get_by_label("Files (optional)")
    chooser.set_input_files([{"name": "film.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}])
    expect(page.get_by_text("“film.exe” cannot be used here.")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    chooser.set_input_files([{"name": "Poster Živa.pdf", "mimeType": "application/pdf", "buffer": PDF}])
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("The form is sent as soon as the files have arrived.")).to_be_visible()
    axe(page)
    page.wait_for_timeout(500)
    is_cut[0] = False
    expect(page.get_by_text("Version 1 is handed in.")).to_be_visible(timeout=20_000)

    stored = StoredFile.objects.get()
    with open_content(stored) as kept:
        assert kept.read() == PDF
    assert stored.name == "Poster Živa.pdf"
    assert [one.pk for one in Product.objects.get().files.all()] == [stored.pk]
    # Nothing was sent twice.
    assert sum(passed) == len(PDF)
    assert ArrivingFile.objects.get().taken_at is not None


def test_a_file_that_arrived_is_still_there_when_the_tab_was_killed(desktop: Visitor) -> None:
    cast, (ana, *_others), _team = running()
    activity = ActivityFactory(course=cast.course, kind=ActivityKind.PRODUCT)
    desktop.sign_in(ana.learner)
    address = f"/courses/{cast.course.slug}/pages/{activity.pk}/works/new/"
    page = desktop.visit(address)
    chosen = [{"name": "plan.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    page.get_by_label("Files (optional)").set_input_files(chosen)
    expect(page.get_by_text("Here.")).to_be_visible()

    page = desktop.visit(address)

    expect(page.get_by_label("plan.pdf (2.4 MB)")).to_be_checked()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Version 1 is handed in.")).to_be_visible()
    assert StoredFile.objects.get().size == len(PDF)
