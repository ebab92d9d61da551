"""The tables of a ``.lss`` file, in the order and with the fields of LimeSurvey's database version 606."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from biosint.surveys.formats.xml import Element, SubElement, clean, indent

DATABASE_VERSION = "606"

_QUESTION = (
    "qid parent_qid sid gid type title preg other mandatory encrypted question_order scale_id same_default "
    "relevance question_theme_name modulename same_script"
)
FIELDS = {
    "answers": "aid qid code sortorder assessment_value scale_id",
    "answer_l10ns": "id aid answer language",
    "groups": "gid sid group_order randomization_group grelevance",
    "group_l10ns": "id gid group_name description language sid group_order randomization_group grelevance",
    "questions": _QUESTION,
    "subquestions": _QUESTION,
    "question_l10ns": "id qid question help script language",
    "question_attributes": "qid attribute value language",
    "surveys": (
        "sid gsid admin expires startdate adminemail anonymized format savetimings template language "
        "additional_languages datestamp usecookie allowregister allowsave autonumber_start autoredirect allowprev "
        "printanswers ipaddr ipanonymize refurl showsurveypolicynotice publicstatistics publicgraphs listpublic "
        "htmlemail sendconfirmation tokenanswerspersistence assessments usecaptcha usetokens bounce_email "
        "attributedescriptions emailresponseto emailnotificationto tokenlength showxquestions showgroupinfo "
        "shownoanswer showqnumcode bouncetime bounceprocessing bounceaccounttype bounceaccounthost "
        "bounceaccountpass bounceaccountencryption bounceaccountuser showwelcome showprogress questionindex "
        "navigationdelay nokeyboard alloweditaftercompletion googleanalyticsstyle googleanalyticsapikey "
        "tokenencryptionoptions"
    ),
    "surveys_languagesettings": (
        "surveyls_survey_id surveyls_language surveyls_title surveyls_description surveyls_welcometext "
        "surveyls_endtext surveyls_policy_notice surveyls_policy_error surveyls_policy_notice_label surveyls_url "
        "surveyls_urldescription surveyls_email_invite_subj surveyls_email_invite surveyls_email_remind_subj "
        "surveyls_email_remind surveyls_email_register_subj surveyls_email_register surveyls_email_confirm_subj "
        "surveyls_email_confirm surveyls_dateformat surveyls_attributecaptions surveyls_alias "
        "email_admin_notification_subj email_admin_notification email_admin_responses_subj email_admin_responses "
        "surveyls_numberformat attachments"
    ),
}
# Settings of a survey: “inherit” and I take what the site has; nothing that could tell who answered is kept.
_SETTINGS = {
    **dict.fromkeys(("admin", "adminemail", "template", "bounce_email", "emailresponseto", "emailnotificationto"), "inherit"),
    **dict.fromkeys(
        (
            "usecookie", "allowregister", "allowsave", "autoredirect", "allowprev", "printanswers", "publicstatistics",
            "publicgraphs", "listpublic", "htmlemail", "sendconfirmation", "tokenanswerspersistence", "assessments",
            "showxquestions", "showgroupinfo", "shownoanswer", "showqnumcode", "showwelcome", "showprogress",
            "nokeyboard", "alloweditaftercompletion",
        ),
        "I",
    ),
    **dict.fromkeys(("savetimings", "datestamp", "ipaddr", "ipanonymize", "refurl", "usetokens", "bounceprocessing"), "N"),
    "gsid": "1",
    "anonymized": "Y",
    "autonumber_start": "0",
    "showsurveypolicynotice": "0",
    "usecaptcha": "E",
    "tokenlength": "-1",
    "questionindex": "-1",
    "navigationdelay": "-1",
}  # fmt: skip


class Tables:
    """Rows, table by table; LimeSurvey gives every record a new number when it reads them."""

    def __init__(self, sid: int) -> None:
        self.sid = str(sid)
        self.rows: dict[str, list[dict[str, str]]] = {name: [] for name in FIELDS}
        self.last_question = 0

    def _number(self, table: str) -> str:
        return str(len(self.rows[table]) + 1)

    def survey(self, base: str, others: Sequence[str], format_code: str) -> None:
        self.rows["surveys"].append(
            {
                **_SETTINGS,
                "sid": self.sid,
                "format": format_code,
                "language": base,
                "additional_languages": " ".join(code for code in others),
            }
        )

    def survey_words(self, language: str, *, title: str, welcome: str) -> None:
        self.rows["surveys_languagesettings"].append(
            {
                "surveyls_survey_id": self.sid,
                "surveyls_language": language,
                "surveyls_title": title,
                "surveyls_welcometext": welcome,
                "surveyls_dateformat": "6",
                "surveyls_numberformat": "0",
            }
        )

    def group(
        self, order: int, relevance: str, title: Mapping[str, str], description: Mapping[str, str]
    ) -> int:
        gid = len(self.rows["groups"]) + 1
        shared = {
            "gid": str(gid),
            "sid": self.sid,
            "group_order": str(order),
            "grelevance": relevance,
        }
        self.rows["groups"].append(shared)
        for code, words in title.items():
            self.rows["group_l10ns"].append(
                {
                    **shared,
                    "id": self._number("group_l10ns"),
                    "group_name": words,
                    "description": description.get(code, ""),
                    "language": code,
                }
            )
        return gid

    def question(
        self,
        *,
        gid: int,
        kind: str,
        theme: str,
        title: str,
        mandatory: bool,
        order: int,
        relevance: str,
        text: Mapping[str, str],
        help: Mapping[str, str],  # noqa: A002 -- the field's own name
    ) -> int:
        qid = self._question_row("questions", gid, kind=kind, title=title, order=order, parent=0, theme=theme)
        row = self.rows["questions"][-1]
        row["mandatory"] = "Y" if mandatory else "N"
        row["relevance"] = relevance
        self._question_words(qid, text, help)
        return qid

    def subquestion(self, parent: int, gid: int, title: str, order: int, text: Mapping[str, str]) -> int:
        qid = self._question_row(
            "subquestions", gid, kind="T", title=title, order=order, parent=parent, theme="longfreetext"
        )
        self._question_words(qid, text, {})
        return qid

    def _question_row(
        self, table: str, gid: int, *, kind: str, title: str, order: int, parent: int, theme: str
    ) -> int:
        self.last_question += 1
        self.rows[table].append(
            {
                "qid": str(self.last_question),
                "parent_qid": str(parent),
                "sid": self.sid,
                "gid": str(gid),
                "type": kind,
                "title": title,
                "other": "N",
                "encrypted": "N",
                "question_order": str(order),
                "scale_id": "0",
                "same_default": "0",
                "relevance": "1",
                "question_theme_name": theme,
                "same_script": "0",
            }
        )
        return self.last_question

    def _question_words(self, qid: int, text: Mapping[str, str], hints: Mapping[str, str]) -> None:
        for code, words in text.items():
            self.rows["question_l10ns"].append(
                {
                    "id": self._number("question_l10ns"),
                    "qid": str(qid),
                    "question": words,
                    "help": hints.get(code, ""),
                    "script": "",
                    "language": code,
                }
            )

    def answer(self, qid: int, code: str, order: int, text: Mapping[str, str]) -> None:
        aid = self._number("answers")
        self.rows["answers"].append(
            {
                "aid": aid,
                "qid": str(qid),
                "code": code,
                "sortorder": str(order),
                "assessment_value": "0",
                "scale_id": "0",
            }
        )
        for language, words in text.items():
            self.rows["answer_l10ns"].append(
                {
                    "id": self._number("answer_l10ns"),
                    "aid": aid,
                    "answer": words,
                    "language": language,
                }
            )

    def attribute(self, qid: int, name: str, value: str, language: str = "") -> None:
        self.rows["question_attributes"].append(
            {
                "qid": str(qid),
                "attribute": name,
                "value": value,
                "language": language,
            }
        )

    def document(self, languages: Sequence[str]) -> Element:
        root = Element("document")
        SubElement(root, "LimeSurveyDocType").text = "Survey"
        SubElement(root, "DBVersion").text = DATABASE_VERSION
        listed = SubElement(root, "languages")
        for code in languages:
            SubElement(listed, "language").text = code
        for name, fields in FIELDS.items():
            if not self.rows[name]:
                continue
            table = SubElement(root, name)
            heads = SubElement(table, "fields")
            for field in fields.split():
                SubElement(heads, "fieldname").text = field
            rows = SubElement(table, "rows")
            for record in self.rows[name]:
                row = SubElement(rows, "row")
                for field in fields.split():
                    # A field without a value is left out, an empty one is written empty, as LimeSurvey does.
                    if field in record:
                        SubElement(row, field).text = clean(record[field])
        indent(root, " ")
        return root
