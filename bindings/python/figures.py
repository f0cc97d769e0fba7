#!/usr/bin/env python3
"""The package's speed, beside the C program's and NegMAS's, in one run.

usage: figures.py BENCH_ASK ENTENTE FOLDER...      BENCH_ASK: the program of bench/bench_ask.c

Loading with frontier and points as a whole call on one thread from Python, from C, and with NegMAS
where it is installed; then negotiations of 100 rounds a minute on one core, by a strategy in Python;
then the engine's own strategies from Python and from the shell, whole calls by turns.
"""
import resource
import subprocess
import sys
import time
import warnings
from pathlib import Path

import entente
import numpy as np

try:
    import negmas
    from negmas import sao
    from negmas.inout import Scenario
except ImportError:
    negmas = None
warnings.simplefilter("ignore")


def best(act, times):
    took = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        took.append(time.perf_counter() - start)
    return min(took)


def theirs(folder):
    """NegMAS: load, then the statistics that hold frontier and points; NaN where it cannot."""
    start = time.perf_counter()
    try:
        Scenario.from_genius_folder(folder).calc_stats()
    except Exception as fault:
        print(f"# NegMAS on {folder}: {fault}")
        return float("nan")
    return time.perf_counter() - start


class Batch(entente.Strategy):
    """Boulware, asked about all negotiations at once; agrees with nobody who plays hard."""

    def aspired(self, turns):
        t = turns.table
        return t.best - (t.best - t.floor) * turns.time ** 4

    def propose(self, turns):
        return np.full(len(turns), turns.table.worst_of(self.aspired(turns)))

    def respond(self, turns):
        return turns.table.utility[turns.offer] >= self.aspired(turns)


class Single(entente.Agent):
    """The same, asked about one."""

    def propose(self, turn):
        t = turn.table
        return t.worst_of(t.best - (t.best - t.floor) * turn.time ** 4)

    def respond(self, turn, offer):
        t = turn.table
        return t.utility[offer] >= t.best - (t.best - t.floor) * turn.time ** 4


def rate(strategy, folder, runs):
    """Negotiations of a whole 100 rounds a minute."""
    scenario = entente.read(folder)
    scenario.haggle(strategy, "hardliner", runs=10)
    start = time.perf_counter()
    made = scenario.haggle(strategy, "hardliner", runs=runs, rounds=100)
    took = time.perf_counter() - start
    return runs * 60 / took * (made.round.mean() + 1) / 100


def their_rate(folder, runs):
    scenario = entente.read(folder)
    from entente.negmas import Space
    space = Space(scenario)
    ufuns = [space.ufun(p) for p in range(len(scenario.parties))]
    start, rounds = time.perf_counter(), 0
    for _ in range(runs):
        mechanism = sao.SAOMechanism(outcome_space=space.space, n_steps=100)
        mechanism.add(sao.BoulwareTBNegotiator(), ufun=ufuns[0])
        mechanism.add(sao.ToughNegotiator(), ufun=ufuns[1])
        rounds += mechanism.run().step
    return 60 * rounds / 100 / (time.perf_counter() - start)


def own_strategies(entente_program, folder, runs):
    """Seconds of one core for a whole call that plays so many negotiations: from Python, and from
    the shell with the start of the program; of the processor, so that others on it do not count."""
    command = [entente_program, "haggle", str(folder), "--pair", "random,random", "--runs",
               str(runs), "--threads", "1", "--quiet", "--json"]
    engine, took = entente.Engine(threads=1), []
    for _ in range(5):
        start = time.process_time()
        engine.ask("haggle", folder, pair="random,random", runs=runs)
        own = time.process_time() - start
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append((own, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    return min(t[0] for t in took), min(t[1] for t in took)


def main():
    program, entente_program, folders = sys.argv[1], sys.argv[2], sys.argv[3:]
    print(f"{'load + frontier + points, ms':40} {'points':>7} {'C':>9} {'Python':>9} {'ratio':>6} "
          f"{'NegMAS':>10} {'times':>7}")
    for folder in folders:
        told = subprocess.run([program, folder], capture_output=True, text=True, check=True)
        points, c = int(told.stdout.split()[-2]), float(told.stdout.split()[-1])
        engine = entente.Engine(threads=1)
        own = best(lambda: engine.ask("frontier", folder), 20)
        other = theirs(folder) if negmas else float("nan")
        print(f"{folder.rstrip('/').split('/')[-1]:40} {points:7} {c * 1e3:9.3f} "
              f"{own * 1e3:9.3f} {own / c:6.2f} {other * 1e3:10.1f} {other / own:7.0f}")
    folder = Path(__file__).parents[2] / "tests/data/scenarios/negmas-small"
    own, shell = own_strategies(entente_program, folder, 100000)
    print(f"\n100,000 negotiations of the engine's own strategies, s of a core: Python {own:.3f}, "
          f"shell {shell:.3f}, ratio {own / shell:.2f}")
    print("\nnegotiations of 100 rounds a minute on one core")
    print(f"{'a Strategy, in batches':40} {rate(Batch(), folder, 20000):12,.0f}")
    print(f"{'an Agent for each':40} {rate(Single, folder, 1000):12,.0f}")
    if negmas:
        print(f"{'NegMAS ' + negmas.__version__:40} {their_rate(folder, 20):12,.0f}")


if __name__ == "__main__":
    main()
