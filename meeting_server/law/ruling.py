"""Rules and rulings: one sentence of law as a function of named facts, and what it said about them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, NoReturn, ParamSpec, TypeAlias, TypeVar

from meeting_server.law.citation import Citation

Fact: TypeAlias = bool | int | str | tuple[str, ...] | None
"""What a stored ruling may hold: values that JSON keeps unchanged (a tuple becomes a list of strings)."""

Kind: TypeAlias = Literal["rule", "judgement", "duty"]
"""Computed by the software, answered by a person, or owed to the record (the minutes)."""

Force: TypeAlias = Literal["enforce", "warn"]
"""Whether a negative outcome stops the act, or is only shown to the chair who then decides."""

P = ParamSpec("P")
R = TypeVar("R", covariant=True)


@dataclass(frozen=True)
class RulingRecord:
    """A ruling as plain data, kept in the event it allowed: "KL 5:45 st. 1 held: 31 of 61".

    `facts` are the named facts the rule was given; ids in a set are sorted.
    """

    code: str
    cites: str
    facts: Mapping[str, Fact]
    outcome: Fact


@dataclass(frozen=True)
class Ruling(Generic[R]):
    """What one rule says about one set of facts; read `outcome`, keep `record()`.

    A ruling has no truth value of its own: an outcome such as "tie" would pass for yes.
    """

    code: str
    cites: Citation
    facts: Mapping[str, object]
    outcome: R

    def record(self) -> RulingRecord:
        """The ruling as plain data for the event log."""
        facts = {name: plain(value) for name, value in self.facts.items()}
        return RulingRecord(self.code, str(self.cites), facts, plain(self.outcome))

    def __bool__(self) -> NoReturn:
        """Refuses: ask `.outcome` instead."""
        raise TypeError(f"read the outcome of the ruling {self.code!r}, not its truth value")


@dataclass(frozen=True)
class Rule(Generic[P, R]):
    """One sentence of law: a function of named facts with its code, citation and operative words.

    `code` names the meaning and outlives renumbering. `quote` is verbatim Swedish. `confirmed` is False while
    the words come from a bill and not from the published statute; `source` then says where they were read.
    `question` is what a person is asked where the law leaves the answer to a person.
    """

    code: str
    cites: Citation
    quote: str
    apply: Callable[P, R]
    kind: Kind = "rule"
    force: Force = "enforce"
    confirmed: bool = True
    source: str | None = None
    question: str | None = None

    def __call__(self, *args: P.args, **facts: P.kwargs) -> Ruling[R]:
        """The ruling on these facts, which are always given by name."""
        if args:
            raise TypeError(f"the facts of {self.code!r} are given by name")
        return Ruling(self.code, self.cites, facts, self.apply(**facts))  # type: ignore[call-arg]


def rule(
    code: str,
    cites: Citation,
    quote: str,
    *,
    force: Force = "enforce",
    confirmed: bool = True,
    source: str | None = None,
) -> Callable[[Callable[P, R]], Rule[P, R]]:
    """Makes a function of named facts into a rule the software computes."""

    def wrap(apply: Callable[P, R]) -> Rule[P, R]:
        return Rule(code, cites, quote, apply, "rule", force, confirmed, source)

    return wrap


def judgement(
    code: str,
    cites: Citation,
    quote: str,
    *,
    question: str,
    force: Force = "enforce",
    confirmed: bool = True,
    source: str | None = None,
) -> Callable[[Callable[P, R]], Rule[P, R]]:
    """Makes a function into a question a person answers: the answer is one of its facts, never computed."""

    def wrap(apply: Callable[P, R]) -> Rule[P, R]:
        return Rule(code, cites, quote, apply, "judgement", force, confirmed, source, question)

    return wrap


def duty(code: str, cites: Citation, quote: str) -> Callable[[Callable[P, R]], Rule[P, R]]:
    """Makes a function into a check of what the record must show; a lack is shown, it stops nothing."""

    def wrap(apply: Callable[P, R]) -> Rule[P, R]:
        return Rule(code, cites, quote, apply, "duty", "warn")

    return wrap


def plain(value: object) -> Fact:
    """The value as JSON-safe data: sets become sorted tuples, other objects their text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, frozenset | set):
        return tuple(sorted(str(part) for part in value))
    if isinstance(value, tuple | list):
        return tuple(str(part) for part in value)
    return str(value)
