"""The atlas: one SQLite file that holds documents and what they say, and the only SQL of the project.

`build_atlas` takes sources in and writes the file; `open_atlas` gives the read view, which answers in records of the
fact model. Nothing here reads documents or decides what a text means.
"""

from yanzhen.store.atlas import Atlas, DocumentView, EntityName, Found, Page, Passage, open_atlas
from yanzhen.store.filters import EntityFilter, StatementFilter
from yanzhen.store.grams import key as search_key
from yanzhen.store.schema import FIRST_DAY, LAST_DAY
from yanzhen.store.writer import BuildReport, Refusal, Source, build_atlas

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "Atlas",
    "BuildReport",
    "DocumentView",
    "EntityFilter",
    "EntityName",
    "Found",
    "Page",
    "Passage",
    "Refusal",
    "Source",
    "StatementFilter",
    "build_atlas",
    "open_atlas",
    "search_key",
]
