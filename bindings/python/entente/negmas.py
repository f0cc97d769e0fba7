"""NegMAS negotiators in our engine: any SAONegotiator plays as it is.

Each negotiation has a mechanism of NegMAS's own that is never run: it gives the negotiator its
interface (nmi) and its state, which is set before each turn as SAOMechanism would have it. Needs
the package `negmas`.
"""
from __future__ import annotations

import copy
import functools
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from .players import ACCEPT, REJECT, WALK_OUT, Agent, Turn, Turns, _Each
from .sources import Scenario, read


def _library() -> Any:
    try:
        import negmas
        import negmas.sao
    except ImportError as fault:
        raise ImportError("this needs NegMAS: pip install negmas") from fault
    return negmas


class Space:
    """A scenario's outcomes as NegMAS has them: tuples of values."""

    def __init__(self, scenario: Scenario) -> None:
        negmas = _library()
        self.scenario = scenario
        words = [[i.value(k) for k in range(i.levels)] for i in scenario.issues]
        self.issues = [negmas.make_issue(v, name=i.name) for i, v in zip(scenario.issues, words)]
        self.space = negmas.make_os(self.issues)
        self.tuples = [tuple(words[k][at] for k, at in enumerate(row))
                       for row in scenario.levels.tolist()]
        self.number = {outcome: k for k, outcome in enumerate(self.tuples)}

    def ufun(self, party: int, reserved: float | None = None) -> Any:
        """The party's values as a utility function of NegMAS's, with its reservation value or
        another: a weighted sum over issues where they are that, otherwise a table of outcomes."""
        negmas = _library()
        if reserved is None:
            reserved = float(self.scenario.reservation[party])
        parts = None if self.scenario.sampled else _parts(self.scenario, party)
        if parts is None:
            values = dict(zip(self.tuples, self.scenario.values[party].tolist()))
            return negmas.preferences.MappingUtilityFunction(
                values, outcome_space=self.space, reserved_value=reserved)
        tables, weights, bias = parts
        funs = [negmas.preferences.value_fun.TableFun(dict(zip(i.all, t.tolist())))
                for i, t in zip(self.issues, tables)]
        return negmas.preferences.LinearAdditiveUtilityFunction(
            values=funs, weights=weights, bias=bias, outcome_space=self.space,
            reserved_value=reserved)


def _parts(scenario: Scenario, party: int) -> tuple[list[Any], list[float], float] | None:
    """Values of 0 to 1 for each issue, weights and a constant whose sum the party's values are; or
    None. O(outcomes * issues)."""
    shape = [i.levels for i in scenario.issues]
    grid = scenario.values[party].reshape(shape)
    corner = grid[(0,) * len(shape)]
    tables, weights, bias = [], [], float(corner)
    total = np.full(shape, corner)
    for k in range(len(shape)):
        line = grid[tuple(slice(None) if i == k else 0 for i in range(len(shape)))] - corner
        total = total + line.reshape([-1 if i == k else 1 for i in range(len(shape))])
        low, span = float(line.min()), float(line.max() - line.min())
        tables.append((line - low) / span if span > 0 else np.zeros(len(line)))
        weights.append(span)
        bias += low
    scale = max(1.0, float(np.abs(grid).max()))
    if np.abs(total - grid).max() > 1e-12 * scale:
        return None
    return tables, weights, 0.0 if abs(bias) < 1e-12 * scale else bias


@functools.cache
def _clocked() -> Any:
    """SAOMechanism whose time is that of the engine's clock, where there is one."""
    sao = _library().sao

    class Clocked(sao.SAOMechanism):
        clock: float | None = None

        @property
        def time(self) -> float:
            return float(super().time) if self.clock is None else self.clock

        @property
        def remaining_time(self) -> float | None:
            if self.clock is None:
                return super().remaining_time
            return max(0.0, self._internal_nmi.time_limit - self.clock)

    return Clocked


