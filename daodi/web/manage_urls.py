"""The addresses of the manager's pages."""

from django.urls import path

from daodi.web.views import calendar, catalogue, ledgers, units

patterns = [
    path("units/", units.units, name="units"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/new/", units.unit_new, name="unit_new"),
    path("units/<int:pk>/members/new/", units.member_new, name="member_new"),
    path("units/members/<int:pk>/", units.member, name="member"),
    path("units/members/<int:pk>/place/", units.member_place, name="member_place"),
    path("units/members/<int:pk>/password/", units.member_password, name="member_password"),
    path("ledgers/", ledgers.ledgers, name="ledgers"),
    path("ledgers/new/", ledgers.ledger_new, name="ledger_new"),
    path("ledgers/<int:pk>/", ledgers.ledger, name="ledger"),
    path("ledgers/<int:pk>/categories/", catalogue.categories, name="categories"),
    path("ledgers/<int:pk>/categories/new/", catalogue.category_new, name="category_new"),
    path("ledgers/<int:pk>/categories/many/", catalogue.categories_many, name="categories_many"),
    path("ledgers/<int:pk>/categories/<int:node>/", catalogue.category, name="category"),
    path(
        "ledgers/<int:pk>/categories/<int:node>/new/", catalogue.category_new, name="category_new"
    ),
    path(
        "ledgers/<int:pk>/categories/<int:node>/use/", catalogue.category_use, name="category_use"
    ),
    path("ledgers/<int:pk>/catalogue/", catalogue.catalogue, name="catalogue"),
    path(
        "ledgers/<int:pk>/catalogue/<int:number>/remove/", catalogue.line_remove, name="line_remove"
    ),
    path("ledgers/policies/<int:pk>/", ledgers.policy, name="policy"),
    path("calendar/", calendar.calendar, name="calendar"),
]
