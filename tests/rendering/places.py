"""Real regions and the organs that publish reports there. Names only; nothing about how they are read."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Agency:
    """``name`` is the full name, ``short`` the name without its region, ``level`` province … township."""

    name: str
    short: str
    level: str
    we: str


PROVINCES = [
    "河南省",
    "江苏省",
    "广东省",
    "北京市",
    "上海市",
    "内蒙古自治区",
    "广西壮族自治区",
    "贵州省",
    "新疆维吾尔自治区",
    "重庆市",
]
PREFECTURES = [
    "洛阳市",
    "信阳市",
    "平顶山市",
    "淮安市",
    "南京市",
    "石家庄市",
    "沧州市",
    "佛山市",
    "遵义市",
    "鄂尔多斯市",
    "延边朝鲜族自治州",
    "阿坝藏族羌族自治州",
    "大兴安岭地区",
    "锡林郭勒盟",
]
COUNTIES = [
    "洛阳市西工区",
    "潢川县",
    "平顶山市新华区",
    "卫辉市",
    "淮安市洪泽区",
    "天门市",
    "西工区",
    "新华区",
    "南京市鼓楼区",
    "鼓楼区",
    "伊金霍洛旗",
    "鄂尔多斯市东胜区",
    "峨边彝族自治县",
    "佛山市南海区",
    "上海市长宁区",
    "北京市门头沟区",
    "东乡族自治县",
    "长垣市",
    "义乌市",
    "重庆市城口县",
    "深圳市龙华区",
    "石河子市",
    "长阳土家族自治县",
    "广州市黄埔区",
]
TOWNS = [
    "潢川县双柳树镇",
    "淮安市洪泽区老子山镇",
    "长垣市蒲西街道",
    "平顶山市新华区焦店镇",
    "伊金霍洛旗札萨克镇",
    "东乌珠穆沁旗嘎海乐苏木",
    "卫辉市后河镇",
    "双沟镇",
    "鼓楼区华侨路街道",
    "义乌市稠城街道",
    "城口县高燕镇",
    "佛山市南海区西樵镇",
    "门头沟区龙泉镇",
    "洪山乡",
]
DEPARTMENTS = [
    "教育局",
    "财政局",
    "发展和改革委员会",
    "政务服务和大数据管理局",
    "市场监督管理局",
    "公安局",
    "卫生健康委员会",
    "住房和城乡建设局",
    "自然资源和规划局",
    "统计局",
    "审计局",
    "信访局",
    "行政审批局",
    "公共资源交易中心",
    "机关事务管理局",
    "人力资源和社会保障局",
    "民族宗教事务局",
    "退役军人事务局",
    "文化广电和旅游局",
    "应急管理局",
    "城市管理综合执法局",
    "水利局",
    "司法局",
    "农业农村局",
    "医疗保障局",
]
OFFICES = [
    "教育厅",
    "财政厅",
    "发展和改革委员会",
    "生态环境厅",
    "自然资源厅",
    "水利厅",
    "市场监督管理局",
    "药品监督管理局",
    "人民政府外事办公室",
]
ZONES = [
    "洛阳经济技术开发区管理委员会",
    "苏州工业园区管理委员会",
    "郑州航空港经济综合实验区管委会",
    "贵安新区管理委员会",
    "连云港徐圩新区管委会",
    "淮安高新技术产业开发区管理委员会",
    "南海诸岛示范区管委会",
]
CUSTOMS = ["郑州海关", "中华人民共和国洛阳海关", "青岛海关", "中华人民共和国伊宁海关", "拱北海关"]


def agency(rng: Random) -> Agency:
    """An agency of any level and kind."""
    kind = rng.random()
    if kind < 0.07:
        region = rng.choice(PROVINCES)
        short = rng.choice(["人民政府", *OFFICES])
        return _of(region, short, "province")
    if kind < 0.2:
        return _of(rng.choice(PREFECTURES), rng.choice(["人民政府", "人民政府办公室", *DEPARTMENTS]), "prefecture")
    if kind < 0.62:
        short = rng.choice(["人民政府", "人民政府", "人民政府办公室", *DEPARTMENTS])
        return _of(rng.choice(COUNTIES), short, "county")
    if kind < 0.85:
        region = rng.choice(TOWNS)
        return _of(region, "办事处" if region.endswith("街道") else "人民政府", "township")
    if kind < 0.9:
        name = rng.choice(ZONES)
        return Agency(name, name, "county", "我区")
    if kind < 0.96:
        region = rng.choice([*PREFECTURES, *COUNTIES])
        name = f"国家税务总局{region}税务局"
        return Agency(name, name, "county", "我局")
    name = rng.choice(CUSTOMS)
    return Agency(name, name, "prefecture", "我关")


def _of(region: str, short: str, level: str) -> Agency:
    if short == "人民政府" and level != "township":
        we = {"省": "我省", "县": "我县", "区": "我区", "旗": "我旗", "州": "我州"}.get(region[-1], "我市")
    else:
        ours = "我镇" if level == "township" else "我单位"
        we = {"局": "我局", "厅": "我厅", "会": "我委", "处": "我街道"}.get(short[-1], ours)
    return Agency(region + short, short if short != "人民政府" else region + short, level, we)
