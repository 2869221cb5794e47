"""Reasons in the language of whoever moderates.

In: a `Reason`. Out: a sentence. Reasons are kept as kinds and words, and worded when they are read.
"""

from __future__ import annotations

from dragoman.publish.spam.writing import Reason
from dragoman.publish.wording import N_, Table, gettext

SAID = Table(
    {
        "trap": N_("A field that people do not see was filled in."),
        "token": N_("The form was not one of ours, or its token was changed."),
        "high": N_("The filter takes it for spam."),
        "known_high": N_("The filter takes it for spam, but this person has been approved before."),
        "first": N_("First comment of this person."),
        "has_link": N_("It holds a link, an address or a telephone number."),
        "middling": N_("The filter is not sure."),
        "calm": N_("This person has been approved before, and nothing speaks against it."),
        "subscribe": N_("Asks to subscribe, follow, like or write"),
        "click": N_("Asks to click, visit or watch"),
        "own": N_("Speaks of a site or channel of one’s own"),
        "offer": N_("Speaks of prices, gifts or services"),
        "money": N_("Promises money or asks for it"),
        "vice": N_("Words of betting, cures, dating or forged papers"),
        "plea": N_("Pleads with the reader"),
        "greeting": N_("Greets everybody"),
        "praise": N_("Praise that would fit any page"),
        "several_kinds": N_("Several of such things at once"),
        "links": N_("Links"),
        "link_share": N_("Little else than links"),
        "own_links": N_("Links to this site"),
        "shortened_link": N_("A link that hides where it leads"),
        "doubtful_host": N_("A link to a host of a kind that is often used to sell"),
        "mail": N_("An e-mail address in the text"),
        "disposable_mail": N_("An e-mail address that lives for minutes"),
        "phone": N_("A telephone number"),
        "sum": N_("Sums of money"),
        "disguise": N_("Words or links written so that no machine should know them"),
        "capitals": N_("Written in capitals"),
        "exclamation": N_("Exclamation marks"),
        "repetition": N_("The same word again and again"),
        "long_runs": N_("Letters drawn out"),
        "short": N_("Very short"),
        "long": N_("Long"),
        "tag": N_("Names with @ or #"),
        "other_script": N_("Not written in the script of the page"),
        "no_letters": N_("No letters at all"),
        "sent_before": N_("Others sent nearly the same text lately."),
        "sent_fast": N_("It was sent sooner than anybody writes."),
        "name_address": N_("The name is an address"),
        "name_lure": N_("The name advertises"),
        "name_digits": N_("The name has many digits"),
        "words": N_("Its words are rather those of spam"),
        "fine_words": N_("Its words are rather those of comments"),
        "name": N_("Names like this one wrote spam"),
        "fine_name": N_("Names like this one wrote comments"),
        "address": N_("Links like these stood in spam"),
        "fine_address": N_("Links like these stood in comments"),
    }
)
"""What each kind says; of traits, a phrase to which the words that show it are added."""


def told(reason: Reason) -> str:
    """The reason in the spoken language, with the words that show it in quotation marks."""
    said = SAID[reason.kind]
    if not reason.shown:
        return said
    shown = ", ".join(gettext("“%(words)s”") % {"words": words} for words in reason.shown)
    return gettext("%(said)s: %(shown)s") % {"said": said, "shown": shown}
