from __future__ import annotations

import uuid
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from biosint.people.states import AffiliationKind, LanguageLevel, Office, Profession
from biosint.shared.languages import country_name

if TYPE_CHECKING:
    from biosint.institutions.models import Institution


class People(BaseUserManager["Person"]):
    """Makes accounts; everything else about people goes through ``people.api``."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """An account of one human being.

    What the person is somewhere (student, coordinator) is an ``OfficeHeld``; where they belong
    is an ``Affiliation``. A guest has neither and is let in course by course.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=150)
    is_guest = models.BooleanField(_("guest from outside"), default=False)
    is_staff = models.BooleanField(_("administrator of this site"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined at"), auto_now_add=True)

    language = models.CharField(
        _("interface language"), max_length=10, choices=settings.LANGUAGES, blank=True
    )
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    profession = models.CharField(_("field of study or work"), max_length=20, choices=Profession, blank=True)
    gender = models.CharField(
        _("gender"),
        max_length=10,
        choices=[("woman", _("woman")), ("man", _("man")), ("other", _("other"))],
        blank=True,
        help_text=_("Used only so that nobody is the only one in a team. Leave it empty if you prefer."),
    )
    native_language = models.CharField(_("first language"), max_length=10, blank=True)
    english_level = models.CharField(_("level of English"), max_length=2, choices=LanguageLevel, blank=True)
    free_hours = models.CharField(
        _("free hours in a usual week"),
        max_length=500,
        blank=True,
        help_text=_("In your own time zone, such as: Mon 17:00-20:00; Wed 18:00-21:00"),
    )
    about = models.TextField(_("about me"), max_length=1000, blank=True)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once_in_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def country_label(self) -> str:
        return country_name(self.country) if self.country else ""

    @cached_property
    def offices(self) -> dict[str, frozenset[int]]:
        """Offices held now: office -> institutions. Read once per request."""
        held: dict[str, set[int]] = {}
        for office, institution_id in self.offices_held.filter(until_date=None).values_list(
            "office", "institution_id"
        ):
            held.setdefault(office, set()).add(institution_id)
        return {office: frozenset(places) for office, places in held.items()}

    def holds(self, *offices: Office, at: Institution | int | None = None) -> bool:
        """Whether the person holds one of ``offices``, at one institution or (``at`` None) anywhere."""
        place = at if at is None or isinstance(at, int) else at.pk
        return any(
            bool(self.offices.get(office))
            if place is None
            else place in self.offices.get(office, frozenset())
            for office in offices
        )

    def keeps(self, institution: Institution | int) -> bool:
        """Whether the person keeps the records of an institution; the site's administrator keeps all."""
        return self.is_staff or self.holds(Office.COORDINATOR, Office.ADMINISTRATOR, at=institution)

    @property
    def kept_institution_ids(self) -> frozenset[int]:
        """Institutions whose records the person keeps by office."""
        return self.institutions_as(Office.COORDINATOR, Office.ADMINISTRATOR)

    def institutions_as(self, *offices: Office) -> frozenset[int]:
        """Return the institutions (keys) at which the person holds one of ``offices``."""
        return frozenset().union(*(self.offices.get(office, frozenset()) for office in offices))

    @cached_property
    def institution_ids(self) -> frozenset[int]:
        """Institutions the person belongs to now: by confirmed affiliation or by office."""
        mine = self.affiliations.filter(ended_date=None, confirmed_at__isnull=False).values_list(
            "institution_id", flat=True
        )
        return frozenset(mine).union(*self.offices.values())


class Affiliation(models.Model):
    """A person belongs to an institution: asked for by the person, confirmed by the institution."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="affiliations"
    )
    institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.PROTECT, related_name="affiliations"
    )
    kind = models.CharField(_("as"), max_length=20, choices=AffiliationKind)
    programme = models.CharField(_("programme or department"), max_length=150, blank=True)
    requested_at = models.DateTimeField(_("requested at"))
    # Empty until somebody of the institution confirms; who and when are set together.
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    ended_date = models.DateField(_("ended on"), null=True)

    class Meta:
        ordering = ["institution__name", "person__name", "pk"]
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "institution", "kind"],
                condition=Q(ended_date=None),
                name="affiliation_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="affiliation_confirmed_by_and_at_together",
            ),
        ]
        indexes = [models.Index(fields=["institution", "kind"], name="affiliation_of_institution")]

    def __str__(self) -> str:
        return f"{self.person} – {self.institution} ({self.get_kind_display()})"


class OfficeHeld(models.Model):
    """A person holds an office at an institution, from a day until a day."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="offices_held"
    )
    institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.PROTECT, related_name="offices_held"
    )
    office = models.CharField(_("office"), max_length=20, choices=Office)
    since_date = models.DateField(_("since"))
    until_date = models.DateField(_("until"), null=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["institution__name", "office", "pk"]
        verbose_name = _("office held")
        verbose_name_plural = _("offices held")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "institution", "office"],
                condition=Q(until_date=None),
                name="office_held_once_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "office", "until_date"], name="office_held_at_institution")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_office_display()}, {self.institution}"


class Consent(models.Model):
    """A person's yes to one version of one text; withdrawn, it stays on record."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    subject = models.CharField(_("subject"), max_length=40)
    version = models.CharField(_("version"), max_length=20)
    given_at = models.DateTimeField(_("given at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        ordering = ["subject", "-given_at", "pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "subject", "version"],
                condition=Q(withdrawn_at=None),
                name="consent_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.subject} {self.version}"
