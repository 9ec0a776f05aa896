"""Sentences of the sections that are not tables: realistic, and full of numbers that belong to no cell."""

from __future__ import annotations

from random import Random

from tests.rendering.places import Agency

_INTRO = (
    "本报告由{a}根据《中华人民共和国政府信息公开条例》（国令第711号）（以下简称《条例》）要求编制。报告中所列数据统计期限"
    "自{y}年1月1日起至{y}年12月31日止。如对本报告有疑问，请与{a}联系（地址：人民路{n}号，邮编：{n}100，电话：0517-8722{n}）。",
    "根据《中华人民共和国政府信息公开条例》第四十九条、第五十条规定，现公布{a}{y}年政府信息公开工作年度报告。"
    "本年度报告的统计期限为{y}年1月1日至12月31日。",
    "{y}年，{we}坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻党的二十大精神，坚持“以公开为常态、不公开为例外”，"
    "扎实推进政府信息公开各项工作。现将{y}年工作情况报告如下：",
)
_OPEN = (
    "主动公开情况。{y}年通过门户网站主动公开政府信息{n}条，其中政务动态{m}条、重点领域信息{k}条，公示行政许可{n}件、行政处罚{m}件。",
    "主动公开。1.优化栏目设置，全年更新{n}条。2.加强政策解读，发布解读材料{k}篇。3.回应关切，办理网民留言{m}件，好评率100%。",
    "主动公开政府信息{n}条。制发规范性文件{k}件，涉及{m}个领域，政务服务事项数共计{n}个，涉及部门28个。",
)
_ASKED = (
    "依申请公开情况。全年{we}受理政府信息公开申请{r}件，比上年增长12.5%，均在法定期限内答复，其中予以公开{g}件。",
    "依申请公开。{y}年{a}共收到政府信息公开申请{r}件，上年结转{c}件，办结{p}件。连线政府3件，区长信箱7件，已全部答复。",
    "依申请公开。进一步规范办理流程和答复文书，{y}年度收到申请{r}件；因政府信息公开被申请行政复议{d}件。",
)
_CARE = (
    "政府信息管理。严格落实“三审三校”制度，对{m}篇存量信息开展清理，完善《政府信息公开保密审查制度》等{k}项制度。",
    "政府信息管理情况。规范信息发布流程，建立发稿台账，做到先审后发、一事一审。",
)
_PLATFORM = (
    "政府信息公开平台建设。政务微信公众号发布信息文章{n}余篇，照片640余张，关注人数1500余人，浏览量突破25万余人次。",
    "平台建设。保留的9个微信公众号和1个微博账号已全部纳入全国政务新媒体信息报送系统。",
)
_GUARD = (
    "监督保障。明确1名同志具体负责，组织培训{k}次，参训{m}人次，未发生责任追究情形。",
    "监督保障情况。将政务公开纳入年度绩效考核，分值权重4%，开展社会评议1次。",
)
_ISSUES = (
    "存在的主要问题：一是公开内容不够全面；二是政策解读形式单一；三是队伍建设有待加强。",
    "{y}年，政府信息公开工作取得一定成效，但仍存在不足：1.主动公开意识需进一步增强。2.公开时效性有待提高。3.基层工作人员业务能力不足。",
)
_MENDING = (
    "改进情况：加强培训，提升负责同志的业务能力；进一步优化完善、提高公布质量，力求易懂、贴近百姓。",
    "下一步，{we}将一是健全制度，二是强化监督，三是拓展渠道，力争{z}年公开信息{n}条以上，群众满意度达到95%。",
)
_OTHER = (
    "无。",
    "依据《政府信息公开信息处理费管理办法》，{y}年，本机关收取信息处理费为0元。",
    "按照《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2020〕109号）规定，{y}年发出收费通知1件，收取信息处理费{k}0元。",
    "无其他需要报告的事项。",
)


def write(rng: Random, agency: Agency, year: int, values: dict) -> dict[str, tuple[str, ...]]:
    """Paragraphs for ``intro``, ``一``, ``五`` and ``六``; most tell the numbers of the table."""
    honest = rng.random() < 0.8
    off = 0 if honest else rng.randint(1, 4)

    def number(cell: str) -> int:
        value = values.get(cell)
        return (int(value) if isinstance(value, int) else 0) + off

    facts = {
        "a": agency.name,
        "we": agency.we,
        "y": year,
        "z": year + 1,
        "n": rng.randint(101, 4999),
        "m": rng.randint(21, 480),
        "k": rng.randint(2, 19),
        "r": number("requests/received/total"),
        "c": number("requests/carried_in/total"),
        "p": number("requests/processed_total/total"),
        "g": number("requests/granted/total"),
        "d": number("disputes/reconsideration/total"),
    }

    def pick(choices: tuple[str, ...]) -> str:
        return rng.choice(choices).format_map(facts)

    items = [pick(kind) for kind in (_OPEN, _ASKED, _CARE, _PLATFORM, _GUARD)]
    marks = rng.choice([("（一）", "（二）", "（三）", "（四）", "（五）"), ("1.", "2.", "3.", "4.", "5."), ("",) * 5])
    return {
        "intro": (pick(_INTRO),) if rng.random() < 0.6 else (),
        "一": tuple(mark + item for mark, item in zip(marks, items, strict=True)),
        "五": (pick(_ISSUES), pick(_MENDING)),
        "六": (pick(_OTHER),),
    }
