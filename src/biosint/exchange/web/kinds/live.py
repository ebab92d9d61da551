"""A live session: when it is on every clock, where it meets, who was there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from biosint.exchange.models import Activity, LiveRoom
from biosint.exchange.operations.live import set_room
from biosint.exchange.queries.deadlines import zone_of
from biosint.exchange.queries.live import attended_by, sessions_in, zones_in
from biosint.exchange.rules.live import may_note_attendance, may_say_there
from biosint.exchange.sessions import USUAL_GRACE, USUAL_MINUTES, clocks_of, code_of, more_of, sessions_of
from biosint.exchange.web.kinds.base import Kind, KindSettings, Panel
from biosint.shared.days import MomentField

if TYPE_CHECKING:
    from datetime import datetime

    from biosint.exchange.web.place import Place
    from biosint.people.api import Person
    from biosint.shared.requests import SignedIn

MOST_MORE = 4


class LiveSettings(KindSettings):
    """How long a session is, where it meets, and its other dates. It begins when the activity is due."""

    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=5,
        max_value=600,
        initial=USUAL_MINUTES,
        help_text=_("The session begins at the due time above."),
    )
    link = forms.URLField(
        label=_("Link to the meeting room"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_(
            "Learners see it from 15 minutes before the session until its end. It begins with https."
        ),
    )
    agenda = forms.CharField(
        label=_("Agenda"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    late_after = forms.IntegerField(
        label=_("Who comes after so many minutes is late"), min_value=0, max_value=240, initial=USUAL_GRACE
    )
    wanted = forms.IntegerField(
        label=_("Sessions each learner attends"), min_value=1, max_value=MOST_MORE + 1, initial=1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.known()
        for number in range(1, MOST_MORE + 1):
            name = f"more_{number}"
            self.fields[name] = MomentField(
                label=_("Another date (%(number)s)") % {"number": number},
                required=False,
                initial=known.get(name),
                widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            )

    def known(self) -> dict[str, Any]:
        activity = self.activity
        room = LiveRoom.objects.filter(activity=activity.pk).first() if activity.pk else None
        known = {**activity.settings, "link": room.link if room is not None else ""}
        if activity.due_at is not None:
            sessions = sessions_of(activity.due_at, activity.settings, zone_of(self.course))
            others = [one.begins_at for one in sessions if one.begins_at != activity.due_at]
            known |= {f"more_{number}": moment for number, moment in enumerate(others, start=1)}
        return known

    def clean_link(self) -> str:
        link = str(self.cleaned_data["link"])
        if link and not link.startswith("https://"):
            raise forms.ValidationError(_("The link must begin with https, so that nobody can listen in."))
        return link

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if (given.get("wanted") or 1) > 1 + len(self.others):
            self.add_error("wanted", _("There are fewer dates than this."))
        return given

    @property
    def others(self) -> list[datetime]:
        names = [f"more_{number}" for number in range(1, MOST_MORE + 1)]
        return [moment for name in names if (moment := self.cleaned_data.get(name)) is not None]

    def as_settings(self) -> dict[str, Any]:
        # Where it meets and its other dates are kept by ``keep``, which knows the new due time.
        return {name: self.cleaned_data[name] for name in ("minutes", "agenda", "late_after", "wanted")}


def keep(activity: Activity, form: LiveSettings, *, by: Person, at: datetime) -> None:
    del by, at
    set_room(activity=activity, link=form.cleaned_data["link"])
    if activity.due_at is None:
        return
    zone = zone_of(activity.course)
    activity.settings = {**activity.settings, "more": more_of(activity.due_at, form.others, zone)}
    # It closes when its last session ends.
    activity.closes_at = sessions_of(activity.due_at, activity.settings, zone)[-1].ends_at
    activity.save(update_fields=["settings", "closes_at"])


def panel(request: SignedIn, place: Place) -> Panel:
    del request
    activity, sessions = place.activity, sessions_in(place.activity)
    zones = zones_in(place.course) if sessions else []
    attended = attended_by(activity, place.application) if place.application is not None else {}
    room = LiveRoom.objects.filter(activity=activity).first()
    here = ZoneInfo(timezone.get_current_timezone_name())
    return Panel(
        "exchange/kinds/live.html",
        {
            "place": place,
            "agenda": activity.settings.get("agenda", ""),
            "wanted": int(activity.settings.get("wanted", 1)),
            "sessions": [
                {
                    "session": one,
                    "clocks": clocks_of(one.begins_at, zones, reader=here),
                    "is_open": one.is_open(place.now),
                    "is_over": one.ends_at < place.now,
                    "link": room.link
                    if room is not None and (place.is_teacher or one.is_open(place.now))
                    else "",
                    "code": code_of(activity.pk, one) if place.is_teacher else "",
                    "came": attended.get(one.stamp),
                    "may_say": may_say_there(place.course, one, application=place.application, at=place.now),
                }
                for one in sessions
            ],
            "may_note": may_note_attendance(place.person, place.course),
        },
        styles=("exchange/live.css",),
    )


KIND = Kind(
    icon="video",
    explains=_("Everybody meets at one time, shown on each one’s clock, in a room elsewhere."),
    panel=panel,
    settings_form=LiveSettings,
    kept=keep,
)
