"""Entry of ASGI servers (uvicorn), the embedded default."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "biosint.config.settings")
application = get_asgi_application()
