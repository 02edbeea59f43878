from django.urls import path

from daodi.apps.appeals import (
    asking,
    install,
    views,
    views_answers,
    views_course,
    views_phone,
    views_public,
    views_record,
)

app_name = "appeals"
urlpatterns = [
    path("", views.file, name="file"),
    path("receipt/<uuid:form_key>/", views.receipt, name="receipt"),
    path("track/", views.track, name="track"),
    path("track/phone/", views_phone.phone, name="phone"),
    path("track/phone/code/", views_phone.phone_code, name="phone_code"),
    path("track/<str:number>/", views_course.course, name="course"),
    path("track/<str:number>/<slug:name>/", views_course.course_move, name="move"),
    path("files/<str:key>/", views_course.resident_file, name="resident_file"),
    path("places/", asking.places, name="places"),
    path("token/", asking.token, name="token"),
    path("offline/", install.offline, name="offline"),
    path("manifest.webmanifest", install.manifest, name="manifest"),
    path("icon-<int:size>.png", install.icon, name="icon"),
    path("sw.js", install.service_worker, name="service_worker"),
    path("record/", views_record.roots, name="roots"),
    path("record/check/", views_record.check, name="check"),
    path("kept/", views_public.kept, name="kept"),
    path("public/", views_public.public, name="public"),
    path("public/<str:number>/", views_public.published, name="published"),
    path("feed/", views_public.feed, name="feed"),
    path("figures/", views_public.figures_page, name="figures"),
    path("units/", views_public.units, name="units"),
    path("units/<str:code>/", views_public.unit, name="unit"),
    path("units/<str:code>/feed/", views_public.feed, name="unit_feed"),
    path("answers/", views_answers.answers, name="answers"),
    path("answers/<int:pk>/", views_answers.answer, name="answer"),
    path("answers/<int:pk>/helped/", views_answers.helped, name="helped"),
    path("hints/", views_answers.hints, name="hints"),
]
