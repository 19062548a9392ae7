"""One thing across all documents: names compared, mentions brought together, every decision undoable."""

from yanzhen.resolve.compare import compare
from yanzhen.resolve.match import Match

__all__ = ["Match", "compare"]
