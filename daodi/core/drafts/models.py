from typing import Self

from django.db import models

from daodi.core.matters.models import Matter
from daodi.core.people.models import Member


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, member: Member, matter: Matter) -> Self:
        """Keep what this person has begun on a matter; nobody else ever reads it."""
        return self.filter(matter=matter, member_id=member.hand.pk)


class Draft(models.Model):
    """What one person has typed into the form of a step and not sent yet."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    move = models.CharField(max_length=20)
    # By the name of the form's field: a text, or a list of them.
    fields = models.JSONField()
    updated_at = models.DateTimeField(db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "member", "move"], name="draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.move}"
