"""What the styleguide shows: the made-up content of styleguide.yaml, and a few forms."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import segno
import yaml
from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from daodi.lib.marking import marked
from daodi.lib.pairs import words_of
from daodi.web.showing.lists import USUAL_COLUMNS, show_columns

SAMPLES = Path(__file__).with_suffix(".yaml")
NOW = datetime(2026, 11, 20, 16, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


class Filter(forms.Form):
    q = forms.CharField(label="搜索", required=False)
    state = forms.ChoiceField(label="状态", choices=[("", "全部"), ("handling", "办理中")])
    unit = forms.ChoiceField(label="主办单位", choices=[("", "全部"), ("1", "县自来水公司")])
    since = forms.ChoiceField(label="时间", choices=[("", "近 30 天"), ("1", "今天")])


class HandIn(forms.Form):
    public = forms.CharField(
        label="给群众的答复",
        help_text="会公开，请写清办了什么、结果如何。",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    account = forms.CharField(label="内部情况", widget=forms.Textarea, required=False)


class Wrong(forms.Form):
    words = forms.CharField(label="遇到了什么问题", max_length=2000, widget=forms.Textarea)
    place = forms.CharField(label="在哪里", required=False, help_text="小区、村、路口都可以")
    phone = forms.CharField(label="手机号", min_length=11)
    kind = forms.ChoiceField(
        label="您满意吗", choices=[("2", "满意"), ("1", "不满意")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="不公开我的诉求", required=False, help_text="只给办理的人看。")


class Photos(forms.Form):
    photos = forms.FileField(
        label="照片或文件",
        required=False,
        help_text="最多 9 个，每个不超过 10 MB。",
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf"}),
    )


def context() -> dict[str, Any]:
    """Read the samples anew each time, so that a change shows at once."""
    samples: dict[str, Any] = yaml.safe_load(SAMPLES.read_text(encoding="utf-8"))
    rows = [_row(row, samples) for row in samples["rows"]]
    asked = words_of(samples["asked"])
    rows[0]["found"] = {
        name: marked(rows[0][name], asked) for name in ("title", "category", "place")
    }
    for sample in samples["events"] + samples["steps"]:
        if "ago" in sample:
            sample["at"] = NOW - timedelta(minutes=sample["ago"])
    return samples | {
        "rows": rows,
        "columns": show_columns(()),
        "draft": samples["draft"] | {"at": NOW},
        "printed_at": NOW,
        "qr": format_html("{}", SafeString(segno.make(rows[0]["number"]).svg_inline(scale=4))),
        "filter": Filter({"state": "handling", "unit": "1", "since": "1"}),
        "away": {"name": "李乙二", "deputy": "赵甲三", "last_day": NOW.date()},
        "hand_in": HandIn(),
        "photos": Photos(),
        "wrong": Wrong({"words": "", "phone": "138", "kind": "2"}),
    }


def _row(row: dict[str, Any], samples: dict[str, Any]) -> dict[str, Any]:
    """Give a matter its number, and its codes the words they are shown by."""
    words = {name: (word, reason) for name, word, reason in samples["cards"]}
    card, reason = words.get(row.get("card"), ("", ""))
    state, urgency = samples["states"][row["state"]], samples["urgencies"][row["urgency"]]
    shown = {"url": "#", "number": f"LK-2026-1120-{row['pk']:04}", "card_word": card}
    cells = [{"name": name} for name in USUAL_COLUMNS]
    return (
        row
        | {"cells": cells}
        | shown
        | {"card_reason": reason, "state_word": state, "urgency_word": urgency}
    )
