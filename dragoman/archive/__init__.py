"""Archives at scale: captures in bulk through the steps of one article, into Parquet tables.

A desk is not needed for it; `dragoman import` makes one of the tables afterwards.
"""
