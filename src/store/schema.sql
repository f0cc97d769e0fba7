-- The results of one tournament; any SQLite can read them.

PRAGMA user_version = 1; -- 0: before there were columns ..._negmas and score

-- What the tournament is: engine, protocol, score, rounds, repetitions, seed, jobs, and `fingerprint`,
-- a hash of the options and of all files read. `finished` is 1 once every run is here.
CREATE TABLE about (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- The scenarios, from 0.
CREATE TABLE scenario (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    parties INTEGER NOT NULL,
    outcomes INTEGER NOT NULL,
    tuples TEXT NOT NULL       -- which tuples of strategies are played. all: every ordered one;
                               -- pairs: every strategy in each seat, with one other in all others
);

-- The strategies, from 0, as asked for ("boulware:e=4").
CREATE TABLE strategy (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

-- One negotiation. `job` numbers the runs from 0: scenario by scenario, in each tuple by tuple, each
-- repeated. `cell` is the same without repetitions. Who plays what in a cell is told by its seats:
-- of all tuples the last party's strategy changes fastest; pairs begin with those in which all play
-- the same, then come seat by seat, by the strategy in that seat, by that in all the others.
CREATE TABLE run (
    job INTEGER PRIMARY KEY,
    cell INTEGER NOT NULL,
    scenario INTEGER NOT NULL REFERENCES scenario,
    ending TEXT NOT NULL,      -- agreed, deadline, walked-out, breakdown, failed, too-slow
    round INTEGER NOT NULL,    -- in which it ended, from 0
    offers INTEGER NOT NULL,
    outcome INTEGER,           -- index of the agreement among all outcomes, last issue fastest;
                               -- NULL without one, or where it passes 63 bits
    welfare REAL NOT NULL,     -- mean of the parties' normalised utilities
    pareto REAL,               -- distances of the agreement, in normalised utilities, from the
    nash REAL,                 -- nearest outcome on the frontier, the Nash point,
    kalai REAL,                -- and the Kalai-Smorodinsky point;
    nash_negmas REAL,          -- of NegMAS's scenarios, from these two as NegMAS defines them
    kalai_smorodinsky_negmas REAL
);

-- How a party of a run fared.
CREATE TABLE seat (
    job INTEGER NOT NULL REFERENCES run,
    party INTEGER NOT NULL,
    strategy INTEGER NOT NULL REFERENCES strategy,
    utility REAL NOT NULL,     -- discounted, in the scenario's own scale
    advantage REAL NOT NULL,   -- (utility - reservation value) / (best - reservation value)
    score REAL,                -- by the `score` that `about` names; NULL: none
    PRIMARY KEY (job, party)
) WITHOUT ROWID;

-- The ranking, made when all runs are done. A scenario counts once: figures are means over the
-- scenarios of the mean over the seats that the strategy had there. Intervals are at 95 %.
CREATE TABLE ranking (
    place INTEGER PRIMARY KEY, -- from 1
    strategy INTEGER NOT NULL REFERENCES strategy,
    scenarios INTEGER NOT NULL, -- that it played on
    cells INTEGER NOT NULL,    -- that it played in, each once for every seat it had there
    advantage REAL NOT NULL,
    advantage_error REAL,      -- half the interval's width; NULL where it cannot be had
    interval_over TEXT NOT NULL, -- scenarios; cells, where there are fewer than 6 scenarios: the
                               -- interval then tells of no others
    agreed REAL NOT NULL,      -- share of its runs that end in a deal
    welfare REAL NOT NULL,
    pareto REAL,               -- means over its agreements; NULL without any
    nash REAL,
    kalai REAL,
    rounds REAL NOT NULL,
    chance REAL,               -- of a difference to the next place as large as this, by a paired
                               -- t test over the same; NULL for the last
    ahead INTEGER NOT NULL,    -- 1: ahead of the next place at 5 % (Holm's procedure)
    nash_negmas REAL,
    kalai_smorodinsky_negmas REAL,
    score REAL NOT NULL,       -- what the places are by
    score_error REAL
);
