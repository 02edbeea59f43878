"""What domain apps have happen in the county is lived through with everything else."""

from datetime import datetime, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from daodi.core.history.verify import verify_days, verify_matters
from daodi.core.matters.models import Matter
from daodi.demo.load import load_county
from daodi.demo.simulate import live, worlds_of

UNTIL = datetime(2026, 6, 19, 17, tzinfo=ZoneInfo("Asia/Shanghai"))
FOUND_IN_A_QUARTER = {"cleared", "handed_in", "handling"}


@pytest.mark.skipif(not apps.is_installed("daodi.apps.plans"), reason="this site has no plans")
def test_three_schemes_live_through_a_quarter(db) -> None:
    story = import_module("daodi.apps.plans.story")
    load_county()
    worlds = worlds_of(1)
    start = UNTIL - timedelta(days=100)
    live([], start=start, until=UNTIL, worlds=worlds, stories=[story.story(UNTIL, 1)])
    tasks = Matter.objects.filter(plan_line__isnull=False)
    assert tasks.count() == 32
    assert set(tasks.values_list("state", flat=True)) >= FOUND_IN_A_QUARTER
    # Alarms came in their time, and the history holds.
    assert tasks.filter(events__name="alarm").exists()
    checked = [*verify_matters(), *verify_days()]
    faults = [fault for _what, found in checked for fault in found]
    assert faults == []
