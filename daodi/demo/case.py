"""A matter in the hands of the world: what is written about it, and who takes its steps.

Every act goes through the product's own services; only the time is made up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from daodi.core.exceptions import ChangedMeanwhile, Refused
from daodi.core.intake.filing import Filing, file_matter
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.attachments import NewFile
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.core.workflow.services import perform
from daodi.demo.phrasebook import book, expand
from daodi.demo.texts import RequestText
from daodi.demo.world import OFFICE, Manner, World, manner_of

# A course goes on from act to act and says when the next one is.
Course = Iterator[datetime]
SPREAD = 0.6
RUSH = 8  # what is urgent goes so much faster, at any hour
ROW = "SELECT * FROM core_matter WHERE id = %s"


@dataclass
class Case:
    """One matter from its filing on; `now` is when its next step is taken."""

    world: World
    now: datetime
    # Who usually leads, and the words that phrases about it need.
    code: str
    values: Mapping[str, str]
    way: str = "site"
    request: RequestText | None = None
    # What befalls it, and the act after which nothing is to happen any more.
    fate: str = ""
    last_act: str = ""
    hurry: bool = False
    # Who alone may see it, of those who handle it.
    named: list[Member] = field(default_factory=list)
    is_over: bool = False
    matter: Matter = field(init=False)
    lead: Unit = field(init=False)

    def __post_init__(self) -> None:
        self.lead = self.world.units[self.code]

    @property
    def manner(self) -> Manner:
        return manner_of(self.world.code_of(self.lead))

    @property
    def is_open(self) -> bool:
        return not self.is_over and self.fresh().is_open

    @property
    def is_secret(self) -> bool:
        return self.matter.is_confidential

    def handler(self) -> Member:
        if self.named:
            return self.named[0]
        return self.world.member(self.lead, Role.HANDLER)

    def leader(self) -> Member:
        return self.world.member(self.lead, Role.LEADER)

    def after(self, hours: float, open_hours: tuple[time, time] | None = OFFICE) -> datetime:
        """Go on to when something is done that usually takes so many hours."""
        some = self.world.rng.lognormvariate(0, SPREAD) * hours
        if self.hurry or self.last_act:
            some, open_hours = some / RUSH, None
        self.now = self.world.at_work(self.now + timedelta(hours=some), open_hours)
        return self.now

    def words(self, name: str, **more: str) -> str:
        """Return what is written at a step, in the way that suits the request."""
        phrases = book("acts").get(f"{name}_{self.way}") or book("acts")[name]
        return expand(self.world.rng, self.world.rng.choice(phrases), {**self.values, **more})

    def file(
        self,
        ledger: Ledger,
        filing: Filing,
        *,
        by: Member | None,
        channel: str,
        files: Sequence[NewFile] = (),
    ) -> None:
        """Let it be filed now."""
        self.matter = file_matter(
            ledger, filing, now=self.now, by=by, channel=channel, files=files
        ).matter
        self._done("file", files)

    def act(self, name: str, by: Member | Side, **given: Any) -> bool:
        """Take a step if the rules allow it by now; others may have been faster."""
        if self.is_over:
            return False
        try:
            self._perform(name, by, given)
        except Refused as no:
            self.world.refused[f"{name}: {no}"] += 1
            return False
        self._done(name, given.get("files", ()))
        return True

    def fresh(self) -> Matter:
        """Return the matter as it is now: the sweep may have been at it."""
        looked, look = self.world.looked, self.matter.next_look_at
        if looked and look and look <= looked:
            self._reread()
        return self.matter

    def _perform(self, name: str, by: Member | Side, given: dict[str, Any]) -> None:
        try:
            perform(self.fresh(), name, by=by, now=self.now, **given)
        except ChangedMeanwhile:
            self._reread()
            perform(self.matter, name, by=by, now=self.now, **given)

    def _reread(self) -> None:
        """Read the matter again; the rows that it points at are in the world already."""
        known = self.matter
        (self.matter,) = Matter.objects.raw(ROW, [known.pk])
        self.matter.ledger, self.matter.category = known.ledger, known.category
        self.matter.unit = self.world.by_id.get(self.matter.unit_id or 0)
        self.matter.first_unit = self.world.by_id.get(self.matter.first_unit_id or 0)

    def _done(self, name: str, files: Sequence[NewFile]) -> None:
        self.world.acts[name] += 1
        look, wakes = self.matter.next_look_at, self.world.wakes
        if look and (wakes is None or look < wakes):
            self.world.wakes = look
        self.is_over = name == self.last_act
        if files:
            self.world.files += self.matter.attachments.values_list("key", flat=True)
