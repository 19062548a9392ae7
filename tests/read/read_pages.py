"""Articles of our own writing, and the pages that tests and the benchmark print them on. Names are invented."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Story:
    """An article: title, date line, paragraphs."""

    title: str
    line: str
    paragraphs: tuple[str, ...]

    def blocks(self) -> list[str]:
        return [self.title, self.line, *self.paragraphs]


STORIES = (
    Story(
        "临川湾高新区一季度签下18个项目",
        "2024-04-20 10:32 来源：临川湾日报 作者：陈知远",
        (
            (
                "4月19日，临川湾高新区召开一季度经济运行分析会。记者从会上获悉，今年一季度，全区新签约项目18个，协议投资总额126.5亿元，"
                "其中10亿元以上项目4个，较去年同期增加2个。"
            ),
            (
                "“项目是发展的底气。”临川湾高新区管委会副主任何启明介绍，园区把审批时限由15个工作日压缩到6个工作日，为项目配备专班，"
                "实行一月一调度。截至3月底，18个项目中已有7个开工建设。"
            ),
            (
                "在位于园区北侧的海澜芯材料公司二期工地，3台塔吊同时作业。该项目总投资23亿元，占地210亩，计划2025年6月投产，"
                "达产后年产12英寸硅片60万片。"
            ),
            "下一步，园区将围绕集成电路和新型显示两条产业链继续补链强链，力争全年固定资产投资增长15%以上。",
        ),
    ),
    Story(
        "青岚山科技城新增3家国家级平台",
        "2023年11月8日 来源：青岚山发布",
        (
            "近日，青岚山科技城传来消息，园区新增国家级科技企业孵化器1家、国家级博士后工作站2家，国家级平台总数达到27家。",
            "据统计，科技城现有高新技术企业412家，比上年增长9.6%；研发人员1.8万人，每万人发明专利拥有量达86.4件。",
            "科技城党工委书记罗文博表示，明年将再投入5亿元用于建设中试基地，支持企业与高校联合攻关，让更多成果从实验室走上生产线。",
        ),
    ),
    Story(
        "望海经开区外贸进出口额突破300亿元",
        "2024-01-15 09:05:11 来源：望海商报",
        (
            "1月14日，望海经济技术开发区公布的数据显示，2023年全区外贸进出口总额达到312.7亿元，同比增长21.3%，总量居全市第2位。",
            "其中，出口188.4亿元，增长17.5%；进口124.3亿元，增长27.6%。对共建国家进出口占比提高到46%。",
            "望海综合保税区封关运作两年来，累计引进企业135家，去年完成进出口额97亿元，成为拉动增长的主要力量。",
            "业内人士认为，随着6万吨级码头在今年9月投用，当地物流成本有望再降8%左右。",
        ),
    ),
    Story(
        "银杏谷生物医药产业园二期竣工",
        "2022-09-30 来源：银杏谷周刊 记者：孙若溪",
        (
            "9月28日，历时20个月建设的银杏谷生物医药产业园二期正式竣工。二期总建筑面积28.6万平方米，包括标准厂房12栋、研发楼5栋。",
            "园区运营公司总经理钱立群说，目前已有33家企业签订入驻协议，预计明年上半年全部搬入，届时可新增就业岗位4200个。",
            "产业园一期于2019年建成，去年实现产值64亿元，培育上市公司2家、专精特新企业19家。",
        ),
    ),
    Story(
        "苍梧工业园出台十条措施稳企业",
        "2023-03-02 16:40 来源：苍梧新闻网",
        (
            "为支持企业稳产增产，苍梧工业园日前印发十条措施，自3月1日起施行，有效期两年。",
            "措施明确，对首次升规的工业企业给予一次性奖励20万元；对年产值增速超过15%的企业，按增量的2%给予奖励，单个企业最高不超过300万元。",
            "园区还设立了2亿元的周转资金池，为暂时困难的企业提供不超过30天的过桥服务，费率不高于每日万分之三。",
        ),
    ),
    Story(
        "云汐光电第5代面板线进入设备搬入阶段",
        "2021-12-17 来源：云汐晚报",
        (
            "12月16日，首台曝光机运抵云汐光电产业基地，标志着第5代面板生产线项目进入设备搬入阶段，比原计划提前40天。",
            "项目总投资155亿元，设计产能每月9万片玻璃基板，计划2022年第三季度点亮，2023年实现量产。",
            "云汐市工业和信息化局局长方敬之表示，项目将带动上下游配套企业30余家，形成百亿级的光电产业集群。",
        ),
    ),
)

_MENU = "".join(f'<li><a href="/c{n}.html">{name}</a></li>' for n, name in enumerate(
    ("首页", "要闻", "园区动态", "政策解读", "招商引资", "科技创新", "视频", "图片", "专题", "关于我们")
))  # fmt: skip
_RELATED = "".join(
    f'<li><a href="/a{n}.html">{name}</a><span>04-{n + 10}</span></li>'
    for n, name in enumerate(
        ("某地召开招商大会签约百亿元", "新能源产业链加速成形", "园区夜校开课啦", "一图读懂惠企政策")
    )
)
_COMMENTS = "".join(
    f'<div class="item"><span class="user">网友{n}</span><p>这篇写得好，我们园区也要学习，顶一下，{n}楼报道。</p></div>'
    for n in range(4)
)


def plain_text(story: Story) -> str:
    return "\n\n".join(story.blocks())


def news_page(story: Story, *, br: bool = False, noise: int = 1) -> str:
    """A page of a news site: menus, side bar, related links, comments, share buttons, scripts."""
    body = (
        "<br/>\n<br/>".join(f"　　{p}" for p in story.paragraphs)
        if br
        else "\n".join(f"<p>　　{p}</p>" for p in story.paragraphs)
    )
    date, source = story.line.split(" 来源", 1)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{story.title}_临川湾新闻网</title>
<meta name="keywords" content="园区,项目"><script>var a=1;{"function f(x){return x<1?2:3;}" * 20 * noise}</script>
<style>{".a{color:red}" * 20 * noise}</style></head><body class="has-sidebar">
<div class="header"><div class="logo"><a href="/">临川湾新闻网</a></div><ul class="nav">{_MENU}</ul></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/news">园区动态</a></div>
<div class="wrap"><div class="left"><h1>{story.title}</h1>
<div class="info"><span class="time">{date}</span>&nbsp;&nbsp;<span class="src">来源{source}</span>
<span class="share">分享到：<a href="#">微信</a><a href="#">微博</a></span></div>
<div class="box">{body}<div class="editor">责任编辑：周某</div></div>
<div class="pn">上一篇：<a href="/1.html">没有了</a> 下一篇：<a href="/2.html">云平台上线</a></div>
<div class="xg"><h3>相关阅读</h3><ul>{_RELATED * noise}</ul></div>
<div class="comment-list"><h3>网友评论</h3>{_COMMENTS * noise}</div></div>
<div class="right"><h3>热门排行</h3><ul>{_RELATED * 2 * noise}</ul><div class="ad">广告：买一送一，全场五折，赶快来抢购吧！先到先得。</div></div></div>
<div class="footer">版权所有 临川湾新闻网 未经许可不得转载。地址：临川湾市新闻路1号，邮编000000，电话：0000-0000000。
<a href="#">某ICP备00000000号</a></div>
<script>var b="结束";</script></body></html>"""  # noqa: E501


