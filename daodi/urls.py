"""The site's addresses: the desk's, then each domain app's below its `mount`."""

from django.apps import apps
from django.urls import include, path

# The portal's mount is the root: it comes last, so that it hides nobody else's pages.
_mounts = {
    config.name: getattr(config, "mount", f"{config.label}/")
    for config in apps.get_app_configs()
    if config.name.startswith("daodi.apps.")
}

urlpatterns = [
    path("", include("daodi.web.urls")),
    *(
        path(mount, include(f"{name}.urls"))
        for name, mount in sorted(_mounts.items(), key=lambda item: item[1], reverse=True)
    ),
]
