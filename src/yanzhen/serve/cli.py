"""The command line: one verb a station. Results on stdout, everything else on stderr.

Exit codes: 0 done; 1 done, but some documents failed or findings need a look; 2 the call or its only input is unusable.
"""

from __future__ import annotations

import dataclasses
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

import yanzhen
from yanzhen.data import use_overlay
from yanzhen.errors import InputError, UsageError, YanzhenError
from yanzhen.facts import Article, Document
from yanzhen.pipeline import Outcome, run
from yanzhen.read import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="雁阵 Yanzhen: reads documents about industrial parks and clusters into facts that carry their evidence. "
    "把园区和产业集群的文献读成带出处的事实。",
)
_err = Console(stderr=True, highlight=False, soft_wrap=True)

Paths = Annotated[list[str], typer.Argument(help="Files, folders, globs or ZIP archives 文件、文件夹、通配或压缩包")]
Workers = Annotated[int, typer.Option(min=1, max=64, help="Processes to use 进程数")]
Kept = Annotated[
    Path | None, typer.Option("--renditions", help="Folder that keeps what was read of scans and PDF 识读结果文件夹")
]
Data = Annotated[Path | None, typer.Option("--data", help="Folder of your own tables laid over ours 自有数据表")]


def _version(value: bool) -> None:
    if value:
        typer.echo(f"yanzhen {yanzhen.__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version 版本")
    ] = False,
) -> None:
    del version


def _report(failure: Failure) -> None:
    typer.echo(f"yanzhen: {failure}", err=True)


class _Tally:
    """Counts what went well and what did not, and says so at the end."""

    def __init__(self) -> None:
        self.done = 0
        self.failed = 0

    def finish(self, what: str) -> None:
        """Print the sum and leave with the exit code it calls for.

        Raises:
            InputError: nothing at all could be read.
        """
        if not self.done and not self.failed:
            raise InputError("nothing to read: no file is meant by the paths given")
        _err.print(f"{self.done} document(s) {what}" + (f", {self.failed} failed" if self.failed else ""))
        if self.failed:
            raise typer.Exit(1 if self.done else 2)


_TOLD_EVERY = 10.0  # seconds between two lines of progress where stderr is no terminal


