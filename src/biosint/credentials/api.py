"""The only door of credentials for other apps."""

from biosint.credentials.documents import qr_in_line
from biosint.credentials.models import Credential
from biosint.credentials.operations import AlreadyIssued, issue, revoke
from biosint.credentials.queries import of_person, standing

__all__ = ["AlreadyIssued", "Credential", "issue", "of_person", "qr_in_line", "revoke", "standing"]
