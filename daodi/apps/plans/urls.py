from django.urls import path

from daodi.apps.plans import (
    views,
    views_lines,
    views_maps,
    views_ours,
    views_public,
    views_talks,
)

app_name = "plans"
urlpatterns = [
    path("all/", views.plans, name="plans"),
    path("all/new/", views.plan_new, name="plan_new"),
    path("all/<int:pk>/", views.plan, name="plan"),
    path("all/<int:pk>/edit/", views.plan_edit, name="plan_edit"),
    path("all/<int:pk>/issue/", views.plan_issue, name="plan_issue"),
    path("all/<int:pk>/copy/", views.plan_copy, name="plan_copy"),
    path("all/<int:pk>/read/", views.plan_read, name="plan_read"),
    path("all/<int:pk>/table.<str:kind>", views.plan_file, name="plan_file"),
    path("all/<int:pk>/lines/new/", views_lines.line_new, name="line_new"),
    path("all/<int:pk>/lines/<int:line>/", views_lines.line, name="line"),
    path("all/<int:pk>/lines/<int:line>/edit/", views_lines.line_edit, name="line_edit"),
    path("all/<int:pk>/lines/<int:line>/remove/", views_lines.line_remove, name="line_remove"),
    path("all/<int:pk>/lines/<int:line>/amend/", views_lines.line_amend, name="line_amend"),
    path("all/<int:pk>/lines/<int:line>/back/", views_lines.line_back, name="line_back"),
    path("all/<int:pk>/opinions/", views_talks.opinions, name="opinions"),
    path("all/<int:pk>/opinions/<int:asked>/give/", views_talks.opinion_give, name="opinion_give"),
    path(
        "all/<int:pk>/opinions/<int:opinion>/answer/",
        views_talks.opinion_answer,
        name="opinion_answer",
    ),
    path("all/<int:pk>/meetings/", views_talks.meetings, name="meetings"),
    path("all/<int:pk>/meetings/<int:meeting>/", views_talks.meeting, name="meeting"),
    path(
        "all/<int:pk>/meetings/<int:meeting>/minutes/",
        views_talks.meeting_minutes,
        name="meeting_minutes",
    ),
    path(
        "all/<int:pk>/meetings/<int:meeting>/resolve/",
        views_talks.meeting_resolve,
        name="meeting_resolve",
    ),
    path("public/", views_public.deeds, name="deeds"),
    path("public/<int:pk>/", views_public.deed_list, name="deed_list"),
    path("public/<int:pk>/<int:line>/judge/", views_public.judge, name="judge"),
    path("maps/<str:name>/", views_maps.show_map, name="map"),
    path("maps/<str:name>.pdf", views_maps.map_pdf, name="map_pdf"),
    path("ours/", views_ours.ours, name="ours"),
    path("ours/<int:pk>/", views_ours.progress, name="progress"),
]
