from django.db import models

from daodi.core.ledgers.models import Ledger


class ColumnMap(models.Model):
    """How the columns of a kind of file were matched to fields; found again by their names."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="+")
    # Stands for the set of names: they themselves may be more than an index can hold.
    signature = models.CharField(max_length=64)
    columns = models.JSONField()
    fields = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger", "signature"], name="column_map_once")
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {', '.join(self.columns)}"
