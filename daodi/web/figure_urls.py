"""The addresses of figures and boards."""

from django.urls import path

from daodi.web.views import board, figure_axes, figures, today

patterns = [
    path("figures/", figures.figures, name="figures"),
    path("figures/list/", figures.figures_list, name="figures_list"),
    path("figures/by/<slug:axis>/", figure_axes.figures_by, name="figures_by"),
    path("figures/time/", figure_axes.figures_time, name="figures_time"),
    path("board/", board.board, name="board"),
    path("today/", today.today, name="today"),
]
