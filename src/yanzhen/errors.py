"""What can go wrong, in one shape: every error says what happened, where, and what to do about it."""

from __future__ import annotations


class YanzhenError(Exception):
    """Base of all errors a person can cause or meet.

    Args:
        what: one sentence without a full stop saying what is wrong.
        where: the file, row, field or address it concerns; empty where there is none.
        hint: what to do about it; empty where nothing helps.
    """

    exit_code = 2

    def __init__(self, what: str, where: str = "", hint: str = "") -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(what, where, hint)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head} ({self.hint})" if self.hint else head


class UsageError(YanzhenError):
    """The call itself cannot be carried out."""


class InputError(YanzhenError):
    """A document or facts file cannot be read."""


class DataError(YanzhenError):
    """A row of a data table is wrong; `where` is `file:row:column`."""


class StoreError(YanzhenError):
    """The atlas file cannot be opened, read or written."""
