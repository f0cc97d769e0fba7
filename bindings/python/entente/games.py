"""After a tournament: the game of choosing a strategy, and what follows from it.

The empirical game's payoff of a strategy against another is its mean advantage (or another score)
over all runs in which the two met, every scenario counting once (M. P. Wellman, "Methods for
empirical game-theoretic analysis", AAAI 2006). It is symmetric: who sits where is drawn evenly.
"""
from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from .results import Floats, Tournament


@dataclass(frozen=True, eq=False)
class Game:
    """A symmetric game of two: payoff[i, j] is what strategy i gets against strategy j."""

    strategies: tuple[str, ...]
    payoff: Floats
    samples: Floats  #: [sample, i, j] payoffs of single scenarios, or of runs where there is one
    over: str  #: what the samples are: "scenarios" or "runs"

    @classmethod
    def of(cls, tournament: Tournament, score: str = "advantage") -> Game:
        """The game of a tournament's two-party runs; `score` is "advantage", "utility" or "score",
        what the tournament ranks by.

        >>> t = tournament([SCENARIO], ["boulware", "conceder", "linear"])
        >>> g = Game.of(t)
        >>> g.payoff.shape, g.strategies[g.pure()[0]]
        ((3, 3), 'boulware')
        """
        if score not in ("advantage", "utility", "score"):
            raise ValueError(f"score is advantage, utility or score, not {score!r}")
        runs, count = tournament.runs, len(tournament.strategies)
        two = np.array(tournament.parties)[runs.scenario] == 2
        if not two.any():
            raise ValueError("the tournament has no run of two parties")
        scenarios = np.unique(runs.scenario[two])
        over = "scenarios" if len(scenarios) > 1 else "runs"
        group = runs.scenario if over == "scenarios" else _repetition(runs.cell)
        samples = [_means(runs, two & (group == g), count, score) for g in np.unique(group[two])]
        return cls(tournament.strategies, _mean(np.array(samples)), np.array(samples), over)

    def pure(self) -> list[int]:
        """Strategies that are best against themselves: symmetric pure equilibria."""
        return [i for i in range(len(self.payoff))
                if self.payoff[i, i] >= self.payoff[:, i].max()]

    def equilibria(self) -> list[tuple[Floats, Floats]]:
        """Equilibria as `equilibria` finds them, in the game of both seats."""
        return list(equilibria(self.payoff, self.payoff.T))

    def replicator(self, start: Any = None, steps: int = 10000, rate: float = 0.1) -> Floats:
        """Where a population ends in which strategies spread by their payoff.

        The discrete form x_i' = x_i exp(rate * f_i) / sum, f = payoff x, from `start` (even).
        """
        x = np.full(len(self.payoff), 1 / len(self.payoff)) if start is None else \
            np.asarray(start, float) / np.sum(start)
        for _ in range(steps):
            fitness = self.payoff @ x
            grown = x * np.exp(rate * (fitness - fitness.max()))
            new = grown / grown.sum()
            if np.abs(new - x).max() < 1e-15:
                return new
            x = new
        return x

    def elimination(self) -> list[str]:
        """Strategies from best to worst: again and again the one goes that does worst on average
        against those that are left, itself among them; of equals the later one."""
        left, gone = list(range(len(self.payoff))), []
        while left:
            mean = self.payoff[np.ix_(left, left)].mean(axis=1)
            worst = max(k for k in range(len(left)) if mean[k] == mean.min())
            gone.append(left.pop(worst))
        return [self.strategies[i] for i in reversed(gone)]

    def resampled(self, count: int = 1000, seed: int = 1) -> Iterator[Game]:
        """Games as they might have come out: samples drawn anew with replacement."""
        random = np.random.default_rng(seed)
        for _ in range(count):
            drawn = self.samples[random.integers(len(self.samples), size=len(self.samples))]
            mean = _mean(drawn)
            if not np.isnan(mean).any():
                yield Game(self.strategies, mean, drawn, self.over)

    def places(self, count: int = 1000, seed: int = 1) -> dict[str, tuple[int, int]]:
        """The 95 % interval of each strategy's place by elimination, over resampled games."""
        found: dict[str, list[int]] = {s: [] for s in self.strategies}
        for game in self.resampled(count, seed):
            for place, name in enumerate(game.elimination(), 1):
                found[name].append(place)
        return {s: (int(np.quantile(p, 0.025, method="lower")),
                    int(np.quantile(p, 0.975, method="higher"))) for s, p in found.items()}

    def write_nfg(self, path: str | Path, title: str = "empirical game") -> None:
        """Write it as a strategic game of Gambit's (.nfg, payoff version)."""
        write_nfg(path, [list(self.strategies)] * 2, np.array([self.payoff, self.payoff.T]), title)


