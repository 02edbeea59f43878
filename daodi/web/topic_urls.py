"""The addresses of hot topics."""

from django.urls import path

from daodi.web.views import topics

patterns = [
    path("topics/", topics.topics, name="topics"),
    path("topics/<int:pk>/", topics.topic, name="topic"),
]
