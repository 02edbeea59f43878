"""What a manager writes to invite people, and to let them go."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from daodi.core.people.models import Member
from daodi.core.workflow.leaving import Holding
from daodi.web.forms.units import roles_field


class InviteForm(forms.Form):
    """Who is invited, to what, and how the link reaches them."""

    name = forms.CharField(label=_("Name of the person"), max_length=60)
    roles = roles_field()
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The link is sent there. Leave it empty and you get it to pass on yourself."),
        required=False,
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.use_required_attribute = False


class SuccessorField(forms.ModelChoiceField):
    def label_from_instance(self, member: Member) -> str:
        return f"{member} · {member.unit}"


class LeaveForm(forms.Form):
    """Who takes over from a member who leaves."""

    def __init__(self, member: Member, holding: Holding, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="leave_%s")
        self.use_required_attribute = False
        members = Member.objects.active().in_house(member.unit).exclude(pk=member.pk).for_list()
        self.fields["successor"] = SuccessorField(
            members, label=_("Who takes over"), required=holding.needs_successor
        )
