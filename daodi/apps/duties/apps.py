from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "daodi.apps.duties"
    mount = "duties/"
