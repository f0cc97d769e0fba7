"""Strategies in Python that play in the engine.

A `Strategy` is asked about many negotiations at once, with arrays; an `Agent` about one, as on other
platforms. Both are given numbers of outcomes, from 0, as `Scenario` numbers them.
"""
from __future__ import annotations

import ctypes as c
import hashlib
import inspect
import operator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _c
from .errors import StrategyError

if TYPE_CHECKING:
    from .engine import Interrupts

#: Offered, it walks out of the talks.
WALK_AWAY = _c.WALK_AWAY
#: What `respond` may say besides False and True.
REJECT, ACCEPT, WALK_OUT = _c.REJECT, _c.ACCEPT, _c.WALK_OUT


class Table:
    """What a party knows of a scenario: its own values. The arrays cannot be written to."""

    def __init__(self, scenario: str, party: int, parties: int, rounds: int,
                 utility: npt.NDArray[np.float64], order: npt.NDArray[np.uint32],
                 reservation: float) -> None:
        self.scenario = scenario
        self.party = party
        self.parties = parties
        self.rounds = rounds
        self.utility = utility  #: [outcome] undiscounted
        self.order = order  #: outcomes from its worst to its best
        self.reservation = reservation  #: -inf: none
        self.sorted = utility[order]
        for array in (self.utility, self.order, self.sorted):
            array.flags.writeable = False

    @property
    def best(self) -> float:
        return float(self.sorted[-1])

    @property
    def floor(self) -> float:
        """The worst that the party has reason to accept."""
        return max(float(self.sorted[0]), self.reservation)

    def worst_of(self, least: Any) -> Any:
        """The worst outcome that is worth at least so much, or the best; of a number or an array."""
        at = np.searchsorted(self.sorted, least, side="left")
        return self.order[np.minimum(at, len(self.order) - 1)]


@dataclass(frozen=True)
class Turns:
    """A party's turns in many negotiations on one scenario, all in the same round."""

    table: Table
    round: int  #: from 0
    #: (round + 1) / (rounds + 1); with a deadline in seconds an array [n], the share of them too
    time: Any
    seed: int
    slot: npt.NDArray[np.uint32]  #: [n] place of the negotiation: no other has it at the time
    run: npt.NDArray[np.uint64]  #: [n] number of the negotiation
    offer: npt.NDArray[np.uint32]  #: [n] on the table; WALK_AWAY: none yet
    _raw: Any = field(default=None, repr=False, compare=False)
    deadline: float = 0.0  #: seconds; 0: the rounds alone are one
    seconds: Any = None  #: [n] on each one's clock when the turn began; None: there is no clock
    open: bool = False  #: seconds are the only deadline: table.rounds are as many as fit in

    def __len__(self) -> int:
        return len(self.slot)

    def history(self, i: int) -> npt.NDArray[Any]:
        """All offers of the i-th negotiation so far: columns round, party, outcome."""
        if self._raw is None:
            raise StrategyError("the offers so far are known only while the strategy is asked")
        if hasattr(self._raw, "histories"):  # in a process of its own
            return self._raw.histories[i]
        n = self._raw.offer_count[i]
        if n == 0:
            return np.empty((0, 3), np.uint32)
        at = c.cast(self._raw.offers[i], c.POINTER(c.c_uint32))
        return np.ctypeslib.as_array(at, (n, 3)).copy()


