"""Who stands where around a predicate: its arguments on the abstract layer.

In: a sentence's tree and the language's small words. Out: `Argument`s by slot. Besides what the
tree says it knows the ways in which parsers go wrong with news sentences; each has its method.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.knowledge.languages import Language
from dragoman.model import Argument
from dragoman.trees import Tree

SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:caus")
OBJECTS = ("obj",)
COMPLEMENTS = ("xcomp", "ccomp")
OBLIQUE = ("obl", "nmod", "obl:tmod")
OF_NOUNS = ("nmod", "obl", "obl:agent", "iobj")
"""What completes a noun; a dative there ("aid to X" in a language with cases) is one too."""
NOT_CARRYING = frozenset({"demanded", "planned", "refused", "threatened", "hypothetical"})
REACH = 24
"""Words after an event noun in which a loose complement of it is looked for."""


class Arguments:
    """Reads the arguments of one sentence's predicates, by token index."""

    def __init__(self, tree: Tree, language: Language) -> None:
        self.tree = tree
        self.tokens = tree.tokens
        self.language = language
        self.words = language.words
        self.event_nouns = language.event_nouns
        self.active_with_be = frozenset(language.words.active_with_be)
        words = language.words
        self.no_objects = frozenset([*words.reflexives, *words.adverbial_pronouns])

    def of_verb(self, i: int, passive: bool) -> Iterator[Argument]:
        tree = self.tree
        token_dep = self.tokens[i].dep
        for head in self.subjects(i):
            yield self.argument("subj", head)
            yield from self.hands_behind(head)
        objects = [self.antecedent(j) for j in tree.where(i, *OBJECTS)]
        objects = objects or self.relative_object(i) or self.displaced_object(i)
        for head in objects:
            yield self.argument("obj", head)
        for head in tree.where(i, "iobj"):
            if self.tokens[head].lemma not in self.no_objects:
                yield self.argument("iobj", head)
        for head in tree.where(i, "obl:agent"):
            yield self.argument("agent", head)
        for head in tree.where(i, *OBLIQUE, "iobj"):
            case = tree.case(head)
            if self.tokens[head].dep == "iobj" and not case:
                continue  # one that a case tells stands in the slot of that case as well
            if case in self.words.between:
                yield self.argument("between", head)
            by = passive and case in self.words.by
            yield self.argument("agent" if by else f"pp:{case}", head)
        if passive and token_dep == "acl" and not tree.where(i, "obl:agent"):
            for head in self.loose_between(i):
                yield self.argument("between", head)
                yield self.argument(f"pp:{self.tree.case(head)}", head)
        # In passives the surface subject is what the active verb has as object.
        nouns = self.subjects(i) if passive else objects
        for head in nouns:
            yield from self.inner(head, "obj")
        for j in self.gerunds(i):
            mark = self.tree.first(j, "mark")
            if mark is not None:
                yield self.argument(f"pp:{self.tokens[mark].lemma}", j)
        yield from self.complement_arguments(i)
        yield from self.goal_arguments(i, objects)

    def hands_behind(self, subject: int) -> Iterator[Argument]:
        """ "an attack by X killed…", "a bomb planted by X": who is named as doer in the subject."""
        if self.language.is_person(self.tokens[subject].lemma):
            return
        made = self.tree.where(subject, "acl")
        for j in (*self.tree.where(subject, "nmod", "obl:agent"), *made):
            if self.tree.case(j) in self.words.by or self.tokens[j].dep == "obl:agent":
                yield self.argument("subj.by", j)
            for agent in self.tree.where(j, "obl:agent") if j in made else ():
                yield self.argument("subj.by", agent)

    def inner(self, head: int, prefix: str) -> Iterator[Argument]:
        """What hangs from an object: "rejected X's proposal", "sanctions on Y"."""
        for member in self.tree.members(head):
            for j in self.tree.where(member, "nmod:poss"):
                yield self.argument(f"{prefix}.poss", j)
            for j in self.tree.where(member, *OF_NOUNS):
                case = self.tree.case(j)
                if case in self.words.of:
                    yield self.argument(f"{prefix}.of", j)
                elif case:
                    yield self.argument(f"{prefix}.pp:{case}", j)
            for j in self.tree.where(member, "acl"):  # "an appeal lodged by X" is X's
                for agent in self.tree.where(j, "obl:agent"):
                    yield self.argument(f"{prefix}.pp:{self.tree.case(agent)}", agent)

    def complement_arguments(self, i: int) -> Iterator[Argument]:
        for j in (*self.tree.where(i, *COMPLEMENTS), *self.gerunds(i)):
            for head in self.tree.where(j, *SUBJECTS):
                yield self.argument("comp.subj", head)
            for head in self.tree.where(j, *OBJECTS):
                yield self.argument("comp.obj", head)
            nominal = ("nmod",) if self.tokens[j].pos == "NOUN" else ()  # "acted as envoy to X"
            for head in self.tree.where(j, "obl", *nominal):
                yield self.argument(f"comp.pp:{self.tree.case(head)}", head)

    def goal_arguments(self, i: int, objects: list[int]) -> Iterator[Argument]:
        """ "sent aid to help X", "an invitation to meet Y": whom the purpose of an act concerns."""
        goals = [
            *self.tree.where(i, "advcl"),
            *(k for j in objects for k in self.tree.where(j, "acl")),
        ]
        for j in goals:
            if self.tokens[j].mood != "inf":
                continue
            for below in (j, *self.tree.where(j, *COMPLEMENTS)):
                for head in self.tree.where(below, *SUBJECTS, *OBJECTS, "obl"):
                    if head > i:
                        yield self.argument("goal", head)

    def gerunds(self, i: int) -> list[int]:
        """Clauses under a preposition: "accused of attacking", "accusé d'avoir attaqué"."""
        return [
            j
            for j in self.tree.where(i, "advcl")
            if self.tree.first(j, "mark") is not None
            and self.tokens[j].mood in {"inf", "part", "ger"}
        ]

    def subjects(self, i: int, depth: int = 0) -> list[int]:
        """Own subject, or the one inherited through coordination, control or a noun."""
        own = [self.antecedent(j) for j in self.tree.where(i, *SUBJECTS)]
        own = [j for j in own if self.tokens[j].dep != "expl:subj"]
        stray = self.stray_subject(i)
        if own and stray and self.tokens[stray[0]].entity == "PER" and stray != own:
            # "Concerning the talks between A and B, NAME, recalled": the name wins.
            return stray
        if own or depth > 3:
            return own
        token = self.tokens[i]
        above = token.head
        if above == i:
            return stray
        if token.dep == "conj" and self.tokens[above].pos in {"VERB", "AUX", "NOUN", "ADJ"}:
            return self.subjects(above, depth + 1)
        if token.dep in {"xcomp", "advcl", "ccomp"} and token.mood in {"inf", "part", "ger", None}:
            contained = token.dep != "advcl" or self.tree.first(i, "mark") is not None
            told = self.tree.where(above, "obj", "iobj") if contained else []
            told = [j for j in told if self.tokens[j].lemma != "se"]
            return told or self.subjects(above, depth + 1)
        if token.dep == "ccomp" and token.mood in {"ind", "cnd"}:
            return self.unsaid_subject(i, above, depth)
        if token.dep == "acl" and self.tokens[above].pos in {"NOUN", "PROPN", "PRON"}:
            return self.behind(i, above, depth) or [above]
        if token.dep == "acl:relcl" and not self.tree.where(i, *OBJECTS):
            return [above]
        return []

    def unsaid_subject(self, i: int, above: int, depth: int) -> list[int]:
        """ "X denies that [it] shelled Y", where a language leaves pronouns out: who speaks, if the
        numbers agree; else nobody is meant ("X says that [they] arrested three")."""
        speakers = self.subjects(above, depth + 1)
        many = any(self.tokens[j].plural or len(self.tree.members(j)) > 1 for j in speakers)
        verbs = [i, *self.tree.where(i, "aux", "aux:pass")]
        return speakers if many is any(self.tokens[j].plural for j in verbs) else []

    def behind(self, i: int, noun: int, depth: int) -> list[int]:
        """ "issued a statement condemning X", "their decision to leave": who is behind a thing that
        a clause completes: its possessor, or the subject of the verb whose object it is."""
        token = self.tokens[noun]
        told = self.tokens[i].mood == "inf" or self.language.is_thing(token.lemma)
        if token.pos != "NOUN" or not told or self.is_passive(i):
            return []
        if token.dep not in {"obj", "obl"} and not self.tree.where(noun, "nmod:poss"):
            return []
        return self.possessors(noun) or self.subjects(token.head, depth + 1)

    def stray_subject(self, i: int) -> list[int]:
        """ "Jens Stoltenberg, a rappelé": a name just before the verb, parted by a stray comma."""
        first = min([i, *self.tree.where(i, "aux", "aux:pass", "expl:comp")])
        if first >= 2 and self.tokens[first - 1].text == ",":
            j = first - 2
            while self.tokens[j].dep.startswith("flat") and self.tokens[j].head < j:
                j = self.tokens[j].head
            if self.tokens[j].pos == "PROPN":
                return [j]
        return []

    def antecedent(self, j: int) -> int:
        """The noun that a relative pronoun stands for."""
        if self.tokens[j].text.lower() in self.words.relative_pronouns:
            for above in self.tree.climb(j):
                if self.tokens[above].dep == "acl:relcl":
                    return self.tokens[above].head
        return j

    def relative_object(self, i: int) -> list[int]:
        """ "the talks that Turkey hosted": the object of a relative clause is its noun."""
        token = self.tokens[i]
        own_subject = self.tree.where(i, "nsubj")
        if token.dep != "acl:relcl" or not own_subject or self.is_passive(i):
            return []
        relative = self.antecedent(own_subject[0]) != own_subject[0]
        return [] if relative else [token.head]

    def displaced_object(self, i: int) -> list[int]:
        """An object that follows an aside and was taken for an apposition in it: "he hailed, at
        his meeting with the president, NAME, the long cooperation"."""
        for j in range(i + 1, len(self.tokens)):
            token = self.tokens[j]
            if token.dep != "appos" or token.pos != "NOUN" or self.tree.first(j, "det") is None:
                continue
            second = any(k < j for k in self.tree.where(token.head, "appos", "flat:name"))
            above = next((k for k in self.tree.climb(j) if self.tokens[k].pos == "VERB"), None)
            if second and above == i:
                return [j]
        return []

    def of_noun(self, i: int, verb: int | None) -> Iterator[Argument]:
        tree = self.tree
        for head in self.possessors(i):
            yield self.argument("poss", head)
        for head in tree.where(i, *OF_NOUNS, "nmod:npmod"):
            yield self.noun_complement(head)
        for head in self.loose_complements(i):
            yield self.noun_complement(head)
        yield from self.of_compound(i)
        for head in tree.where(i, "amod", "compound", "nummod:entity"):
            yield self.argument("adj", head)
        if tree.first(i, "cop") is not None:
            for head in tree.where(i, *SUBJECTS):
                yield self.argument("support", self.antecedent(head))
        if verb is None:
            for head in self.accompanied(i):
                yield self.argument("support", head)
            return
        passive = self.is_passive(verb)
        sources = tree.where(verb, "obl:agent") if passive else self.subjects(verb)
        for head in sources:
            if head != i:
                yield self.argument("support", head)
        for head in tree.where(verb, "obl", "iobj"):
            if head == i:
                continue
            case = tree.case(head)
            slot = "between" if case in self.words.between else f"pp:{case}" if case else "iobj"
            yield self.argument(slot, head)

    def of_compound(self, i: int) -> Iterator[Argument]:
        """ "aid package to X", "peacekeeping operations in Y": the noun it is compounded with has
        the complements and the support verb."""
        whole = self.tokens[i].head
        wholes = self.language.frames.classes.get("whole", frozenset())
        if self.tokens[i].dep != "compound" or self.tokens[whole].lemma not in wholes:
            return
        for head in self.tree.where(whole, "nmod", "obl:agent"):
            yield self.noun_complement(head)
        for head in self.tree.where(whole, "nmod:poss"):
            yield self.argument("poss", head)
        verb = self.support_verb(whole)
        if verb is not None and not self.is_passive(verb):
            for head in self.subjects(verb):
                yield self.argument("support", head)

    def noun_complement(self, head: int) -> Argument:
        case = self.tree.case(head)
        if case in self.words.of:
            return self.argument("of", head)
        if case in self.words.by or self.tokens[head].dep == "obl:agent":
            return self.argument("by", head)
        if case in self.words.between:
            return self.argument("between", head)
        return self.argument(f"pp:{case}" if case else "adj", head)

    def possessors(self, i: int) -> list[int]:
        """Possessor nouns; a possessive article belongs to the subject of the clause."""
        own = self.tree.where(i, "nmod:poss")
        articles = [*own, *self.tree.where(i, "det")]
        if any(self.tokens[j].text.lower() in self.words.possessives for j in articles):
            for above in self.tree.climb(i):
                if self.tokens[above].dep in {"conj", "nsubj", "nsubj:pass"}:
                    break
                if self.tokens[above].pos in {"VERB", "AUX"}:
                    return self.subjects(above) or own
        return own

    def loose_complements(self, i: int) -> list[int]:
        """Complements that parsers hang elsewhere: from a noun inside the phrase ("the visit of X,
        head of Y, to Z"), or from the verb though they follow the noun ("invasion of X by Y")."""
        found: list[int] = []
        direct = set(self.tree.where(i, *OF_NOUNS))
        for j in range(i + 1, min(i + REACH, len(self.tokens))):
            token = self.tokens[j]
            if token.pos == "VERB" or token.text in {";", ":", "("}:
                break
            if j in direct or token.dep not in {"nmod", "obl", "obl:agent"}:
                continue
            case = self.tree.case(j)
            inside = self.lies_inside(j, i)
            by = case in self.words.by or token.dep == "obl:agent"
            if (inside and case not in self.words.of) or (by and not inside):
                found.append(j)
        return found

    def lies_inside(self, j: int, noun: int) -> bool:
        """Below the noun, and not in an apposition that is an event of its own."""
        for above in self.tree.climb(j):
            token = self.tokens[above]
            if above == noun:
                return True
            if token.dep == "appos" and token.lemma in self.event_nouns:
                return False
        return False

    def loose_between(self, i: int) -> list[int]:
        """ "the truce signed in November 2020, between A and B": hung from the main verb."""
        for j in range(i + 1, min(i + REACH, len(self.tokens))):
            if self.tokens[j].pos == "VERB":
                break
            if self.tree.case(j) in self.words.between and self.tokens[j].head != i:
                return [j]
        return []

    def accompanied(self, i: int) -> list[int]:
        """ "X will matter with its hosting of Y": the verb's subject does the noun."""
        token = self.tokens[i]
        above = self.tokens[token.head]
        carried = token.dep == "obl" and self.tree.case(i) in self.words.together
        return self.subjects(token.head) if carried and above.pos == "VERB" else []

    def support_verb(self, i: int) -> int | None:
        """The light verb that an event noun completes ("held talks", "en visite")."""
        token = self.tokens[i]
        above = token.head
        if token.dep == "conj":
            token, above = self.tokens[above], self.tokens[above].head
        if self.tokens[above].pos not in {"VERB", "AUX"} or above == i:
            return None
        if token.dep == "acl:relcl":
            return None
        lemma = self.tokens[above].lemma
        if self.language.governors.get(lemma) in NOT_CARRYING and token.dep == "obl":
            return None  # "called for talks" is no light verb
        carried = token.dep in {"obj", "nsubj:pass", "obl", "xcomp"}
        if carried and (lemma in self.language.support or lemma in self.words.be):
            return above
        return None

    def argument(self, slot: str, head: int) -> Argument:
        return Argument(slot, self.tree.phrases(head))

    def is_passive(self, i: int) -> bool:
        token = self.tokens[i]
        if token.lemma in self.active_with_be:
            return False
        if self.is_reflexive(i):
            return False
        helpers = [self.tokens[j].lemma for j in self.tree.where(i, "aux", "aux:pass")]
        if set(helpers) & set(self.words.have) and not set(helpers) & set(self.words.be):
            return False  # "n'a jamais accusé" whatever the parser calls its subject
        if self.tree.where(i, "nsubj:pass", "aux:pass", "csubj:pass"):
            return True
        if not helpers and self.follows_passive(i):
            return True
        bare_participle = token.mood == "part" and token.tense == "past"
        return (
            bare_participle
            and token.dep in {"acl", "amod", "advcl"}
            and not self.tree.where(i, "aux", "obj")
        )

    def follows_passive(self, i: int) -> bool:
        """ "two were killed and five wounded": the second participle shares the auxiliary."""
        token = self.tokens[i]
        first = token.head
        participle = token.mood == "part" or (token.tense == "past" and token.mood is None)
        if token.dep != "conj" or not participle or self.tree.where(i, *OBJECTS):
            return False
        return self.tokens[first].pos == "VERB" and self.is_passive(first)

    def is_reflexive(self, i: int) -> bool:
        return any(
            self.tokens[j].lemma in self.words.reflexives and self.tokens[j].pos == "PRON"
            for j in self.tree.children[i]
        )
