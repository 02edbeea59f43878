"""What the styleguide shows: made-up content in every variant."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.safestring import mark_safe

NOW = timezone.make_aware(datetime(2026, 11, 20, 16, 20))

STATES = [
    ("received", "待受理"),
    ("listed", "已列单"),
    ("dispatched", "已派单"),
    ("handling", "办理中"),
    ("waiting", "待补充"),
    ("suspended", "挂账"),
    ("handed_in", "已交单"),
    ("cleared", "已销号"),
    ("declined", "不予受理"),
    ("merged", "已并单"),
    ("withdrawn", "已撤回"),
]
URGENCIES = [("critical", "特急"), ("urgent", "紧急"), ("normal", "一般"), ("long", "长期")]
CARDS = [("yellow", "黄牌", "签收时限将到"), ("red", "红牌", "办结超期 1 天 3 小时")]
WORDS = dict(STATES)
URGENCY_WORDS = dict(URGENCIES)
CLOCKS = [
    {
        "name": "办结",
        "tone": "calm",
        "words": "还有 3 天 2 小时",
        "due": "11 月 23 日 18:40 前",
        "share": 35,
        "url": "#",
    },
    {
        "name": "联系诉求人",
        "tone": "near",
        "words": "还有 2 小时 10 分",
        "due": "今天 18:40 前",
        "share": 86,
    },
    {
        "name": "签收",
        "tone": "late",
        "words": "超期 1 天 3 小时",
        "due": "昨天 13:20 前",
        "share": 100,
    },
    {"name": "联系诉求人", "tone": "met", "words": "按时完成", "due": "用时 42 分钟", "share": 70},
    {
        "name": "办结",
        "tone": "paused",
        "words": "已暂停，剩 1 天 4 小时",
        "due": "等诉求人补充",
        "share": 52,
    },
    {"name": "反馈", "tone": "stopped", "words": "已停止", "due": "诉求已撤回"},
    {
        "name": "办结",
        "tone": "calm",
        "words": "还有 31 天",
        "due": "2027 年 1 月 5 日前",
        "share": 4,
        "provisional": True,
    },
]


def row(
    pk: int,
    title: str,
    category: str,
    place: str,
    state: str,
    urgency: str,
    unit: str,
    clock: dict | None,
    card: str = "",
) -> dict[str, Any]:
    return {
        "pk": pk,
        "url": "/matter",
        "title": title,
        "number": f"LK-2026-1120-{pk:04}",
        "category": category,
        "place": place,
        "state": state,
        "state_word": WORDS[state],
        "urgency": urgency,
        "urgency_word": URGENCY_WORDS[urgency],
        "unit": unit,
        "clock": clock,
        "card": card,
        "card_word": {"yellow": "黄牌", "red": "红牌"}.get(card, ""),
        "card_reason": {"yellow": "办结时限已过八成", "red": "办结超期"}.get(card, ""),
    }


def clock(tone: str, words: str, due: str, **more: Any) -> dict[str, Any]:
    return {"tone": tone, "words": words, "due": due, **more}


ROWS = [
    row(
        317,
        "朝阳小区 3 号楼停水两天，家里有老人",
        "公共事业 / 供水",
        "城关镇朝阳社区",
        "handling",
        "critical",
        "县自来水公司",
        clock("late", "超期 40 分", "今天 15:40 前"),
        "red",
    ),
    row(
        316,
        "裕禄大道与中山街路口信号灯不亮",
        "交通 / 信号设施",
        "裕禄大道",
        "dispatched",
        "urgent",
        "县公安局交管大队",
        clock("near", "还有 35 分", "今天 16:55 前"),
        "yellow",
    ),
    row(
        315,
        "孩子转学，材料交了一个月没有答复",
        "教育 / 入学转学",
        "桐乡街道",
        "handling",
        "normal",
        "县教育体育局",
        clock("near", "还有 2 小时 10 分", "今天 18:30 前"),
    ),
    row(
        313,
        "楼下烧烤店油烟直排，夜里十二点还在营业，邻居们多次沟通没有结果，希望有人管一管",
        "生态环境 / 油烟",
        "兰阳街道",
        "waiting",
        "normal",
        "县城市管理局",
        clock("paused", "已暂停，剩 1 天 4 小时", "等诉求人补充"),
    ),
    row(
        311,
        "葡萄架镇赵庄村生产路塌陷，收玉米车过不去",
        "农业农村 / 农村道路",
        "葡萄架镇赵庄村",
        "handling",
        "normal",
        "葡萄架镇人民政府",
        clock("calm", "还有 2 天 3 小时", "11 月 22 日 19:00 前"),
    ),
    row(
        309,
        "退休金认证在手机上一直提示失败",
        "社会保障 / 养老",
        "",
        "listed",
        "normal",
        "",
        clock("calm", "还有 6 小时", "今天 22:10 前"),
    ),
    row(
        308,
        "三义寨乡卫生院没有狂犬疫苗",
        "医疗卫生 / 疫苗",
        "三义寨乡",
        "dispatched",
        "urgent",
        "县卫生健康委员会",
        clock("calm", "还有 5 小时 20 分", "今天 21:40 前"),
    ),
    row(
        305,
        "建议在黄河湾公园加几盏路灯",
        "城市建设 / 路灯",
        "黄河湾公园",
        "suspended",
        "long",
        "县住房和城乡建设局",
        clock("paused", "挂账，复查", "12 月 1 日", provisional=True),
    ),
    row(
        302,
        "办营业执照跑了三趟，每次要的材料不一样",
        "营商环境 / 办不成事",
        "政务服务大厅",
        "handed_in",
        "normal",
        "县市场监督管理局",
        clock("met", "按时交单", "用时 1 天 6 小时"),
    ),
    row(
        299,
        "东方红小学门口放学时三轮车堵路",
        "交通 / 秩序",
        "城关镇",
        "received",
        "normal",
        "",
        clock("calm", "还有 50 分", "今天 17:10 前"),
    ),
    row(
        296,
        "家里暖气不热，室温只有 14 度",
        "公共事业 / 供暖",
        "桐乡街道",
        "handed_in",
        "urgent",
        "县热力公司",
        clock("met", "按时交单", "用时 2 小时 48 分"),
    ),
    row(
        290,
        "感谢社区网格员帮忙找回走失的老人",
        "其他 / 表扬",
        "兰阳街道",
        "cleared",
        "normal",
        "兰阳街道办事处",
        clock("met", "已销号", "今天 09:12"),
    ),
]
EVENTS = [
    {
        "at": NOW,
        "what": "进展",
        "unit": "县自来水公司",
        "who": "王建国",
        "icon": "message-2",
        "text": "主管道爆裂位置已找到，正在开挖更换，预计今晚 20:00 恢复供水。\n送水车 17:00 到小区南门。",
        "files": [
            {"name": "抢修现场.jpg", "url": "#", "size": 1843200},
            {"name": "停水通知.pdf", "url": "#", "size": 204800},
        ],
    },
    {
        "at": NOW - timedelta(minutes=38),
        "what": "督办",
        "unit": "县政府督查室",
        "who": "周敏",
        "icon": "gavel",
        "internal": True,
        "text": "群众反映集中，请 18:00 前报告抢修进度。",
    },
    {
        "at": NOW - timedelta(hours=1, minutes=50),
        "what": "联系诉求人",
        "unit": "县自来水公司",
        "who": "王建国",
        "icon": "phone",
        "text": "已电话联系李女士，核实停水范围为 3、4 号楼。",
    },
    {
        "at": NOW - timedelta(hours=2, minutes=5),
        "what": "签收",
        "unit": "县自来水公司",
        "who": "王建国",
        "icon": "check",
    },
    {
        "at": NOW - timedelta(hours=2, minutes=20),
        "what": "派单",
        "unit": "县 12345 中心",
        "who": "张慧",
        "icon": "send",
        "text": "主办：县自来水公司。协办：城关镇人民政府，负责通知居民、安排送水。",
    },
    {
        "at": NOW - timedelta(hours=2, minutes=28),
        "what": "列单",
        "unit": "县 12345 中心",
        "who": "张慧",
        "icon": "list-check",
    },
    {
        "at": NOW - timedelta(hours=2, minutes=41),
        "what": "提交",
        "who": "诉求人",
        "icon": "inbox",
        "text": "手机提交，附照片 2 张。",
    },
]
FIGURES = [
    {
        "label": "响应率",
        "value": "98.6",
        "measure": "%",
        "n": "1,204",
        "source": "响应率 v2",
        "url": "#",
    },
    {
        "label": "办结率",
        "value": "93.2",
        "measure": "%",
        "n": "1,187",
        "source": "办结率 v2",
        "url": "#",
    },
    {
        "label": "满意率",
        "value": "91.0",
        "measure": "%",
        "n": "612",
        "source": "满意率 v3",
        "url": "#",
    },
    {"label": "在办", "value": "317", "measure": "件", "url": "#"},
    {"label": "挂账超 90 天", "value": None, "n": 0, "source": "挂账清单"},
]
FACTS = [
    ("诉求人", "李女士（匿名公开）"),
    ("分类", "公共事业 / 供水 / 停水"),
    ("地点", "城关镇朝阳社区 3 号楼"),
    ("来源", "手机网页"),
    ("主办", "县自来水公司"),
    ("协办", "城关镇人民政府"),
    ("提交", "2026-11-20 13:39"),
]
STEPS = [
    {
        "stage": "done",
        "title": "收到您的诉求",
        "text": "编号 LK-2026-1120-0317",
        "at": NOW - timedelta(hours=2, minutes=41),
    },
    {
        "stage": "done",
        "title": "交给负责的单位",
        "text": "县自来水公司主办，城关镇人民政府配合",
        "at": NOW - timedelta(hours=2, minutes=20),
    },
    {
        "stage": "current",
        "title": "正在办理",
        "text": "最晚今天 20:00 前办好。王师傅已和您通过电话。",
    },
    {"stage": "later", "title": "给您答复", "text": "办好后会把结果写在这里，并发短信告诉您。"},
    {"stage": "later", "title": "您满意了才算完", "text": "没解决可以要求重办。"},
]
NOTICES = [
    ("info", "", "今天 22:00–23:00 系统升级，期间可以填写，稍后提交。"),
    ("success", "已提交", "查询码已发到尾号 2231 的手机。"),
    ("warning", "还有 35 分钟到期", "如果来不及，请现在申请延期并说明原因。"),
    ("error", "不能交单", "公开答复还没有写。补上后可以交单。"),
]
TABS = [
    {"label": "先办的", "url": "#", "count": 12, "current": True},
    {"label": "待签收", "url": "#", "count": 4},
    {"label": "等补充", "url": "#", "count": 3},
    {"label": "全部在办", "url": "#", "count": 317},
]
NAVIGATION = [
    {"label": "先办哪件", "url": "/inbox", "icon": "inbox", "count": 12, "current": True},
    {"label": "全部事项", "url": "#", "icon": "list-check"},
    {"label": "督办", "url": "#", "icon": "gavel", "count": 3},
    {"label": "回访", "url": "#", "icon": "phone"},
    {"label": "任务", "url": "#", "icon": "checklist"},
    {"label": "巡查", "url": "#", "icon": "map-pin"},
    {"label": "数据", "url": "#", "icon": "chart-bar"},
    {"label": "知识库", "url": "#", "icon": "books"},
    {"label": "设置", "url": "#", "icon": "settings"},
]


class Filter(forms.Form):
    q = forms.CharField(label="搜索", required=False)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES])
    unit = forms.ChoiceField(
        label="主办单位", required=False, choices=[("", "全部"), ("1", "县自来水公司")]
    )
    since = forms.ChoiceField(
        label="时间", required=False, choices=[("", "近 30 天"), ("1", "今天")]
    )


class HandIn(forms.Form):
    public = forms.CharField(
        label="给群众的答复",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text="会公开，请写清办了什么、结果如何。",
    )
    account = forms.CharField(
        label="内部情况", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


class Wrong(forms.Form):
    words = forms.CharField(
        label="遇到了什么问题",
        widget=forms.Textarea,
        max_length=2000,
        help_text="时间、地点、情况，想到什么写什么。",
    )
    place = forms.CharField(label="在哪里", required=False, help_text="小区、村、路口都可以")
    phone = forms.CharField(label="手机号", min_length=11)
    kind = forms.ChoiceField(
        label="您满意吗",
        choices=[("3", "满意"), ("2", "基本满意"), ("1", "不满意")],
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(
        label="不公开我的诉求", required=False, help_text="只有办理的人能看到。"
    )


class Photos(forms.Form):
    photos = forms.FileField(
        label="照片或文件",
        required=False,
        help_text="最多 9 个，每个不超过 10 MB。",
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf"}),
    )


QR = mark_safe(
    '<svg viewBox="0 0 7 7" shape-rendering="crispEdges" role="img" aria-label="二维码"><path fill="#000" d="M0 0h3v3H0zM4 0h1v1H4zM6 0h1v2H6zM4 2h2v1H4zM0 4h1v1H0zM2 4h1v2H2zM4 4h3v1H4zM0 6h2v1H0zM4 6h1v1H4zM6 6h1v1H6z"/></svg>'
)


def context() -> dict[str, Any]:
    return {
        "states": STATES,
        "urgencies": URGENCIES,
        "cards": CARDS,
        "clocks": CLOCKS,
        "rows": ROWS,
        "events": EVENTS,
        "figures": FIGURES,
        "facts": FACTS,
        "steps": STEPS,
        "notices": NOTICES,
        "tabs": TABS,
        "qr": QR,
        "printed_at": NOW,
        "filter": Filter({}),
        "hand_in": HandIn(),
        "photos": Photos(),
        "wrong": Wrong({"words": "", "phone": "138", "kind": "2"}),
        "attachments": "停水通知.pdf",
        "crumbs": [("首页", "#"), ("设置", "#")],
        "navigation": NAVIGATION,
        "site_name": "兰考县",
        "member": {"name": "王建国", "unit": "城关镇人民政府"},
        "members": [
            {"pk": 1, "unit": "城关镇人民政府", "role": "承办人", "current": True},
            {"pk": 2, "unit": "县 12345 中心", "role": "回访员"},
        ],
        "search_url": "/inbox",
    }
