"""What policies give to whom: one record a benefit, with instrument, amount, beneficiary, condition and the policy.

How benefits are said are rows of `patterns/policies.csv`, what sort they are rows of `policy/instruments.csv`; lists
with a common head, caps, and which policy is meant need control flow and are functions here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

from yanzhen.data import rows
from yanzhen.extract.policy_papers import Paper, papers
from yanzhen.extract.policy_patterns import CAP, QUANTITIES, any_of, candidates, code, instruments, words_of
from yanzhen.facts import Policy

if TYPE_CHECKING:
    from yanzhen.extract.entities import Thing
    from yanzhen.extract.mentions import Mention
    from yanzhen.extract.policy_patterns import CodedSentence, Phrasing
    from yanzhen.extract.scene import Scene, Sentence
    from yanzhen.facts.records import Instrument, Level
    from yanzhen.quantify import Quantity

_MARKS = ",。;:!?\n"
_GIVERS = frozenset({"zone", "government", "place"})
_WEAKEST = "po-encourage"  # a benefit only where nothing else in the sentence is one
_SERVES = frozenset({"po-serve", "po-serve-who", "po-green"})
_ONCE = frozenset({"loan", "fund", "tax"})  # told twice in an article with the same amount it is one benefit
_QUOTE_LIMIT = 150
_NEXT = 16  # characters to what tells the same benefit again


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit before it becomes a record; places are of the coded sentence."""

    origin: str
    instrument: Instrument
    start: int
    end: int
    quantity: Quantity | None
    capped: bool  # the amount is the most there is
    number: int = 0  # of the list that it stands in
    listed: int = 1  # length of that list


class Spot(NamedTuple):
    """A sentence in code, where benefits are looked for."""

    scene: Scene
    sentence: Sentence
    coded: CodedSentence
    paper: Paper | None


def find(scene: Scene) -> list[Policy]:
    """The benefits that a document grants or promises, in the order of the text."""
    known = papers(scene)
    out: list[Policy] = []
    told: set[tuple[int, str]] = set()
    for sentence in scene.sentences:
        if sentence.title:
            continue
        coded = code(scene.text, sentence.start, sentence.end, _said(scene, sentence))
        phrasings = candidates(coded.text)
        if not phrasings:
            continue
        spot = Spot(scene, sentence, coded, known.get(sentence.article))
        for benefit in _merged(_benefits(spot, phrasings)):
            record = _record(spot, benefit)
            if record is None or (record.end, record.instrument) in told or _told_before(spot, record, out):
                continue
            told.add((record.end, record.instrument))
            out.append(record)
    return out


def _told_before(spot: Spot, record: Policy, out: list[Policy]) -> bool:
    """Whether news tell a rate or fund again; the paragraphs of a paper are benefits each."""
    if record.instrument not in _ONCE or record.value is None or spot.paper is not None:
        return False
    said = (record.article, record.instrument, record.value, record.issuer)
    return any((r.article, r.instrument, r.value, r.issuer) == said for r in out)


def _said(scene: Scene, sentence: Sentence) -> list[Quantity]:
    """The quantities of a sentence that are no part of the name of a policy."""
    names = [m for m in scene.mentions_in(sentence.start, sentence.end) if m.type == "policy" and m.origin != "pointer"]
    inside = scene.quantities_in(sentence.start, sentence.end)
    return [q for q in inside if not any(m.start <= q.start and q.end <= m.end for m in names)]


# ---- benefits of a sentence ------------------------------------------------------------------------------------------


def _clause(text: str, at: int) -> tuple[int, int]:
    low = max(text.rfind(mark, 0, at) for mark in _MARKS) + 1
    ends = [place for mark in _MARKS if (place := text.find(mark, at)) >= 0]
    return low, min(ends, default=len(text))


_CHANGED = re.compile(f"~?[^{_MARKS}{QUANTITIES}]{{0,5}}[至到为](?P<to>[{QUANTITIES}])")
_HEADING = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、条]|[(][一二三四五六七八九十]{1,3}[)]|\d{1,2}[.、])[^,;。]{2,16}。?$"
)
_UPPER = re.compile("最高|最多|不超过|上限|封顶|至多|最长|不高于|以内")
_HEAD = re.compile("^(?:其中,?)?(?:对|凡|为|鼓励|支持)|的$|等次|级|名$|对[^,。;]{2,60}$")


