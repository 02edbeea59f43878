"""The desk's addresses, and those of the site itself."""

from django.conf import settings
from django.contrib.auth.views import LogoutView
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from daodi.web.figure_urls import patterns as figures
from daodi.web.judgement_urls import patterns as judgement
from daodi.web.knowledge_urls import patterns as knowledge
from daodi.web.manage_urls import patterns as manage
from daodi.web.notice_urls import patterns as notices
from daodi.web.offline_urls import patterns as offline
from daodi.web.report_urls import patterns as reports
from daodi.web.role_urls import patterns as roles
from daodi.web.sorting_urls import patterns as sorting
from daodi.web.supervision_urls import patterns as supervision
from daodi.web.topic_urls import patterns as topics
from daodi.web.views import (
    absences,
    account,
    finding,
    inbox,
    intake,
    lists,
    live,
    matter,
    me,
    paper,
    paper_forms,
    recordings,
    signing,
    site,
    writing,
)

desk = [
    path("", inbox.inbox, name="inbox"),
    path("find/", finding.find, name="find"),
    path("columns/", lists.columns, name="columns"),
    path("views/", lists.views, name="views"),
    path("views/new/", lists.view_new, name="view_new"),
    path("views/<int:pk>/", lists.view, name="view"),
    path("views/<int:pk>/remove/", lists.view_remove, name="view_remove"),
    path("new/", intake.new, name="new"),
    path("forms/", paper_forms.forms, name="forms"),
    path("forms/<int:pk>/", paper_forms.form_sheets, name="form_sheets"),
    path("forms/<int:pk>/forms.pdf", paper_forms.forms_pdf, name="forms_pdf"),
    path("me/", me.me, name="me"),
    path("me/name/", me.me_name, name="me_name"),
    path("me/password/", me.me_password, name="me_password"),
    path("me/sign-out/", me.me_sign_out, name="me_sign_out"),
    path("me/absences/", absences.absences, name="absences"),
    path("me/absences/<int:pk>/end/", absences.absence_end, name="absence_end"),
    path("absences/<int:pk>/", absences.absence_for, name="absence_for"),
    path("live/", live.live, name="live"),
    path("matters/<str:number>/", matter.matter, name="matter"),
    path("matters/<str:number>/read-contact/", matter.contact, name="contact"),
    path("matters/<str:number>/file.pdf", paper.file_pdf, name="file_pdf"),
    path("matters/<str:number>/<slug:name>/draft/", writing.draft, name="draft"),
    path("matters/<str:number>/<slug:name>/drop/", writing.draft_drop, name="draft_drop"),
    path("matters/<str:number>/<slug:name>/", matter.matter_move, name="move"),
    path("files/<str:key>/", matter.file, name="file"),
    path("files/<str:key>/transcript/", recordings.transcript, name="transcript"),
    *notices,
    path("account/", account.account, name="account"),
    path("account/factor/", account.factor, name="factor"),
    path("account/factor/remove/", account.factor_remove, name="factor_remove"),
    path("account/factor/codes/", account.factor_codes, name="factor_codes"),
    *judgement,
    *knowledge,
    *sorting,
    *topics,
    *roles,
    *supervision,
    *figures,
    *reports,
    *offline,
    *manage,
]

urlpatterns = [
    path("login/", signing.SignIn.as_view(), name="login"),
    path("login/code/", signing.login_code, name="login_code"),
    path("login/<str:username>/", signing.sign_in_as, name="sign_in_as"),
    path("invitation/<str:token>/", signing.invitation, name="invitation"),
    path("logout/", LogoutView.as_view(next_page="login"), name="logout"),
    path("language/", set_language, name="set_language"),
    path("member/", inbox.switch_member, name="switch_member"),
    path("healthz", site.healthz, name="healthz"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}daodi/favicon.svg")),
    path("styleguide", site.styleguide, name="styleguide"),
    path("desk/", include((desk, "desk"))),
]
