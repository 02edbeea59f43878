"""What the desk shows a writer beforehand is what the resident reads afterwards."""

from django.core.signing import get_cookie_signer
from django.urls import reverse

from daodi.apps.appeals.following import COOKIE, SALT

ANSWER = "The lamp burns again.\n\nAsk us on 0371-26990001, or <b>."


def test_the_preview_is_what_the_resident_reads(course, client, handler) -> None:
    """The same part of a page: not a letter differs."""
    matter = course().accepted().matter
    client.force_login(handler.user)
    args, typed = [matter.number, "hand_in"], {"account": "New bulb.", "answer": f" {ANSWER} "}
    fragment = client.post(reverse("desk:draft", args=args), typed).content.decode()
    client.post(f"{reverse('desk:move', args=args)}?seen={matter.version}", typed)
    client.logout()
    client.cookies[COOKIE] = get_cookie_signer(salt=COOKIE + SALT).sign(str(matter.pk))
    page = client.get(reverse("appeals:course", args=[matter.number])).content.decode()
    preview = fragment[fragment.index("<section") : fragment.index("</section>")]
    assert preview in page
