"""An agency that no title names, read from the sentence that publishes its report, and from no other sentence."""

import pytest

from orchestration.reading.headings.headings import read_heading

LAW = "《中华人民共和国政府信息公开条例》"
REST = ["", "一、总体情况", "全年公开信息12条。", "二、主动公开政府信息情况"]
SAID = {
    "现将甲县财政局2023年政府信息公开工作年度报告公布如下": ("甲县财政局", 2023),
    "现将甲县财政局2023年度政府信息公开工作年度报告公布如下：": ("甲县财政局", 2023),
    "现将甲县财政局二〇二三年政府信息公开年度报告予以公布。": ("甲县财政局", 2023),
    "现将2023年甲县财政局政府信息公开工作年度报告向社会公布。": ("甲县财政局", 2023),
    "现将《甲县财政局2023年政府信息公开工作年度报告》公布如下，欢迎监督。": ("甲县财政局", 2023),
    "现将甲县财政局政府信息公开工作年度报告公示如下：": ("甲县财政局", None),
    "现将甲县财政局关于2023年政府信息公开工作的年度报告公布如下。": ("甲县财政局", 2023),
    "现将甲县财政局编制的2023年政府信息公开工作年度报告公布如下。": ("甲县财政局", 2023),
    f"根据{LAW}第五十条的规定，现将甲县乙镇人民政府2023年政府信息公开工作年度报告公布如下。": (
        "甲县乙镇人民政府",
        2023,
    ),
    "按照甲省人民政府办公厅要求，现将甲市乙区人民政府2023年政府信息公开工作年度报告公布如下：": (
        "甲市乙区人民政府",
        2023,
    ),
    "各单位：现将甲县教育局2023年政府信息公开工作年度报告公布如下。": ("甲县教育局", 2023),
    "现公布甲县公安局2023年政府信息公开工作年度报告。": ("甲县公安局", 2023),
    "特向社会公布2023年甲县公安局政府信息公开工作年度报告。": ("甲县公安局", 2023),
    "现公布甲县公安局政府信息公开工作2023年度报告。": ("甲县公安局", 2023),
    "现发布《甲县公安局2023年政府信息公开工作年度报告》。": ("甲县公安局", 2023),
    "围绕重点工作，编制甲县公安局2023年政府信息公开工作年度报告，所列数据截至年底。": ("甲县公安局", 2023),
    "现将甲县公安局（以下简称县局）2023年度政府信息公开工作报告如下：": ("甲县公安局", 2023),
    "甲县公安编制了甲县公安局2023年政府信息公开工作年度报告（以下简称《年报》）。": ("甲县公安局", 2023),
    "特向社会公布甲县公安局2023年政府信息公开工作年度报告。": ("甲县公安局", 2023),
    f"根据{LAW}，甲县公安局公布2022年政府信息公开工作年度报告。": ("甲县公安局", 2022),
    f"根据{LAW}和《甲省政府信息公开办法》，甲县公安局现发布2022年政府信息公开工作年度报告：": ("甲县公安局", 2022),
    f"依据{LAW}有关规定，甲县西工区政务和谐局编制本报告。".replace("西工区政务和谐局", "林业局"): ("甲县林业局", None),
    f"按照{LAW}规定，由甲市乙区审计局编制本年度报告。": ("甲市乙区审计局", None),
    "按照甲市人民政府办公室《关于做好年度报告工作的通知》要求，乙县水利局编制了2023年政府信息公开工作年度报告。": (
        "乙县水利局",
        2023,
    ),
    "本年度报告由甲县乙镇人民政府编制。": ("甲县乙镇人民政府", None),
    "本报告由甲市乙街道办事处编制，电子版可以下载。": ("甲市乙街道办事处", None),
    f"本报告由甲县统计局根据{LAW}编制。": ("甲县统计局", None),
    "本报告系由国家税务总局甲县税务局负责编制。": ("国家税务总局甲县税务局", None),
    f"甲县统计局根据{LAW}第四十九条规定，编制2023年政府信息公开工作年度报告。": ("甲县统计局", 2023),
    f"甲县统计局根据{LAW}要求，编制本报告。": ("甲县统计局", None),
    "现将中国（甲市）自由贸易试验区管理委员会2023年政府信息公开工作年度报告公布如下": (
        "中国（甲市）自由贸易试验区管理委员会",
        2023,
    ),
    "现将甲县文化和旅游局2023年政府信息公开工作年度报告公布如下。": ("甲县文化和旅游局", 2023),
    "现将向阳区经济和信息化局2023年政府信息公开工作年度报告公布如下。": ("向阳区经济和信息化局", 2023),
    "现将现河乡人民政府2023年政府信息公开工作年度报告公布如下。": None,
}
UNSAID = [
    "现将我局2023年政府信息公开工作年度报告公布如下。",
    "现将本机关2023年政府信息公开工作年度报告公布如下。",
    "现将全县2023年政府信息公开工作年度报告公布如下。",
    "现将各镇2023年政府信息公开工作年度报告公布如下。",
    "现将县财政局2023年政府信息公开工作年度报告公布如下。",
    "现将财政局2023年政府信息公开工作年度报告公布如下。",
    "根据甲省人民政府办公厅要求，现公布我局2023年政府信息公开工作年度报告。",
    "根据甲县人民政府办公室要求，编制2023年政府信息公开工作年度报告。",
    "根据甲县人民政府办公室《关于做好2023年政府信息公开工作年度报告编制和发布工作的通知》，现将有关情况报告如下：",
    "现将《甲省人民政府办公厅关于做好2023年政府信息公开工作年度报告编制和发布工作的通知》转发给你们。",
    "现将甲县财政局2023年政府信息公开工作年度报告转发给你们。",
    "现将甲县财政局2023年政府信息公开工作年度报告审核情况通报如下。",
    "现将甲县人民政府办公室转来的2023年政府信息公开工作年度报告公布如下。",
    "现将甲县财政局和甲县审计局2023年政府信息公开工作年度报告公布如下。",
    "现将甲县财政局、甲县审计局2023年政府信息公开工作年度报告公布如下。",
    "现将甲县财政局等单位2023年政府信息公开工作年度报告公布如下。",
    "现将甲县所属部门2023年政府信息公开工作年度报告公布如下。",
    "现将乡镇人民政府2023年政府信息公开工作年度报告公布如下。",
    "现将区县人民政府2023年政府信息公开工作年度报告公布如下。",
    "甲市人民政府公布2023年政府信息公开工作年度报告后，我局随即部署。",
    "甲市人民政府公布2023年政府信息公开工作年度报告。",
    "1月31日，甲市人民政府发布2023年政府信息公开工作年度报告。",
    "在甲县人民政府办公室的指导下，我局编制本报告。",
    "受甲县人民政府委托，编制本报告。",
    f"根据{LAW}，县级以上人民政府公布2023年政府信息公开工作年度报告。",
    f"根据{LAW}，行政机关编制本年度报告。",
    f"根据{LAW}，甲县人民政府办公室督促甲县财政局编制本年度报告。",
    f"根据{LAW}，甲县人民政府办公室汇总编制本年度报告。",
    "本报告由甲县人民政府办公室编制。",
    "本报告由甲县人民政府办公室统一编制模板。",
    "本报告由甲县政务服务和大数据管理局编制。",
    "本报告由甲县人民政府办公室会同甲县财政局编制。",
    "本报告由我镇编制。",
    "本报告由本机关编制。",
    "本报告模板由甲县财政局编制。",
    "本报告中所列数据的统计期限由甲县统计局确定。",
    "甲县统计局对本报告提出意见，要求我局编制2023年政府信息公开工作年度报告。",
    "甲县人民政府网站根据栏目设置，编制本报告。",
    "国务院办公厅印发政府信息公开工作年度报告格式，请甲县财政局编制2023年政府信息公开工作年度报告。",
    "收到甲县财政局2023年政府信息公开工作年度报告1份。",
    "不服的，可以查阅甲县财政局2023年政府信息公开工作年度报告。",
    "甲县审计局审计了甲县财政局，甲县财政局2023年政府信息公开工作年度报告已按时公布。",
    "根据甲市政务公开办要求，甲市纪委监委对甲县财政局编制2023年政府信息公开工作年度报告的情况进行了检查。",
    f"根据{LAW}，甲县人民政府公布2023年政府信息公开工作年度报告，我局积极配合。",
    "按照通知要求，甲县人民政府办公室已公布2023年政府信息公开工作年度报告编制要求。",
]


