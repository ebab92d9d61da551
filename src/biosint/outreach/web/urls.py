"""Addresses of outreach."""

from django.urls import path

from biosint.outreach.web import activities, enquiries, news, practices, results

app_name = "outreach"
urlpatterns = [
    path("", results.overview, name="results"),
    path("catalogue/", results.catalogue, name="catalogue"),
    path("activities/", activities.log, name="activities"),
    path("activities/new/", activities.new, name="new_activity"),
    path("activities/<uuid:public_id>/", activities.detail, name="activity"),
    path("activities/<uuid:public_id>/withdraw/", activities.withdraw, name="withdraw_activity"),
    path("news/", news.index, name="news"),
    path("news/feed.atom", news.feed, name="news_feed"),
    path("news/new/", news.new, name="new_news"),
    path("news/<uuid:public_id>/", news.detail, name="news_item"),
    path("news/<uuid:public_id>/correct/", news.correct, name="correct_news"),
    path("news/<uuid:public_id>/take-down/", news.take_down, name="take_down_news"),
    path("practices/", practices.index, name="practices"),
    path("practices/new/", practices.new, name="new_practice"),
    path("practices/<uuid:public_id>/", practices.detail, name="practice"),
    path("practices/<uuid:public_id>/rewrite/", practices.rewrite, name="rewrite_practice"),
    path("practices/<uuid:public_id>/review/", practices.review, name="review_practice"),
    path("practices/<uuid:public_id>/use/", practices.use, name="use_practice"),
    path("use/", enquiries.enquire, name="enquire"),
    path("use/thanks/", enquiries.thanks, name="thanks"),
    path("enquiries/", enquiries.index, name="enquiries"),
    path("enquiries/<uuid:public_id>/answer/", enquiries.answer, name="answer_enquiry"),
    path("enquiries/<uuid:public_id>/forget/", enquiries.forget, name="forget_enquirer"),
]
