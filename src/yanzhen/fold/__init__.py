"""Text as received -> clean view, and the way back to every original offset.

The clean view is simplified, half-width, without white space inside Chinese and with line breaks mended; paragraphs
are separated by one line feed. It is only ever a view: evidence is always mapped back to the original.
"""

from yanzhen.fold.fold import Folded, Repair, fold, fold_name

__all__ = ["Folded", "Repair", "fold", "fold_name"]
