"""Words of the sign-in library that people read. It speaks no Albanian; named here, our catalogues hold them.

Nothing imports this: it is there to be gathered.
"""

from django.utils.translation import gettext_noop as _

BORROWED = (
    _("Email"),
    _("Email address"),
    _("Password"),
    _("Password (again)"),
    _("New Password"),
    _("New Password (again)"),
    _("Current Password"),
    _("Remember Me"),
    _("Forgot your password?"),
    _("A user is already registered with this email address."),
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("Incorrect password."),
    _("Please type your current password."),
    _("You must type the same password each time."),
    _("This account is currently inactive."),
    _("The password reset token was invalid."),
)