def _benefits(spot: Spot, phrasings: list[Phrasing]) -> list[Benefit]:
    """Every benefit the phrasings find, each amount once, in the order of the text."""
    text = spot.coded.text
    found: list[Benefit] = []
    taken: set[int] = set()
    for phrasing in phrasings:
        for match in phrasing.regex.finditer(text):
            low, high = _clause(text, match.start())
            if phrasing.unless is not None and phrasing.unless.search(text, low, max(high, match.end())):
                continue
            places = _amounts(text, match) if phrasing.valued else []
            if phrasing.valued:
                new = [p for p in places if p not in taken]
                if not new:
                    continue
                taken.update(new)
                taken.update(p for p in range(match.start(), match.end()) if p in spot.coded.quantities)
                found += _valued(spot, phrasing, match, new)
            elif _HEADING.match(text):
                continue  # `四、强化金融支持。` is what the paragraph below is about
            elif not any(b.start < match.end() and match.start() < b.end for b in found):
                _, stop = _clause(text, match.end() - 1)
                if any(p in taken for p in range(low, stop)):
                    continue
                instrument = _instrument(spot, phrasing, match.start(), match.end())
                found.append(Benefit(phrasing.id, instrument, match.start(), match.end(), None, capped=False))
    weak = [b for b in found if b.origin == _WEAKEST]
    if len(weak) < len(found):
        found = [b for b in found if b not in weak]  # `设立基金,支持企业做大做强` says what for
    return sorted(found, key=lambda b: (b.end, b.start))


def _amounts(text: str, match: re.Match[str]) -> list[int]:
    """The places of the amounts that a phrasing names; of `从2亿元增至5亿元` the latter."""
    name = next(n for n, value in match.groupdict().items() if value is not None)
    low, high = match.span(name)
    changed = _CHANGED.match(text, high)
    if changed is not None and high - low == 1:
        return [changed.start("to")]
    return [p for p in range(low, high) if "\ue100" <= text[p] <= "\ue103"]


def _valued(spot: Spot, phrasing: Phrasing, match: re.Match[str], places: list[int]) -> list[Benefit]:
    text = spot.coded.text
    upper = _UPPER.search(text, max(match.start(), places[0] - 12), places[0]) is not None
    instrument = _instrument(spot, phrasing, match.start(), max(match.end(), places[-1] + 1))
    out = []
    for number, place in enumerate(places):
        quantity = spot.coded.quantities[place]
        if upper and quantity.cmp == "=":
            quantity = replace(quantity, cmp="<=")
        out.append(
            Benefit(
                phrasing.id, instrument, match.start(), place + 1, quantity,
                capped=phrasing.instrument == CAP or quantity.cmp == "<=", number=number, listed=len(places),
            )
        )  # fmt: skip
    return out


# A grant for these is of a sort of its own, told by a class of words.
_BY_HEAD: tuple[Instrument, ...] = ("talent", "procurement", "ip")
_FLATS = re.compile("人才公寓|人才住房|青年公寓|人才房")


def _instrument(spot: Spot, phrasing: Phrasing, start: int, end: int) -> Instrument:
    """What sort of benefit it is: by its phrasing, by words of the clause, and by who gets it."""
    text = spot.coded.text
    if phrasing.instrument == "rent" and _FLATS.search(text, 0, end):
        return "talent"
    if phrasing.instrument not in ("", CAP):
        return cast("Instrument", phrasing.instrument)
    _, stop = _clause(text, end - 1)
    said = instruments().of(text[start : min(stop, end + 16)])
    if said is None and phrasing.instrument == CAP:
        return "other"
    if said is None or said == "service":
        low, _ = _clause(text, start)
        said = instruments().of(text[low:stop]) or said or ("grant" if phrasing.valued else "service")
    if said in ("grant", "other") and phrasing.valued:
        head = _terms(text, start)
        return next((sort for sort in _BY_HEAD if any_of(sort).search(head)), said)
    return said


def _terms(text: str, at: int) -> str:
    """What stands before a benefit in its clause, with the head clause before that: who gets it and on what terms."""
    low, _ = _clause(text, at)
    if low > 1:
        head, _ = _clause(text, low - 1)
        if _HEAD.search(text[head : low - 1]) or text[head:low].startswith("对"):
            low = head
    return text[low:at]


