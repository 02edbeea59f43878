"""The same work here and on a cluster of two workers."""

from datetime import date

import pytest

from daodi.lib.together import AT_ONCE, spread
from daodi.lib.topics.runs import Post, counted

distributed = pytest.importorskip("distributed")


def double(number: int) -> int:
    return 2 * number


def test_one_after_the_other_without_a_cluster() -> None:
    assert list(spread(double, range(3))) == [0, 2, 4]


def test_a_cluster_gives_the_same_in_the_same_order() -> None:
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
    )
    with cluster:
        parts = range(2 * AT_ONCE + 1)
        assert list(spread(double, parts, cluster.scheduler_address)) == list(map(double, parts))


def test_runs_of_posts_are_counted_the_same_on_a_cluster() -> None:
    posts = [Post(str(n), str(n), date(2024, 6, 3), f"路灯{n}不亮", "晚上很黑") for n in range(9)]
    parts = [posts[start : start + 2] for start in range(0, len(posts), 2)]
    cluster = distributed.LocalCluster(n_workers=2, processes=False, dashboard_address=None)
    with cluster:
        there = list(spread(counted, parts, cluster.scheduler_address))
    here = list(map(counted, parts))
    assert [[each.tolist() for each in part] for part in there] == [
        [each.tolist() for each in part] for part in here
    ]
