from django.urls import path

from daodi.apps.appeals import views

app_name = "appeals"
urlpatterns = [
    path("", views.file, name="file"),
    path("receipt/<uuid:form_key>/", views.receipt, name="receipt"),
    path("track/", views.track, name="track"),
    path("track/<str:number>/", views.course, name="course"),
    path("track/<str:number>/<slug:name>/", views.course_move, name="move"),
    path("files/<str:key>/", views.resident_file, name="resident_file"),
    path("record/", views.roots, name="roots"),
]
