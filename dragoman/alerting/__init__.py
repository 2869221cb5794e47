"""Alerts: what members asked to be told of, found, put into words, and handed on.

`run` does a round: it finds what is new for each alert and keeps that as messages, then hands over
what is due. Whoever is killed anywhere and runs again tells everything, and at worst one message
twice, under the same number.
"""

from dragoman.alerting.rounds import Round, run

__all__ = ["Round", "run"]
