"""The things that residents write about, by the different words that they have for each.

“路灯不亮” and “晚上一片漆黑” share no word and mean one thing. Each line below is such a thing:
first what it is called, then by which words one knows it. A word may belong to several things.
"""

from functools import cache

_LINES = """
路灯 路灯 灯不亮 漆黑 没有灯 照明 摸黑 亮灯 灯坏 灯杆
电梯 电梯 扶梯 困人 升降梯
供暖 暖气 供暖 供热 地暖 采暖 热力公司 暖气片 室温
停水 停水 没水 断水 缺水 水压 不来水 自来水 供水 打水厂 水管冻
水质 水质 井水 吃水 水发黄 又黄又 水浑 异味的水 饮用水
停电 停电 没电 断电 跳闸 变压器烧 变压器坏 供电 电压低
燃气 燃气 天然气 煤气 通气
网络 宽带 没网 断网 网络 光纤 电信 信号差 基站
污水 污水 臭水 反水 下水道 化粪池 粪水 粪池 粪便 管网 堵了 满溢 往外冒 黑臭 臭水沟 又黑又臭
排污 排污 直排 排放 污染 排毒 死鱼 废水 翻肚皮 偷排
养殖 养殖 养猪 养鸡 养牛 养羊 猪场 粪水 粪便
积水 积水 内涝 倒灌 被淹 进水 排水
漏水 漏水 渗水 漏雨 滴水
垃圾 垃圾 清运 不拉了 环卫 脏乱
厕所 厕所 公厕 旱厕
油烟 油烟 烧烤 烤串 烟熏 饭店排烟
噪声 噪音 噪声 扰民 吵 鸣笛 按喇叭 音响 低音炮 嗡嗡 声音太大 声音大 睡不着 放音乐
施工声 打孔 电钻 装修 夜间施工
广场舞 广场舞 跳舞
唱歌 唱歌 KTV 酒吧 歌厅
扬尘 扬尘 尘土 灰尘 粉尘 黄土 洒水
焚烧 秸秆 焚烧 烧荒 烧垃圾
路面 坑洼 路面破损 路面塌 塌陷 塌了 陷下去 裂缝 开裂 修路 水泥路 路烂 难走 破损严重 路坏 压烂 压坏
桥 桥面 大桥 桥梁 伸缩缝
施工 施工 围挡 工期 修路 没完工
井盖 井盖 窨井 检查井
占道 占道 摆摊 摊贩 出摊 占了一大半 早市 夜市 流动摊 占着人行道
停车 停车 乱停 停放 停满 占停车位 占用车位 私家车堵 车位
停车费 停车费 停车收费 停车乱收费 停车场收费 收费太乱 车位费 停车场收
消防 消防 火灾 着火 火情 灭火器 防火
充电 充电 飞线 充电桩 电瓶车进楼
红绿灯 红绿灯 信号灯 绿灯 红灯
人行道 斑马线 人行横道 盲道 过马路 行人
公交 公交 班车 班次 公交站 等不来 站牌
共享单车 共享单车 单车
货车 货车 大车 渣土车 超速 重型
树木 树 绿化 草坪 花坛 公园绿地 毁绿
物业费 物业费 涨价 上调 收费标准
物业 物业不作为 物业公司 换物业 物业管理 保安
业委会 业委会 公共收益 广告收入 维修基金 不公示
违建 违建 私搭 乱建 私自加盖 违章建筑 加盖 搭建 砌墙
外墙 外墙 墙皮 瓷砖 脱落 掉落 往下掉
房屋质量 质量太差 房屋质量 墙面开裂 墙体 渗水
交房 交房 交付 逾期 烂尾 停工 延期 没动静
房产证 房产证 不动产证 不动产 产权证 办证
旧改 老旧小区改造 改造 雨棚
拆迁 拆迁 征地 征收 补偿款 安置
宅基地 宅基地 盖房 建房 占了我家
低保 低保 五保 困难户 救助 特困
医保 医保 合作医疗 报销 新农合
看病 挂号 医生 看病 打针 护士 就诊 药方
药品 药店 买的药 感冒药 过期药 药价
工资 工资 欠薪 讨薪 拖欠 农民工 薪水 血汗钱
社保 社保 养老金 养老保险 退休金 失业金
入学 学区 学位 入学 划片 上学 上不了学 划进
补课 补课 补习 培训班
学费 赞助费 学费 订奶 牛奶 乱收费 违规收费 收费太高 学校收费
食堂 食堂 饭菜 营养餐 伙食
师德 打孩子 体罚 老师打 辱骂学生
学校建设 配套小学 配套学校 学校没有建 不建了 承诺的学校 配套
操场 操场 跑道 有毒
退费 退费 退钱 跑路 不退 失联 预付卡 会员卡 退学费 关门
驾校 驾校 练车 教练 约不到车 学车
食品 过期 变质 食品 吃出 卫生差 奶粉
计量 短斤少两 缺斤 秤 少给
快递 快递 包裹 取件 派送
网吧 网吧 未成年 通宵
犬只 狗 犬
公共设施 健身器材 座椅 护栏 栏杆 设施
灌溉 机井 浇地 浇上水 浇水 灌溉 旱
湖水 湖水 湖里 河水 发绿
河道 河道 钓鱼 河堤 采砂
道闸 道闸 抬杆 门禁
变压器声 变压器噪声 变压器嗡嗡 变压器
高铁 高铁 铁路 声屏障 隔音
村务 村干部 村务 私分 评定不公 选举 账目
户口 户口 身份证办 户籍 派出所
服务态度 态度差 态度不好 推诿 窗口 排队 不接电话
殡葬 殡葬 墓地 坟
彩礼 彩礼 婚
诈骗 诈骗 骗 传销 非法集资
"""
# What residents complain of with everything; it says nothing of the thing.
_TELLS_NOTHING = ("推诿", "不接电话", "拖欠", "配套", "改造", "设施", "上学", "污染", "窗口")


@cache
def _things() -> dict[str, frozenset[str]]:
    """Return each word with the things that it may mean."""
    found: dict[str, set[str]] = {}
    for line in _LINES.split("\n"):
        name, *words = line.split() or [""]
        for word in words:
            if word not in _TELLS_NOTHING:
                found.setdefault(word.casefold(), set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def things_in(text: str) -> frozenset[str]:
    """Return what a text is about, as far as the words above say so."""
    found = [things for word, things in _things().items() if word in text]
    return frozenset[str]().union(*found)