def _merged(benefits: list[Benefit]) -> list[Benefit]:
    """A cap told behind the rate it limits is one benefit with it; a cap without one is none of its own."""
    out: list[Benefit] = []
    for benefit in benefits:
        before = out[-1] if out else None
        if before is not None and before.origin.startswith("po-fund") and benefit.origin.startswith("po-fund"):
            if benefit.start - before.end <= _NEXT:  # `总规模20亿元,首期5亿元`
                continue
        if before is not None and before.quantity is None and benefit.quantity is not None:
            reach = 3 * _NEXT if benefit.instrument == "service" else _NEXT
            same = before.instrument == benefit.instrument != "rent"  # rents have terms, one after the other
            if same and benefit.start - before.end <= reach:
                out[-1] = replace(benefit, start=before.start)  # `提供全额担保,费率降至0.8%`
                continue
        if before is not None and {before.origin, benefit.origin} <= _SERVES and benefit.start - before.end <= _NEXT:
            out[-1] = replace(before, end=benefit.end)  # `开通绿色通道,提供一站式服务`
            continue
        cap = benefit.origin == "po-cap"
        follows = before is not None and before.quantity is not None and benefit.start - before.end <= 24
        if before is not None and follows and benefit.quantity is not None and benefit.listed == 1:
            limits = benefit.capped and benefit.quantity.unit.startswith("CNY") and before.quantity is not None
            rate = before.quantity is not None and (before.quantity.unit == "%" or "/" in before.quantity.unit)
            if limits and rate and (cap or benefit.instrument == before.instrument):
                out[-1] = replace(before, end=benefit.end, quantity=benefit.quantity, capped=True)
                continue
        if cap and (before is None or before.quantity is None or not follows):
            if before is not None and before.quantity is None and benefit.start - before.end <= 24:
                out[-1] = replace(before, end=benefit.end, quantity=benefit.quantity, capped=True)
            continue
        if cap and before is not None:
            if benefit.instrument == "other" and _same_amount(before):
                continue
            if benefit.listed > 1 or before.listed == 1:
                out.append(replace(benefit, instrument=before.instrument))
            continue
        out.append(benefit)
    return out


def _same_amount(before: Benefit) -> bool:
    """Whether a cap behind an amount only limits how often it is given."""
    return before.quantity is not None and before.quantity.unit == "CNY" and before.origin != "po-credit-limit"


# ---- records ---------------------------------------------------------------------------------------------------------


def _record(spot: Spot, benefit: Benefit) -> Policy | None:
    scene, coded = spot.scene, spot.coded
    low, _ = _clause(coded.text, benefit.start)
    head = _head(coded.text, low)
    _, high = _clause(coded.text, benefit.end - 1)
    last = high if benefit.number == benefit.listed - 1 else benefit.end
    first = coded.places[min(low, benefit.start)]
    if coded.places[last] - coded.places[head] <= _QUOTE_LIMIT and benefit.listed > 1:
        first = coded.places[head]
    quote, start, end = scene.evidence(first, coded.places[last])
    if not quote or len(quote) > _QUOTE_LIMIT:
        return None
    policy, issuer = _source(spot, coded.places[benefit.start])
    if policy is None and issuer is None:
        return None
    beneficiary, condition = _receiver(spot, head, low, benefit)
    quantity = benefit.quantity
    paper = spot.paper
    return Policy(
        doc=scene.doc,
        article=scene.article_id(spot.sentence),
        origin=benefit.origin,
        policy=policy,
        issuer=issuer,
        instrument=benefit.instrument,
        benefit=scene.text[coded.places[min(low, benefit.start)] : coded.places[last]].strip(",、。 "),
        beneficiary=beneficiary,
        condition=condition,
        value=quantity.value if quantity else None,
        value_high=quantity.value_high if quantity else None,
        unit=quantity.unit if quantity else None,
        cmp=quantity.cmp if quantity else None,
        level=_level(issuer) if issuer and (quantity or paper) else None,
        number=paper.number if paper else None,
        valid=paper.valid if paper else None,
        window=paper.window if paper else None,
        contact=paper.contact if paper else None,
        quote=quote,
        start=start,
        end=end,
    )


def _head(text: str, low: int) -> int:
    """Where the head of a benefit begins: the clauses before it that say who gets it and on what terms."""
    at = low
    for _ in range(3):
        if at < 2 or text[at - 1] != ",":
            break
        start, _ = _clause(text, at - 1)
        clause = text[start : at - 1]
        if not (_HEAD.search(clause) or clause.endswith(("企业", "项目", "人才", "机构", "单位"))):
            break
        at = start
    return at


_FOR = re.compile(
    "(?:对于?|为|向|给(?!予))(?P<who>[^,。;:]{2,60}?)(?:,|分别|一次性|给予|予以|按|提供|发放|最高|每|实行|免|开通|开辟|$)"
)
_CONDITIONAL = re.compile("(?P<terms>[^,。;:]{2,50})的$")


def _receiver(spot: Spot, head: int, low: int, benefit: Benefit) -> tuple[str | None, str | None]:
    """(beneficiary, condition): `对|年产值突破10亿元的|企业`; of listed amounts the condition of the same number."""
    coded, text = spot.coded, spot.coded.text
    span = text[head : max(low, benefit.end)]
    match = _FOR.search(span)
    if match is None:
        return None, None
    start, end = head + match.start("who"), head + match.end("who")
    who = spot.scene.text[coded.places[start] : coded.places[end]]
    terms, _, rest = who.rpartition("的")
    if not terms:
        return (_of_list(who, benefit), None)
    return (rest or "企业"), _of_list(terms, benefit)