def write_nfg(path: str | Path, strategies: list[list[str]], payoffs: Any,
              title: str = "game") -> None:
    """A game of two in Gambit's form (payoff version): payoffs[player, own, other] as `read_nfg`
    gives them."""
    first, second = np.asarray(payoffs, float)
    names = [" ".join(_quoted(s) for s in own) for own in strategies]
    lines = [f"NFG 1 R {_quoted(title)} {{ \"first\" \"second\" }}", "",
             f"{{ {{ {names[0]} }}", f"{{ {names[1]} }} }}", '""', ""]
    cells = [f"{float(first[i, j])!r} {float(second[i, j])!r}"
             for j in range(first.shape[1]) for i in range(first.shape[0])]
    Path(path).write_text("\n".join(lines + [" ".join(cells), ""]), "utf-8")


def read_nfg(path: str | Path) -> tuple[list[list[str]], Floats]:
    """A strategic game of Gambit's, with payoffs or with outcomes as Gambit itself writes it: the
    players' strategies, and payoffs by player and choices. Strategies given as numbers alone are
    named 1, 2, ...; fractions become the nearest double."""
    words = _words(Path(path).read_text("utf-8"))
    if words[:2] != ["NFG", "1"] or len(words) < 4 or words[2] not in ("R", "D"):
        raise ValueError(f"{path}: this does not begin as `NFG 1 R`")
    players, at = _group(words, 4)
    choices, at = _group(words, at)
    named = [c if isinstance(c, list) else [str(k + 1) for k in range(int(c))] for c in choices]
    if at < len(words) and words[at].startswith('"'):
        at += 1
    outcomes: list[list[float]] | None = None
    if at < len(words) and words[at] == "{":
        told, at = _group(words, at)
        outcomes = [[_number(n) for n in one if not n.startswith('"')] for one in told]
    sizes = [len(c) for c in named]
    cells, n, numbers = int(np.prod(sizes)), len(players), words[at:]
    if len(named) != n or len(numbers) != (cells if outcomes is not None else cells * n):
        raise ValueError(f"{path}: {n} players with {sizes} strategies need "
                         f"{cells if outcomes is not None else cells * n} "
                         f"{'outcomes' if outcomes is not None else 'payoffs'}")
    if outcomes is None:
        values = np.array([_number(x) for x in numbers])
    else:
        rows = [[0.0] * n] + outcomes  # 0: no outcome, which is worth nothing
        if any(len(r) != n for r in rows) or any(not 0 <= int(k) < len(rows) for k in numbers):
            raise ValueError(f"{path}: an outcome without {n} payoffs, or a number of none")
        values = np.array([rows[int(k)] for k in numbers]).ravel()
    table = values.reshape(*reversed(sizes), n)
    strip = [[str(s).strip('"') for s in c] for c in named]
    return strip, np.moveaxis(table.transpose(*reversed(range(len(sizes))), len(sizes)), -1, 0)


def _number(word: str) -> float:
    """A decimal, or a fraction as 1/3; a comma may follow."""
    return float(Fraction(word.rstrip(",")))


