"""Yanzhen (雁阵): an open industry brain for industrial parks and clusters.

Documents go in; articles, entities and statements with evidence come out.
"""

__version__ = "0.1.0"
