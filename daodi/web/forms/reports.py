"""What is asked for a report: which one, its frame, the words of a section."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Member
from daodi.core.reports.models import Report
from daodi.core.reports.services import COVER, LONGEST_TEXT, may_write
from daodi.web.forms.base import DateInput, text_area


class NewReportForm(forms.Form):
    """A report by hand, on any days."""

    ledger = forms.ModelChoiceField(
        label=_("Ledger"), queryset=Ledger.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Report.Kind)
    first = forms.DateField(label=_("First day"), widget=DateInput())
    last = forms.DateField(label=_("Last day"), widget=DateInput())
    use_required_attribute = False

    def __init__(self, member: Member, data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        ledgers = Ledger.objects.active().with_units()
        mine = [ledger.pk for ledger in ledgers if may_write(member, ledger)]
        field = cast("forms.ModelChoiceField", self.fields["ledger"])
        field.queryset = ledgers.filter(pk__in=mine)


class SectionForm(forms.Form):
    """The words of a section, in the place of the machine's."""

    heading = forms.CharField(label=_("Heading"), max_length=60)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        widget=text_area(12),
        help_text=_(
            "[3] behind a number says that it comes from source 3: leave it there, and the number "
            "keeps its link and follows when the report is counted again. It is not printed."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    use_required_attribute = False


class FrameForm(forms.ModelForm):
    """What stands around the text, as official documents have it."""

    use_required_attribute = False

    class Meta:
        model = Report
        fields = COVER
