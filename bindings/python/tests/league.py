#!/usr/bin/env python3
"""Public agents of the Automated Negotiation League (ANL 2024, ANL 2026) in a tournament of ours, as
they are, and the same pairs on SAOMechanism, their own platform: the same agreements?

In an environment that holds the package, `negmas`, `anl` and the files of `anl-agents` (without
the learning libraries that a few of its agents need); skips without them. TAP.

usage: league.py SOURCE_ROOT
"""
import contextlib
import functools
import importlib
import io
import random
import sys
import tempfile
import types
import warnings
from importlib.util import find_spec
from pathlib import Path

try:
    import anl
    import negmas
    from negmas import sao
    from negmas.inout import Scenario
    from negmas.tournaments.neg.simple import cartesian_tournament
except ImportError as fault:
    print(f"1..0 # SKIP {fault}")
    sys.exit(0)
import entente
import numpy as np
from entente.negmas import Negotiator, Space, anl2026

warnings.simplefilter("ignore")
AGENTS = {
    "anl2024": {"carc": "CARCAgent", "susumu": "Nayesian2", "takafam": "Shochan",
                "team_182": "MissG", "team_205": "KosAgent", "team_209": "BargainBot",
                "team_232": "TAKAgent", "team_235": "Group6", "team_240": "BidBot",
                "team_moto": "UOAgent", "teamkb": "AgentKB", "tipsonly": "KatlaNirAgent"},
    "anl2026": {"team_21353": None, "team_21413": None, "team_21329": None, "team_21600": None,
                "team_22271": None},
}
LEAST = {"anl2024": 40, "anl2026": 1}  # pairs without chance
ROUNDS = 20
AGENTS_AT = find_spec("anl_agents")


def classes(league):
    """The agents' classes. The package imports all of them at once, with libraries that some need
    and few have: so that its folders stand for it here."""
    base = Path(AGENTS_AT.submodule_search_locations[0])
    for name, path in (("anl_agents", base), (f"anl_agents.{league}", base / league)):
        package = types.ModuleType(name)
        package.__path__ = [str(path)]
        sys.modules[name] = package
    made = {}
    for team, agent in AGENTS[league].items():
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                module = importlib.import_module(f"anl_agents.{league}.{team}")
        except ImportError as fault:
            print(f"# {league}/{team}: {fault}")
            continue
        kind = getattr(module, agent) if agent else module.MAIN_AGENT
        made[kind.__name__] = kind
    return made


def written(folder, seed):
    """A scenario of three issues in a table: sums, with reservation values that leave room."""
    draws = np.random.default_rng(seed)
    sizes = (5, 4, 6)
    parts = [[draws.permutation(np.linspace(0, 1, n)) for n in sizes] for _ in range(2)]
    weights = draws.dirichlet(np.ones(3) * 4, size=2)
    rows = ["i,j,k,first,second"]
    for at in np.ndindex(sizes):
        values = [sum(w * p[x] for w, p, x in zip(weights[q], parts[q], at)) for q in range(2)]
        rows.append(",".join(f"{n}{x}" for n, x in zip("ijk", at)) +
                    "".join(f",{v:.6f}" for v in values))
    rows.append("reservation,,,0.3,0.2")
    path = folder / f"three-{seed}.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


@contextlib.contextmanager
def quiet():
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


def seeded(seed):
    random.seed(seed)
    np.random.seed(seed)


def chance():
    """The state of both generators that agents draw from."""
    return random.getstate(), np.random.get_state()[2], np.random.get_state()[1].tobytes()


@functools.cache
def watched(kind):
    """The class, whose instances note whether they draw."""
    class Watched(kind):
        drew = False

    def watch(name):
        def act(self, *rest, **more):
            before = chance()
            try:
                return getattr(kind, name)(self, *rest, **more)
            finally:
                self.drew |= chance() != before
        return act
    for name in ("__init__", "__call__", "on_preferences_changed", "on_negotiation_start",
                 "on_partner_proposal", "on_partner_response", "on_round_start", "on_round_end"):
        setattr(Watched, name, watch(name))
    return Watched


def theirs(space, makers, knows, seed):
    """On their platform: the offers, the agreement (an outcome, None, or "failed"), and whether an
    agent drew by chance."""
    mechanism = sao.SAOMechanism(outcome_space=space.space, n_steps=ROUNDS)
    seeded(seed)
    for party, make in enumerate(makers):
        private = {"opponent_ufun": space.ufun(1 - party, 0.0)} if knows else {}
        mechanism.add(watched(make)(private_info=private, name=str(party)), ufun=space.ufun(party))
    with quiet():
        state = mechanism.run()
    offers = [space.number[tuple(o)] for _, _, o in mechanism.extended_trace]
    drew = any(n.drew for n in mechanism.negotiators)
    if state.has_error:
        return offers, "failed", drew
    return offers, None if state.agreement is None else space.number[tuple(state.agreement)], drew


def ours(scenario, seats, seed):
    """The same here, of one negotiation by itself."""
    seeded(seed)
    with quiet():
        run = scenario.haggle(*seats, rounds=ROUNDS)
    return run.outcome.tolist(), "failed" if run.end == "failed" else run.agreed_on


def keeps(kind):
    """Names of lists and the like that all instances of the class share and have filled."""
    return [name for base in kind.__mro__ if base.__module__.startswith("anl_agents")
            for name, value in vars(base).items()
            if isinstance(value, (list, dict, set)) and value and not name.startswith("__")]


class Score:
    count = failed = 0

    def check(self, name, fault):
        self.count += 1
        self.failed += bool(fault)
        print(f"{'not ok' if fault else 'ok'} {self.count} - {name}")
        for line in str(fault or "").splitlines():
            print("# " + line)
        sys.stdout.flush()


