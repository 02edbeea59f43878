"""Of many who take the same step at once exactly one gets through, each time."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from daodi.core.exceptions import ChangedMeanwhile
from daodi.core.workflow.services import perform
from tests.makers import NOON, make_matter, reread

RUNNERS, TIMES = 6, 10


@pytest.mark.django_db(transaction=True)
def test_one_wins_each_time(course, cast) -> None:
    matters = [course(make_matter(f"Lamp {n} is dark")).dispatched().matter for n in range(TIMES)]
    start, results = Barrier(RUNNERS), []

    def run() -> None:
        for matter in matters:
            mine = reread(matter)
            start.wait()
            try:
                perform(mine, "accept", by=cast["handler"], now=NOON)
                results.append("won")
            except ChangedMeanwhile:
                results.append("told")
        connection.close()

    threads = [Thread(target=run) for _ in range(RUNNERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["told"] * (RUNNERS - 1) * TIMES + ["won"] * TIMES
    assert [reread(m).events.filter(name="accept").count() for m in matters] == [1] * TIMES
    assert {reread(matter).version for matter in matters} == {4}
