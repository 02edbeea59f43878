"""The addresses of the manager's pages."""

from django.urls import path

from daodi.web.views import (
    calendar,
    catalogue,
    checks,
    exchange,
    invitations,
    ledgers,
    log,
    members,
    policies,
    start,
    towns,
    units,
)

patterns = [
    path("manage/", start.start, name="manage"),
    path("log/", log.log, name="log"),
    path("log/file/", log.log_file, name="log_file"),
    path("log/matters/", log.log_matters, name="log_matters"),
    path("log/matters/file/", log.log_matters_file, name="log_matters_file"),
    path("units/", units.units, name="units"),
    path("units/towns/", towns.towns, name="towns"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/move/", units.unit_move, name="unit_move"),
    path("units/<int:pk>/new/", units.unit_new, name="unit_new"),
    path("units/<int:pk>/members/new/", members.member_new, name="member_new"),
    path("units/members/<int:pk>/", members.member, name="member"),
    path("units/members/<int:pk>/place/", members.member_place, name="member_place"),
    path("units/members/<int:pk>/password/", members.member_password, name="member_password"),
    path("units/members/<int:pk>/factor/", members.member_factor, name="member_factor"),
    path("units/members/<int:pk>/invite/", invitations.invite_member, name="invite_member"),
    path("units/<int:pk>/invite/", invitations.invite_new, name="invite_new"),
    path("units/<int:pk>/invite/many/", invitations.invite_many, name="invite_many"),
    path("organisation/", exchange.organisation, name="organisation"),
    path("organisation/trial/", exchange.organisation_trial, name="organisation_trial"),
    path("organisation/file/", exchange.organisation_file, name="organisation_file"),
    path("organisation/template/", exchange.organisation_template, name="organisation_template"),
    path("ledgers/<int:pk>/text/", exchange.ledger_text, name="ledger_text"),
    path("ledgers/<int:pk>/text/trial/", exchange.ledger_text_trial, name="ledger_text_trial"),
    path("ledgers/<int:pk>/text/file/", exchange.ledger_text_file, name="ledger_text_file"),
    path("ledgers/<int:pk>/lines/", exchange.lines, name="lines"),
    path("ledgers/<int:pk>/lines/trial/", exchange.lines_trial, name="lines_trial"),
    path("ledgers/<int:pk>/lines/file/", exchange.lines_file, name="lines_file"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/factors/", invitations.factorless, name="factorless"),
    path("invitations/<int:pk>/renew/", invitations.invitation_renew, name="invitation_renew"),
    path("invitations/<int:pk>/revoke/", invitations.invitation_revoke, name="invitation_revoke"),
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
    path("ledgers/<int:pk>/catalogue/check/", checks.check, name="check"),
    path("ledgers/<int:pk>/catalogue/<int:number>/", checks.line, name="line"),
    path(
        "ledgers/<int:pk>/catalogue/<int:number>/remove/", catalogue.line_remove, name="line_remove"
    ),
    path("ledgers/policies/<int:pk>/", policies.policy, name="policy"),
    path("ledgers/policies/<int:pk>/edit/", policies.policy_edit, name="policy_edit"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/day/", calendar.calendar_day, name="calendar_day"),
]
