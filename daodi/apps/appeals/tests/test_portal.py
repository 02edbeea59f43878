"""The portal: file without an account, follow, write, judge, ask again."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from daodi.core.intake.codes import new_code
from daodi.core.intake.filing import Filing, file_matter
from daodi.core.matters.belongings import Attachment
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.workflow.services import perform
from tests.files import content_of, photo
from tests.makers import NOON, make_ledger, make_matter, reread

pytestmark = pytest.mark.django_db
LAMP = "The street lamp at the east gate has been dark for a week."


def file_request(client, **given):
    make_ledger()
    key = given.pop("form_key", uuid.uuid4())
    return client.post(reverse("appeals:file"), {"form_key": key, "text": LAMP, **given})


def track_url(matter) -> str:
    return reverse("appeals:course", args=[matter.number])


def take(client, matter, name, **given):
    return client.post(reverse("appeals:move", args=[matter.number, name]), given, follow=True)


def test_file_and_follow(client) -> None:
    key = uuid.uuid4()
    answer = file_request(client, form_key=key, name="Wang", phone="138 0000 0000")
    assert answer.url == reverse("appeals:receipt", args=[key])
    matter = Matter.objects.get()
    receipt = client.get(answer.url)
    assert receipt.context["code"].replace(" ", "") == new_code(key)
    assert "by " in receipt.context["promise"]
    assert client.get(track_url(matter)).context["matter"] == matter


def test_the_same_form_sent_twice_makes_one_matter(client) -> None:
    key = uuid.uuid4()
    first, second = (file_request(client, form_key=key) for _ in range(2))
    assert (first.url, Matter.objects.count()) == (second.url, 1)


def test_one_address_files_so_many_an_hour(client, settings) -> None:
    settings.FILINGS_AN_HOUR = 2
    assert [file_request(client).status_code for _ in range(3)] == [302, 302, 429]
    refused = file_request(client, text="The drain is blocked.")
    assert "More than 2 requests came from your connection" in refused.content.decode()
    assert "The drain is blocked." in refused.content.decode()  # nothing typed is lost
    other = client.post("/", {"form_key": uuid.uuid4(), "text": LAMP}, REMOTE_ADDR="10.0.0.9")
    assert (other.status_code, Matter.objects.count()) == (302, 3)


def test_a_form_with_mistakes_is_not_counted(client, settings) -> None:
    settings.FILINGS_AN_HOUR = 1
    assert [file_request(client, text="").status_code for _ in range(2)] == [422, 422]
    assert file_request(client).status_code == 302


def test_a_stranger_with_the_number_alone_sees_nothing(client, matter) -> None:
    assert client.get(track_url(matter)).url == reverse("appeals:track")
    answer = client.post(reverse("appeals:move", args=[matter.number, "write"]), {"text": "Hm"})
    assert answer.status_code == 404


def test_number_and_code_open_it(client) -> None:
    key = uuid.uuid4()
    file_request(client, form_key=key)
    matter = Matter.objects.get()
    client.cookies.clear()
    code = new_code(key).lower()
    given = {"number": matter.number.lower().replace("-", "—"), "code": f"{code[:4]} {code[4:]}"}
    assert client.post(reverse("appeals:track"), given).url == track_url(matter)
    assert client.get(track_url(matter)).status_code == 200


@pytest.mark.parametrize("number", ["", "SQ-20200101-000001"])
def test_wrong_number_and_wrong_code_get_the_same_answer(client, matter, number) -> None:
    answer = client.post(
        reverse("appeals:track"), {"number": number or matter.number, "code": "ABCDEFGH"}
    )
    assert answer.status_code == 422
    assert b"Number and code do not fit together" in answer.content


def test_after_ten_wrong_codes_it_asks_to_wait(client, matter) -> None:
    given = {"number": matter.number, "code": "ABCDEFGH"}
    for _ in range(10):
        client.post(reverse("appeals:track"), given)
    assert b"Please wait 15 minutes" in client.post(reverse("appeals:track"), given).content


def test_the_loop_as_a_resident_sees_it(client, course) -> None:
    file_request(client)
    run = course(reread(Matter.objects.get()))
    run.accepted().step("ask", "handler", text="Which gate?")
    page = client.get(track_url(run.matter))
    assert page.context["offers"][0]["move"].name == "reply"
    take(client, run.matter, "reply", text="The east one.")
    run.matter = reread(run.matter)
    run.step("hand_in", "handler", account="Bulb 40 W.", answer="It shines again.")
    page = client.get(track_url(run.matter))
    assert b"It shines again." in page.content
    assert b"Bulb 40 W." not in page.content
    take(client, run.matter, "judge", solved="no", satisfied="no", remark="Still dark.")
    take(client, run.matter, "redo", text="Still dark.")
    assert reread(run.matter).state == State.HANDLING


def test_internal_lines_and_names_of_staff_are_not_shown(client, course) -> None:
    file_request(client)
    run = course(reread(Matter.objects.get())).accepted()
    run.step("note", "handler", text="Resident seems difficult.", public=False)
    content = client.get(track_url(run.matter)).content.decode()
    assert "difficult" not in content
    assert "Handler" not in content


def test_a_resident_cannot_take_an_offices_step(client, course) -> None:
    file_request(client)
    matter = course(reread(Matter.objects.get())).handed_in().matter
    answer = client.post(reverse("appeals:move", args=[matter.number, "send_back"]), {"text": "x"})
    assert (answer.status_code, reread(matter).state) == (404, State.HANDED_IN)


def test_a_resident_adds_a_photo_to_a_message(client) -> None:
    file_request(client)
    matter = Matter.objects.get()
    take(client, matter, "write", text="Here it is.", files=[photo()])
    file = Attachment.objects.get()
    assert (file.seq, file.name) == (2, "lamp.jpg")
    assert file.key in client.get(track_url(matter)).content.decode()


def test_withdraw(client) -> None:
    file_request(client)
    matter = Matter.objects.get()
    take(client, matter, "withdraw")
    assert reread(matter).state == State.WITHDRAWN


def test_a_merged_request_keeps_its_receipt_and_gets_the_answer(client, course) -> None:
    file_request(client)
    mine = course(reread(Matter.objects.get()))
    other = course(make_matter("The lamp at the east gate"))
    mine.step("merge", "operator", into=other.matter)
    other.matter = reread(other.matter)
    other.handed_in()
    page = client.get(track_url(mine.matter)).content.decode()
    assert "Repaired." in page
    assert other.matter.number not in page


def test_a_photo_is_seen_by_its_resident_and_nobody_else(client) -> None:
    file_request(client, photos=[photo()])
    url = reverse("appeals:resident_file", args=[Attachment.objects.get().key])
    answer = client.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert content_of(answer).startswith(b"\xff\xd8")
    client.cookies.clear()
    assert client.get(url).status_code == 404


def test_a_pdf_named_jpg_is_refused_and_the_words_stay(client) -> None:
    fake = SimpleUploadedFile("lamp.jpg", b"%PDF-1.7 ...", "image/jpeg")
    answer = file_request(client, photos=[fake])
    content = answer.content.decode()
    assert (answer.status_code, Matter.objects.count()) == (422, 0)
    assert "lamp.jpg" in content
    assert LAMP in content


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": ""}, "Please write what it is about, or say it"),
        ({"text": "x" * 5001}, "at most 5000 characters"),
        ({"text": "\u202e\u200b \x00"}, "Null characters"),
        ({"text": " . "}, "in a few words at least"),
        ({"phone": "12345"}, "no mobile or landline number"),
        ({"form_key": "x"}, "valid UUID"),
    ],
)
def test_bad_input_gets_a_sentence(client, given, said) -> None:
    answer = file_request(client, **given)
    assert (answer.status_code, Matter.objects.count()) == (422, 0)
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'; DROP TABLE x; --", "灯坏了 👨‍👩‍👧"]
)
def test_odd_words_are_words(client, text) -> None:
    file_request(client, text=text)
    matter = Matter.objects.get()
    page = client.get(track_url(matter)).content.decode()
    assert matter.text == text
    assert "<script>alert" not in page


def test_a_body_that_is_too_large_is_refused_unread(client, settings) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    answer = file_request(client, text="x" * 2000)
    assert answer.status_code == 413
    assert b"too large" in answer.content


def test_a_stranger_asks_the_database_little(client, django_assert_num_queries) -> None:
    make_ledger()
    with django_assert_num_queries(2):
        client.get(reverse("appeals:file"))


def test_the_page_says_whether_the_record_is_as_it_was_written(client) -> None:
    file_request(client)
    matter = Matter.objects.get()
    assert client.get(track_url(matter)).context["is_as_written"]
    Matter.objects.update(text="I never said that.")
    page = client.get(track_url(matter))
    assert not page.context["is_as_written"]
    assert b"was changed afterwards" in page.content


def test_pages_load_nothing_from_elsewhere(client) -> None:
    make_ledger()
    policy = client.get(reverse("appeals:file"))["Content-Security-Policy"]
    assert "default-src 'self'" in policy


def test_large_type_is_remembered_without_javascript(client) -> None:
    make_ledger()
    assert b'data-type="large"' not in client.get(reverse("appeals:file")).content
    assert b'data-type="large"' in client.get(reverse("appeals:file"), {"type": "large"}).content
    assert b'data-type="large"' in client.get(reverse("appeals:file")).content
    client.get(reverse("appeals:file"), {"type": "normal"})
    assert b'data-type="large"' not in client.get(reverse("appeals:file")).content


class TestSplit:
    """What was split off is followed by whoever follows the whole."""

    @pytest.fixture
    def parts(self, operator):
        ledger = make_ledger()
        filing = Filing(text="The lamp is dark. And the drain is blocked.")
        receipt = file_matter(ledger, filing, now=NOON)
        perform(receipt.matter, "split", text="The drain is blocked.", by=operator, now=NOON)
        return receipt, Matter.objects.get(split_from=receipt.matter)

    def test_the_code_of_the_whole_opens_both(self, client, parts) -> None:
        receipt, part = parts
        given = {"number": part.number, "code": receipt.code}
        assert client.post(reverse("appeals:track"), given).url == course_of(part)
        for matter, other in ((part, receipt.matter), (receipt.matter, part)):
            page = client.get(course_of(matter))
            assert list(page.context["split"]) == [other]
        rows = client.get(reverse("appeals:track")).context["rows"]
        assert [matter for matter, _word in rows] == [part, receipt.matter]

    def test_the_resident_acts_on_the_part_too(self, client, parts) -> None:
        receipt, part = parts
        client.post(reverse("appeals:track"), {
            "number": receipt.matter.number, "code": receipt.code})  # fmt: skip
        client.post(reverse("appeals:move", args=[part.number, "write"]), {"text": "Still so."})
        assert part.events.get(name="write").words.text == "Still so."

    def test_nobody_else_sees_it(self, client, parts) -> None:
        _receipt, part = parts
        assert client.get(course_of(part)).url == reverse("appeals:track")
        wrong = {"number": part.number, "code": "AAAAAAAA"}
        assert client.post(reverse("appeals:track"), wrong).status_code == 422


def course_of(matter) -> str:
    return reverse("appeals:course", args=[matter.number])