def account_page(story: Story) -> str:
    """A saved page of an official account."""
    body = "".join(f'<section><p><span style="font-size:15px">{p}</span></p></section>' for p in story.paragraphs)
    return f"""<html><head><meta charset="utf-8"><meta property="og:title" content="{story.title}">
<meta property="og:site_name" content="微信公众平台"><title></title></head><body id="activity-detail">
<div id="js_article"><div class="rich_media_inner"><h1 class="rich_media_title" id="activity-name">
  {story.title}
</h1><div id="meta_content" class="rich_media_meta_list"><span class="rich_media_meta rich_media_meta_text">陈知远</span>
<span class="rich_media_meta"><a href="javascript:void(0);" id="js_name">青岚山发布</a></span>
<em id="publish_time" class="rich_media_meta">2024-04-20 10:32</em></div>
<div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden; opacity: 0;">{body}
<p>长按二维码关注我们</p></div></div>
<div class="rich_media_tool"><div>阅读 1024</div><div>在看</div></div><div class="qr_code_pc">微信扫一扫关注该公众号，了解更多精彩内容。</div></div>
<script>var ct = "1713580320";</script></body></html>"""  # noqa: E501


def table_page(story: Story) -> str:
    """An old government page: laid out with tables, meta tags of the standard, and a table of data in the body."""
    body = "".join(f"<p>{p}</p>" for p in story.paragraphs)
    date = story.line.split(" ", 1)[0]
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<meta name="ArticleTitle" content="{story.title}"><meta name="PubDate" content="{date}"><meta name="ContentSource" content="望海管委会">
<title>望海经开区管委会 {story.title}</title></head><body><table width="1000"><tr><td><table><tr>
{"".join(f'<td><a href="/{n}">栏目{n}</a></td>' for n in range(9))}</tr></table></td></tr><tr><td width="200"><a href="/x">通知公告</a><br>
<a href="/y">政策文件</a></td><td><table><tr><td align="center">{story.title}</td></tr><tr><td>发布时间：{date} 浏览次数：88</td></tr>
<tr><td id="zoom">{body}<table border="1"><tr><th>指标</th><th>数值</th><th>增速</th></tr>
<tr><td>规上工业总产值</td><td>88.1亿元</td><td>12.4%</td></tr><tr><td>出口额</td><td>9.6亿元</td><td></td></tr></table></td></tr>
<tr><td>【打印本页】【关闭窗口】</td></tr></table></td></tr></table></body></html>"""  # noqa: E501


# --- set in type ------------------------------------------------------------------------------------------------------

FONT = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
_NOT_FIRST = "，。、；：！？”’》）】%％…"
_NOT_LAST = "“‘《（【"


@dataclass(frozen=True)
class Run:
    """Characters set from `x`, below `y` (points from the top left corner), `space` points apart."""

    text: str
    x: float
    y: float
    size: float
    space: float = 0.0


@dataclass(frozen=True)
class Sheet:
    width: float
    height: float
    runs: tuple[Run, ...]


@cache
def _font() -> str:
    """The font pages are set in; what needs it is skipped where it is not installed."""
    if not Path(FONT).exists():
        import pytest

        pytest.skip(f"needs {FONT}")
    return FONT


@cache
def _advance(character: str) -> float:
    """Width of a character in em."""
    from PIL import ImageFont

    return ImageFont.truetype(_font(), 100).getlength(character) / 100


def _em(text: str) -> float:
    return sum(map(_advance, text))


def _tokens(text: str) -> list[str]:
    """Numbers and Latin words stay whole, marks stay with the character before them."""
    tokens: list[str] = []
    for c in text:
        glued = tokens and (
            c in _NOT_FIRST or tokens[-1][-1] in _NOT_LAST or (c.isascii() and tokens[-1][-1].isascii() and c != " ")
        )
        if glued:
            tokens[-1] += c
        else:
            tokens.append(c)
    return tokens


def wrap(text: str, width: float, size: float, indent: float = 2.0) -> list[tuple[str, float, float]]:
    """Lines as (text, offset, space between characters), justified, the first line set in."""
    lines: list[tuple[str, float, float]] = []
    line, offset = "", indent * size
    for token in _tokens(text):
        if line and offset + _em(line + token) * size > width:
            slack = width - offset - _em(line) * size
            space = slack / max(len(line) - 1, 1)
            lines.append((line, offset, space if space < 0.4 * size else 0.0))
            line, offset = "", 0.0
        line += token
    lines.append((line, offset, 0.0))
    return lines


def compose(
    story: Story,
    x: float,
    y: float,
    width: float,
    columns: int,
    *,
    size: float = 10,
    headline: float = 20,
    gutter: float = 14,
    leading: float = 1.5,
) -> tuple[list[Run], float]:
    """A story set from (x, y): headline across its columns, date line, body in balanced columns; also its bottom."""
    runs = []
    title_width = _em(story.title) * headline
    lines = [story.title] if title_width <= width else [s for s, _, _ in wrap(story.title, width, headline, 0)]
    for line in lines:
        runs.append(Run(line, x + (width - _em(line) * headline) / 2, y, headline))
        y += headline * 1.25
    y += 0.5 * size
    runs.append(Run(story.line, x + max(0, (width - _em(story.line) * size) / 2), y, size))
    y += 2.2 * size
    column = (width - gutter * (columns - 1)) / columns
    body = [line for paragraph in story.paragraphs for line in wrap(paragraph, column, size)]
    depth = -(-len(body) // columns)
    for n, (text, offset, space) in enumerate(body):
        left = x + (n // depth) * (column + gutter)
        runs.append(Run(text, left + offset, y + (n % depth) * size * leading, size, space))
    return runs, y + depth * size * leading


def sheet(story: Story, columns: int = 1, **kwargs: float) -> Sheet:
    """A story on an A4 page."""
    runs, _ = compose(story, 60, 70, 475, columns, **kwargs)
    return Sheet(595, 842, tuple(runs))


def newspaper(stories: list[Story], size: float = 9.5) -> Sheet:
    """A page of six columns with six stories: headlines across four, two, three columns; a side box; a page head."""
    margin, gutter, columns = 40.0, 13.0, 6
    column = (900 - 2 * margin - gutter * (columns - 1)) / columns
    runs = [Run("03版 园区纵横", margin, 24, 12), Run("2024年4月22日 星期一 责编：吴某", 620, 24, 12)]
    y = 60.0
    for pair, spans in (((0, 1), (4, 2)), ((2, 3), (2, 4)), ((4, 5), (3, 3))):
        at, bottoms = 0, []
        for n, span in zip(pair, spans, strict=True):
            left = margin + at * (column + gutter)
            width = span * column + (span - 1) * gutter
            made, bottom = compose(
                stories[n], left, y, width, span, size=size, headline=22, gutter=gutter, leading=1.45
            )
            runs += made
            bottoms.append(bottom)
            at += span
        y = max(bottoms) + 26
    return Sheet(900, y + 30, tuple(runs))


def pdf(sheets: list[Sheet], password: str | None = None, *, turned: int = 0, stamp: str = "") -> bytes:
    """The sheets, turned counterclockwise by quarters of a circle, a watermark across each."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if "page" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("page", _font(), subfontIndex=0))
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=password)
    for made in sheets:
        width, height = (made.width, made.height) if turned % 2 == 0 else (made.height, made.width)
        canvas.setPageSize((width, height))
        canvas.translate(*((0, 0), (width, 0), (width, height), (0, height))[turned])
        canvas.rotate(90 * turned)
        for run in made.runs:
            # Every character at the place the typesetter gave it, as newspaper software does.
            x = run.x
            line = canvas.beginText()
            line.setFont("page", run.size)
            for c in run.text:
                line.setTextOrigin(x, made.height - run.y - 0.88 * run.size)
                line.textOut(c)
                x += _em(c) * run.size + run.space
            canvas.drawText(line)
        if stamp:
            canvas.translate(made.width / 3, made.height / 3)
            canvas.rotate(40)
            canvas.setFont("page", 60)
            canvas.drawString(0, 0, stamp)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def scan(made: Sheet, dpi: int = 200) -> bytes:
    """The sheet as a picture."""
    from PIL import Image, ImageDraw, ImageFont

    scale = dpi / 72
    picture = Image.new("L", (round(made.width * scale), round(made.height * scale)), 250)
    draw = ImageDraw.Draw(picture)
    fonts = {}
    for run in made.runs:
        size = round(run.size * scale)
        font = fonts.setdefault(size, ImageFont.truetype(_font(), size))
        x = run.x * scale
        for c in run.text:
            draw.text((x, run.y * scale), c, font=font, fill=25)
            x += (_em(c) * run.size + run.space) * scale
    file = io.BytesIO()
    picture.save(file, "PNG", dpi=(dpi, dpi))
    return file.getvalue()


