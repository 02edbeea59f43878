from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "daodi.apps.appeals"
    mount = ""
