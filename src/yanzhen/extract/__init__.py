"""Articles -> entities and statements with evidence; one module a kind. Knows nothing of stores and other documents."""

from yanzhen.extract.extract import extract

__all__ = ["extract"]
