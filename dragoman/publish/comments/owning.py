"""Whose comment it is: the private link of one, and the hash by which a person is known again.

In: the desk's own secret. Out: keys and hashes; nothing can be read back from them. The link is of
one comment: a name and an address can be guessed, and open nobody else's.
"""

from __future__ import annotations

import hmac
import unicodedata
from hashlib import blake2b

from dragoman.store import Store

SECRET = "comments"


def author_hash(desk: Store, name: str, email: str) -> str:
    """Of a name and an e-mail address, or of a name alone."""
    return _keyed(desk, f"author {_folded(name)}\n{_folded(email)}", 16)


def own_key(desk: Store, number: int) -> str:
    """What the private link of a comment carries; it is computed, and kept nowhere."""
    return _keyed(desk, f"own {number}", 20)


def own_path(desk: Store, number: int) -> str:
    return f"/comment/{number}/own?key={own_key(desk, number)}"


def is_own(desk: Store, number: int, key: str) -> bool:
    return hmac.compare_digest(own_key(desk, number), key.encode("ascii", "replace").decode())


def _keyed(desk: Store, words: str, size: int) -> str:
    return blake2b(words.encode(), key=desk.key(SECRET), digest_size=size).hexdigest()


def _folded(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())