def long_story(n: int, paragraphs: int) -> Story:
    """A story with as many paragraphs as wanted, no two alike."""
    base = STORIES[n]
    zone = ("临川湾", "青岚山", "望海", "银杏谷", "苍梧", "云汐")[n]
    more = [
        f"{zone}第{k + 1}批{17 + 3 * k + n}个项目中，投资{2 + k}.{n + 1}亿元的生产基地已于{1 + k % 12}月{3 + n}日动工，"
        f"占地{60 + 7 * k}亩，建成后可年产{4 + k}万套模组，带动就业{300 + 20 * k + n}人。"
        + ("园区为此配备专员，一企一策跟进服务。" * (k % 3))
        for k in range(paragraphs)
    ]
    return Story(base.title, base.line, (*base.paragraphs, *more))


def make_up(seed: int) -> tuple[Sheet, list[Story]]:
    """A newspaper page of three to six columns, made up at random: spans, sizes, headlines, kickers, bylines differ."""
    pick = random.Random(seed)
    columns, size = pick.choice([3, 4, 4, 5, 6]), pick.choice([8.5, 9.5, 10.5])
    gutter, column = pick.choice([10, 13, 16]), pick.choice([110, 125, 150])
    leading, margin, y = pick.choice([1.35, 1.5, 1.6]), 40, 60.0
    runs = [Run("03版 园区纵横", margin, 24, 12)]
    waiting = [long_story(n, pick.randint(0, 4)) for n in range(6)]
    pick.shuffle(waiting)
    printed = []
    while waiting:
        at, bottoms = 0, []
        while at < columns and waiting:
            span = pick.randint(1, columns - at)
            if span == 1 and pick.random() < 0.5 and columns - at >= 2:
                span = 2
            printed.append(waiting.pop())
            left, width = margin + at * (column + gutter), span * column + (span - 1) * gutter
            made, bottom = _set(printed[-1], left, y, width, span, gutter, pick, size, leading)
            runs += made
            bottoms.append(bottom)
            at += span
        y = max(bottoms) + pick.choice([18, 24, 30])
    return Sheet(2 * margin + columns * column + (columns - 1) * gutter, y + 40, tuple(runs)), printed


