"""Cases and scenarios as objects, and `read`, which makes them."""
from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from . import _c, results
from .engine import Path, ask, engine
from .players import line_up


class Case:
    """A case file that is valid."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.check = ask("check", path)

    def __repr__(self) -> str:
        return f"Case({str(self.path)!r})"

    def ask(self, question: str, **options: Any) -> Any:
        """Any question about it; see `entente.ask`."""
        return ask(question, self.path, **options)

    def deals(self, **options: Any) -> tuple[results.Deals, ...]:
        """Zone and best deals of each account.

        >>> us = read(CASE).deals(worlds=500, top=5)[0]
        >>> us.account, len(us.joint)
        ('us', 5)
        """
        return ask("deals", self.path, **options)


class Scenario:
    """An exact scenario: every value of every party is known. Outcomes have numbers from 0.

    >>> s = read(SCENARIO)
    >>> len(s) == s.values.shape[1]
    True
    >>> s.outcome(0) == {i.name: i.value(0) for i in s.issues}
    True
    """

    def __init__(self, path: Path, *profiles: Path, **options: Any) -> None:
        self.path = path
        self._sources = (path, *profiles)
        self._options = options
        reply = engine()._call("haggle", self._sources, _c.TYPED, [], {"rounds": 0, **options})
        space = _c.lib.ent_reply_space(reply.handle).contents
        _c.check_size(space)
        n, p, k = space.outcomes, space.parties, space.issues
        self.name = _c.decode(space.name)
        self.format = _c.decode(space.format)
        self.parties = _c.names(space.party, p)
        self.issues = tuple(results.Issue._of(space.issue[i]) for i in range(k))
        self.sampled: bool = space.sampled  #: there are more outcomes than are numbered
        self.values: results.Floats = results.view(space.values, (p, n), reply)
        self.reservation: results.Floats = results.view(space.reservation, (p,), reply)
        self.discount: results.Floats = results.view(space.discount, (p,), reply)
        self._levels = results.view(space.levels, (n, k), reply) if space.levels else None

    def __repr__(self) -> str:
        return f"<{self.format} scenario {self.name!r}: {len(self.parties)} parties, " \
               f"{len(self.issues)} issues, {len(self)} outcomes>"

    def __len__(self) -> int:
        return int(self.values.shape[1])

    @property
    def levels(self) -> npt.NDArray[Any]:
        """[outcome, issue]"""
        if self._levels is None:
            shape = [i.levels for i in self.issues]
            self._levels = np.stack(np.unravel_index(np.arange(len(self)), shape), axis=1)
            self._levels.flags.writeable = False
        return self._levels

    def outcome(self, number: int) -> dict[str, Any]:
        """An outcome in words."""
        return {i.name: i.value(int(at)) for i, at in zip(self.issues, self.levels[number])}

    def ask(self, question: str, **options: Any) -> Any:
        """Any question about it; see `entente.ask`."""
        return ask(question, *self._sources, **{**self._options, **options})

    def frontier(self, **options: Any) -> results.Frontier:
        """The Pareto frontier and the solution points.

        >>> f = read(SCENARIO).frontier()
        >>> f.proved, f.points()["nash"].shape
        (True, (2,))
        """
        return self.ask("frontier", **options)

    def haggle(self, *strategies: Any, **options: Any) -> Any:
        """A negotiation, or with `runs` many: a strategy for each party, or one for all.

        A name is a strategy of the engine's; a `Strategy` or a class of `Agent` one of yours.

        >>> read(SCENARIO).haggle("boulware", "conceder", rounds=50).end
        'agreed'
        """
        names, own = line_up(strategies or ("boulware",))
        return self.ask("haggle", pair=",".join(names), players=own, **options)

    def to_frame(self) -> Any:
        """A row for each outcome: its issues in words, and each party's value."""
        frame = results._pandas().DataFrame(
            {i.name: [i.value(int(at)) for at in self.levels[:, k]]
             for k, i in enumerate(self.issues)})
        for p, name in enumerate(self.parties):
            frame[f"value of {name}"] = self.values[p]
        return frame


def read(path: Path, *profiles: Path, **options: Any) -> Case | Scenario:
    """A case file or a scenario of any format that the engine reads.

    >>> read(CASE), read(SCENARIO).parties[:1] == read(SCENARIO).parties[:1]
    (Case('...'), True)
    >>> read("no/such.yaml")
    Traceback (most recent call last):
    ...
    entente.errors.FileError: error[...]: ...
    """
    if engine().kind(path) == "case" and not profiles:
        return Case(path)
    return Scenario(path, *profiles, **options)


def tournament(scenarios: Any, strategies: Any, **options: Any) -> results.Tournament:
    """A tournament of strategies on scenarios.

    >>> t = tournament([SCENARIO], ["boulware", "conceder"], repetitions=2)
    >>> t.ranking[0].strategy, len(t.runs)
    ('boulware', 8)
    """
    paths = [scenarios] if isinstance(scenarios, (str, bytes)) or hasattr(scenarios, "__fspath__") \
        else [s.path if isinstance(s, Scenario) else s for s in scenarios]
    names, own = line_up(strategies)
    return ask("tournament", *paths, players=own, strategies=",".join(names), **options)
