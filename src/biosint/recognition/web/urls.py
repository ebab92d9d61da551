"""Addresses of recognition. Those of transcripts stand in QR codes: they never move."""

from django.urls import path

from biosint.recognition.web import agreements, brought, decisions, desk, records

app_name = "recognition"
urlpatterns = [
    path("", records.mine, name="mine"),
    path("transcript/", records.take, name="take_transcript"),
    path("transcript/<uuid:public_id>.pdf", records.transcript_pdf, name="transcript_pdf"),
    path("transcript/<uuid:public_id>.xml", records.transcript_elmo, name="transcript_elmo"),
    path("check/<uuid:public_id>/<slug:fingerprint>/", records.check, name="check"),
    path("brought/", brought.bring, name="bring"),
    path("brought/<uuid:public_id>/", brought.decide, name="decide_brought"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/as-agreed/", decisions.as_agreed, name="as_agreed"),
    path("decisions/<uuid:public_id>/", decisions.recognise, name="recognise"),
    path("agreements/", desk.agreements, name="agreements"),
    path("agreements/sign/", desk.sign_many, name="sign_many"),
    path("agreements/courses/<slug:slug>/<int:institution_id>/", desk.course_at_home, name="course_at_home"),
    path("agreements/<uuid:public_id>/", agreements.agreement, name="agreement"),
    path("agreements/<uuid:public_id>/sign/", agreements.sign, name="sign"),
    path("agreements/<uuid:public_id>/refuse/", agreements.refuse, name="refuse"),
    path("agreements/<uuid:public_id>/change/", agreements.change, name="change"),
    path("agreements/<uuid:public_id>/renew/", agreements.renew, name="renew"),
    path("agreements/<uuid:public_id>/agreement.pdf", agreements.pdf, name="agreement_pdf"),
    path("agreements/<uuid:public_id>/agreement.xml", agreements.ola, name="agreement_ola"),
    path("agreements/new/<uuid:application_id>/", agreements.make, name="make_agreement"),
]
