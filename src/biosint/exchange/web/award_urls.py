from django.urls import path

from biosint.exchange.web import award

urlpatterns = [path("<slug:slug>/award/", award.award, name="award")]