def compare(score, league, scenario, makers, seats, knows, ends):
    """Pair by pair: where chance decides nothing, the same offers in a negotiation by itself, and the
    same agreement in the tournament."""
    space = Space(scenario)
    told = {"offers": [], "agreements": []}
    same = sure = draws = luck = unsteady = 0
    for (a, b), outcome in ends.items():
        pair = (makers[a], makers[b])
        *one, drew = theirs(space, pair, knows, 1)
        draws += drew
        if any(one != list(theirs(space, pair, knows, seed)[:2]) for seed in (2, 3)):
            unsteady += 1
            continue
        own = list(ours(scenario, (seats[a], seats[b]), 1))
        same += own == one
        sure += outcome == one[1]
        if drew and (own != one or outcome != one[1]):  # it may be chance all the same
            luck += 1
            continue
        if own != one:
            told["offers"].append(f"{a} against {b}: {one} there, {own} here")
        why = [f"{k.__name__}.{n}" for k in pair for n in keeps(k)]
        if outcome != one[1] and why:
            print(f"# {a} against {b}: {one[1]} there, {outcome} in the tournament; all instances "
                  f"share {', '.join(why)}")
        elif outcome != one[1]:
            told["agreements"].append(f"{a} against {b}: {one[1]} there, {outcome} here")
    print(f"# {league}: {len(ends)} pairs, of which {draws} draw by chance; {unsteady} differ there "
          f"from run to run; of the rest {same} make the same offers here, {sure} agree so in the "
          f"tournament; {luck} that draw do not")
    for what, fault in told.items():
        score.check(f"{league}: the same {what} as on their platform", "\n".join(fault))
    score.check(f"{league}: there is something to compare",
                None if sure >= same * 0.8 and same >= LEAST[league] else f"{same}, {sure}")


def play(score, league, knows, folder):
    makers = classes(league)
    scenario = entente.read(written(folder, len(league) + knows))
    names = list(makers)
    print(f"# {league}: {len(names)} agents, {scenario.name}, {ROUNDS} rounds")
    score.check(f"{league}: all {len(AGENTS[league])} of them are here",
                None if len(names) == len(AGENTS[league]) else str(names))
    seats = [Negotiator(makers[n], scenario, name=n, knows_opponent=knows, on_error="fail")
             for n in names]
    seeded(1)
    with quiet():
        played = entente.tournament([scenario], seats, rounds=ROUNDS)
    ends = {}
    for k in range(len(played.runs)):
        a, b = (names[s] for s in played.runs.strategy[k].tolist())
        end = played.runs.endings[played.runs.end[k]]
        outcome = int(played.runs.outcome[k])
        ends[a, b] = outcome if end == "agreed" else "failed" if end == "failed" else None
    compare(score, league, scenario, makers, dict(zip(names, seats)), knows, ends)
    for place in played.ranking[:5]:
        print(f"# {place.strategy:24} {place.advantage:.3f}")


def their_scores(space, makers):
    """ANL 2026's scores as NegMAS's own tournament gives them: (first, second) -> scores, of pairs
    that two repetitions agree on."""
    scenario = Scenario(outcome_space=space.space, ufuns=(space.ufun(0), space.ufun(1)))
    with quiet():
        played = cartesian_tournament(
            list(makers.values()), [scenario], n_repetitions=2, rotate_ufuns=False,
            n_steps=ROUNDS, njobs=-1, verbosity=0, path=None, normalize_ufuns=False,
            opponent_modeling_metrics=("anl2026",), mask_scenario_names=False,
            save_stats=False, randomize_runs=False, plot_fraction=0)
    rows = played.scores[["strategy", "opp_anl2026"]].values.tolist()
    found = {}
    for (a, x), (b, y) in zip(rows[::2], rows[1::2]):  # a negotiation's two are neighbours
        found.setdefault((a, b), []).append((x, y))
    return {pair: runs[0] for pair, runs in found.items() if np.ptp(runs, axis=0).max() < 1e-12}


def score_models(score, folder):
    makers = classes("anl2026")  # and two that have no model of the other
    makers |= {m.__name__: m for m in (sao.BoulwareTBNegotiator, sao.ConcederTBNegotiator)}
    scenario = entente.read(written(folder, 8))
    seats = [Negotiator(m, scenario, name=n, models=True, on_error="fail")
             for n, m in makers.items()]
    seeded(1)
    with quiet():
        played = entente.tournament([scenario], seats, rounds=ROUNDS, score="anl2024")
    names = list(makers)
    space = Space(scenario)
    plain = {m for m in makers if not theirs(space, (makers[m], makers[m]), False, 1)[2]}
    own = {tuple(names[s] for s in pair): row for pair, row in
           zip(played.runs.strategy.tolist(), anl2026(played, seats).tolist())}
    known = {pair: row for pair, row in their_scores(space, makers).items() if plain >= set(pair)}
    other = {pair: (row, own[pair]) for pair, row in known.items()
             if not np.allclose(row, own[pair], atol=1e-9)}
    print(f"# {len(known)} pairs without chance")
    score.check("anl2026: the scores of NegMAS's own tournament",
                other or (None if len(known) > 4 else f"only {len(known)} to compare"))


def main():
    if AGENTS_AT is None:
        print("1..0 # SKIP there is no anl_agents")
        return
    score = Score()
    print(f"# negmas {negmas.__version__}, anl {anl.__version__}"
          if hasattr(anl, "__version__") else f"# negmas {negmas.__version__}")
    with tempfile.TemporaryDirectory() as folder:
        play(score, "anl2024", True, Path(folder))
        play(score, "anl2026", False, Path(folder))
        score_models(score, Path(folder))
    print(f"1..{score.count}")
    sys.exit(score.failed > 0)


if __name__ == "__main__":
    main()
