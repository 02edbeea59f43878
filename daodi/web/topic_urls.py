"""The addresses of hot topics."""

from django.urls import path

from daodi.web.views import surges, topics

patterns = [
    path("topics/", topics.topics, name="topics"),
    path("topics/<int:pk>/", topics.topic, name="topic"),
    path("surges/<int:pk>/", surges.surge, name="surge"),
    path("surges/<int:pk>/set-aside/", surges.set_surge_aside, name="surge_set_aside"),
]
