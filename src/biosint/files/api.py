"""The only door of files for other apps."""

from biosint.files.fields import ArrivedFiles, ResumableInput
from biosint.files.formats import CAPTIONS, DOCUMENTS, EVERYDAY, IMAGES, TABLES, VIDEOS
from biosint.files.models import StoredFile
from biosint.files.operations import (
    FileEmpty,
    FileTooLarge,
    FileUnsafe,
    FormatRefused,
    check,
    clean_name,
    store,
    take,
)
from biosint.files.purposes import Purpose, register_purpose
from biosint.files.queries import download_url, open_content
from biosint.files.rules import may_read, register_reader
from biosint.files.serving import served

__all__ = [
    "CAPTIONS",
    "DOCUMENTS",
    "EVERYDAY",
    "IMAGES",
    "TABLES",
    "VIDEOS",
    "ArrivedFiles",
    "FileEmpty",
    "FileTooLarge",
    "FileUnsafe",
    "FormatRefused",
    "Purpose",
    "ResumableInput",
    "StoredFile",
    "check",
    "clean_name",
    "download_url",
    "may_read",
    "open_content",
    "register_purpose",
    "register_reader",
    "served",
    "store",
    "take",
]
