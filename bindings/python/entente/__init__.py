"""Negotiation analysis: cases, exact scenarios, strategies, tournaments.

`read` opens a case or a scenario, `ask` puts any question of the command line, `tournament` plays.
docs/PYTHON.md tells more.
"""
from ._c import decode as _decode
from ._c import lib as _lib
from .engine import Engine, ask
from .errors import (BusyError, Diagnostic, EntenteError, EntenteWarning, FileError, InvalidError,
                     LimitWarning, StrategyError, UsageError)
from .games import Game, equilibria, read_nfg, write_nfg
from .isolation import Isolated
from .players import ACCEPT, REJECT, WALK_AWAY, WALK_OUT, Agent, Strategy, Table, Turn, Turns
from .results import Deals, Frontier, Issue, Negotiation, Rank, Runs, Tournament
from .sources import Case, Scenario, read, tournament

__version__ = _decode(_lib.ent_version())
__all__ = [
    "ACCEPT", "REJECT", "WALK_AWAY", "WALK_OUT", "Agent", "BusyError", "Case", "Deals",
    "Diagnostic", "Engine", "EntenteError", "EntenteWarning", "FileError", "Frontier",
    "Game", "InvalidError", "Isolated", "Issue", "LimitWarning", "Negotiation", "Rank", "Runs", "Scenario", "Strategy",
    "StrategyError", "Table", "Tournament", "Turn", "Turns", "UsageError", "ask", "equilibria",
    "read", "read_nfg", "tournament", "write_nfg",
]
