"""Addresses of peer reviews, below the page of their activity."""

from django.urls import path

from biosint.exchange.web import peer_review

BASE = "<slug:slug>/pages/<int:activity_id>/review"

urlpatterns = [
    path(f"{BASE}/share/", peer_review.share, name="share_reviews"),
    path(f"{BASE}/ask/", peer_review.ask, name="ask_for_reviews"),
    path(f"{BASE}/release/", peer_review.release, name="release_reviews"),
    path(f"{BASE}/samples/new/", peer_review.new_sample, name="new_sample"),
    path(f"{BASE}/results/", peer_review.results, name="review_results"),
    path(f"{BASE}/results/<int:work_id>/", peer_review.result, name="review_result"),
    path(f"{BASE}/<int:review_id>/", peer_review.review, name="review"),
    path(f"{BASE}/<int:review_id>/answer/", peer_review.answer, name="answer_review"),
]
