"""The addresses of the supervisor's pages, and of early signs."""

from django.urls import path

from daodi.web.views import orders, questions, reminders, supervision

patterns = [
    path("supervision/", supervision.board, name="supervision"),
    path("supervision/lists/<slug:name>/", supervision.watch, name="watch"),
    path("supervision/excluded/", supervision.excluded, name="excluded"),
    path("supervision/excluded/<str:number>/<slug:name>/", supervision.include, name="include"),
    path("supervision/orders/", orders.orders, name="orders"),
    path("supervision/orders/<str:number>/<slug:name>/", orders.order_step, name="order_step"),
    path("orders/<int:pk>/order.pdf", orders.order_pdf, name="order_pdf"),
    path("supervision/questions/", questions.questions, name="questions"),
    path("supervision/questions/<slug:name>/<int:unit>/", questions.question, name="question"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/new/", reminders.reminder_new, name="reminder_new"),
    path("reminders/<int:pk>/", reminders.reminder, name="reminder"),
    path("reminders/<int:pk>/<slug:name>/", reminders.reminder_step, name="reminder_step"),
]
