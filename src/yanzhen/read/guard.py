"""Parsers in native code, run in a process of their own: one that hangs or crashes takes no batch with it.

Neither PDF nor recognition can be interrupted from within, so the process is ended when the time of a page is up, and
a new one is started for the next file. Request and answer are frames of length and bytes over its pipes.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from importlib import import_module
from threading import Timer
from typing import IO, TYPE_CHECKING, Self

import msgspec

from yanzhen.errors import InputError
from yanzhen.read.model import Budget, Limits, Rendered

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

GRACE = 5.0  # seconds beyond those of the limits, in which the parser may still say by itself that it gives up
_MEMORY = 12_000_000_000  # bytes of addresses; recognition of the largest page needs less than half of it
_LENGTH = struct.Struct("<Q")


class _Request(msgspec.Struct, frozen=True):
    format: str  # the module of `yanzhen.read` to use
    name: str
    limits: Limits


class _Answer(msgspec.Struct, frozen=True):
    made: Rendered | None = None
    what: str = ""
    hint: str = ""


class Guard:
    """A process that reads one file after the other; started with the first."""

    def __init__(self, limits: Limits, grace: float = GRACE) -> None:
        self._limits = limits
        self._patience = limits.seconds + grace
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, module: str, raw: bytes, name: str) -> Rendered:
        """What `yanzhen.read.MODULE` makes of the bytes.

        Raises:
            InputError: the file cannot be read, its time is up, or the parser crashed.
        """
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        watch = _Watch(process, self._patience)
        try:
            _send(process.stdin, msgspec.msgpack.encode(_Request(module, name, self._limits)))
            _send(process.stdin, raw)
            while not (message := _receive(process.stdout)):  # an empty frame: another page is begun
                watch.again()
            answer = msgspec.msgpack.decode(message, type=_Answer)
        except (OSError, EOFError) as error:
            self._end()
            if watch.ended:
                raise InputError(f"not read within {self._limits.seconds:g} seconds") from error
            raise InputError("the parser crashed on this file", hint="print or scan it again") from error
        finally:
            watch.cancel()
        if answer.made is None:
            raise InputError(answer.what, hint=answer.hint)
        return answer.made

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(  # noqa: S603 - this module, in this interpreter
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                assert pipe is not None
                try:
                    pipe.close()
                except OSError:
                    continue  # what was still to be written has no reader


class _Watch:
    """Ends a process that stays silent for too long."""

    def __init__(self, process: subprocess.Popen[bytes], patience: float) -> None:
        self.ended = False
        self._process = process
        self._patience = patience
        self._start()

    def _start(self) -> None:
        self._timer = Timer(self._patience, self._stop)
        self._timer.daemon = True
        self._timer.start()

    def _stop(self) -> None:
        self.ended = True
        self._process.kill()

    def again(self) -> None:
        """Wait as long once more."""
        self._timer.cancel()
        self._start()

    def cancel(self) -> None:
        """Wait no more."""
        self._timer.cancel()


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    """One frame.

    Raises:
        EOFError: the other side is gone.
    """
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    message = pipe.read(length)
    if len(message) < length:
        raise EOFError
    return message


def _answer(request: _Request, raw: bytes, beat: Callable[[], None]) -> _Answer:
    try:
        made = import_module(f"yanzhen.read.{request.format}").read(
            raw, request.name, Budget(request.limits, beat=beat)
        )
    except InputError as error:
        return _Answer(what=error.what, hint=error.hint)
    except Exception as error:  # noqa: BLE001 - a slip of a parser on one file must not stop the others
        return _Answer(what=slip(error))
    return _Answer(made)


def slip(error: Exception) -> str:
    """One sentence on an error no parser should have made."""
    return f"could not be read ({type(error).__name__}: {' '.join(str(error).split())[:200]})"


def _bound_memory() -> None:
    """Let a file that calls for any amount of memory end this process, not the machine's others."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or most > _MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, most))


def main() -> None:
    """Answer requests on standard input until it closes."""
    # What a parser prints must not end up among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _bound_memory()
    while True:
        try:
            request = msgspec.msgpack.decode(_receive(sys.stdin.buffer), type=_Request)
            raw = _receive(sys.stdin.buffer)
        except EOFError:
            return
        answer = _answer(request, raw, lambda: _send(answers, b""))
        _send(answers, msgspec.msgpack.encode(answer))


if __name__ == "__main__":
    main()
