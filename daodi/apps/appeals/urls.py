from django.urls import path

from daodi.apps.appeals import asking, install, views

app_name = "appeals"
urlpatterns = [
    path("", views.file, name="file"),
    path("receipt/<uuid:form_key>/", views.receipt, name="receipt"),
    path("track/", views.track, name="track"),
    path("track/<str:number>/", views.course, name="course"),
    path("track/<str:number>/<slug:name>/", views.course_move, name="move"),
    path("files/<str:key>/", views.resident_file, name="resident_file"),
    path("places/", asking.places, name="places"),
    path("token/", asking.token, name="token"),
    path("offline/", install.offline, name="offline"),
    path("manifest.webmanifest", install.manifest, name="manifest"),
    path("icon-<int:size>.png", install.icon, name="icon"),
    path("sw.js", install.service_worker, name="service_worker"),
    path("record/", views.roots, name="roots"),
]