def equilibria(first: Any, second: Any) -> Iterator[tuple[Floats, Floats]]:
    """Nash equilibria of a game of two, by supports of equal size (R. Porter, E. Nudelman, Y.
    Shoham, "Simple search methods for finding a Nash equilibrium", 2008). All of them where the
    game is nondegenerate. O(4^n) supports: up to some twelve strategies.

    >>> [x.tolist() for x, y in equilibria([[3, 0], [5, 1]], [[3, 5], [0, 1]])]
    [[0.0, 1.0]]
    """
    a, b = np.asarray(first, float), np.asarray(second, float)
    if a.ndim != 2 or a.shape != b.shape:
        raise ValueError(f"two matrices of one shape, not {a.shape} and {b.shape}")
    rows, columns = a.shape
    for size in range(1, min(rows, columns) + 1):
        for r in itertools.combinations(range(rows), size):
            for s in itertools.combinations(range(columns), size):
                y = _indifferent(a[np.ix_(r, s)], s, columns)
                x = None if y is None else _indifferent(b[np.ix_(r, s)].T, r, rows)
                if x is not None and _is_best(a @ y, x) and _is_best(b.T @ x, y):
                    yield x, y


def _indifferent(payoff: Floats, support: tuple[int, ...], length: int) -> Floats | None:
    """The mixture over the support against which all rows are worth the same, or None."""
    n = len(payoff)
    system = np.vstack([payoff[:-1] - payoff[1:], np.ones(n)])
    try:
        mixture = np.linalg.solve(system, np.append(np.zeros(n - 1), 1))
    except np.linalg.LinAlgError:
        return None
    if not np.isfinite(mixture).all() or (mixture <= 1e-12).any():
        return None
    whole = np.zeros(length)
    whole[list(support)] = mixture
    return whole


def _is_best(worth: Floats, mixture: Floats) -> bool:
    scale = max(1.0, float(np.abs(worth).max()))
    return bool(worth[mixture > 0].min() >= worth.max() - 1e-9 * scale)


def _repetition(cell: Any) -> Any:
    """Of each run, the how-manieth of its cell it is."""
    begins = np.r_[True, cell[1:] != cell[:-1]]
    starts = np.flatnonzero(begins)
    return np.arange(len(cell)) - np.repeat(starts, np.diff(np.r_[starts, len(cell)]))


def _means(runs: Any, chosen: Any, count: int, score: str) -> Floats:
    total, met = np.zeros((count, count)), np.zeros((count, count))
    own, value = runs.strategy[chosen][:, :2].astype(int), getattr(runs, score)[chosen]
    for seat in (0, 1):
        np.add.at(total, (own[:, seat], own[:, 1 - seat]), value[:, seat])
        np.add.at(met, (own[:, seat], own[:, 1 - seat]), 1)
    return np.divide(total, met, out=np.full_like(total, np.nan), where=met > 0)


def _mean(samples: Floats) -> Floats:
    """Over those samples in which the two met; NaN where they never did."""
    met = ~np.isnan(samples)
    count = met.sum(axis=0)
    total = np.where(met, samples, 0).sum(axis=0)
    return np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _words(text: str) -> list[str]:
    """Braces, quoted texts with their marks, and words."""
    import re
    return re.findall(r'"(?:[^"\\]|\\.)*"|[{}]|[^\s{}"]+', text)


def _group(words: list[str], at: int) -> tuple[list[Any], int]:
    """The braces that open at `at`, nested, and what is behind them."""
    if at >= len(words) or words[at] != "{":
        raise ValueError("a list in braces is missing")
    made: list[Any] = []
    at += 1
    while at < len(words) and words[at] != "}":
        if words[at] == "{":
            inner, at = _group(words, at)
            made.append(inner)
        else:
            made.append(words[at])
            at += 1
    return made, at + 1
