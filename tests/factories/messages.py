import factory

from biosint.files.api import StoredFile
from biosint.files.models import ArrivingFile
from biosint.notices.api import Notice
from biosint.notices.models import Preferences
from clock import NOON
from factories.people import PersonFactory


class StoredFileFactory(factory.django.DjangoModelFactory[StoredFile]):
    """A row without content on the disk; ``files.store`` makes whole ones."""

    class Meta:
        model = StoredFile

    kind = "tests.minutes"
    name = "Minutes.pdf"
    media_type = "application/pdf"
    size = 5
    sha256 = "0" * 64
    place = "00/00/" + "0" * 64
    stored_by = factory.SubFactory(PersonFactory)
    stored_at = NOON


class ArrivingFileFactory(factory.django.DjangoModelFactory[ArrivingFile]):
    """A file that was announced and of which nothing has arrived."""

    class Meta:
        model = ArrivingFile

    owner = factory.SubFactory(PersonFactory)
    kind = "tests.minutes"
    name = "Minutes.pdf"
    size = 5
    begun_at = NOON


class NoticeFactory(factory.django.DjangoModelFactory[Notice]):
    class Meta:
        model = Notice

    person = factory.SubFactory(PersonFactory)
    title = "You have a place in “Shared wards”"
    text = "The course begins on Monday."
    url = "/courses/1/"
    created_at = NOON


class PreferencesFactory(factory.django.DjangoModelFactory[Preferences]):
    class Meta:
        model = Preferences

    person = factory.SubFactory(PersonFactory)
