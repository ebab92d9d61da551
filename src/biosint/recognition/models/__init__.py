"""Records of recognition: what was agreed before, what was decided after, and papers on both."""

from biosint.recognition.models._agreement import AgreementVersion, CourseAtHome, LearningAgreement, Signature
from biosint.recognition.models._brought import BroughtRecord
from biosint.recognition.models._recognition import FormerDecision, Recognition
from biosint.recognition.models._transcript import Transcript

__all__ = [
    "AgreementVersion",
    "BroughtRecord",
    "CourseAtHome",
    "FormerDecision",
    "LearningAgreement",
    "Recognition",
    "Signature",
    "Transcript",
]
