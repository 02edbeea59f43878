"""Daodi for the shared driver: setup_daodi.sh puts this beside the driver's other peers."""

import os
import re
import subprocess
import time
import uuid
from html import unescape
from http.client import FOUND
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession as Session
from base import Fail, System, body
from corpus import comment

ROOT = Path(os.environ.get("DAODI", Path(__file__).resolve().parent.parent))
PYTHON = str(ROOT / ".venv/bin/python")
URL = "postgresql://postgres@127.0.0.1:5440/daodi"
ENV = {
    "DATABASE_URL": URL,
    "VAR_DIR": os.environ.get("VAR_DIR", str(ROOT / "var/peer")),
    "DJANGO_SETTINGS_MODULE": "daodi.settings",
    "PYTHONPATH": os.pathsep.join(map(str, (Path(__file__).parent, ROOT / "bench", ROOT))),
}
SERVE = ["-m", "daodi.cli", "serve", "--port", "8110", "--workers", "2", "--threads", "4"]
SAMPLES = 40  # matters that were there before the tickets
# Each of these changes the state, and all but signing for it carry a comment.
NEXT = {"handling": "ask", "waiting": "reply", "cleared": "reopen", "dispatched": "accept"}
AFTER = {"ask": "waiting", "reply": "handling", "reopen": "dispatched", "accept": "handling"}
DUE = """
UPDATE core_matter SET state = 'handling', cleared_at = NULL, clear_at = NULL,
       due_at = promised_at, card = 'yellow', next_look_at = now() - interval '1 minute'
 WHERE id IN (SELECT matter_id FROM core_clock WHERE name = 'resolve');
UPDATE core_clock SET alarm = 1, card = 'yellow', alarm_at = now() - interval '1 minute',
       stopped_at = NULL, paused_at = NULL, how = ''
 WHERE id IN (SELECT max(id) FROM core_clock WHERE name = 'resolve' GROUP BY matter_id)
"""


class Daodi(System):
    name, base, db, ready = "daodi", "http://127.0.0.1:8110", "daodi", "/healthz"
    portal = "http://localhost:8110"  # another host: residents send no cookie of the staff's
    commands = [([PYTHON, *SERVE], str(ROOT), ENV, None)]
    list = read = None  # there is no interface but the pages yet

    def seed(self, lo: int, hi: int) -> None:
        self._python(f"import tickets; tickets.seed({lo}, {hi})")

    def ident(self, i: int) -> int:
        return SAMPLES + i + 1

    async def login(self, s: Session) -> None:
        matters = self.sql("SELECT id, number, state FROM core_matter")
        self.numbers = {pk: number for pk, number, _state in matters}
        self.states = {pk: state for pk, _number, state in matters}
        account = {"username": "bench", "password": "bench-pass-1"}
        token = await self._token(s, self.base, "/login/")
        await self._post(s, f"{self.base}/login/", csrfmiddlewaretoken=token, **account)
        self.staff = await self._token(s, self.base, "/desk/")
        self.resident = await self._token(s, self.portal, "/")

    async def create(self, s: Session, t: dict[str, Any]) -> str:
        """Send the residents' form; the answer leads to the receipt."""
        place = await self._post(
            s,
            f"{self.portal}/",
            csrfmiddlewaretoken=self.resident,
            form_key=str(uuid.uuid4()),
            text=f"{t['title']}\n{t['body']}",
            name=t["name"],
            phone=t["phone"],
        )
        return place.strip("/").split("/")[-1]

    async def read_page(self, s: Session, ident: int) -> str:
        return await self._get(s, f"/desk/matters/{self.numbers[ident]}/")

    async def list_page(self, s: Session) -> str:
        """Ask for all that is open, by due date: its first rows are the most overdue."""
        return await self._get(s, "/desk/?list=open")

    async def search(self, s: Session, phrase: str, *, full: bool = False) -> tuple[str, None]:
        """Ask for a phrase as the search box does; `full` goes through all pages."""
        pages, address = [], "/desk/?" + urlencode({"q": phrase})
        while address:
            pages.append(await self._get(s, address))
            older = re.search(r'rel="next" href="([^"]+)"', pages[-1])
            address = f"/desk/{unescape(older[1])}" if full and older else ""
        return "".join(pages), None

    async def update(self, s: Session, ident: int, n: int) -> None:
        """Take the step that leads on from the matter's state, with a comment."""
        step = NEXT[self.states[ident]]
        url = f"{self.base}/desk/matters/{self.numbers[ident]}/{step}/"
        await self._post(s, url, csrfmiddlewaretoken=self.staff, text=comment(n))
        self.states[ident] = AFTER[step]

    def sweep(self) -> dict[str, Any]:
        """Let one alarm of every matter be due: each is recorded and turns the matter red."""
        for statement in (*DUE.split(";"), "VACUUM ANALYZE"):
            self.sql(statement)
        begun, events = time.time(), self._events()
        self._python("from daodi.cli.ledger import sweep; sweep()")
        seconds = time.time() - begun
        done = self._events() - events
        return {
            "job": "daodi sweep",
            "done": done,
            "s": round(seconds, 1),
            "whole": True,
            "per_s": round(done / seconds, 1),
            "s_per_100k": round(seconds / done * 1e5),
        }

    def _events(self) -> int:
        return self.sql("SELECT count(*) FROM core_event WHERE name = 'alarm'")[0][0]

    def _python(self, what: str) -> None:
        code = f"import django; django.setup(); {what}"
        subprocess.run([PYTHON, "-c", code], cwd=ROOT, env=os.environ | ENV, check=True)

    async def _get(self, s: Session, address: str) -> str:
        async with s.get(self.base + address) as answer:
            return await body(answer)

    async def _post(self, s: Session, url: str, **form: str) -> str:
        """Send a form and return where it leads; a page in its place says what was wrong."""
        async with s.post(url, data=form, allow_redirects=False) as answer:
            page = await body(answer, 200, FOUND, 422)
            if answer.status != FOUND:
                wrong = re.search(r'role="alert".*?</div>', page, re.DOTALL)
                raise Fail(f"{answer.status} {url} {wrong and wrong[0][:300]}")
            return answer.headers["Location"]

    async def _token(self, s: Session, host: str, address: str) -> str:
        async with s.get(host + address) as answer:
            return re.search(r'csrfmiddlewaretoken" value="(\w+)"', await body(answer))[1]


def make(_variant: str) -> Daodi:
    return Daodi()
