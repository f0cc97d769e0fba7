"""NegMAS negotiators in our engine: any SAONegotiator plays as it is.

Each negotiation has a mechanism of NegMAS's own that is never run: it gives the negotiator its
interface (nmi) and its state, which is set before each turn as SAOMechanism would have it. Needs
the package `negmas`.
"""
from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from .players import ACCEPT, REJECT, WALK_OUT, Agent, Turn, _Each
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

    def ufun(self, party: int) -> Any:
        """The party's values as a utility function of NegMAS's."""
        values = dict(zip(self.tuples, self.scenario.values[party].tolist()))
        reserved = float(self.scenario.reservation[party])
        return _library().preferences.MappingUtilityFunction(
            values, outcome_space=self.space, reserved_value=reserved)


class _Seated(Agent):
    """One negotiator in one negotiation."""

    def __init__(self, make: Callable[[], Any], space: Space, rounds: int, party: int,
                 ufun: Any) -> None:
        sao = _library().sao
        self.space = space
        self.mechanism = sao.SAOMechanism(outcome_space=space.space, n_steps=rounds)
        self.own = make()
        for seat in range(len(space.scenario.parties)):
            other = self.own if seat == party else _absent()()
            if not self.mechanism.add(other, ufun=ufun if seat == party else None):
                raise ValueError(f"{type(self.own).__name__} does not join the negotiation")
        self.state = self.mechanism._current_state
        self.state.started = self.state.running = True
        self.own._on_negotiation_start(self.mechanism.state)
        self.counter: Any = None
        self.asked_in = -1
        self.told = 0  # offers

    def _act(self, turn: Turn) -> Any:
        """The negotiator's response in this round, once."""
        ids = self.mechanism.negotiator_ids
        s = self.state
        s.step = turn.round
        s.relative_time = turn.time
        s.current_offer = None if turn.offer is None else self.space.tuples[turn.offer]
        if turn.offer is not None:
            s.current_proposer = ids[(turn.table.party - 1) % len(ids)]
        self._tell(turn, ids)
        self.asked_in = turn.round
        return self.own(self.mechanism.state)

    def _tell(self, turn: Turn, ids: list[str]) -> None:
        """What the others have offered since its last turn."""
        rows = turn.history()[self.told:]
        self.told += len(rows)
        for _, party, outcome in rows.tolist():
            if party != turn.table.party:
                self.own.on_partner_proposal(partner_id=ids[party], state=self.mechanism.state,
                                             offer=self.space.tuples[outcome])

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

    The scenarios that it will play on are given, as paths or as `read` gives them.
    """

    def __init__(self, make: Callable[[], Any], *scenarios: Any, name: str = "",
                 on_error: str = "raise") -> None:
        super().__init__(make, name or getattr(make, "__name__", "negotiator"), on_error)
        known = [s if isinstance(s, Scenario) else read(s) for s in scenarios]
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
        for slot in turns.slot.tolist():
            self.seats[t.party, slot] = _Seated(self.make, space, t.rounds, t.party,
                                                self._ufuns[t.scenario, t.party])