def _set(
    story: Story,
    x: float,
    y: float,
    width: float,
    columns: int,
    gutter: float,
    pick: random.Random,
    size: float,
    leading: float,
) -> tuple[list[Run], float]:
    runs = []
    headline = min(pick.choice([16, 18, 20, 22, 26]), 17 if columns == 1 else 99)
    centred = pick.random() < 0.5
    if not centred and pick.random() < 0.5:
        runs.append(Run("园区观察·" + story.title[:4], x, y, size * 1.15))
        y += size * 1.75
    lines = [story.title]
    if _em(story.title) * headline > width:
        lines = [line for line, _, _ in wrap(story.title, width, headline, 0)]
    for line in lines:
        runs.append(Run(line, x + (width - _em(line) * headline) / 2 * centred, y, headline))
        y += headline * 1.25
    if pick.random() < 0.6:
        byline = "本报记者 " + story.title[:2]
        runs.append(Run(byline, x + (width - _em(byline) * size) / 2 * centred, y + 0.4 * size, size))
        y += 2 * size
    y += 0.3 * size
    column = (width - gutter * (columns - 1)) / columns
    body = [line for paragraph in story.paragraphs for line in wrap(paragraph, column, size)]
    depth = -(-len(body) // columns)
    for n, (text, offset, space) in enumerate(body):
        left = x + (n // depth) * (column + gutter)
        runs.append(Run(text, left + offset, y + (n % depth) * size * leading, size, space))
    return runs, y + depth * size * leading
