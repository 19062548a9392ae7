"""Tables of language and domain knowledge, as plain files people edit in WPS, and the one loader that reads them.

Tables are UTF-8 CSV (a byte-order mark and GB18030 are accepted) with a header line; several values in one field are
separated by `|`. The loader never decides anything about meaning.
"""

from yanzhen.data.loader import Row, find_row, rows, split, use_overlay

__all__ = ["Row", "find_row", "rows", "split", "use_overlay"]
