"""The addresses of the pages about notices."""

from django.urls import path

from daodi.web.views import notices

patterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/how/", notices.notices_how, name="notices_how"),
    path("notices/how/<slug:form>/", notices.notices_choose, name="notices_choose"),
    path("notices/test/<int:pk>/", notices.notices_test, name="notices_test"),
    path("notices/failed/", notices.notices_failed, name="notices_failed"),
    path("notices/failed/<int:pk>/", notices.notice_again, name="notice_again"),
]
