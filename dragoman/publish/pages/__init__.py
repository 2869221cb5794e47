"""One module for each page: a view function that asks the store and gives a frozen record.

A view takes the reading room, the ids in the address and where a long list begins; it gives None
where there is no such thing. It neither reads a request nor writes HTML.
"""
