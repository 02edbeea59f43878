"""What apps plug in: their configs name functions, as in `links = "app.module.function"`."""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string


def plugged(name: str) -> Iterator[Callable[..., Any]]:
    """Yield the functions that the apps' configs name by this attribute, in the apps' order."""
    for config in apps.get_app_configs():
        if path := getattr(config, name, ""):
            yield import_string(path)
