"""Amounts that policies give, named by who gets them; and numbers that only say who or which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yanzhen.extract import phrases
from yanzhen.extract.drafts import AREA, MONEY, Draft

if TYPE_CHECKING:
    from yanzhen.extract.scene import Scene, Sentence
    from yanzhen.quantify import Quantity

_GIVES = re.compile(
    r"(?:给予|予以|奖励|补助|补贴|资助|发放|享受|可获|获得|兑现|补偿|配套)(?:[^,。;]{0,8}?(?:最高|一次性|不超过|总额))?(?:[\d.、万元亿]|分别|的|每[年月人家]|[\u4e00-\u9fff]{0,4})*$"
)
_BENEFIT_NOUN = re.compile(
    r"(?:的|一次性|资金|专项|年度|现金|不等|以内|以下|左右)*(?P<what>[\u4e00-\u9fff]{0,8}?(?:奖励|补助|补贴|资助|奖补|贴息|扶持资金|资金扶持|资金支持|扶持|启动经费|启动资金|科研经费|经费支持|经费|安家费|奖金|配套资金|配套|股权投资|信贷支持|授信|贷款|支持))"
)
_BENEFICIARY = re.compile(
    r"(?:^|[,。;:\n]|的,)(?:对于?|凡|鼓励|支持)(?P<who>[^。;\n]{2,60}?)(?=的?,|,|给予|予以|按|分别|一次性|最高)"
)
# `每家企业每年|不超过200万元`: a bound on what the clause before gives
_CAP = re.compile(
    r"^(?P<each>(?:每|单个|单|同一|年度|累计|合计|总额|最高)[^,。;]{0,8}?)(?:的)?(?:累计|合计|总额)?(?:最高|最多)?(?:不超过|不高于|可达)?$"
)
GIVEN_NOUN = re.compile(r"奖励|补助|补贴|资助|贴息|奖补|返还|扶持|补偿|配套")
_LONGEST_WHO = 20
_WHO_NOISE = re.compile(
    r"^(?:首次认定|首次|新认定|新引进|新|当年|年度|经认定|经评审|符合条件|的|企业用于|用于|获批|获得|获评|被认定为|认定为|被评为|入选|达到|在我区|在园区|本区|我区|区内)+"
)
_THRESHOLD = re.compile(r"(?:^|[,。;:\n、])(?:\d+[.、])?(?:对于?|凡|鼓励|支持)[^,。;\n]*$")


def is_threshold(scene: Scene, quantity: Quantity, clause: tuple[int, int], sentence: Sentence) -> bool:
    """`对年产值首次突破|10亿元|的企业,给予…`: a condition on who gets something measures nothing."""
    text = scene.text
    if quantity.unit in MONEY | AREA and _sizes_counted(scene, quantity, clause):
        return True
    if quantity.unit != "count" and any(
        q.end == quantity.start and q.unit == "count" for q in scene.quantities_in(clause[0], quantity.start)
    ):
        return True  # `20辆|49吨|重卡`: the size of the things counted
    head = _THRESHOLD.search(text[sentence.start : quantity.start])
    if head is None:
        return False
    rest = text[quantity.end : clause[1]]
    if re.search(r"给予|予以|奖励|补助|补贴|资助", text[sentence.start + head.start() : quantity.start]):
        return False
    if not re.search(r"给予|予以|奖励|补助|补贴|资助|贴息", text[quantity.end : sentence.end]):
        return False
    return (
        bool(re.match(r"[^,。;]{0,30}?(?:的|以上|、|企业|项目|机构)", rest)) or text[clause[1] - 1 : clause[1]] == "的"
    )


_SIZED = re.compile(
    r"(?:以上|以内|以下|级|规模)?的?[\u4e00-\u9fff]{0,8}?(?:项目|企业|集群|园区|工程|公司|平台|基地|产业|单品|客户)"
)
_SIZING = re.compile(r"(?:总投资|投资|产值|年产值|营收|年营收|规模|固定资产投资|销售收入)?(?:超|过|达)?")


def _sizes_counted(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> bool:
    """`两个|超千亿元|的产业集群`, `10亿元以上|项目12个`: the size of each thing counted is a part of what they are."""
    text = scene.text
    if not _SIZED.match(text, quantity.end, clause[1]):
        return False
    for other in scene.quantities_in(clause[0], clause[1]):
        if other.unit != "count":
            continue
        if other.end <= quantity.start and _SIZING.fullmatch(text, other.end, quantity.start):
            return True
        bound = quantity.text.endswith(("以上", "以下")) or text.startswith(("以上", "以下", "级"), quantity.end)
        if bound and quantity.end < other.start <= quantity.end + 16:
            return True
    return False


def beneficiary(scene: Scene, at: int) -> str:
    """Who gets what stands at offset `at`, in few words; of tiers, the one it is meant for."""
    sentence = scene.sentence_at(at)
    if sentence is None:
        return ""
    found = None
    for match in _BENEFICIARY.finditer(scene.text, max(0, sentence.start - 1), at):
        found = match
    if found is None:
        return ""
    return found.group("who")


def _tier(who: str, number: int, of: int) -> str:
    """The nth of `博士、硕士、本科毕业生` where there are as many as amounts."""
    parts = re.split("、|(?<=[士生者业人才])和", who)
    if of < 2 or len(parts) != of:
        return in_few_words(who)
    numbers = [re.search(r"\d[\d.]*[万亿]*[元美家人平]?[元方]?", p) for p in parts]
    if all(numbers) and len({p[: m.start()] for p, m in zip(parts[1:], numbers[1:], strict=True) if m}) == 1:
        # 年产值突破10亿元、50亿元、100亿元企业: only the number changes.
        first, mine = numbers[0], numbers[number]
        last = numbers[-1]
        if first is not None and mine is not None and last is not None:
            return in_few_words(f"{parts[0][: first.start()]}{mine.group()}{parts[-1][last.end() :]}")
    return in_few_words(parts[number])


def in_few_words(who: str) -> str:
    bare = _WHO_NOISE.sub("", who).replace("的", "").strip("“”、,")
    return bare if len(bare) <= _LONGEST_WHO else re.split("[、和及]", bare)[-1][-_LONGEST_WHO:]


def benefit(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> Draft | None:
    """`对…企业,给予50万元、200万元一次性奖励`: what is given, named by who gets it."""
    text, (low, high) = scene.text, clause
    before = text[low : quantity.start]
    if quantity.unit not in MONEY and quantity.unit.split("/")[0] not in MONEY:
        return None
    row = [q for q in scene.quantities_in(low, high) if q.unit == quantity.unit]
    place = row.index(quantity) if quantity in row else 0
    last = place
    while last + 1 < len(row) and text[row[last].end : row[last + 1].start] in ("、", "和", "及", "或"):
        last += 1
    first = place
    while first > 0 and text[row[first - 1].end : row[first].start] in ("、", "和", "及", "或"):
        first -= 1
    cap = _CAP.search(before)
    if cap is not None:
        given = list(GIVEN_NOUN.finditer(text, sentence.start, low)) if (sentence := scene.sentence_at(low)) else []
        if given:
            return Draft(
                quantity, clause, cap.group("each").removesuffix(given[-1].group()) + given[-1].group(), "level",
                low + cap.start(), quantity.end, benefit=True, origin="observation:benefit",
            )  # fmt: skip
    behind = _BENEFIT_NOUN.match(text, row[last].end if row else quantity.end, high)
    verb = _GIVES.search(before)
    if behind is None and verb is None:
        return None
    if (
        behind is None
        and phrases.left(scene, quantity.start, low) is not None
        and not re.search(r"(?:给予|予以|奖励|补助|补贴|资助|补偿)[^,。;]{0,4}$", before)
    ):
        return None
    what = behind.group("what") if behind else ""
    if not what or what == "支持":
        named = re.search(r"(奖励|补助|补贴|资助|补偿|配套)[^,。;]{0,6}$", before)
        what = named.group(1) if named else what or "奖励"
    who = _tier(beneficiary(scene, quantity.start), place - first, last - first + 1)
    if not who and behind is None and not re.search(r"最高|不超过|一次性|每", before + quantity.text):
        return None
    return Draft(
        quantity, clause, f"{who}{what}", "level", quantity.start if not verb else low + verb.start(),
        behind.end() if behind and first == place == last else quantity.end, benefit=True, origin="observation:benefit",
    )  # fmt: skip
