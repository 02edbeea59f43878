"""Sentences as residents and offices write them, with a mark around all that must not be public.

Written by hand and filled with made-up values; nobody is called so and no telephone rings.
`⟦n:…⟧` marks a number, `⟦p:…⟧` a person's name, `⟦h:…⟧` a front door.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from daodi.demo.texts import make_request

MARK = re.compile(r"⟦(?P<kind>[nph]):(?P<it>[^⟧]*)⟧")
KINDS = {"n": "number", "p": "name", "h": "home"}
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_READ = str.maketrans("0123456789", "零一二三四五六七八九")
_PROVINCE, _WEIGHTS = "410221", (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FAMILY = "赵钱孙李周吴郑王冯陈杨朱许何吕张孔曹金魏姜谢邹潘范彭马方任袁高林罗梁宋"
GIVEN = "甲乙丙丁建国红梅志强秀英海燕永刚小军桂兰子轩雨涵明辉"
ESTATES = (
    "锦秀苑小区",
    "金麦嘉园",
    "柳岸新居",
    "南湖春晓",
    "望岳名邸",
    "纺织厂家属院",
    "星河湾",
    "东城锦绣花园",
)
VILLAGES = ("城关镇楚东村", "葛岗镇西云村", "邢口镇何寨村", "五里河镇后屯村")
ROADS = ("银杏路", "书院街", "金麦大道", "集贤路", "向阳路")

WITH = """
请尽快处理，我的电话是⟦n:$mobile⟧，随时能接。
联系电话：⟦n:$mobile⟧，联系人：⟦p:$name⟧。
手机⟦n:$spaced⟧，微信同号，白天上班不方便接。
我手机号⟦n:$dashed⟧，打不通就打家里⟦n:$landline⟧。
电话号码⟦n:$wide⟧，请回电。
本人手机⟦n:$read⟧，字打不好，见谅。
来电人⟦p:$name⟧（电话⟦n:+86 $mobile⟧）反映门前积水。
座机⟦n:$landline⟧没人接，打⟦n:$mobile⟧。
⟦n:$mobile⟧这个号码天天给我打骚扰电话。
办理人员留的号码是⟦n:$landline⟧转8012。
打电话⟦n:$brackets⟧一直占线。
我的固定电话：⟦n:$local⟧。
身份证号⟦n:$badge⟧，社保一直没有到账。
⟦p:$name⟧，身份证号码：⟦n:$badge⟧，请帮我查一下。
身份证⟦n:$badge_wide⟧，户口本丢了。
我母亲的老身份证是⟦n:$badge15⟧，补不了卡。
孩子学籍登记错了，证件号⟦n:$badge_spaced⟧。
补贴打到银行卡⟦n:$card⟧上，到现在没有收到。
请退到这张卡：⟦n:$card_spaced⟧，⟦p:$name⟧，建设银行。
一卡通账号⟦n:$card⟧是我本人的。
我的车⟦n:$plate⟧在⟦h:3号楼⟧下面被划了。
⟦n:$plate⟧一直堵着消防通道。
绿牌车⟦n:$plate_new⟧占着充电位三天了。
昨晚十点左右⟦n:$plate_dot⟧闯红灯。
截图发到邮箱⟦n:$mail⟧可以吗？
邮箱：⟦n:$mail⟧
可以加我微信⟦n:$wechat⟧，照片太大发不上去。
微信号：⟦n:$wechat⟧，备注小区名。
QQ⟦n:$qq⟧，在线等。
我的QQ号是⟦n:$qq⟧。
VX:⟦n:$wechat⟧
我家住$estate⟦h:3号楼2单元501室⟧，楼上漏水。
$estate⟦h:12栋1单元803⟧，暖气不热。
$estate⟦h:7#楼3单元⟧电梯又停了。
$estate⟦h:三号楼二单元⟧没有路灯。
$estate⟦h:5-2-301⟧半夜装修。
住$estate⟦h:B座1203室⟧，没有热水。
$estate⟦h:9号楼1单元6楼东户⟧长期堆放杂物。
$estate⟦h:２号楼１单元４０２室⟧的住户养了十几条狗。
我在$estate⟦h:15幢⟧住了八年。
租的房子在$estate⟦h:6栋2单元⟧。
家庭住址：$road⟦h:128号⟧。
我住$road⟦h:36号⟧，门口的井盖没了。
$village⟦h:57号⟧，院墙被水泡倒了。
楼下⟦h:102室⟧开麻将馆，吵到半夜。
对门⟦h:1单元301⟧的下水道堵了。
我叫⟦p:$name⟧，今年六十二岁，住$estate⟦h:4号楼⟧。
您好，我是⟦p:$name⟧，想问一下低保的事。
本人⟦p:$name⟧，男，$village人。
姓名：⟦p:$name⟧ 电话：⟦n:$mobile⟧ 地址：$estate⟦h:8号楼3单元202⟧
反映人：⟦p:$name⟧，联系方式⟦n:$mobile⟧。
$village村民⟦p:$name⟧反映，浇地的机井坏了。
邻居⟦p:$name⟧把公共通道占了。
我父亲⟦p:$name⟧的抚恤金还没有发。
⟦p:$surname⟧女士来电反映幼儿园收费高。
⟦p:$surname⟧先生要求退还押金。
⟦p:$name⟧先生说下周来修。
物业的⟦p:$surname⟧经理一直推脱。
⟦p:$surname⟧师傅第二天就上门把水管修好了，非常感谢。
感谢⟦p:$surname⟧老师的耐心解答。
经核实，⟦p:$name⟧同志已经办理退休手续。
社区⟦p:$surname⟧主任答应解决，到现在没有消息。
户主⟦p:$name⟧，家里五口人。
申请人：⟦p:$name⟧，身份证⟦n:$badge⟧。
当事人⟦p:$name⟧表示满意。
包工头⟦p:$name⟧欠我们三个月工资。
老板⟦p:$name⟧，电话⟦n:$mobile⟧，人找不到了。
打过他电话⟦n:138****6721⟧，不接。
她的身份证是⟦n:410221********1234⟧，医保查不到。
来电人电话⟦n:$mobile⟧，请相关单位核实处理。
电话⟦n:$mobile⟧一直占线，换⟦n:$underlined⟧也不通。
两个号：①⟦n:$mobile⟧②⟦n:$mixed⟧。
手机⟦n:$single⟧，一个数一个数写清楚了，备用⟦n:$slashed⟧。
座机⟦n:$one_for_dash⟧或固话⟦n:$local_split⟧，晚上才有人。
建行卡⟦n:$card_odd⟧一直没有进账。
护照号⟦n:E12345678⟧，出入境大厅说查不到。
补贴卡号不对，身份证是⟦n:11010519491231002Ⅹ⟧。
押金由⟦p:周⟧先生转交，再没有下文。
残疾证号⟦n:$disabled⟧，两项补贴停了。
车牌号⟦n:A·D12345⟧，占了盲道。
我叫⟦p:佟甲⟧，住五组。
村民代表⟦p:$name⟧，手机⟦n:$mobile⟧。
我家位于$road⟦h:77号⟧，门口积水。
我住$road⟦h:一百二十三号⟧，路灯不亮。
我家在⟦h:5楼502⟧，水压不够。
联系人⟦p:$surname⟧女士，⟦n:$spaced⟧，$estate⟦h:11号楼2单元⟧。
"""
WITHOUT = """
办件编号SQ-20261121-000123，请核查。
工单编号：202611210000456781，已转城管局。
依据豫政〔2025〕3号文件，不予受理。
根据县政办〔2024〕17号第三条办理。
按照国发[2019]247号批复执行。
请拨打12345或者110。
停电请打95598，供水热线是12319。
遇火灾打119，急救打120。
全国统一服务电话400-810-1234。
10路公交车半小时才来一趟。
县道102线和106国道路口没有红绿灯。
地铁3号线规划已经公示。
乘坐城乡102路到南关下车。
2025年11月21日上午停水。
2025-11-21到2025-12-03施工。
从2019年到2024年一共交了六年。
补偿款共计1234567元，每亩52000元。
一共花了13800元，退了2600元。
建筑面积25613.32平方米，共226户。
全长3080米，宽46米，投资1200万元。
小区一共12栋楼，1800多户。
建了两栋楼，一栋三层，一栋六层。
三室一厅，一百二十平方米。
每个单元12层，一梯两户。
$estate门口的路灯不亮。
$estate物业不作为。
$village八组的路坏了。
$road与育才路交叉口没有斑马线。
县人民医院门诊二楼大厅排队太长。
请到县政务服务中心305室办理。
县教育局三楼302办公室受理。
县城市管理局督查科已经派人到场。
县人社局劳动监察大队现场核实。
兴隆社区居委会上门走访。
由于老师不够，孩子没有音乐课。
提高老师待遇的文件什么时候落实？
班主任老师让家长买资料。
语文老师和数学老师都换了。
施工师傅说要等材料。
保安师傅态度很好。
对于老人免费乘车的政策是什么？
业主高度重视这件事。
我是一名普通业主，住在这里八年了。
本人认为收费不合理。
我是孩子的妈妈，想咨询入学。
我是外地来的，办居住证要什么材料？
村民强烈要求修路。
居民何时能用上天然气？
群众安全没有保障。
任何同志都可以监督。
高中老师周末补课收费。
许多女士反映同样的问题。
尊敬的领导，您好！
工作人员您好，辛苦了。
关注微信公众号“县发布”查询。
微信支付交的物业费，没有发票。
2号院的大门坏了。
书院街小学门口太堵。
身高一米七八，体重六十五公斤。
我们村一千二百口人。
水费从2.3元涨到4.15元。
时间是8:30到12:00，14:30到18:00。
车速不超过60，限重30吨。
第三单元测验卷子收费。
G106国道K823+500处塌方。
合同编号HT20250918001，去年九月签的。
统一社会信用代码91410221MA4000001X的公司。
13710工作制要求一天之内反馈。
3栋楼都没有电梯，12个单元。
中心路88号烩面馆油烟大。
张庄村书记和主任都答复过。
金星村主任不给开证明。
工程部经理和方城县长都来看过。
高主任务必回复。
学生任教老师换了三个。
村民殷切希望早日通路。
县图书馆位于$road 20号，周一不开门。
我叫物业来看，没有人管。
2019年1月1日一2020年1月1日停工。
一共花了一千二百三十四万五千元。
"""


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence, and where in it stands what has to be masked: start, end, kind."""

    text: str
    marks: tuple[tuple[int, int, str], ...]