def _of_list(phrase: str, benefit: Benefit) -> str:
    """Of `突破10亿元、50亿元、100亿元` the part that belongs to the amount of the same number, with what all share."""
    items = phrase.split("、")
    if benefit.listed < 2 or len(items) != benefit.listed:
        return phrase
    if benefit.number == 0:
        return items[0]
    shared = re.match(r"[^\d一二三四五六七八九ⅠⅡⅢA-Z]*", items[0])
    own = items[benefit.number]
    return f"{shared.group()}{own}" if shared and re.match(r"[\dⅠⅡⅢA-Z]", own) else own


@cache
def _levels() -> tuple[tuple[re.Pattern[str], Level], ...]:
    return tuple((re.compile(row["form"]), cast("Level", row["level"])) for row in rows("policy/levels.csv"))


def _level(issuer: str) -> Level | None:
    return next((level for pattern, level in _levels() if pattern.search(issuer)), None)


# ---- whose policy ----------------------------------------------------------------------------------------------------


def _source(spot: Spot, at: int) -> tuple[str | None, str | None]:
    """(policy, issuer): the paper itself, else the policy named nearest before, and who issued it."""
    scene, sentence = spot.scene, spot.sentence
    if spot.paper is not None:
        return spot.paper.name, spot.paper.issuer
    policy = _named(spot, at)
    name = policy.name if policy is not None else None
    giver = _giver(scene, sentence, at)
    return name, (giver.name if giver is not None else _said_giver(scene, sentence, name))


_OF_NAME = re.compile(
    r"[^\w]?(?P<who>\w{2,14}?(?:高新区|经开区|开发区|园区|新区|科学城|保税区|片区|合作区|示范区|市|县|区|省))"
    "(?:关于|促进|支持|扶持|加快|推进|推动|鼓励|实施|“|人才|进一步)"
)
_GIVING = re.compile(
    r"(?:\d+月\d+日,|近日,|日前,|今年,|目前,)?(?P<who>[\u4e00-\u9fff]{2,12}?)(?:将|还|近日|日前)?"
    "(?:对|为|给予|出台|推出|设立|规定|明确|提出|实施|安排|推行|发布)"
)


def _said_giver(scene: Scene, sentence: Sentence, policy: str | None) -> str | None:
    """Who gives where no known name says it: the beginning of the policy's name, or of the sentence."""
    named = _OF_NAME.match(policy) if policy is not None else None
    if named is not None:
        return named.group("who")
    match = _GIVING.match(scene.text, sentence.start, sentence.end)
    if match is None:
        return None
    low, high = match.span("who")
    words = scene.words
    tags = words.tags[words.at[low] : words.at[high - 1] + 1]
    nouns = all(tag[0] in "nN" for tag in tags) and words.words[words.at[high - 1]] not in words_of("who")
    return match.group("who") if nouns else None


_CITED = re.compile("(?:根据|按照|符合|依据|落实|贯彻|依照|对照|参照|遵照)[^,。;]{0,12}$")


def _named(spot: Spot, at: int) -> Thing | None:
    """The policy meant: named in the sentence, else last before it in the article; not one that is only cited."""
    scene, sentence = spot.scene, spot.sentence
    inside = _policies(scene, sentence.start, sentence.end)
    before = [m for m in inside if m.start <= at]
    if inside:
        return scene.thing(before[-1] if before else inside[0])
    article = scene.frame.articles[sentence.article]
    for low, high in reversed(article.spans):
        earlier = _policies(scene, low, min(high, sentence.start)) if low < sentence.start else []
        if earlier:
            return scene.thing(earlier[-1])
    return scene.main(sentence.article, "policy")


def _policies(scene: Scene, low: int, high: int) -> list[Mention]:
    found = [m for m in scene.mentions_in(low, high) if m.type == "policy"]
    return [m for m in found if not _CITED.search(scene.text, max(low, m.start - 20), m.start)]


def _giver(scene: Scene, sentence: Sentence, at: int) -> Thing | None:
    """Who gives: a zone or body that the sentence is about, else what the article is about."""
    for mention in scene.mentions_in(sentence.start, at):
        if mention.type in ("zone", "government") and not scene.is_oblique(mention) and not scene.is_speaker(mention):
            return scene.thing(mention)
    named = scene.subject(at, sentence, _GIVERS)
    if named is not None and named.type == "zone":
        return named
    return scene.main(sentence.article, "zone") or named or _first_main(scene, sentence)


def _first_main(scene: Scene, sentence: Sentence) -> Thing | None:
    found = (scene.main(sentence.article, kind) for kind in ("government", "place"))
    return next((thing for thing in found if thing is not None), None)
