"""Strategies in a process of their own, so that one that never answers or ends its process does not
take the tournament with it. It guards against mistakes, not malice."""
from __future__ import annotations

import multiprocessing
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
import numpy.typing as npt

from . import _c
from .errors import StrategyError
from .players import Strategy, Turns, _column, as_strategy, name_of

#: So many times a strategy may give no answer before the call ends.
MOST_HANGS = 10


def _serve(connection: Connection, strategy: Strategy) -> None:
    """The child: does what it is told until nobody is there any more."""
    tables: dict[int, Any] = {}
    while True:
        try:
            method, party, table, turns, histories = connection.recv()
        except EOFError:
            return
        tables[party] = table or tables[party]
        try:
            turns = replace(turns, table=tables[party], _raw=_Kept(histories))
            connection.send((True, getattr(strategy, method)(turns)))
        except Exception as fault:
            connection.send((False, repr(fault)))


class _Kept:
    """Offers so far as `Turns.history` looks for them, copied."""

    def __init__(self, histories: list[npt.NDArray[Any]]) -> None:
        self.histories = histories


class Isolated(Strategy):
    """The strategy in a process of its own. Where it raises, ends its process or gives no answer
    within `patience` seconds, the negotiations it was asked about end as failed, without a deal;
    so do those that lost their state with the process.

    >>> import time
    >>> class Sleeper(Agent):
    ...     def propose(self, turn):
    ...         time.sleep(3600)
    >>> read(SCENARIO).haggle(Isolated(Sleeper, patience=0.2), "boulware").end
    'failed'
    """

    def __init__(self, strategy: Any, patience: float = 5) -> None:
        self.strategy = as_strategy(strategy)
        self.strategy.on_error = "fail"
        self.name = name_of(self.strategy)
        self.step_cost = self.strategy.step_cost
        self.patience = patience
        self.hangs = 0
        self._lost: set[tuple[int, int]] = set()
        self._alive: set[tuple[int, int]] = set()
        self._process: Any = None
        self._pipe: Connection | None = None

    def close(self) -> None:
        """End the process; the next question makes another."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
        self._process = self._pipe = None

    def __del__(self) -> None:
        self.close()

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self.strategy), daemon=True)
        self._process.start()
        theirs.close()

    def _exchange(self, method: str, turns: Turns) -> Any:
        if self._process is None:
            self._start()
        histories = [turns.history(i) for i in range(len(turns))]
        table = turns.table
        self._pipe.send((method, table.party, table if method == "begin" else None,
                         replace(turns, table=None, _raw=None), histories))
        if not self._pipe.poll(self.patience):
            self.hangs += 1
            raise TimeoutError(f"no answer within {self.patience:g} seconds")
        return self._pipe.recv()

    def _ask(self, method: str, turns: Turns) -> tuple[bool, Any]:
        """What the child says; False where it failed."""
        try:
            return self._exchange(method, turns)
        except (OSError, EOFError):
            self.close()
            self._lost |= self._alive
            if self.hangs > MOST_HANGS:
                raise StrategyError(f"{self.name!r} gave no answer more than {MOST_HANGS} times")
            return False, None
        except BaseException:
            self.close()  # an answer may be on its way that nobody waits for
            raise

    def begin(self, turns: Turns) -> None:
        seats = {(turns.table.party, s) for s in turns.slot.tolist()}
        self._lost -= seats
        self._alive |= seats
        if not self._ask("begin", turns)[0]:
            self._lost |= seats

    def _asked(self, method: str, turns: Turns, most: int, spared: tuple[int, ...],
               failed: int) -> npt.NDArray[np.uint32]:
        party = turns.table.party
        kept = np.array([(party, s) not in self._lost for s in turns.slot.tolist()])
        made = np.full(len(turns), failed, np.uint32)
        if not kept.any():
            return made
        fine, said = self._ask(method, _part(turns, kept))
        if fine:
            try:
                made[kept] = _column(said, int(kept.sum()), most, method, spared)
            except StrategyError:
                pass  # what is no answer is a failure too
        return made

    def respond(self, turns: Turns) -> Any:
        return self._asked("respond", turns, _c.WALK_OUT, (_c.FAIL,), _c.FAIL)

    def propose(self, turns: Turns) -> Any:
        return self._asked("propose", turns, len(turns.table.utility) - 1,
                           (_c.WALK_AWAY, _c.FAIL_HERE), _c.FAIL_HERE)


def _part(turns: Turns, kept: npt.NDArray[np.bool_]) -> Turns:
    if kept.all():
        return turns
    timed = {} if turns.seconds is None else {"time": turns.time[kept],
                                              "seconds": turns.seconds[kept]}
    return replace(turns, slot=turns.slot[kept], run=turns.run[kept], offer=turns.offer[kept], **timed,
                   _raw=_Kept([turns.history(i) for i in np.flatnonzero(kept)]))