class Strategy:
    """A strategy asked about many negotiations at once.

    `propose` gives an outcome for each, `respond` False, True or one of REJECT, ACCEPT, WALK_OUT.
    Where a method raises, `on_error` says what follows: "raise" ends the call with the exception,
    "fail" ends these negotiations as failed, without a deal.

    >>> class Linear(Strategy):
    ...     def aspired(self, turns):
    ...         t = turns.table
    ...         return t.best - (t.best - t.floor) * turns.time
    ...     def propose(self, turns):
    ...         return np.full(len(turns), turns.table.worst_of(self.aspired(turns)))
    ...     def respond(self, turns):
    ...         return turns.table.utility[turns.offer] >= self.aspired(turns)
    >>> run = read(SCENARIO).haggle(Linear(), "boulware")
    >>> run.end
    'agreed'
    """

    name: str = ""
    on_error: str = "raise"
    #: Seconds of the clock that a turn takes: 0.02, (0.01, 0.05) drawn evenly, or "real": what it
    #: does take, a batch's time in equal parts. None: as `step_cost` says for all.
    step_cost: Any = None

    def begin(self, turns: Turns) -> None:
        """These negotiations begin; `turns.slot` may have been those of others before."""

    def respond(self, turns: Turns) -> Any:
        raise NotImplementedError

    def propose(self, turns: Turns) -> Any:
        raise NotImplementedError


@dataclass
class Turn:
    """An agent's turn in its one negotiation."""

    table: Table
    round: int
    time: float
    seed: int
    run: int
    offer: int | None  #: on the table
    _turns: Turns = field(repr=False)
    _at: int = 0

    @property
    def seconds(self) -> float | None:
        """On the clock when the turn began; None: there is no clock."""
        return None if self._turns.seconds is None else float(self._turns.seconds[self._at])

    @property
    def deadline(self) -> float:
        """In seconds; 0: none."""
        return self._turns.deadline

    def history(self) -> npt.NDArray[Any]:
        """All offers so far: columns round, party, outcome."""
        return self._turns.history(self._at)


class Agent:
    """A strategy asked about one negotiation: an instance is made for each, without arguments.

    Give the class, not an instance, to whatever takes strategies.

    >>> class Stubborn(Agent):
    ...     def propose(self, turn):
    ...         return int(turn.table.order[-1])
    ...     def respond(self, turn, offer):
    ...         return turn.table.utility[offer] >= turn.table.best
    >>> read(SCENARIO).haggle(Stubborn, "hardliner").end
    'deadline'
    """

    on_error: str = "raise"
    step_cost: Any = None  #: as a `Strategy`'s

    def propose(self, turn: Turn) -> int | None:
        """An outcome, or None to walk out."""
        raise NotImplementedError

    def respond(self, turn: Turn, offer: int) -> Any:
        raise NotImplementedError


class _Each(Strategy):
    """Agents as a strategy: one for each negotiation. Only those fail that raise."""

    def __init__(self, make: Any, name: str, on_error: str) -> None:
        self.make = make
        self.name = name
        self.on_error = on_error
        self.step_cost = getattr(make, "step_cost", None)
        self.seats: dict[tuple[int, int], Any] = {}
        self.fault: BaseException | None = None

    def begin(self, turns: Turns) -> None:
        for slot in turns.slot.tolist():
            self.seats[turns.table.party, slot] = self.make()

    def _asked(self, turns: Turns, ask: Any, failed: int) -> npt.NDArray[np.uint32]:
        made = np.empty(len(turns), np.uint32)
        party, offers, runs = turns.table.party, turns.offer.tolist(), turns.run.tolist()
        times = np.broadcast_to(turns.time, len(turns)).tolist()
        for i, slot in enumerate(turns.slot.tolist()):
            offer = offers[i]
            turn = Turn(turns.table, turns.round, times[i], turns.seed, runs[i],
                        None if offer == WALK_AWAY else offer, turns, i)
            try:
                made[i] = ask(self.seats[party, slot], turn)
            except Exception as fault:
                if self.on_error != "fail":
                    raise
                self.fault = fault
                made[i] = failed
        return made

    def respond(self, turns: Turns) -> Any:
        return self._asked(turns, _respond, _c.FAIL)

    def propose(self, turns: Turns) -> Any:
        count = len(turns.table.utility)
        return self._asked(turns, lambda agent, turn: _propose(agent, turn, count), _c.FAIL_HERE)