def _outcomes(
    paths: list[str], workers: int, tally: _Tally, renditions: Path | None = None, data: Path | None = None
) -> Iterator[Outcome]:
    with _progress() as told:
        for item in run(paths, workers, renditions=renditions, overlay=data, progress=told):
            if isinstance(item, Failure):
                tally.failed += 1
                _report(item)
            else:
                tally.done += 1
                yield item


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal; elsewhere a line now and then, and none for what is done at once."""
    if _err.is_terminal:
        with Progress(*Progress.get_default_columns(), console=_err, transient=True) as bar:
            task = bar.add_task("", total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
        return
    last = time.monotonic()

    def line(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _TOLD_EVERY:
            last = time.monotonic()
            _err.print(f"{done} of {total}")

    yield line


@app.command()
def extract(
    paths: Paths,
    out: Annotated[
        Path | None, typer.Option(help="Folder for one NAME.jsonl a document; else stdout 输出文件夹")
    ] = None,
    workers: Workers = 1,
    renditions: Kept = None,
    data: Data = None,
) -> None:
    """Read documents and write their facts as JSON Lines. 读取文献,输出事实(JSONL)。"""
    use_overlay(data)
    if out is not None:
        if out.exists() and not out.is_dir():
            raise UsageError("not a folder", str(out), "give --out a folder")
        out.mkdir(parents=True, exist_ok=True)
    tally = _Tally()
    for outcome in _outcomes(paths, workers, tally, renditions, data):
        if out is None:
            sys.stdout.buffer.write(outcome.lines())
        else:
            target = out / f"{outcome.rendition.doc}.jsonl"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(outcome.lines())
    sys.stdout.flush()
    tally.finish("read")


@app.command()
def read(paths: Paths) -> None:
    """Show articles, dates and the reasons for them. 查看篇目、日期及推断依据。"""
    tally = _Tally()
    for outcome in _outcomes(paths, 1, tally):
        document, *rest = outcome.records
        assert isinstance(document, Document)
        said = "推断 inferred" if document.inferred else "载明 stated"
        typer.echo(f"{outcome.rendition.doc}  {document.published or '—'}  {said}  {document.publisher or ''}".rstrip())
        for reason in document.reasons:
            typer.echo(f"    · {reason}")
        for note in outcome.rendition.notes:
            typer.echo(f"    ! {note}")
        for article in rest:
            if not isinstance(article, Article):
                break
            by = f" ({'、'.join(article.authors)})" if article.authors else ""
            typer.echo(f"  {article.id} [{article.start}:{article.end}] {article.title or '(无题 untitled)'}{by}")
    tally.finish("read")


@app.command()
def explain(
    path: Annotated[str, typer.Argument(help="The document 文献")],
    statement: Annotated[str, typer.Option("--id", help="Only this statement 陈述编号")] = "",
    quote: Annotated[str, typer.Option(help="Only what rests on words with this in them 原文片段")] = "",
    kind: Annotated[str, typer.Option(help="Only observations, milestones, … 陈述类别")] = "",
    data: Data = None,
) -> None:
    """Show how each fact came about: text, mentions, row, values. 查看每条事实的由来。"""
    from yanzhen.serve.explained import lines  # noqa: PLC0415 - only this command explains

    use_overlay(data)
    shown = 0
    for line in lines(path, statement=statement, quote=quote, kind=kind):
        shown += 1
        typer.echo(line)
    if not shown:
        raise InputError("no statement like that", path, "without --id, --quote and --kind all are shown")


@app.command()
def build(
    paths: Paths,
    atlas: Annotated[Path, typer.Option(help="The atlas file to write 图谱文件")],
    workers: Workers = 1,
    renditions: Kept = None,
    data: Data = None,
) -> None:
    """Read documents into one atlas file. 读取文献,建成图谱文件。"""
    from yanzhen.store import Source, build_atlas  # noqa: PLC0415 - extract alone needs no store

    use_overlay(data)
    tally = _Tally()

    def sources() -> Iterator[Source]:
        for outcome in _outcomes(paths, workers, tally, renditions, data):
            r = outcome.rendition
            yield Source(
                doc=r.doc,
                path=r.path,
                media_type=r.media_type,
                digest=r.digest,
                text=r.text,
                records=list(outcome.records),
            )

    collected = list(sources())
    if not collected:
        tally.finish("built")
    report = build_atlas(atlas, collected)
    for refused in report.refused:
        typer.echo(f"yanzhen: refused: {refused}", err=True)
    tally.finish(f"in {atlas}")


@app.command()
def serve(
    atlas: Annotated[Path, typer.Option(help="The atlas file to show 图谱文件")],
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine 端口")] = 8765,
) -> None:
    """Show an atlas in the browser, on this machine only. 在本机浏览器中查看图谱。"""
    import uvicorn  # noqa: PLC0415 - only this command serves

    from yanzhen.serve.app import create_app  # noqa: PLC0415
    from yanzhen.store import open_atlas  # noqa: PLC0415

    open_atlas(atlas).close()  # a missing or damaged file is said here, not on every page
    application = create_app(atlas)
    _err.print(f"雁阵 Yanzhen: http://127.0.0.1:{port}/  (Ctrl+C 停止 to stop)")
    uvicorn.run(application, host="127.0.0.1", port=port, log_level="warning")


@app.command()
def data(
    action: Annotated[str, typer.Argument(help="coverage or check 覆盖情况或检查")] = "coverage",
    overlay: Data = None,
) -> None:
    """Print what the reference tables cover, or check them. 数据表覆盖情况;检查数据表。"""
    from yanzhen.data.checker import check  # noqa: PLC0415
    from yanzhen.data.coverage import coverage  # noqa: PLC0415

    use_overlay(overlay)
    if action == "check":
        problems = check()
        for problem in problems:
            typer.echo(str(problem))
        raise typer.Exit(1 if problems else 0)
    if action != "coverage":
        raise UsageError(f"unknown action {action!r}", hint="use coverage or check")
    lines = coverage()
    columns = [field.name for field in dataclasses.fields(lines[0])]
    table = Table(*columns)
    for line in lines:
        table.add_row(*(str(getattr(line, column)) for column in columns))
    Console().print(table)


def main() -> None:
    """Entry point: every error a person can cause becomes one sentence and exit code 2."""
    try:
        app()
    except YanzhenError as error:
        typer.echo(f"yanzhen: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        typer.echo(f"yanzhen: {error.filename or ''}: {error.strerror or error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
