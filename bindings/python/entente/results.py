"""Answers as dataclasses. Their arrays are views of the library's memory, read-only; an array keeps
the answer it belongs to alive, so that it may be kept when the rest is let go."""
from __future__ import annotations

import ctypes as c
import weakref
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _c

if TYPE_CHECKING:
    import pandas

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.uint64]
Indices = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]

_TYPES = {c.c_double: "<f8", c.c_uint64: "<u8", c.c_uint32: "<u4", c.c_uint8: "|u1"}


class Reply:
    """Owns an ent_reply; it goes with the last array that looks into it."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self._finalizer = weakref.finalize(self, _c.lib.ent_reply_destroy, handle)

    def text(self) -> str:
        length = c.c_size_t()
        at = _c.lib.ent_reply_text(self.handle, c.byref(length))
        return c.string_at(at, length.value).decode("utf-8")


class _View:
    """Memory of the library as numpy takes it; holds on to whose it is."""

    def __init__(self, at: Any, shape: tuple[int, ...], owner: object) -> None:
        self.owner = owner
        self.__array_interface__ = {
            "version": 3, "shape": shape, "typestr": _TYPES[at._type_],
            "data": (c.cast(at, c.c_void_p).value, True)}


def view(at: Any, shape: tuple[int, ...], owner: object) -> npt.NDArray[Any]:
    """The array at a pointer of ctypes, without copying, read-only."""
    if not at or 0 in shape:
        empty = np.empty(shape, _TYPES[at._type_])
        empty.flags.writeable = False
        return empty
    return np.asarray(_View(at, shape, owner))


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as fault:
        raise ImportError("to_frame() needs pandas: pip install pandas") from fault
    return pandas


def _axes(axes: Any) -> Any:
    try:
        import matplotlib.pyplot as pyplot
    except ImportError as fault:
        raise ImportError("plot() needs matplotlib: pip install matplotlib") from fault
    return pyplot.subplots()[1] if axes is None else axes


@dataclass(frozen=True)
class Issue:
    """An issue; a level is the index of an option, a bit mask of items, or a number of steps."""

    id: str
    name: str
    form: str  #: "options", "items" or "range"
    levels: int
    parts: tuple[str, ...]  #: of options and items
    start: float
    step: float

    def value(self, level: int) -> str | float | tuple[str, ...]:
        """What a level stands for: a name, the names of items, or a number."""
        if not 0 <= level < self.levels:
            raise IndexError(f"{self.name} has no level {level}")
        if self.form == "options":
            return self.parts[level]
        if self.form == "items":
            return tuple(p for i, p in enumerate(self.parts) if level >> i & 1)
        return self.start + level * self.step

    @classmethod
    def _of(cls, row: _c.IssueRow) -> Issue:
        return cls(_c.decode(row.id), _c.decode(row.name),
                   ("options", "items", "range")[row.form], row.levels,
                   _c.names(row.part, row.parts), row.start, row.step)


@dataclass(frozen=True, eq=False)
class Deals:
    """Zone and deals of one account; shares are of the preference worlds that fit it."""

    account: str
    zone: float  #: share of the worlds in which some deal suits all
    zone_error: float  #: its standard error
    impossible: bool  #: proved: no deal can suit all
    worlds: int
    parties: tuple[str, ...]
    issues: tuple[Issue, ...]
    levels: Counts = field(repr=False)  #: [deal, issue]
    shares: Floats = field(repr=False)  #: [deal, party] in which the party accepts
    joint: Floats = field(repr=False)  #: [deal] in which all that are asked do
    verdicts: Bytes = field(repr=False)  #: [deal, party] 0 possible, 1 necessary, 2 impossible
    frontier: Bytes = field(repr=False)  #: [deal] 1: not beaten in every party's share at once

    def package(self, deal: int) -> dict[str, Any]:
        """A deal in words: only what it changes of how things are today."""
        return {i.id: i.value(int(at)) for i, at in zip(self.issues, self.levels[deal]) if at}

    def to_frame(self) -> pandas.DataFrame:
        """A row for each deal: what it says, the joint share, each party's."""
        frame = _pandas().DataFrame(self.shares, columns=list(self.parties))
        frame.insert(0, "joint", self.joint)
        frame.insert(0, "package", [self.package(d) for d in range(len(self.joint))])
        return frame

    @classmethod
    def _of(cls, d: _c.Deals, reply: Reply) -> Deals:
        _c.check_size(d)
        n, p, k = d.deals, d.parties, d.issues
        return cls(_c.decode(d.account), d.zone, d.zone_error, d.impossible, d.worlds,
                   _c.names(d.party, p), tuple(Issue._of(d.issue[i]) for i in range(k)),
                   view(d.levels, (n, k), reply), view(d.shares, (n, p), reply),
                   view(d.joint, (n,), reply), view(d.verdicts, (n, p), reply),
                   view(d.frontier, (n,), reply))


