"""The rule by which a ledger's residents are asked afterwards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.followup.models import FollowUpRule
from daodi.core.followup.rules import SAYS

SCRIPT = ("ask_solved", "ask_satisfied", "ask_more")
HINTS = {
    "whom": _(
        "Whoever says on the page to be satisfied is not called. Whoever says not to be always "
        "is: nothing else would end the matter."
    ),
    "share": _("Only when a share is drawn by lot."),
    "silent_days": _("Only when those are called who have said nothing for some days."),
    "ask_solved": _("What callers read out. Empty: the usual words."),
}


class RuleForm(forms.Form):
    """Whom, how often, in which words; what fits is for `change_rule` to say."""

    use_required_attribute = False

    def __init__(self, rule: FollowUpRule, data: Any = None) -> None:
        super().__init__(data, initial={name: getattr(rule, name) for name in SAYS})
        areas: dict[str, type[forms.Widget] | forms.Widget] = {
            name: forms.Textarea(attrs={"rows": 2}) for name in SCRIPT
        }
        hints = {name: str(hint) for name, hint in HINTS.items()}
        self.fields = forms.fields_for_model(FollowUpRule, SAYS, widgets=areas, help_texts=hints)
