"""Entry of WSGI servers (granian), for grown installations."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "biosint.config.settings")
application = get_wsgi_application()