@pytest.mark.parametrize("sentence", SAID)
def test_the_sentence_that_publishes_a_report_names_its_agency(sentence: str) -> None:
    heading = read_heading([sentence, *REST])
    name, year = SAID[sentence] or (None, None)
    assert (heading.name, heading.year) == (name, year)
    assert heading.name_evidence == ("sentence" if name else None)
    assert heading.year_evidence == ("sentence" if year else None)


@pytest.mark.parametrize("sentence", UNSAID)
def test_a_sentence_that_names_another_body_says_nothing(sentence: str) -> None:
    for lines in ([sentence, *REST], ["公开年报", *REST, sentence], ["甲县人民政府办公室", sentence, *REST]):
        heading = read_heading(lines)
        assert (heading.name, heading.name_evidence) == (None, None)


SENTENCE = "现将甲县财政局2023年政府信息公开工作年度报告公布如下："


def test_a_sentence_may_go_on_in_the_next_line() -> None:
    for at in range(2, len(SENTENCE) - 1):
        assert read_heading([SENTENCE[:at], SENTENCE[at:], *REST]).name == "甲县财政局"


def test_the_line_above_a_sentence_is_no_part_of_it() -> None:
    assert read_heading(["甲县人民政府", f"根据{LAW}规定，编制本报告。", *REST]).name is None


