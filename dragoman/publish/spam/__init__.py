"""The filter of readers' comments: what of them is shown, and what waits for a person.

`filter.Filter` is the door: `judge` a `Writing`, `learn` what a moderator said, `unlearn` it.
"""