@dataclass(frozen=True, eq=False)
class Frontier:
    """The Pareto frontier of an exact scenario, and solution points as indices into it."""

    method: str  #: by which it was found
    outcomes: int  #: of the whole scenario
    proved: bool
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    values: Floats = field(repr=False)  #: [point, party] undiscounted
    levels: Counts = field(repr=False)  #: [point, issue] an outcome of each
    reservation: Floats  #: [party] -inf: none
    nash: int | None  #: None where no outcome is rational; and so on
    kalai_smorodinsky: int | None
    egalitarian: int | None
    utilitarian: int | None
    nash_negmas: int | None  #: on NegMAS's scenarios, as that program defines it
    kalai_smorodinsky_negmas: int | None

    def __len__(self) -> int:
        return len(self.values)

    def points(self) -> dict[str, Floats]:
        """The values of each solution point that there is."""
        found = {name: getattr(self, name)
                 for name in ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian",
                              "nash_negmas", "kalai_smorodinsky_negmas")}
        return {name: self.values[at] for name, at in found.items() if at is not None}

    def to_frame(self) -> pandas.DataFrame:
        """A row for each point: the parties' values."""
        return _pandas().DataFrame(self.values, columns=list(self.parties))

    def plot(self, axes: Any = None) -> Any:
        """The first two parties' values, with the solution points; the axes of matplotlib."""
        axes = _axes(axes)
        order = np.argsort(self.values[:, 0], kind="stable")
        axes.plot(self.values[order, 0], self.values[order, 1], ".-", label="frontier")
        for name, at in self.points().items():
            axes.plot(*at[:2], "o", label=name.replace("_", "-"))
        axes.set_xlabel(self.parties[0])
        axes.set_ylabel(self.parties[1])
        axes.legend()
        return axes

    @classmethod
    def _of(cls, f: _c.Frontier, reply: Reply) -> Frontier:
        _c.check_size(f)
        n, p, k = f.points, f.parties, f.issues
        at = [None if x == _c.NONE else x
              for x in (f.nash, f.kalai_smorodinsky, f.egalitarian, f.utilitarian, f.nash_negmas,
                        f.kalai_smorodinsky_negmas)]
        return cls(_c.decode(f.method), int(f.outcomes), f.proved, _c.names(f.party, p),
                   _c.names(f.issue, k), view(f.values, (n, p), reply),
                   view(f.levels, (n, k), reply), view(f.reservation, (p,), reply), *at)


@dataclass(frozen=True, eq=False)
class Negotiation:
    """One negotiation on an exact scenario, with every offer."""

    end: str  #: "agreed", "deadline", "walked-out", "breakdown", "failed", "too-slow"
    round: Indices = field(repr=False)  #: [offer] from 0
    proposer: Indices = field(repr=False)  #: [offer] index of the party
    outcome: Indices = field(repr=False)  #: [offer] as Scenario numbers them
    values: Floats = field(repr=False)  #: [offer, party] undiscounted
    last_round: int = 0
    agreement: Floats | None = None  #: [party] undiscounted
    agreed_on: int | None = None  #: the outcome

    def __len__(self) -> int:
        return len(self.round)

    def to_frame(self) -> pandas.DataFrame:
        """A row for each offer."""
        frame = _pandas().DataFrame(self.values)
        for name in ("outcome", "proposer", "round"):
            frame.insert(0, name, getattr(self, name))
        return frame

    def plot(self, axes: Any = None) -> Any:
        """The offers of each party in the plane of the first two parties' values."""
        axes = _axes(axes)
        for p in range(self.values.shape[1]):
            own = self.values[self.proposer == p]
            axes.plot(own[:, 0], own[:, 1], ".-", label=f"offers of party {p}")
        if self.agreement is not None:
            axes.plot(*self.agreement[:2], "k*", label="agreement")
        axes.legend()
        return axes

    @classmethod
    def _of(cls, r: _c.Run, reply: Reply) -> Negotiation:
        _c.check_size(r)
        n, p = r.offers, r.parties
        return cls(_c.decode(r.end), view(r.round, (n,), reply), view(r.proposer, (n,), reply),
                   view(r.outcome, (n,), reply), view(r.values, (n, p), reply), r.last_round,
                   view(r.agreement, (p,), reply) if r.agreed else None,
                   r.agreed_on if r.agreed else None)


