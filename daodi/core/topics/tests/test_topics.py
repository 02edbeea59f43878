"""What several people write about, as it is kept and shown."""

from io import BytesIO

import pytest
from django.db import connections

from daodi.core.ledgers.models import Ledger
from daodi.core.matters.contacts import Person
from daodi.core.topics.models import Topic, TopicMatter
from daodi.core.topics.reading import ranges, read
from daodi.core.topics.services import renew_topics
from tests.makers import DAY, HOUR, NOON, make_matter

MIXER = "清河新城附近搅拌站噪音扰民", "清河新城旁建搅拌站，粉尘大", "清河新城搅拌站噪音太大"
LAMP = "翠湖花园路灯不亮", "翠湖花园的路灯全坏了", "翠湖花园路灯晚上不亮"


def filed(*titles: str, first: int = 0, **more) -> list:
    return [
        make_matter(title=title, text=f"{title}。", person=Person(phone=f"1380000{first + n:04}"),
                    **more)
        for n, title in enumerate(titles)
    ]  # fmt: skip


def test_what_three_people_write_is_a_topic(operator) -> None:
    matters = filed(*MIXER)
    renew_topics(NOON + DAY)
    topic = Topic.objects.get()
    assert (topic.place, topic.people, topic.done) == ("清河新城", 3, 0.0)
    assert set(TopicMatter.objects.values_list("matter", flat=True)) == {m.pk for m in matters}


def test_what_an_office_gives_itself_to_do_is_no_topic(operator) -> None:
    filed(*MIXER)
    Ledger.objects.update(residents_file=False)
    renew_topics(NOON + DAY)
    assert not Topic.objects.exists()


def test_topics_of_a_ledger_that_residents_leave_end_with_the_night(operator) -> None:
    filed(*MIXER)
    renew_topics(NOON + DAY)
    Ledger.objects.update(residents_file=False)
    renew_topics(NOON + DAY, everything=True)
    assert not Topic.objects.exists()


def test_one_telephone_is_one_person(operator) -> None:
    for title in MIXER:
        filed(title)
    renew_topics(NOON + DAY)
    assert not Topic.objects.exists()


def test_whoever_was_merged_into_another_has_said_it_too(course) -> None:
    first, *others = filed(*MIXER)
    into = course(first).listed().matter
    for other in others:
        course(other).step("merge", "operator", into=into)
    renew_topics(NOON + DAY)
    topic = Topic.objects.get()
    assert (topic.people, topic.done) == (3, 0.0)


def test_what_has_been_grouped_is_not_grouped_again(operator) -> None:
    """Even where nothing came of it."""
    filed("清河新城路灯不亮")
    assert [renew_topics(NOON + n * DAY) for n in (1, 2)] == [1, 0]
    filed(*MIXER, first=10, now=NOON + 3 * DAY - HOUR)
    assert [renew_topics(NOON + n * DAY) for n in (3, 4)] == [1, 0]
    assert renew_topics(NOON + 5 * DAY, everything=True) == 1


def let_go() -> None:
    """End what a worker has of the database."""
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_two_workers_of_a_cluster_find_the_same(operator, settings) -> None:
    distributed = pytest.importorskip("distributed")
    filed(*MIXER, *LAMP)
    renew_topics(NOON + DAY, everything=True)
    alone = list(Topic.objects.order_by("pk").values())
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
    )
    with cluster, distributed.Client(cluster) as client:
        settings.DASK_SCHEDULER = cluster.scheduler_address
        renew_topics(NOON + DAY, everything=True)
        workers = client.scheduler_info()["workers"]
        client.gather([client.submit(let_go, workers=[each], pure=False) for each in workers])
    assert list(Topic.objects.order_by("pk").values()) == alone != []


def test_what_is_confidential_is_in_no_topic(operator) -> None:
    filed(*MIXER, is_confidential=True)
    renew_topics(NOON + DAY)
    assert not Topic.objects.exists()


def test_a_topic_that_grows_stays_the_same_one(operator) -> None:
    filed(*MIXER)
    renew_topics(NOON + DAY)
    before = Topic.objects.get().pk
    filed("清河新城搅拌站噪音又扰民", first=10)
    filed(*LAMP, first=20)
    renew_topics(NOON + DAY, everything=True)
    people = dict(Topic.objects.values_list("pk", "people"))
    assert people.pop(before) == 4
    assert list(people.values()) == [3]


def test_what_nobody_writes_about_any_more_is_gone(operator) -> None:
    filed(*MIXER)
    renew_topics(NOON + DAY)
    renew_topics(NOON + 170 * DAY, everything=True)
    assert not Topic.objects.exists()


def test_only_who_sees_enough_of_its_matters_sees_it(operator, outsider) -> None:
    filed(*MIXER)
    renew_topics(NOON + DAY)
    assert Topic.objects.visible_to(operator).get().seen == 3
    assert not Topic.objects.visible_to(outsider).exists()


@pytest.mark.parametrize("most", [2, 3, 100])
def test_ranges_cover_the_newest_matters_once(operator, most: int) -> None:
    keys = [str(matter.pk) for matter in filed(*MIXER)]
    ledger = operator and make_matter(title="x").ledger_id
    posts, pile = read(ranges(ledger, "", NOON + DAY, most), BytesIO())
    assert len(pile) == len(posts)
    assert [post.key for post in posts][:-1] == keys[-most + 1 :] if most < 4 else keys
