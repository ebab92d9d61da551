"""Addresses of situation."""

from biosint.situation.web import (
    campaign_urls,
    coding_urls,
    report_urls,
    research_urls,
    round_urls,
    workshop_urls,
)

app_name = "situation"
urlpatterns = [
    *campaign_urls.urlpatterns,
    *research_urls.urlpatterns,
    *report_urls.urlpatterns,
    *workshop_urls.urlpatterns,
    *coding_urls.urlpatterns,
    *round_urls.urlpatterns,
]
