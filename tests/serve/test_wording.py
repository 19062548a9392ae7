"""Numbers, periods and statements as Chinese readers expect them."""

import pytest
from atlas_samples import sources

from yanzhen import facts
from yanzhen.data import rows
from yanzhen.facts import Observation
from yanzhen.facts.records import Instrument, Level, Precision
from yanzhen.serve.labels import TABLE, has, label
from yanzhen.serve.wording import amount, day_words, number, period_words, read


@pytest.mark.parametrize(
    ("value", "high", "unit", "words", "exact"),
    [
        (7_110_000_000.0, None, "CNY", "71.1亿元", "7,110,000,000元"),
        (500_000.0, None, "CNY", "50万元", "500,000元"),
        (9_860.0, None, "CNY", "9,860元", "9,860元"),
        (123_456_789.0, None, "CNY", "12,345.6789万元", "123,456,789元"),
        (1_234_567_891.0, None, "CNY", "123,456.7891万元", "1,234,567,891元"),
        (123_456_789.5, None, "CNY", "123,456,789.5元", "123,456,789.5元"),
        (100_000_000_000.0, None, "CNY", "1,000亿元", "100,000,000,000元"),
        (300_000_000.0, None, "USD", "3亿美元", "300,000,000美元"),
        (58.9, None, "%", "58.9%", "58.9%"),
        (100 / 3, None, "%", "33.3333%", "33.333333333333336%"),
        (2.5, None, "pp", "2.5个百分点", "2.5个百分点"),
        (40_000.0, None, "count", "4万", "40,000"),
        (30_000.0, None, "count/month", "3万/月", "30,000/月"),
        (3_000_000.0, None, "CNY/mu", "300万元/亩", "3,000,000元/亩"),
        (60_000.0, None, "t/year", "6万吨/年", "60,000吨/年"),
        (5.0, None, "吨标准煤/套", "5吨标准煤/套", "5吨标准煤/套"),
        (3.0, 5.0, "count", "3—5", "3—5"),
        (2_000_000.0, 3_000_000.0, "CNY", "200—300万元", "2,000,000—3,000,000元"),
        (9_000_000.0, 120_000_000.0, "CNY", "900万—1.2亿元", "9,000,000—120,000,000元"),
        (0.0, None, "CNY", "0元", "0元"),
        (1e22, None, "count", "1,000,000,000,000万亿", None),
    ],
)
def test_an_amount_is_worded_for_readers_and_exact_beside_it(value, high, unit, words, exact):
    if exact is None:
        assert amount(value, high, unit).text  # beyond all money: any wording, no fault
        return
    part = amount(value, high, unit)
    assert (part.text, part.exact) == (words, exact)


def test_a_number_keeps_all_its_digits():
    assert number(7_110_000_000.0) == "7,110,000,000"
    assert number(0.1) == "0.1"


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (None, ""),
        ((None, None), ""),
        (("2023-01-01", "2023-12-31"), "2023年"),
        (("2023-01-01", "2023-06-30"), "2023年上半年"),
        (("2023-07-01", "2023-12-31"), "2023年下半年"),
        (("2023-04-01", "2023-06-30"), "2023年第二季度"),
        (("2023-01-01", "2023-09-30"), "2023年前三季度"),
        (("2023-01-01", "2023-10-31"), "2023年1—10月"),
        (("2024-02-01", "2024-02-29"), "2024年2月"),
        (("2023-02-05", "2023-02-05"), "2023年2月5日"),
        (("2023-02-05", "2023-03-10"), "2023年2月5日—2023年3月10日"),
        (("2021-01-01", "2025-12-31"), "2021—2025年"),
        (("2020-06-01", "2021-03-31"), "2020年6月—2021年3月"),
        ((None, "2022-12-31"), "截至2022年底"),
        ((None, "2022-06-30"), "截至2022年6月底"),
        ((None, "2022-06-12"), "截至2022年6月12日"),
        (("2022-01-01", None), "2022年起"),
        (("2022-03-01", None), "2022年3月起"),
        (("2022-03-09", None), "2022年3月9日起"),
        (("nonsense", "2022"), "nonsense—2022"),
    ],
)
def test_a_period_is_worded_by_its_usual_name(period, words):
    assert period_words(period) == words


@pytest.mark.parametrize(
    ("iso", "words"), [("2023", "2023年"), ("2023-07", "2023年7月"), ("2023-07-26", "2023年7月26日"), ("近日", "近日")]
)
def test_a_date_is_worded_as_finely_as_it_is_known(iso, words):
    assert day_words(iso) == words


READINGS = {
    "完成规上工业总产值71.1亿元": ("云溪高新区，2024年上半年规上工业总产值为71.1亿元", "actual"),
    "同比增长5.8%": ("云溪高新区，2024年上半年规上工业总产值增长5.8%", "actual"),
    "出口下降3.2%": ("云溪高新区，2024年上半年出口下降3.2%", "actual"),
    "20余家传感器企业": ("云溪高新区，2024年7月传感器企业超过20", "actual"),
    "居全省第5位": ("云溪高新区传感器企业居全省第5位", "actual"),
    "总投资约12亿元": ("青禾传感器基地项目总投资约12亿元", "planned"),
    "达产后年产值可达30亿元": ("青禾传感器基地项目年产值为30亿元", "forecast"),
    "设计月产能3万片": ("青禾传感器基地项目月产能为3万/月", "capacity"),
    "预计2025年底投产": ("青禾传感器基地项目（青禾微电子，云溪高新区），2025年12月投产", "planned"),
    "青禾微电子负责人陆川": ("陆川任职于青禾微电子（负责人）", "actual"),
    "全国首个车规级压力传感器中试线": ("据陆川，青禾微电子要成为“全国首个车规级压力传感器中试线”", "planned"),
    "对入驻的小微企业给予最高50万元的租金补贴": (
        "云溪高新区：《云溪八条》，面向入驻的小微企业，给予最高50万元的租金补贴",
        "",
    ),
    "青禾微電子與雲溪高新區簽約": ("2021年，青禾微电子与云溪高新区签约", "actual"),
    "投資額逾3億美元": ("青禾微电子投资额超过3亿美元", "actual"),
}  # fmt: skip


@pytest.mark.parametrize("quote", READINGS)
def test_a_statement_reads_as_a_sentence(quote):
    statement = next(r for s in sources() for r in s.records if getattr(r, "quote", None) == quote)
    reading = read(statement)
    assert (reading.text, reading.status) == READINGS[quote]


def test_an_observation_of_nobody_says_so():
    said = Observation(
        doc="d", subject=None, metric="占比", measure="share", value=3.0, unit="%", cmp=">=", period=None,
        modality="actual", quote="q", start=0, end=1,
    )  # fmt: skip
    assert read(said).text == "（未指明主体）占比占比不低于3%"


def test_every_code_of_the_fact_model_has_a_label():
    groups = {
        "kind": facts.KINDS, "type": facts.ENTITY_TYPES, "predicate": facts.PREDICATES, "stage": facts.STAGES,
        "measure": facts.MEASURES, "modality": facts.MODALITIES, "instrument": Instrument.__args__,
        "level": Level.__args__, "precision": Precision.__args__,
    }  # fmt: skip
    for group, keys in groups.items():
        assert [key for key in keys if not has(group, key)] == [], group


def test_labels_are_well_formed():
    table = rows(TABLE)
    assert len({row["id"] for row in table}) == len(table)
    assert all(row["id"] == f"{row['group']}.{row['key']}" for row in table)
    assert all(row["source"] for row in table)
    assert label("unit", "no such unit") == "no such unit"
