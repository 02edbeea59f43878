"""Names of people: beside a title, behind words that announce a name, behind what somebody is."""

import re
from collections.abc import Iterator

from daodi.lib.masking.shadow import Span

# Family names that hardly ever begin or end another word.
_SURE = (
    "王李张刘陈杨赵黄吴徐孙胡朱郭罗梁宋郑韩唐冯董萧程曹袁邓傅沈彭吕卢蒋蔡贾丁魏薛叶阎潘杜戴汪姜范姚谭廖邹熊郝孔崔邱秦侯"
    "邵孟雷汤尹黎赖龚樊殷陶洪翟颜倪牛芦俞葛韦聂焦柳耿牟詹凌靳裴霍隋阮闵瞿戚丘滕邬臧褚郎喻鄂晏穆娄杭林马"
)
# Those that are words of their own or parts of many: they count where a name is announced, or
# before a title at the start of a phrase.
_SOFT = (
    "高何周谢许曾苏夏钟田任方石金陆白康毛江史顾龙万段钱易武乔贺兰施安严温季章鲁伍申尤毕丛邢路岳齐梅莫庄辛管祝左涂谷祁舒卜"
    "关苗费纪盛童欧甄项曲席卫查屈鲍位覃翁甘景薄单包司柏宁柯桂解强柴华车房边吉饶古米池苑宫来昌水余于袁庞文云符"
)
_TWO = "欧阳|上官|司马|诸葛|司徒|皇甫|尉迟|公孙|慕容|令狐|夏侯|端木"
_TITLE = (
    "(?:先生|女士|小姐|同志|师傅|老师|大爷|大叔|大妈|大娘|大姐|大哥|阿姨|叔叔|奶奶|爷爷|老人|老汉|医生|大夫|护士|教练|校长|院长|"
    "经理|主任(?!务)|书记(?!员)|村长|支书|组长|队长|局长|科长|所长|站长|镇长|乡长|县长|市长|区长|处长|厂长|店长|老板|警官|律师|法官|教授)"
)
_POLITE = "(?:先生|女士|小姐|同志)"
# How hardly a given name ends: 张庄村书记, 工程部经理 and 方城县长 are offices, not people.
_NOT_A_PLACE = "(?<![村镇乡县区市街组部委局院站厂矿案校企检])"
_GIVEN = r"[^\W\da-zA-Z的是了副姓们在有为被让这那个之其课中管于家到说称也都就没不会未]"
_FAMILY = f"(?:{_TWO}|[{_SURE}{_SOFT}])"
_FULL = rf"{_FAMILY}[ ]?(?!{_TITLE})(?:{_GIVEN}|[*xX])(?:[ ]?(?!{_TITLE})(?:{_GIVEN}|[*xX]))??"
_PERHAPS_A_START = (
    r"(?:(?<![^\W\d_a-zA-Z人户长表的找给请和与是叫问跟同位把被到区村局校院站队组镇乡街])"
    r"|(?<=[由对经据向替帮])(?!于))"
)
_TITLED = re.compile(
    rf"(?P<it>(?:{_TWO}|[{_SURE}]|{_PERHAPS_A_START}[{_SOFT}])(?:{_GIVEN}{{1,2}}?)?)"
    rf"[ ]?(?:{_POLITE}|{_NOT_A_PLACE}{_TITLE})(?!们)"
)
# What may follow a name of unknown length.
_END = (
    r"(?=[\W\d]|$|今年|现年|现|家住|居住|住|家|是|在|的|我|他|她|男|女|电话|手机|联系|反映|反应|说|称|表示|投诉|举报|申请|咨询|要求|"
    r"希望|请求|于|因|系|为|等|与|和|及|同|跟|被|将|把|已|曾|从|向|对|到|去|来电|身份证|一家|夫妇|夫妻|两|名下|之|有|没|也|都|就|要|"
    rf"想|用|打|给|让|骗|欠|开|收|经营|私|不|未|一直|多次|今天|昨天|前|{_TITLE})"
)
_ANNOUNCED = re.compile(
    r"(?:我叫|名叫|叫做|姓名|名字(?:是|叫)?|(?:业主|村民|居民|职工|群众)代表|联系人|经办人|收件人|反映人|投诉人|举报人|申请人|来电人(?:姓名)?|当事人|委托人|"
    r"承办人|签名|署名|户主|法人代表|法定代表人|法人|病人|患者|死者|孩子叫|儿子叫|女儿叫|落款)"
    rf"[ ]?(?:为|是|叫|:)?[ ]{{0,2}}(?P<it>{_FULL}){_END}"
)
# Whoever says 我叫 tells a name, also one of a rare family.
_CALLED = re.compile(
    r"(?:我|本人|名字)叫[ ]?(?P<it>"
    r"(?![他她它你您了车来去人过不停着做什天外]|物业|老板|保安|邻居|警察|司机|医生|快递|救护|家人)"
    r"[^\W\da-zA-Z的了]{2,3}(?:·[^\W\da-zA-Z]{1,6})?)"
    r"(?=[,，。;、(（]|[ ]?\d|$|[ ]?(?:今年|家住|住在|电话|手机|身份证))"
)
_MYSELF = re.compile(
    rf"(?:本人(?:姓名|叫|是)?|我是|我(?=[{_SURE}]{_GIVEN}{{1,2}}[,(]))[ ]?[,:]?[ ]?(?P<it>{_FULL})"
    r"(?=[\W\d]|$|今年|现年|家住|住在|男|女|身份证|电话|手机|系)"
)
_SOMEBODY = re.compile(
    r"(?<![一二三四五六七八九十百千万两几多各每全\d])(?:村民|居民|业主|市民|群众|职工|员工|租户|房东|房主|邻居|住户|商户|老板|工人|会计|"
    r"司机|妻子|丈夫|老伴|儿子|女儿|父亲|母亲|爸爸|妈妈|爷爷|奶奶|哥哥|弟弟|姐姐|妹妹|同事|同学|老公|老婆|包工头|组长|队长|村长|支书|"
    r"书记|主任|经理|被告|原告|负责人|工作人员|学生)"
    rf"[ ]?(?P<it>{_FULL}){_NOT_A_PLACE}{_END}"
)
_BESIDE_A_NUMBER = re.compile(
    rf"(?<![^\W\d_室号户组])(?P<it>{_FULL})[ ]?[,:(]?[ ]?(?:身份证|电话|手机|联系方式|1[3-9]\d)"
)
# What begins like a name and is none.
_NO_NAME = re.compile(
    "高[度层空额价兴级校龄]|何[时人处必况]|周[边围期末]|谢谢|许[多可]|曾[经多反]|任[何意职期教务书]|方[面式便案能可]|金[额融]|安[全装心置排宁]|严[重禁格查]|"
    "关[于注心系闭爱切怀]|解[决释答惑]|强[烈制行大奸]|包[括围片]|单[位独方凭]|查[看询实证]|施[工行]|位[置于]|来[信电访说自此住讲承再台]|房[屋产子东主补款间号门]|"
    "车[辆位子主窗库胎拥]|水[电费管表]|文[明化件字]|项目|管[理控部道]|左右|路[过边上口线]|马[上路]|申[请报诉领]|程[序度]|纪[委律]|费用|尤其|毕[竟业]|余[下额]|陆续|万[元余]|"
    "白[天白]|江[边南北]|石[头油]|田[地间]|林[地木业]|米饭|景[区观]|华[润夏]|古[城镇]|司[机法]|卫[生健]|童年|温[度馨]|"
    "孙[子女]|殷切|查明|边.边|云集|来退|高质|钱[财款]|路人|张和|石矿|管委|纪检|于[今夜百去前昨本当上下]|宁[愿静可]|符合|张贴|易[拉燃]"
)


def names(plain: str) -> Iterator[Span]:
    """Yield where a person is called by name."""
    for pattern in (_ANNOUNCED, _CALLED, _MYSELF, _SOMEBODY, _BESIDE_A_NUMBER, _TITLED):
        for found in pattern.finditer(plain):
            if not _NO_NAME.match(found["it"]):
                yield found.span("it")
