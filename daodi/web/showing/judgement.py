"""What stands on the page of suggestions: how often they were taken, and how sure they were."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from daodi.core.judgement.models import Advice, ModelVersion
from daodi.core.ledgers.models import Category, Ledger
from daodi.lib.statistics import wilson
from daodi.web.showing.sorting import ways

Shown = dict[str, Any]
WEEKS = 13
MOST_CATEGORIES, MOST_INSTEAD, MOST_REASONS = 20, 10, 10
FEW = 20  # below this a share says little


def show_judgement(ledger: Ledger, now: datetime) -> Shown:
    """Return what people made of the suggestions of the last weeks; eight queries, however many."""
    given = Advice.objects.filter(ledger=ledger, at__gt=now - timedelta(weeks=WEEKS))
    advices = given.decided()
    counts, alone = advices.counted(), given.listed_alone().counted()
    names = _names(ledger)
    return {
        "weeks_back": WEEKS,
        "n": counts["n"],
        "figures": [
            _figure(_("Category taken as suggested"), counts["right"], counts["n"]),
            _figure(_("Unit taken as suggested"), counts["units_right"], counts["units"]),
        ],
        "alone": _figure(_("Listed by itself and left so"), alone["right"], alone["n"]),
        "weeks": [
            {"week": date_format(localtime(row["week"]), "m-d"), **_share(row)}
            for row in advices.by_week()
        ],
        "sureness": [
            {"said": f"{row['sure']:.0%}", **_share(row)} for row in advices.by_sureness()
        ],
        "categories": [
            {"name": names.get(row["code"], row["code"]), **_share(row)}
            for row in advices.by_category()[:MOST_CATEGORIES]
        ],
        "instead": [
            {
                "said": names.get(row["said"], row["said"]),
                "chosen": names.get(row["chosen"], row["chosen"]),
                "n": row["n"],
            }
            for row in advices.instead()[:MOST_INSTEAD]
        ],
        "reasons": list(
            advices.exclude(why="")
            .select_related("category", "unit", "matter__category", "matter__first_unit")
            .order_by("-at")[:MOST_REASONS]
        ),
    }


def show_versions(ledger: Ledger) -> list[Shown]:
    """Return the versions that are kept, the newest first, with what was in use beside them."""
    return [
        {
            "version": version,
            "accuracy": _percent(version.figures),
            "rival": _percent(version.rival),
            "error": f"{version.figures.get('calibration_error', 0):.1%}",
            "n": version.figures.get("rows", 0),
        }
        for version in ModelVersion.objects.of(ledger).newest_first()
    ]


def _percent(figures: Shown) -> str:
    return f"{figures['accuracy']:.1%}" if "accuracy" in figures else "—"


def _names(ledger: Ledger) -> dict[str, str]:
    categories: list[Category] = list(ledger.categories.all())
    named = ways(categories)
    return {each.code: named[each.pk] for each in categories}


def _figure(label: str, right: int, of: int) -> Shown:
    value = f"{right / of:.0%}"[:-1] if of else None
    return {"label": label, "value": value, "measure": "%", "n": of}


def _share(row: Shown) -> Shown:
    """Return a share with the interval in which it lies, and whether that says anything."""
    low, high = wilson(row["right"], row["n"])
    return {
        "n": row["n"],
        "right": f"{row['right'] / row['n']:.0%}",
        "between": f"{low:.0%} – {high:.0%}",
        "is_few": row["n"] < FEW,
    }