@dataclass(frozen=True, eq=False)
class Runs:
    """Many negotiations as columns. A seat that a scenario lacks has utility NaN."""

    endings: tuple[str, ...]
    end: Bytes = field(repr=False)  #: [run] index of its ending
    scenario: Indices = field(repr=False)  #: [run] index of the scenario
    cell: Indices = field(repr=False)  #: [run] scenario and tuple of strategies, without repetition
    round: Indices = field(repr=False)  #: [run] in which it ended, from 0
    offers: Indices = field(repr=False)
    outcome: Counts = field(repr=False)  #: [run] index of the agreement; 2**64 - 1: none
    welfare: Floats = field(repr=False)
    pareto: Floats = field(repr=False)  #: [run] distance to the frontier; NaN without agreement
    nash: Floats = field(repr=False)
    kalai: Floats = field(repr=False)
    strategy: Indices = field(repr=False)  #: [run, seat] index; 2**32 - 1: no such seat
    utility: Floats = field(repr=False)  #: [run, seat] discounted
    advantage: Floats = field(repr=False)  #: [run, seat] share of what could be gained
    nash_negmas: Floats = field(repr=False)  #: [run] NaN where the scenario is not of NegMAS
    kalai_smorodinsky_negmas: Floats = field(repr=False)
    score: Floats = field(repr=False)  #: [run, seat] what a tournament ranks by

    def __len__(self) -> int:
        return len(self.end)

    @property
    def agreed(self) -> npt.NDArray[np.bool_]:
        """[run] Did it end in a deal?"""
        return self.end == self.endings.index("agreed")

    def to_frame(self) -> pandas.DataFrame:
        """A row for each run."""
        one = ("scenario", "cell", "round", "offers", "welfare", "pareto", "nash", "kalai",
               "nash_negmas", "kalai_smorodinsky_negmas")
        frame = _pandas().DataFrame({name: getattr(self, name) for name in one})
        frame.insert(2, "end", [self.endings[k] for k in self.end])
        for s in range(self.utility.shape[1]):
            for name in ("strategy", "utility", "advantage", "score"):
                frame[f"{name}_{s}"] = getattr(self, name)[:, s]
        return frame

    @classmethod
    def _of(cls, r: _c.Runs, reply: Reply) -> Runs:
        _c.check_size(r)
        n, s = r.runs, r.seats
        one = [view(getattr(r, name), (n,), reply)
               for name in ("end", "scenario", "cell", "round", "offers", "outcome", "welfare",
                            "pareto", "nash", "kalai")]
        return cls(_c.names(r.ending, r.endings), *one, view(r.strategy, (n, s), reply),
                   view(r.utility, (n, s), reply), view(r.advantage, (n, s), reply),
                   view(r.nash_negmas, (n,), reply), view(r.kalai_smorodinsky_negmas, (n,), reply),
                   view(r.score, (n, s), reply))


@dataclass(frozen=True)
class Rank:
    """A place in a tournament; figures are means over the scenarios, NaN where there is none."""

    strategy: str
    scenarios: int
    cells: int
    advantage: float
    advantage_error: float  #: half of a 95 % interval, over scenarios or, of few, over cells
    agreed: float
    welfare: float
    pareto: float
    nash: float
    kalai: float
    rounds: float
    chance: float  #: of a difference to the next as large as this; NaN for the last
    over_scenarios: bool
    ahead: bool  #: of the next, at 5 %
    nash_negmas: float  #: NaN where it agreed on no scenario of NegMAS
    kalai_smorodinsky_negmas: float
    score: float  #: what the place is by
    score_error: float  #: half of its 95 % interval


@dataclass(frozen=True, eq=False)
class Tournament:
    """A tournament that has been played."""

    strategies: tuple[str, ...]
    scenarios: tuple[str, ...]
    parties: tuple[int, ...]  #: of each scenario
    ranking: tuple[Rank, ...]  #: best first
    runs: Runs
    score: str = "advantage"  #: what the ranking is by

    def to_frame(self) -> pandas.DataFrame:
        """The ranking, a row for each strategy."""
        return _pandas().DataFrame([vars(rank) for rank in self.ranking])

    def plot(self, axes: Any = None) -> Any:
        """Mean score of each strategy with its interval."""
        axes = _axes(axes)
        at = range(len(self.ranking))
        error = [0 if np.isnan(r.score_error) else r.score_error for r in self.ranking]
        axes.errorbar([r.score for r in self.ranking], at, xerr=error, fmt="o")
        axes.set_yticks(list(at), [r.strategy for r in self.ranking])
        axes.invert_yaxis()
        axes.set_xlabel(self.score)
        return axes

    @classmethod
    def _of(cls, t: _c.Tournament, runs: _c.Runs, reply: Reply) -> Tournament:
        _c.check_size(t)
        rows = []
        for i in range(t.ranks):
            row = t.rank[i]
            values = [getattr(row, name) for name, *_ in row._fields_]
            rows.append(Rank(_c.decode(values[0]), *values[1:], t.nash_negmas[i],
                             t.kalai_smorodinsky_negmas[i], t.score[i], t.score_error[i]))
        return cls(_c.names(t.strategy, t.strategies), _c.names(t.scenario, t.scenarios),
                   tuple(t.parties[i] for i in range(t.scenarios)), tuple(rows),
                   Runs._of(runs, reply), _c.decode(t.score_name))
