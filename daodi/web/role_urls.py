"""The addresses of the pages that a role begins its day on."""

from django.urls import path

from daodi.web.views import calling, first, follow_up, lead

patterns = [
    path("lead/", lead.lead, name="lead"),
    path("lead/<str:number>/<slug:name>/", lead.lead_step, name="lead_step"),
    path("first/", first.first, name="first"),
    path("first/<str:number>/<slug:name>/", first.first_step, name="first_step"),
    path("follow-up/", calling.follow_up, name="follow_up"),
    path("follow-up/rules/", follow_up.rules, name="follow_up_rules"),
    path("follow-up/rules/<int:pk>/", follow_up.rule, name="follow_up_rule"),
    path("follow-up/<str:number>/", calling.call, name="call"),
    path("follow-up/<str:number>/contact/", calling.call_contact, name="call_contact"),
    path("follow-up/<str:number>/try/", calling.call_try, name="call_try"),
]
