"""Every address of the platform, readable and stable."""

from django.urls import include, path

urlpatterns = [
    path("", include("biosint.portal.web.urls")),
    path("account/", include("allauth.urls")),
    path("people/", include("biosint.people.web.urls")),
    path("institutions/", include("biosint.institutions.web.urls")),
    path("partners/", include("biosint.consortium.web.urls")),
    path("evidence/", include("biosint.evidence.web.urls")),
    path("audit/", include("biosint.audit.web.urls")),
    path("jobs/", include("biosint.jobs.web.urls")),
    path("files/", include("biosint.files.web.urls")),
    path("notices/", include("biosint.notices.web.urls")),
    # Short enough to be read from a poster and typed.
    path("a/", include("biosint.surveys.web.short_urls")),
    path("surveys/", include("biosint.surveys.web.urls")),
    path("quizzes/", include("biosint.quizzes.web.urls")),
    path("lti/", include("biosint.lti.web.urls")),
    path("situation/", include("biosint.situation.web.urls")),
    path("indicators/", include("biosint.indicators.web.urls")),
    path("strategies/", include("biosint.strategies.web.urls")),
    path("pads/", include("biosint.pads.web.urls")),
    path("curriculum/", include("biosint.curriculum.web.urls")),
    path("courses/", include("biosint.exchange.web.urls")),
    path("course-partners/", include("biosint.partnering.web.urls")),
    path("recognition/", include("biosint.recognition.web.urls")),
    path("credentials/", include("biosint.credentials.web.urls")),
    path("project/", include("biosint.workplan.web.urls")),
    path("results/", include("biosint.outreach.web.urls")),
    path("impact/", include("biosint.impact.web.urls")),
    path("reports/", include("biosint.reporting.web.urls")),
    path("ui/", include("biosint.shared.web.urls")),
]

handler400 = "biosint.shared.failures.bad_request"
handler403 = "biosint.shared.failures.forbidden"
handler404 = "biosint.shared.failures.not_found"
handler429 = "biosint.shared.limits.too_many"  # asked for by allauth, and by our own limits
handler500 = "biosint.shared.failures.server_error"
