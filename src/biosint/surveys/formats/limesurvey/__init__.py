"""Questionnaires and answers of LimeSurvey: ``.lss`` in and out, ``.lsa`` in.

Learned from the files that LimeSurvey writes (versions 3 to 6, database versions 350 to 717).
"""

from biosint.surveys.formats.limesurvey.incoming import Carried, Note, Place, read_survey
from biosint.surveys.formats.limesurvey.outgoing import write_survey

__all__ = ["Carried", "Note", "Place", "read_survey", "write_survey"]
