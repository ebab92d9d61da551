"""The only door of recognition for other apps."""

from biosint.recognition.models import CourseAtHome, LearningAgreement, Recognition, Transcript
from biosint.recognition.operations.agreements import make as make_agreement
from biosint.recognition.operations.agreements import settle_at_home
from biosint.recognition.operations.decisions import decide_anew, recognise
from biosint.recognition.operations.signatures import sign
from biosint.recognition.operations.transcripts import take_transcript
from biosint.recognition.states import AgreementState, Decision, Party

__all__ = [
    "AgreementState",
    "CourseAtHome",
    "Decision",
    "LearningAgreement",
    "Party",
    "Recognition",
    "Transcript",
    "decide_anew",
    "make_agreement",
    "recognise",
    "settle_at_home",
    "sign",
    "take_transcript",
]
