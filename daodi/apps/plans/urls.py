from django.urls import path

from daodi.apps.plans import views, views_lines, views_maps, views_ours

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
    path("maps/<str:name>/", views_maps.show_map, name="map"),
    path("maps/<str:name>.pdf", views_maps.map_pdf, name="map_pdf"),
    path("ours/", views_ours.ours, name="ours"),
    path("ours/<int:pk>/", views_ours.progress, name="progress"),
]
