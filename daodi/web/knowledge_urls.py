"""The addresses of the knowledge base and of what becomes public."""

from django.urls import path

from daodi.web.views import knowledge, pick, publishing

patterns = [
    path("knowledge/", knowledge.entries, name="knowledge"),
    path("knowledge/new/", knowledge.entry_new, name="knowledge_new"),
    path("knowledge/pick/", pick.pick, name="knowledge_pick"),
    path("knowledge/for/<str:number>/", pick.known, name="known"),
    path("knowledge/<int:pk>/", knowledge.entry, name="knowledge_entry"),
    path("knowledge/<int:pk>/edit/", knowledge.entry_edit, name="knowledge_edit"),
    path("knowledge/<int:pk>/<slug:name>/", knowledge.entry_act, name="knowledge_act"),
    path(
        "knowledge/<int:pk>/proposals/<int:number>/",
        knowledge.proposal_decide,
        name="knowledge_proposal",
    ),
    path("publishing/", publishing.waiting, name="publishing"),
    path("publishing/<str:number>/", publishing.publication, name="publication"),
    path("publishing/<str:number>/entry/", publishing.publication_entry, name="publication_entry"),
    path("publishing/<str:number>/leave/", publishing.publication_off, name="publication_off"),
]
