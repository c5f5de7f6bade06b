"""Django's WSGI application; the bridge in rsgi.py runs it in threads."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yichuang.config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
