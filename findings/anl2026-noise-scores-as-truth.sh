#!/bin/sh
# ANL 2026's score gives noise for a model as much as the truth.
#
# The score adds to an agent's advantage its share of (tau + 1)/2 of both agents' models of each other,
# tau being Kendall's (NegMAS 0.16.0, opponent_modeling_metrics=("anl2026",)). Values drawn at random have
# tau near 0, and so half of the points that the truth has; an agent without a model has none. Against an
# agent without a model noise gets the whole point, as the truth does; two agents that both know the truth
# get half a point each, as two that both know nothing but have noise. The point is divided and never
# created: knowing the other moves the ranking only against those who know.
#
# Seen with negmas 0.16.0 (PyPI), Python 3.11, the share of the first against the second:
#   noise against nothing 1.0, truth against nothing 1.0, truth against noise 0.669,
#   truth against truth 0.5, noise against noise 0.495, nothing against nothing 0.0
# Exits with 1 if this changes, with 77 where the package cannot be installed.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'negmas==0.16.0' || exit 77
"$work/venv/bin/python" - "$work" <<'PY'
import random
import sys
import warnings

from negmas import make_issue, make_os
from negmas.inout import Scenario
from negmas.preferences import LinearAdditiveUtilityFunction as U
from negmas.preferences import MappingUtilityFunction as M
from negmas.sao import BoulwareTBNegotiator
from negmas.tournaments.neg.simple import cartesian_tournament

warnings.simplefilter('ignore')
names = [f'v{k}' for k in range(20)]
space = make_os([make_issue(names, 'i')])
falling, rising = (U(values=[{n: (k if up else 19 - k) / 19 for k, n in enumerate(names)}],
                     weights=[1.0], outcome_space=space) for up in (False, True))
draws = random.Random(1)
noise = M({(n,): draws.random() for n in names}, outcome_space=space)


def knowing(name, model):
    return type(name, (BoulwareTBNegotiator,), {'opponent_ufun': property(model)})


agents = [knowing('Nothing', lambda self: None), knowing('Noise', lambda self: noise),
          knowing('Truth', lambda self: rising if self.ufun(('v0',)) == 1 else falling)]
played = cartesian_tournament(
    agents, [Scenario(outcome_space=space, ufuns=(falling, rising))], rotate_ufuns=False,
    n_steps=10, njobs=-1, verbosity=0, path=None, opponent_modeling_metrics=('anl2026',),
    save_stats=False, randomize_runs=False, plot_fraction=0)
share = {}
for one, other, score, advantage in played.scores[
        ['strategy', 'partners', 'opp_anl2026', 'advantage']].values.tolist():
    share.setdefault((one, other), score - advantage)
for pair, value in share.items():
    print(*pair, round(value, 3))
sys.exit(not (share['Noise', 'Nothing'] == share['Truth', 'Nothing'] == 1 and
              share['Nothing', 'Nothing'] == 0 and 0.6 < share['Truth', 'Noise'] < 0.7 and
              abs(share['Truth', 'Truth'] - 0.5) < 1e-9 and
              0.4 < share['Noise', 'Noise'] < 0.6))
PY
