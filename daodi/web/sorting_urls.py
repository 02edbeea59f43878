"""The addresses of the operator's pages, and of the templates that everybody uses."""

from django.urls import path

from daodi.web.views import bulk, phone, recurring, sorting, wording

patterns = [
    path("next/", sorting.next_item, name="next"),
    path("next/<str:number>/", sorting.sort, name="sort"),
    path("next/<str:number>/hold/", sorting.hold, name="hold"),
    path("next/<str:number>/recurrence/", recurring.recurrence, name="recurrence"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("new/caller/", phone.caller, name="caller"),
    path("templates/", wording.templates, name="templates"),
    path("templates/new/", wording.template_new, name="template_new"),
    path("templates/<int:pk>/", wording.template, name="template"),
    path("templates/<int:pk>/remove/", wording.template_remove, name="template_remove"),
]
