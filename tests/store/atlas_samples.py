"""Three documents of invented places, read by hand: records of every kind, overlapping evidence, both scripts."""

from __future__ import annotations

import hashlib
from typing import Any

from yanzhen.facts import (
    Article,
    Claim,
    Document,
    Entity,
    Milestone,
    Observation,
    Policy,
    Record,
    Relation,
)
from yanzhen.store import Source

BULLETIN = """云溪高新区上半年运行平稳

本报讯（记者 简安）2024年上半年，云溪高新区完成规上工业总产值71.1亿元，同比增长5.8%，其中出口下降3.2%。
目前，园区已汇聚20余家传感器企业，居全省第5位。<script>alert("芯")</script> & 测试。

青禾传感器基地项目总投资约12亿元，由青禾微电子建设，项目位于云溪高新区，预计2025年底投产，达产后年产值可达30亿元，设计月产能3万片。
青禾微电子负责人陆川说，这里将建成全国首个车规级压力传感器中试线。

新政出台 租金减半

云溪高新区发布《云溪八条》，对入驻的小微企业给予最高50万元的租金补贴。
"""

ARTICLE_B = BULLETIN.index("新政出台")

REPOST = "原標題：雲溪高新區再落新項目\r\n\r\n　　青禾微電子與雲溪高新區簽約，投資額逾3億美元。🎉\r\n"

EMPTY = "目录\n第一版 要闻\n第二版 副刊\n"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def at(text: str, quote: str) -> dict[str, Any]:
    start = text.index(quote)
    return {"quote": quote, "start": start, "end": start + len(quote)}


def _bulletin() -> list[Record]:
    doc, text = "云溪/bulletin", BULLETIN

    def said(quote: str, article: str = "a1") -> dict[str, Any]:
        return {"doc": doc, "article": article, "origin": "test", **at(text, quote)}

    half = ("2024-01-01", "2024-06-30")
    return [
        Document(
            doc=doc, published="2024-07", published_precision="month", publisher="云溪日报", inferred=True,
            reasons=("文中称“上半年”为近事",), start=0, end=len(text),
        ),
        Article(doc=doc, id="a1", title="云溪高新区上半年运行平稳", authors=("简安",), start=0, end=ARTICLE_B),
        Article(
            doc=doc, id="a2", title="新政出台 租金减半", published="2024-07-05", published_precision="day",
            start=ARTICLE_B, end=len(text),
        ),
        Entity(doc=doc, id="e1", type="zone", name="云溪高新区", aliases=("云溪",)),
        Entity(doc=doc, id="e2", type="company", name="青禾微电子", aliases=("青禾",)),
        Entity(doc=doc, id="e3", type="project", name="青禾传感器基地项目", aliases=("基地项目",)),
        Entity(doc=doc, id="e4", type="person", name="陆川"),
        Entity(doc=doc, id="e5", type="policy", name="《云溪八条》"),
        Observation(
            **said("完成规上工业总产值71.1亿元"), subject="云溪高新区", metric="规上工业总产值", measure="level",
            value=7_110_000_000.0, unit="CNY", cmp="=", period=half, modality="actual",
        ),
        Observation(
            **said("同比增长5.8%"), subject="云溪高新区", metric="规上工业总产值", measure="growth", value=5.8,
            unit="%", cmp="=", period=half, modality="actual",
        ),
        Observation(
            **said("出口下降3.2%"), subject="云溪高新区", metric="出口", measure="growth", value=-3.2, unit="%",
            cmp="=", period=half, modality="actual",
        ),
        Observation(
            **said("20余家传感器企业"), subject="云溪高新区", metric="传感器企业", measure="level", value=20.0,
            unit="count", cmp=">", period=("2024-07-01", "2024-07-31"), modality="actual", inferred=True,
        ),
        Observation(
            **said("居全省第5位"), subject="云溪高新区", metric="传感器企业", measure="rank", value=5.0, unit="rank",
            cmp="=", period=None, modality="actual", of="全省",
        ),
        Observation(
            **said("总投资约12亿元"), subject="青禾传感器基地项目", metric="总投资", measure="level",
            value=1_200_000_000.0, unit="CNY", cmp="~", period=None, modality="planned",
        ),
        Observation(
            **said("达产后年产值可达30亿元"), subject="青禾传感器基地项目", metric="年产值", measure="level",
            value=3_000_000_000.0, unit="CNY", cmp="=", period=None, modality="forecast",
        ),
        Observation(
            **said("设计月产能3万片"), subject="青禾传感器基地项目", metric="月产能", measure="level", value=30_000.0,
            unit="count/month", cmp="=", period=None, modality="capacity",
        ),
        Milestone(
            **said("预计2025年底投产"), project="青禾传感器基地项目", owner="青禾微电子", stage="production",
            status="planned", date=("2025-12-01", "2025-12-31"), place="云溪高新区",
        ),
        # Its evidence holds that of the milestone and begins where another's does.
        Relation(
            **said("青禾传感器基地项目总投资约12亿元，由青禾微电子建设，项目位于云溪高新区，预计2025年底投产"),
            subject="青禾传感器基地项目", predicate="located_in", object="云溪高新区", status="actual", date=None,
        ),
        Relation(
            **said("青禾传感器基地项目总投资约12亿元，由青禾微电子建设"), subject="青禾微电子",
            predicate="invests_in", object="青禾传感器基地项目", status="planned", date=None,
        ),
        Relation(
            **said("青禾微电子负责人陆川"), subject="陆川", predicate="works_for", object="青禾微电子", status="actual",
            date=None, role="负责人",
        ),
        Claim(
            **said("全国首个车规级压力传感器中试线"), subject="青禾微电子", claim="全国首个车规级压力传感器中试线",
            scope="全国", superlative="首个", attribution="陆川", status="planned",
        ),
        Policy(
            **said("对入驻的小微企业给予最高50万元的租金补贴", "a2"), policy="《云溪八条》", issuer="云溪高新区",
            instrument="rent", benefit="给予最高50万元的租金补贴", beneficiary="入驻的小微企业", value=500_000.0,
            unit="CNY", cmp="<=",
        ),
    ]  # fmt: skip


def _repost() -> list[Record]:
    doc, text = "repost", REPOST
    return [
        Document(
            doc=doc, published="2021", published_precision="year", script="hant", title="云溪高新区再落新项目",
            start=0, end=len(text),
        ),
        Article(doc=doc, id="a1", title="云溪高新区再落新项目", start=4, end=len(text)),
        Entity(doc=doc, id="e1", type="company", name="青禾微电子"),
        Entity(doc=doc, id="e2", type="zone", name="云溪高新区"),
        Relation(
            doc=doc, article="a1", **at(text, "青禾微電子與雲溪高新區簽約"), subject="青禾微电子",
            predicate="signs_with", object="云溪高新区", status="actual", date=("2021-01-01", "2021-12-31"),
        ),
        Observation(
            doc=doc, article="a1", **at(text, "投資額逾3億美元"), subject="青禾微电子", metric="投资额",
            measure="level", value=300_000_000.0, unit="USD", cmp=">", period=None, modality="actual",
        ),
    ]  # fmt: skip


def source(doc: str, text: str, records: list[Record]) -> Source:
    return Source(doc, f"{doc}.txt", "text/plain", digest(text), text, records)


def sources() -> list[Source]:
    empty: list[Record] = [Document(doc="空 版#1", published=None, published_precision=None, start=0, end=len(EMPTY))]
    return [
        source("云溪/bulletin", BULLETIN, _bulletin()),
        source("repost", REPOST, _repost()),
        source("空 版#1", EMPTY, empty),
    ]
