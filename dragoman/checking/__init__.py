"""How wrong is the record? Audits of samples that people read, and comparison with other data.

In: reports and events as they leave the desk. Out: samples, results, comparisons. It codes nothing.
"""
