#!/usr/bin/env python3
"""Public agents of the Automated Negotiation League (ANL 2024, ANL 2026) in a tournament of ours, as
they are, and the same pairs on SAOMechanism, their own platform: the same agreements?

In an environment that holds the package, `negmas`, `anl` and the files of `anl-agents` (without
the learning libraries that a few of its agents need); skips without them. TAP.

usage: league.py SOURCE_ROOT
"""
import contextlib
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
except ImportError as fault:
    print(f"1..0 # SKIP {fault}")
    sys.exit(0)
import entente
import numpy as np
from entente.negmas import Negotiator, Space

warnings.simplefilter("ignore")
AGENTS = {
    "anl2024": {"carc": "CARCAgent", "susumu": "Nayesian2", "takafam": "Shochan",
                "team_182": "MissG", "team_186": "Ilan", "team_191": "INegotiator",
                "team_199": "HardChaosNegotiator", "team_205": "KosAgent",
                "team_209": "BargainBot", "team_232": "TAKAgent", "team_234": "Ardabot",
                "team_235": "Group6", "team_240": "BidBot", "team_moto": "UOAgent",
                "teamkb": "AgentKB", "tipsonly": "KatlaNirAgent", "tulsa_eulers": "Goldie"},
    "anl2026": {"team_20462": None, "team_20829": None, "team_20963": None, "team_21043": None,
                "team_21353": None, "team_21381": None, "team_21413": None, "team_21569": None,
                "team_21584": None, "team_21676": None},
}
ROUNDS = 60


def classes(league):
    """The agents' classes. The package imports all of them at once, with libraries that some need
    and few have: so that its folders stand for it here."""
    found = find_spec("anl_agents")
    if found is None:
        print("1..0 # SKIP there is no anl_agents")
        sys.exit(0)
    base = Path(found.submodule_search_locations[0])
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


def theirs(space, makers, knows, seed):
    """The agreement on their platform: a number, None, or "failed"."""
    seeded(seed)
    mechanism = sao.SAOMechanism(outcome_space=space.space, n_steps=ROUNDS)
    for party, make in enumerate(makers):
        private = {"opponent_ufun": space.ufun(1 - party, 0.0)} if knows else {}
        mechanism.add(make(private_info=private), ufun=space.ufun(party))
    with quiet():
        state = mechanism.run()
    if state.has_error:
        return "failed"
    return None if state.agreement is None else space.number[tuple(state.agreement)]


class Score:
    count = failed = 0

    def check(self, name, fault):
        self.count += 1
        self.failed += bool(fault)
        print(f"{'not ok' if fault else 'ok'} {self.count} - {name}")
        for line in str(fault or "").splitlines():
            print("# " + line)
        sys.stdout.flush()


def play(score, league, knows, folder):
    makers = classes(league)
    scenario = entente.read(written(folder, len(league) + knows))
    space = Space(scenario)
    names = list(makers)
    print(f"# {league}: {len(names)} agents, {scenario.name}, {ROUNDS} rounds")
    score.check(f"{league}: a dozen agents or nearly", None if len(names) >= 10 else str(names))
    seats = [Negotiator(makers[n], scenario, name=n, knows_opponent=knows, on_error="fail")
             for n in names]
    seeded(1)
    with quiet():
        played = entente.tournament([scenario], seats, rounds=ROUNDS)
    ours = {}
    for k in range(len(played.runs)):
        a, b = (names[s] for s in played.runs.strategy[k].tolist())
        end = played.runs.endings[played.runs.end[k]]
        outcome = int(played.runs.outcome[k])
        ours[a, b] = outcome if end == "agreed" else "failed" if end == "failed" else None
    same = different = chance = 0
    for (a, b), outcome in ours.items():
        pair = (makers[a], makers[b])
        found = {theirs(space, pair, knows, seed) for seed in (1, 2)}
        if len(found) > 1:
            chance += 1
            continue
        same += outcome in found
        if outcome not in found:
            different += 1
            print(f"# {a} against {b}: {found.pop()} there, {outcome} here")
    print(f"# {league}: {same} pairs with the same end, {different} with another, {chance} that "
          "draw by chance or look at the clock")
    score.check(f"{league}: pairs that end alike there end so here", different or None)
    score.check(f"{league}: there is something to compare",
                None if same >= len(ours) / 3 else f"{same} of {len(ours)}")
    for place in played.ranking[:5]:
        print(f"# {place.strategy:24} {place.advantage:.3f}")


def main():
    score = Score()
    print(f"# negmas {negmas.__version__}, anl {anl.__version__}"
          if hasattr(anl, "__version__") else f"# negmas {negmas.__version__}")
    with tempfile.TemporaryDirectory() as folder:
        play(score, "anl2024", True, Path(folder))
        play(score, "anl2026", False, Path(folder))
    print(f"1..{score.count}")
    sys.exit(score.failed > 0)


if __name__ == "__main__":
    main()
