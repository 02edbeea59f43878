"""The addresses of what the site has learnt."""

from django.urls import path

from daodi.web.views import judgement

patterns = [
    path("judgement/", judgement.judgement, name="judgement"),
    path("judgement/<int:pk>/limit/", judgement.limit, name="judgement_limit"),
    path("judgement/<int:pk>/keywords/", judgement.keywords, name="judgement_keywords"),
    path("judgement/<int:pk>/use/<int:number>/", judgement.use, name="judgement_use"),
]