class _Seated(Agent):
    """One negotiator in one negotiation."""

    def __init__(self, make: Callable[..., Any], space: Space, turns: Turns, ufun: Any,
                 private: dict[str, Any]) -> None:
        party = turns.table.party
        self.space = space
        limits = {} if turns.open else {"n_steps": turns.table.rounds}
        if turns.deadline > 0:
            limits["time_limit"] = turns.deadline
        self.mechanism = _clocked()(outcome_space=space.space, **limits)
        if turns.seconds is not None:
            self.mechanism.clock = 0.0
        self.own = make(private_info=private) if private else make()
        for seat in range(len(space.scenario.parties)):
            other = self.own if seat == party else _absent()()
            if not self.mechanism.add(other, ufun=ufun if seat == party else None):
                raise ValueError(f"{type(self.own).__name__} does not join the negotiation")
        self.ids = self.mechanism.negotiator_ids
        self.state = self.mechanism._current_state
        self.state.started = self.state.running = True
        self.mechanism._start_time = time.perf_counter_ns()
        self.own._on_negotiation_start(self._seen(0))
        self.counter: Any = None
        self.asked_in = -1
        self.told = 0  # offers

    def _seen(self, relative: float) -> Any:
        """The state as the negotiator is shown it; its time is the engine's."""
        state = self.mechanism.state_for(self.own)
        if relative > 0:
            state.relative_time = relative
        return state

    def _act(self, turn: Turn) -> Any:
        """The negotiator's response in this round, once."""
        if turn.seconds is not None:
            self.mechanism.clock = self.state.time = turn.seconds
        self._tell(turn)
        self.asked_in = turn.round
        seen, seat = self._seen(turn.time), turn.table.party
        try:
            return self.own(seen, dest=self.ids[(seat + 1) % len(self.ids)])
        except Exception:  # as SAOMechanism does, whatever it was
            return self.own(seen)

    def _tell(self, turn: Turn) -> None:
        """What has happened since its last turn, in the order of NegMAS's own loop."""
        rows = turn.history()[self.told:]
        self.told += len(rows)
        for number, party, outcome in rows.tolist():
            self._enter_round(number, turn)
            self._see_offer(party, self.space.tuples[outcome], turn)
        self._enter_round(turn.round, turn)

    def _enter_round(self, number: int, turn: Turn) -> None:
        s = self.state
        if number != s.step:  # the one before is over
            self.own.on_round_end(self._seen(turn.time))
            self.mechanism._add_to_history(self.mechanism.state4history)
            s.new_offers, s.new_data = [], []
        if number != s.step or self.asked_in < 0 and not s.new_offers:
            s.step = number
            s.relative_time = self.mechanism.relative_time
            self.own.on_round_start(self._seen(turn.time))

    def _see_offer(self, party: int, outcome: Any, turn: Turn) -> None:
        s, proposer = self.state, self.ids[party]
        if party != turn.table.party:
            if s.current_offer is not None:
                self.own.on_partner_response(
                    state=self._seen(turn.time), partner_id=proposer, outcome=s.current_offer,
                    response=_library().ResponseType.REJECT_OFFER)
            self.own.on_partner_proposal(partner_id=proposer, state=self._seen(turn.time),
                                         offer=outcome)
        s.current_offer, s.current_proposer, s.n_acceptances = outcome, proposer, 1
        s.last_negotiator = self.mechanism.negotiators[party].name
        s.new_offers.append((proposer, outcome))
        s.new_data.append((proposer, None))

    def end(self) -> None:
        """The negotiation is over, with what nobody here knows."""
        self.state.running = False
        self.own._on_negotiation_end(self._seen(0))

    def respond(self, turn: Turn, offer: int) -> int:
        kinds = _library().ResponseType
        said = self._act(turn)
        self.counter = said.outcome
        if said.response == kinds.ACCEPT_OFFER:
            return ACCEPT
        return REJECT if said.response == kinds.REJECT_OFFER else WALK_OUT

    def propose(self, turn: Turn) -> int | None:
        if self.asked_in != turn.round:  # nothing was on the table
            self.counter = self._act(turn).outcome
        if self.counter is None:
            return None
        return self.space.number[tuple(self.counter)]


@functools.cache
def _absent() -> Any:
    """A class of negotiators that only keep a seat."""
    sao = _library().sao

    class Absent(sao.SAONegotiator):
        def propose(self, state: Any, dest: Any = None) -> None:
            return None

        def respond(self, state: Any, source: Any = None) -> Any:
            return _library().ResponseType.REJECT_OFFER

    return Absent