def sample(rounds: int = 3, made_up: int = 150) -> list[Marked]:
    """Return the sentences, each filled in several times, and requests of the demo county."""
    rng = Random(7)  # noqa: S311 -- a sample, not a secret
    lines = [line for line in (WITH + WITHOUT).splitlines() if line]
    rows = [_marked(_filled(rng, line)) for _round in range(rounds) for line in lines]
    return [*rows, *_requests(rng, made_up)]


def _requests(rng: Random, count: int) -> Iterator[Marked]:
    for _number in range(count):
        request = make_request(rng)
        phone = request.source.values["phone"]
        yield _marked(request.text.replace(phone, f"⟦n:{phone}⟧"))


def _marked(line: str) -> Marked:
    text, marks, done = "", [], 0
    for found in MARK.finditer(line):
        text += line[done : found.start()]
        marks.append((len(text), len(text) + len(found["it"]), KINDS[found["kind"]]))
        text, done = text + found["it"], found.end()
    return Marked(text + line[done:], tuple(marks))


def _filled(rng: Random, line: str) -> str:
    return re.sub(r"\$(\w+?)(?![a-z0-9_])", lambda slot: _values(rng)[slot[1]], line)


def _values(rng: Random) -> dict[str, str]:
    digits = "".join(str(rng.randrange(10)) for _digit in range(8))
    mobile = rng.choice(("138", "159", "177", "199")) + digits
    badge, card = _badge(rng), _card(rng)
    plate = rng.choice(("豫A", "豫B", "鲁R", "皖S"))
    surname, given = rng.choice(FAMILY), rng.sample(GIVEN, rng.choice((1, 2, 2)))
    return {
        "mobile": mobile,
        "spaced": f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}",
        "dashed": f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}",
        "underlined": f"{mobile[:3]}_{mobile[3:7]}_{mobile[7:]}",
        "slashed": f"{mobile[:3]}/{mobile[3:7]}/{mobile[7:]}",
        "single": " ".join(mobile),
        "mixed": f"{mobile[:3]}{mobile[3:7].translate(_READ)}{mobile[7:]}",
        "wide": mobile.translate(_WIDE),
        "read": mobile.translate(_READ),
        "landline": f"0371-6{digits[:7]}",
        "brackets": f"（0378）2{digits[:6]}",
        "one_for_dash": f"0371一6{digits[:7]}",
        "local": f"2{digits[:6]}",
        "local_split": f"2{digits[:3]} {digits[3:6]}",
        "badge": badge,
        "disabled": f"{badge}42",
        "badge_wide": badge.translate(_WIDE),
        "badge_spaced": f"{badge[:6]} {badge[6:14]} {badge[14:]}",
        "badge15": f"{_PROVINCE}560312{digits[:3]}",
        "card": card,
        "card_odd": f"6217{digits}{digits[:7]}",
        "card_spaced": " ".join(card[at : at + 4] for at in range(0, len(card), 4)),
        "plate": f"{plate}{rng.choice('KMNP')}{digits[:4]}",
        "plate_new": f"{plate}D{digits[:5]}",
        "plate_dot": f"{plate}·{digits[:3]}XH",
        "mail": f"{rng.choice(('zhang.wei', 'nuannuan_88', 'lsm'))}{digits[:3]}@example.com",
        "wechat": f"wxid_{digits[:6]}",
        "qq": f"3{digits}",
        "estate": rng.choice(ESTATES),
        "village": rng.choice(VILLAGES),
        "road": rng.choice(ROADS),
        "surname": surname,
        "name": surname + "".join(given),
    }


def _badge(rng: Random) -> str:
    start = f"{_PROVINCE}{rng.randint(1940, 2012)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    start += f"{rng.randrange(1000):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(start, _WEIGHTS, strict=True))
    return start + "10X98765432"[total % 11]


def _card(rng: Random) -> str:
    start = "622848" + "".join(str(rng.randrange(10)) for _digit in range(12))
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(start))]
    return start + str(-sum(number // 10 + number % 10 for number in doubled) % 10)
