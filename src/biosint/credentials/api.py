"""The only door of credentials for other apps."""

from biosint.credentials.models import Credential
from biosint.credentials.operations import AlreadyIssued, issue, revoke
from biosint.credentials.queries import of_person, standing

__all__ = ["AlreadyIssued", "Credential", "issue", "of_person", "revoke", "standing"]
