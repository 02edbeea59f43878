"""What was decided on the publication of matters, as rows of a table."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.publishing.models import Publication


def publication_heads() -> list[str]:
    return [
        _("Number"), _("Title"), _("Unit"), _("Public"), _("Decided"), _("Reason"),
        _("What everybody reads"), _("Answer"),
    ]  # fmt: skip


def publication_cells(publications: Iterable[Publication]) -> Iterator[list[object]]:
    """Return the rows of a table of publications, in the words that are or were public."""
    for each in publications:
        yield [
            each.matter.number, each.title or each.matter.title or _("(erased)"), each.unit,
            _("Yes") if each.is_public else _("No"), timezone.localtime(each.at), each.reason,
            each.text, each.answer,
        ]  # fmt: skip
