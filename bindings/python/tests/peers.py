#!/usr/bin/env python3
"""NegMAS's deterministic negotiators play on our engine and on their own: offer by offer the same?
Equilibria as nashpy finds them? In an environment that holds the package, `negmas` and `nashpy`;
skips without them. TAP.

usage: peers.py SOURCE_ROOT [SCENARIO...]
"""
import random
import sys
import tempfile
import warnings
from pathlib import Path

try:
    import nashpy
    import negmas
    from negmas import sao
except ImportError as fault:
    print(f"1..0 # SKIP {fault}")
    sys.exit(0)
import entente
import numpy as np
from checks import check, finish
from entente.negmas import Negotiator, Space

root = Path(sys.argv[1]).resolve()
paths = sys.argv[2:] or [root / "tests/data/scenarios" / f
                         for f in ("genius-small", "geniusweb-small", "negmas-small")]
NAMES = ["BoulwareTBNegotiator", "LinearTBNegotiator", "ConcederTBNegotiator",
         "NaiveTitForTatNegotiator", "SimpleTitForTatNegotiator", "MiCRONegotiator",
         "ToughNegotiator", "TopFractionNegotiator", "FirstOfferOrientedTBNegotiator",
         "LastOfferOrientedTBNegotiator", "BestOfferOrientedTBNegotiator", "HybridNegotiator"]


class Clocked(sao.SAOMechanism):
    """SAOMechanism on a clock that each negotiator's call moves on by its cost."""

    clock, costs = 0.0, ()

    @property
    def time(self):
        return self.clock

    def _safe_counter(self, negotiator, *more, **named):
        said = super()._safe_counter(negotiator, *more, **named)
        self.clock += self.costs[self.negotiators.index(negotiator)]
        return said


def theirs(space, makers, rounds, seconds=None, costs=()):
    """Offers and agreement on SAOMechanism."""
    if seconds is None:
        mechanism = sao.SAOMechanism(outcome_space=space.space, n_steps=rounds)
    else:
        mechanism = Clocked(outcome_space=space.space, n_steps=rounds, time_limit=seconds)
        mechanism.costs = costs
    for party, make in enumerate(makers):
        mechanism.add(make(), ufun=space.ufun(party))
    state = mechanism.run()
    offers = [space.number[tuple(o[1] if len(o) == 2 else o[2])]
              for o in mechanism.extended_trace_offers()] if hasattr(
                  mechanism, "extended_trace_offers") else \
        [space.number[tuple(o)] for _, _, o in mechanism.extended_trace]
    agreed = None if state.agreement is None else space.number[tuple(state.agreement)]
    return offers, agreed


def ours(scenario, makers, rounds, seconds=None, costs=()):
    seats = [Negotiator(m, scenario, name=f"{m.__name__}-{k}") for k, m in enumerate(makers)]
    limits = {} if rounds is None else {"rounds": rounds}
    if seconds is not None:
        limits |= {"seconds": seconds, "overtime": True}
        for seat, cost in zip(seats, costs):
            seat.step_cost = cost
    run = scenario.haggle(*seats, **limits)
    return run.outcome.tolist(), run.agreed_on


def seeded(seed, act, *arguments):
    """With their generators of chance set."""
    random.seed(seed)
    np.random.seed(seed)
    return act(*arguments)


warnings.simplefilter("ignore")
# Rounds; or seconds, in which the costs do not add up to the deadline; or both.
LIMITS = [(40,), (None, 0.5, (0.0071, 0.0113, 0.0037)), (30, 0.7, (0.0041, 0.0177, 0.0091))]
compared = [0] * len(LIMITS)
print(f"# negmas {negmas.__version__}")
for path in paths:
    scenario = entente.read(path)
    space = Space(scenario)
    makers = [getattr(sao, n) for n in NAMES if hasattr(sao, n)]
    for k, (make, limit) in enumerate((m, limit) for m in makers for limit in LIMITS):
        pair = (make, makers[(k // len(LIMITS) + 1) % len(makers)])
        pair = pair + pair[:1] * (len(scenario.parties) - 2)
        a, again = (seeded(k, theirs, space, pair, *limit) for k in (1, 2))
        name = f"{scenario.name}, {limit}: {' against '.join(m.__name__ for m in pair)}"
        if a != again:
            print(f"# {name}: draws by chance, not compared")
            continue
        b = ours(scenario, pair, *limit)
        same = a == b
        compared[k % len(LIMITS)] += 1
        first = next((i for i, (x, y) in enumerate(zip(a[0], b[0])) if x != y), None)
        check(name, None if same else f"agreed on {a[1]}, here {b[1]}; {len(a[0])} offers, here "
              f"{len(b[0])}; first other at {first}\n{a[0][:12]}\n{b[0][:12]}")

check("there is something to compare", None if min(compared) > 10 else f"{compared} pairs")

# By their vertices: the enumeration of supports loses some (findings/nashpy-*.sh).
draws = np.random.default_rng(1)
for n in (2, 3, 4):
    faults = []
    for k in range(20):
        a, b = draws.normal(size=(2, n, n + k % 2))
        own, other = (sorted(np.r_[x, y].round(6).tolist() for x, y in found) for found in
                      (entente.equilibria(a, b), nashpy.Game(a, b).vertex_enumeration()))
        if len(own) != len(other) or not np.allclose(own, other, atol=2e-6):
            faults.append(f"{own}\n{other}")
    check(f"equilibria of games of {n} strategies as nashpy has them", "\n".join(faults))


def by_gambit(a, b, path):
    """Equilibria as Gambit enumerates them by extreme points in exact numbers, and the game as it
    writes it again."""
    entente.games.write_nfg(path, [[str(k) for k in range(s)] for s in a.shape], np.array([a, b]))
    game = pygambit.read_nfg(str(path))
    path.write_text(game.to_nfg())
    found = pygambit.nash.enummixed_solve(game, rational=True).equilibria
    return [[float(p) for mixed in e for _, p in mixed] for e in found]


try:
    import pygambit
except ImportError as fault:
    print(f"# {fault}")
else:
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        for k in range(20):
            a, b = draws.integers(-9, 10, size=(2, 3, 4)) + draws.integers(0, 2, size=(2, 3, 4)) / 4
            path = Path(folder) / "game.nfg"
            other = sorted(np.round(e, 6).tolist() for e in by_gambit(a, b, path))
            own = sorted(np.r_[x, y].round(6).tolist() for x, y in entente.equilibria(a, b))
            again = entente.read_nfg(path)[1]
            nondegenerate = len(other) % 2 == 1 and len(other) == len(own)
            if not np.array_equal(again, [a, b]) or not (
                    len(own) <= len(other) and all(e in other for e in own)) or (
                    not nondegenerate and len(own) == len(other)):
                faults.append(f"{own}\n{other}")
    check("equilibria as Gambit has them, and games that it has read and written",
          "\n".join(faults))
finish()
