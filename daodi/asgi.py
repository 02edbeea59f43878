"""The site as `daodi serve` runs it: the pages of `wsgi`, and live updates."""

from django.conf import settings

from daodi import wsgi  # first of ours: it sets Django up
from daodi.lib.bridge import Bridge
from daodi.web.live.hub import hub

application = Bridge(
    wsgi.application,
    threads=settings.WEB_THREADS,
    most_body=settings.MAX_UPLOAD_BYTES,
    on_shutdown=hub.close,
)