def _respond(agent: Agent, turn: Turn) -> int:
    answer = agent.respond(turn, turn.offer)  # type: ignore[arg-type]
    said = int(answer) if isinstance(answer, np.bool_) else operator.index(answer)
    if not 0 <= said <= _c.WALK_OUT:
        raise StrategyError(f"respond gave {said}, which is no answer")
    return said


def _propose(agent: Agent, turn: Turn, count: int) -> int:
    offer = agent.propose(turn)
    if offer is None:
        return WALK_AWAY
    number = operator.index(offer)
    if not 0 <= number < count and number != WALK_AWAY:
        raise StrategyError(f"propose gave {offer}, which is no outcome of 0 to {count - 1}")
    return number


def _column(found: Any, count: int, most: int, what: str, spared: tuple[int, ...]) -> Any:
    """What a strategy gave as uint32, or an error that says what is wrong with it."""
    array = np.asarray(found)
    if array.shape != (count,):
        raise StrategyError(f"{what} gave an array of shape {array.shape}, not ({count},)")
    if array.dtype.kind not in "biu":
        raise StrategyError(f"{what} gave {array.dtype}, not whole numbers")
    stray = (array < 0) | (array > most)
    for value in spared:
        stray &= array != value
    if stray.any():
        raise StrategyError(f"{what} gave {array[stray][0]}, which is none of 0 to {most}")
    return array.astype(np.uint32)


class Player:
    """A strategy as the library calls it; keeps what it raises."""

    def __init__(self, strategy: Strategy, name: str) -> None:
        self.strategy = strategy
        self.name = name
        self.interrupts: Interrupts | None = None
        self._fault: BaseException | None = None
        self._tables: dict[int, Table] = {}
        self._unfit: set[tuple[int, int]] = set()  # seats whose beginning failed
        self._kept = (name.encode(), _version(strategy), _c.Begin(self._begin),
                      _c.Respond(self._respond), _c.Propose(self._propose))
        self.record = _c.CallerStrategy(self._kept[0], self._kept[1], None, *self._kept[2:])

    def take_fault(self) -> BaseException | None:
        fault, self._fault = self._fault, None
        return fault

    def _turns(self, raw: Any) -> Turns:
        n = raw.count
        # The library uses its arrays again: what a strategy may keep is its own.
        slot, offer, run = (np.ctypeslib.as_array(at, (n,)).copy()
                            for at in (raw.slot, raw.offer, raw.run))
        time, seconds = raw.table.time, None
        if raw.seconds:
            time, seconds = (np.ctypeslib.as_array(at, (n,)).copy()
                             for at in (raw.time, raw.seconds))
        return Turns(self._tables[raw.table.party], raw.table.round, time, raw.seed, slot, run,
                     offer, raw, raw.deadline, seconds, raw.open)

    def _guarded(self, act: Any, at: Any) -> bool:
        """False, and the fault kept, where it raises: the library is to stop."""
        turns = None
        try:
            if self.interrupts is not None:
                if self.interrupts.happened:
                    return False
                self.interrupts.in_strategy = True
            turns = self._turns(at.contents)
            act(turns)
            return True
        except BaseException as fault:
            self._fault = fault if not isinstance(fault, Exception) else self._told(fault)
            return False
        finally:
            if self.interrupts is not None:
                self.interrupts.in_strategy = False
            if turns is not None:
                object.__setattr__(turns, "_raw", None)  # the library goes on with it

    def _told(self, fault: Exception) -> Exception:
        error = StrategyError(f"the strategy {self.name!r} failed: {fault!r}")
        error.__cause__ = fault
        return error

    def _asked(self, method: Any, turns: Turns, most: int, spared: tuple[int, ...],
               failed: int) -> Any:
        try:
            if self._unfit and (turns.table.party, int(turns.slot[0])) in self._unfit:
                return np.full(len(turns), failed, np.uint32)
            return _column(method(turns), len(turns), most, method.__name__, spared)
        except Exception:
            if self.strategy.on_error != "fail":
                raise
            return np.full(len(turns), failed, np.uint32)

    def _begin(self, _user: object, at: Any, _slots: int) -> bool:
        raw = at.contents
        t, n = raw.table, raw.table.outcomes
        try:
            self._tables[t.party] = Table(
                _c.decode(raw.scenario), t.party, t.parties, t.rounds,
                np.ctypeslib.as_array(t.utility, (n,)).copy(),
                np.ctypeslib.as_array(t.order, (n,)).copy(), t.reservation)
        except MemoryError as fault:
            self._fault = fault
            return False
        return self._guarded(self._begin_all, at)

    def _begin_all(self, turns: Turns) -> None:
        try:
            self.strategy.begin(turns)
        except Exception:
            if self.strategy.on_error != "fail":
                raise
            self._unfit |= {(turns.table.party, s) for s in turns.slot.tolist()}
        else:
            self._unfit -= {(turns.table.party, s) for s in turns.slot.tolist()}

    def _respond(self, _user: object, at: Any, reply: Any) -> bool:
        def act(turns: Turns) -> None:
            said = self._asked(self.strategy.respond, turns, _c.WALK_OUT, (_c.FAIL,), _c.FAIL)
            np.ctypeslib.as_array(reply, (len(turns),))[:] = said
        return self._guarded(act, at)

    def _propose(self, _user: object, at: Any, outcome: Any) -> bool:
        def act(turns: Turns) -> None:
            offers = self._asked(self.strategy.propose, turns, len(turns.table.utility) - 1,
                                 (WALK_AWAY, _c.FAIL_HERE), _c.FAIL_HERE)
            np.ctypeslib.as_array(outcome, (len(turns),))[:] = offers
        return self._guarded(act, at)