class Negotiator(_Each):
    """A class of NegMAS negotiators, or a function that makes one, as a strategy.

    The scenarios that it will play on are given, as paths or as `read` gives them. With
    `knows_opponent` it is told the other party's values but not its reservation value, as
    `private_info["opponent_ufun"]`: the rules of ANL 2024. With `models` each one's
    `opponent_ufun` at the end of its negotiation is held against the truth: see `anl2026`.
    """

    def __init__(self, make: Callable[..., Any], *scenarios: Any, name: str = "",
                 on_error: str = "raise", knows_opponent: bool = False,
                 models: bool = False) -> None:
        super().__init__(make, name or getattr(make, "__name__", "negotiator"), on_error)
        known = [s if isinstance(s, Scenario) else read(s) for s in scenarios]
        self.knows_opponent = knows_opponent
        self.models: dict[tuple[int, int], float] | None = {} if models else None
        self._runs: dict[tuple[int, int], tuple[str, int]] = {}
        self._spaces = {s.name: Space(s) for s in known}
        self._ufuns: dict[tuple[str, int], Any] = {}

    def begin(self, turns: Any) -> None:
        t = turns.table
        if t.scenario not in self._spaces:
            raise ValueError(f"{self.name} was given {', '.join(self._spaces) or 'no scenario'}, "
                             f"and plays on {t.scenario}")
        space = self._spaces[t.scenario]
        if (t.scenario, t.party) not in self._ufuns:
            self._ufuns[t.scenario, t.party] = space.ufun(t.party)
        ufun = self._ufuns[t.scenario, t.party]
        for slot, run in zip(turns.slot.tolist(), turns.run.tolist()):
            self._judge(t.party, slot)
            self._runs[t.party, slot] = (t.scenario, run)
            private = {"opponent_ufun": space.ufun((t.party + 1) % t.parties, 0.0)} \
                if self.knows_opponent else {}
            self.seats[t.party, slot] = _Seated(self.make, space, turns, copy.deepcopy(ufun),
                                                private)

    def _judge(self, party: int, slot: int) -> None:
        """What the negotiator that sat there knew of the other in the end."""
        seated = self.seats.pop((party, slot), None)
        if self.models is None or seated is None:
            return
        scenario, run = self._runs[party, slot]
        space = self._spaces[scenario]
        compare = _library().preferences.ops.compare_ufuns
        seated.end()
        try:
            known = compare(seated.own.opponent_ufun, space.ufun(1 - party),
                            method="kendall_optimality", outcome_space=space.space)
        except Exception:  # no model, or none that is a utility function: NegMAS's word for it is 0
            known = 0.0
        self.models[run, party] = float(known)

    def judge(self) -> dict[tuple[int, int], float]:
        """(run, party): (tau + 1) / 2, Kendall's tau of what it thought the other's values are and
        what they are; 0 where it has no model."""
        for party, slot in list(self.seats):
            self._judge(party, slot)
        return self.models or {}


def anl2026(tournament: Any, seats: Any, engine: Any = None) -> Any:
    """[run, seat] scores of ANL 2026 on scenarios of two: NegMAS's advantage, and a share of 1 by how
    well each knew the other.

    As NegMAS 0.16.0 has it in `_make_record`: the share is a party's (tau + 1) / 2 divided by both
    parties', 0 where neither has a model. The tournament was played with `score="anl2024"`, the
    seats with `models=True`. What strategies of the engine's know is in `engine`, the same
    tournament with `score="kendall"`; without it they count as having no model.
    """
    runs = tournament.runs
    if tournament.score != "anl2024":
        raise ValueError("play the tournament with score='anl2024'")
    if set(tournament.parties) != {2}:
        raise ValueError("ANL 2026 is played by two")
    known = np.zeros(runs.score.shape) if engine is None else np.nan_to_num(engine.runs.score)
    if engine is not None and (engine.score != "kendall" or known.shape != runs.score.shape):
        raise ValueError("`engine` is the same tournament with score='kendall'")
    for seat in seats:
        if getattr(seat, "models", None) is None:
            continue
        for (run, party), value in seat.judge().items():
            known[run, party] = value
    total = np.nansum(known, axis=1, keepdims=True)
    share = np.divide(known, total, out=np.zeros_like(known), where=total > 0)
    return runs.score + np.nan_to_num(share)
