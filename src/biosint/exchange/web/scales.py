"""Grades of the institutions that take part: their tables, and what a course's points are on them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biosint.exchange.models import LocalScale
from biosint.exchange.operations.scales import ScaleUnfit, keep_scale
from biosint.exchange.queries import learners_of
from biosint.exchange.queries.scales import converted, passed_points, scale_of, scales_in, table_of
from biosint.exchange.rules.scales import may_keep_scale
from biosint.exchange.states import OverlapRule, grade_of
from biosint.exchange.web import trails
from biosint.exchange.web.views.teach import course_of
from biosint.institutions.api import Institution
from biosint.shared.requests import SignedIn, login_required
from biosint.shared.verdicts import require

LEARNERS_PER_PAGE = 50
MOST_GRADES = 40


class ScaleForm(forms.ModelForm):  # type: ignore[type-arg]  # Django takes no parameter at run time
    """A grading table, one line a grade: the best first."""

    table = forms.CharField(
        label=gettext_lazy("Passing grades, the best first"),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=2000,
        help_text=gettext_lazy(
            "One line for each grade: the grade, then how often it was given. For example: 10 120"
        ),
    )

    class Meta:
        model = LocalScale
        fields = ["reference", "failing", "overlap"]
        widgets = {"overlap": forms.RadioSelect}

    field_order = ["table", "reference", "failing", "overlap"]

    def clean_table(self) -> list[tuple[str, int]]:
        rows = []
        for line in str(self.cleaned_data["table"]).splitlines():
            *grade, count = line.replace("\t", " ").rsplit(" ", 1) if line.strip() else ("", "")
            if not line.strip():
                continue
            name = " ".join(grade).strip().rstrip(":;,")
            if not name or len(name) > 20 or not count.isdecimal() or len(count) > 9:
                raise forms.ValidationError(
                    _("This line is not a grade and a number: %(line)s") % {"line": line}
                )
            rows.append((name, int(count)))
        if len(rows) > MOST_GRADES:
            raise forms.ValidationError(
                _("These are too many grades (limit: %(limit)s).") % {"limit": MOST_GRADES}
            )
        return rows


@login_required
def scale(request: SignedIn, institution_id: int) -> HttpResponse:
    institution = get_object_or_404(Institution, pk=institution_id)
    require(may_keep_scale(request.user, institution))
    kept = scale_of(institution)
    lines = "\n".join(f"{row['grade']} {row['count']}" for row in kept.grades) if kept else ""
    form = ScaleForm(request.POST or None, instance=kept, initial={"table": lines})
    if form.is_valid():
        given = form.cleaned_data
        try:
            keep_scale(
                institution=institution,
                grades=given["table"],
                failing=given["failing"],
                reference=given["reference"],
                overlap=OverlapRule(given["overlap"]),
                by=request.user,
                at=timezone.now(),
            )
        except ScaleUnfit as unfit:
            form.add_error("table", str(unfit))
        else:
            messages.success(request, _("The table of grades is kept."))
            return redirect("exchange:scale", institution.pk)
    return render(
        request,
        "exchange/scale.html",
        {
            "institution": institution,
            "form": form,
            "kept": kept,
            "rows": _rows(kept) if kept else [],
            "trail": trails.in_catalogue(),
        },
        status=422 if form.is_bound else 200,
    )


def _rows(kept: LocalScale) -> list[tuple[str, int, float, float]]:
    """Each grade with its count, its share and the share cumulated from the top, in per cent."""
    table = table_of(kept)
    return [
        (grade, count, 100 * (end - start), 100 * end)
        for grade, count, (start, end) in zip(table.grades, table.counts, table.ranges, strict=True)
    ]


@login_required
def grades(request: SignedIn, slug: str) -> HttpResponse:
    """The points of a course beside the grades of each institution that takes part."""
    course = course_of(request, slug)
    group, scales = passed_points(course), scales_in(course)
    reached, distribution, size = 0, [], sum(group.values())
    for points in sorted(group, reverse=True):
        reached += group[points]
        distribution.append((points, group[points], 100 * group[points] / size, 100 * reached / size))
    page = Paginator(learners_of(course).filter(mark__isnull=False), LEARNERS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "exchange/local_grades.html",
        {
            "course": course,
            "trail": trails.below_book(course),
            "distribution": distribution,
            "size": size,
            "parts": [
                (
                    part.institution,
                    scales.get(part.institution_id),
                    may_keep_scale(request.user, part.institution),
                )
                for part in course.participations.all()
            ],
            "tables": [(one.institution, one, _rows(one)) for one in scales.values()],
            "page": page,
            "rows": [
                (
                    application,
                    grade_of(application.mark.points, pass_mark=course.pass_mark),
                    [
                        (
                            one,
                            converted(application.mark.points, group, one)
                            if application.mark.points >= course.pass_mark
                            else None,
                        )
                        for one in scales.values()
                    ],
                )
                for application in page
            ],
        },
    )