def _version(strategy: Strategy) -> bytes:
    """What a file of results knows the strategy by: its source and its parameters' values."""
    make = strategy.make if isinstance(strategy, _Each) else type(strategy)
    try:
        source = inspect.getsource(make)
    except (OSError, TypeError):
        source = repr(make)
    plain = {k: v for k, v in sorted(vars(strategy).items())
             if isinstance(v, (int, float, str, bool))}
    return hashlib.sha256(f"{source}\n{plain}".encode()).hexdigest().encode()


def as_strategy(given: Any) -> Strategy:
    """A strategy as it is; a class of agents as a strategy that makes one for each negotiation."""
    if isinstance(given, Strategy):
        return given
    if isinstance(given, type) and issubclass(given, Strategy):
        return given()
    if isinstance(given, type) and issubclass(given, Agent):
        return _Each(given, given.__name__, given.on_error)
    raise TypeError(f"{given!r} is neither a Strategy nor a class of Agents")


def name_of(strategy: Strategy) -> str:
    """Its name; commas, colons and slashes mean something in lists of strategies."""
    name = strategy.name or type(strategy).__name__
    return name.translate({ord(mark): "-" for mark in ",:/"})


def _cost(given: Any) -> str:
    """A turn's seconds as they stand behind a strategy's name."""
    if given is None:
        return ""
    if isinstance(given, (tuple, list)):
        given = "-".join(repr(float(s)) for s in given)
    return f":step-cost={given}"


def seat(given: Any) -> Player:
    strategy = as_strategy(given)
    return Player(strategy, name_of(strategy))


def line_up(given: Any) -> tuple[list[str], list[Strategy]]:
    """Names for an option, and the strategies in Python among those given; a name stands for ours."""
    names: list[str] = []
    own: list[Strategy] = []
    for one in given:
        if isinstance(one, str):
            names.append(one)
            continue
        strategy = next((s for s in own if s is one), None) or as_strategy(one)
        if all(s is not strategy for s in own):
            taken = {name_of(s) for s in own}
            if name_of(strategy) in taken:
                raise ValueError(f"two strategies are called {name_of(strategy)!r}: give one "
                                 "another `name`")
            own.append(strategy)
        names.append(name_of(strategy) + _cost(strategy.step_cost))
    return names, own
