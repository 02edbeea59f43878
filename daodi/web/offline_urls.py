"""The addresses of work without network."""

from django.urls import path

from daodi.web.views import offline, offline_typed

patterns = [
    path("offline/", offline.offline, name="offline"),
    path("offline/work.xlsx", offline.work_file, name="offline_work"),
    path("offline/work/", offline.work_new, name="offline_work_new"),
    path("offline/work/trial/", offline.work_trial, name="offline_work_trial"),
    path("offline/work/done/", offline.work_done, name="offline_work_done"),
    path("offline/work/left.xlsx", offline.work_left, name="offline_work_left"),
    path("offline/typed/", offline_typed.typed_new, name="offline_typed_new"),
    path("offline/typed/<int:pk>.xlsx", offline_typed.typed_template, name="offline_template"),
    path("offline/typed/<int:pk>/trial/", offline_typed.typed_trial, name="offline_typed_trial"),
    path("offline/typed/<int:pk>/left.xlsx", offline_typed.typed_left, name="offline_typed_left"),
]
