#!/bin/sh
# nashpy 0.0.43: Game.support_enumeration() loses equilibria to rounding, also the only one.
#
# For each pair of supports it solves a linear system in which the strategies outside have the rows
# "probability = 0", and keeps the solution where all(prob >= 0) exactly. Gaussian elimination gives
# some of these zeros back as about -1e-17, and the equilibrium is dropped. It is no matter of
# degenerate games: the game below, 2 x 3 with small whole numbers, has one equilibrium, which
# vertex_enumeration() finds, and support_enumeration() gives none (with the warning that the game is
# degenerate, which it is not). Of random 3 x 3 games of whole numbers about a third lose some.
#
# Seen with nashpy 0.0.43, numpy 2.4.6 (PyPI), Python 3.11, x86-64:
#   support_enumeration [] vertex_enumeration [([0.1176, 0.8824], [0.0, 0.5385, 0.4615])]
#   of 168 nondegenerate 3 x 3 games 53 lose some
# Exits with 1 if this changes, with 77 where the package cannot be installed.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'nashpy==0.0.43' 'numpy==2.4.6' || exit 77
"$work/venv/bin/python" - <<'PY'
import sys
import warnings
import nashpy
import numpy as np
warnings.simplefilter('ignore')


def both(a, b):
    game = nashpy.Game(a, b)
    return [[(x.round(4).tolist(), y.round(4).tolist()) for x, y in method()]
            for method in (game.support_enumeration, game.vertex_enumeration)]


a = np.array([[-5., -4, 1], [2, 2, -6]])
b = np.array([[4., 9, -6], [-3, -1, 1]])
x, y = np.array([2, 15]) / 17, np.array([0, 7, 6]) / 13
assert np.allclose((a @ y), (a @ y)[0]) and (x @ b).max() - x @ b @ y < 1e-9  # an equilibrium
supports, vertices = both(a, b)
print('support_enumeration', supports, 'vertex_enumeration', vertices)
random = np.random.default_rng(7)
games = lost = 0
for _ in range(200):
    s, v = both(*random.integers(-9, 10, size=(2, 3, 3)).astype(float))
    if len(v) % 2 == 1:  # a nondegenerate game has an odd number of equilibria
        games += 1
        lost += len(s) < len(v)
print(f'of {games} nondegenerate 3 x 3 games {lost} lose some')
sys.exit(not (supports == [] and len(vertices) == 1 and lost > 0))
PY