def test_what_another_body_did_is_told_within_the_report() -> None:
    other = f"根据{LAW}，乙县公安局公布2023年政府信息公开工作年度报告。"
    assert read_heading([*REST, "一", "二", "三", other]).name is None
    assert read_heading([SENTENCE, *REST, "一", "二", "三", other]).name == "甲县财政局"
    assert read_heading([*REST, "一", "二", "三", "本报告由甲县财政局编制。"]).name == "甲县财政局"


def test_sentences_that_do_not_agree_say_nothing() -> None:
    assert read_heading([SENTENCE, SENTENCE.replace("财政", "审计"), *REST]).name is None
    assert read_heading([SENTENCE, SENTENCE.replace("2023", "2022"), *REST]).name is None
    assert read_heading([SENTENCE, *REST, "统计期限为2022年1月1日至2022年12月31日。"]).name is None
    assert read_heading([SENTENCE, *REST, "甲县审计局", "2024年1月20日"]).name is None
    whole = SENTENCE.replace("甲县财政局", "乙市甲县财政局")
    assert read_heading([SENTENCE, whole, *REST, "甲县财政局", "2024年1月20日"]).name == "乙市甲县财政局"


def test_a_title_goes_before_a_sentence_and_a_sentence_before_a_label() -> None:
    titled = read_heading(["甲县审计局2023年政府信息公开工作年度报告", SENTENCE, *REST])
    assert (titled.name, titled.name_evidence) == ("甲县审计局", "title")
    heading = read_heading(["信息来源：甲县人民政府办公室", SENTENCE, *REST])
    assert (heading.name, heading.publisher, heading.name_evidence) == ("甲县财政局", "甲县人民政府办公室", "sentence")
    nameless = read_heading(["2023年政府信息公开工作年度报告", SENTENCE, *REST])
    assert (nameless.name, nameless.year, nameless.year_evidence) == ("甲县财政局", 2023, "title")
    assert read_heading(["发布机构：甲县财政局", *REST]).name_evidence == "publisher"


def test_long_lines_cost_no_time() -> None:
    lines = ["根据" + "甲县财政局" * 20_000 + "报告", "现将" * 290 + "报告", "根据，" * 190 + "甲县财政局编制本报告"]
    assert read_heading([*lines * 20, *REST]).name is None
