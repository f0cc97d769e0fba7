#!/bin/sh
# NegMAS 0.16.0 asks an agent again, in the same turn, where it has raised an exception.
#
# SAOMechanism calls a negotiator with `dest=...` and, on any exception, once more without: meant for
# agents that do not know the argument, it hides every other fault that goes away at a second call. What
# the first call changed (a counter, an index into sorted outcomes, a model fed with the offer) is changed
# twice, and no error is recorded: has_error is False, also with ignore_negotiator_exceptions=False.
#
# Seen with negmas 0.16.0 (PyPI), Python 3.11: an agent that raises at each first call
#   steps 5 calls 10 has_error False
# Exits with 1 if this changes, with 77 where the package cannot be installed.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'negmas==0.16.0' || exit 77
"$work/venv/bin/python" - "$work" <<'PY'
import sys
import warnings

from negmas import make_issue, make_os
from negmas.preferences import LinearAdditiveUtilityFunction as U
from negmas.sao import (ResponseType, SAOCallNegotiator, SAOMechanism, SAOResponse,
                        ToughNegotiator)

warnings.simplefilter('ignore')


class Counting(SAOCallNegotiator):
    calls = 0

    def __call__(self, state, dest=None):
        self.calls += 1
        if self.calls % 2 == 1:
            raise RuntimeError('not yet')
        return SAOResponse(ResponseType.REJECT_OFFER, ('a',))


space = make_os([make_issue(['a', 'b'], 'i')])
mechanism = SAOMechanism(outcome_space=space, n_steps=5, ignore_negotiator_exceptions=False)
agent = Counting()
for one, table in ((agent, {'a': 1.0, 'b': 0.0}), (ToughNegotiator(), {'a': 0.0, 'b': 1.0})):
    mechanism.add(one, ufun=U(values=[table], weights=[1.0], outcome_space=space))
state = mechanism.run()
print('steps', state.step, 'calls', agent.calls, 'has_error', state.has_error)
sys.exit(not (state.step == 5 and agent.calls == 10 and not state.has_error))
PY
