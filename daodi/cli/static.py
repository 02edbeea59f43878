"""Bring style sheets, scripts and icons to where the web server takes them from."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_static() -> None:
    """Collect the static files, unless what was collected is newer than all of them."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    sources = [
        Path(storage.path(name)).stat().st_mtime
        for finder in get_finders()
        for name, storage in finder.list([])
    ]
    if not manifest.exists() or manifest.stat().st_mtime < max(sources, default=0):
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
