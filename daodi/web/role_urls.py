"""The addresses of the pages that a role begins its day on."""

from django.urls import path

from daodi.web.views import lead

patterns = [
    path("lead/", lead.lead, name="lead"),
    path("lead/<str:number>/<slug:name>/", lead.lead_step, name="lead_step"),
]
