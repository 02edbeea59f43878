from django.urls import path

from daodi.apps.duties import views, views_book, views_edit, views_guide, views_round

app_name = "duties"
urlpatterns = [
    path("all/", views.duties, name="duties"),
    path("all/new/", views_edit.duty_new, name="duty_new"),
    path("all/<int:pk>/", views.duty, name="duty"),
    path("all/<int:pk>/edit/", views_edit.edit, name="edit"),
    path("all/<int:pk>/v<int:number>/", views.version, name="version"),
    path("all/<int:pk>/v<int:number>/changes/", views.changes, name="changes"),
    path("all/<int:pk>/v<int:number>/flow.svg", views.flow, name="flow"),
    path("all/<int:pk>/v<int:number>/comment/", views.comment_on, name="comment"),
    path("all/<int:pk>/v<int:number>/<slug:name>/", views.act, name="act"),
    path("comments/<int:pk>/answer/", views.comment_answer, name="comment_answer"),
    path("round/", views_round.round_page, name="round"),
    path("round/open/", views_round.round_open, name="round_open"),
    path("round/<int:pk>/unchanged/", views_round.unchanged, name="unchanged"),
    path("catalogue/<int:pk>/", views_round.catalogue, name="catalogue"),
    path("handbook/", views_book.handbook, name="handbook"),
    path("handbook/<int:pk>/", views_book.handbook_file, name="handbook_file"),
    path("handbook/<str:kind>/ask/", views_book.handbook_ask, name="handbook_ask"),
    path("handbook.<str:kind>", views_book.book, name="book"),
    path("guide/", views_guide.guide, name="guide"),
    path("guide/<int:pk>/", views_guide.guide_page, name="guide_page"),
    path("guide/<int:pk>/flow.svg", views_guide.guide_flow, name="guide_flow"),
]
