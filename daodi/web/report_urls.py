"""The addresses of reports."""

from django.urls import path

from daodi.web.views import reports

patterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", reports.report_new, name="report_new"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/report.<slug:suffix>", reports.report_file, name="report_file"),
    path("reports/<int:pk>/frame/", reports.report_frame, name="report_frame"),
    path("reports/<int:pk>/sections/<slug:kind>/", reports.report_section, name="report_section"),
    path(
        "reports/<int:pk>/sections/<slug:kind>/restore/",
        reports.report_restore,
        name="report_restore",
    ),
    path("reports/<int:pk>/<slug:name>/", reports.report_act, name="report_act"),
]
