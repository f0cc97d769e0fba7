"""What the package promises besides its docstrings' examples."""
import gc
import json
import os
import signal
import threading
import time
import unittest
import warnings
from pathlib import Path

import entente
import numpy as np

ROOT = Path(os.environ["ENTENTE_ROOT"])
CASE = ROOT / "examples/hanoi.yaml"
DATA = ROOT / "tests/data/scenarios"
SMALL = DATA / "genius-small"


class Linear(entente.Strategy):
    """As the engine's own `linear`."""

    name = "mine"

    def aspired(self, turns):
        t = turns.table
        return t.floor + (t.best - t.floor) * (1 - turns.time)

    def propose(self, turns):
        return np.full(len(turns), turns.table.worst_of(self.aspired(turns)))

    def respond(self, turns):
        return turns.table.utility[turns.offer] >= self.aspired(turns)


class LinearAgent(entente.Agent):
    def aspired(self, turn):
        return turn.table.floor + (turn.table.best - turn.table.floor) * (1 - turn.time)

    def propose(self, turn):
        return int(turn.table.worst_of(self.aspired(turn)))

    def respond(self, turn, offer):
        return turn.table.utility[offer] >= self.aspired(turn)


def failing(method, act):
    """An agent that does so from the third round on."""
    def do(self, turn, *rest):
        if turn.round >= 2:
            return act(turn)
        return getattr(LinearAgent, method)(self, turn, *rest)
    return type("Failing", (LinearAgent,), {method: do})


class Arrays(unittest.TestCase):
    def test_deals_are_those_of_json(self):
        typed = entente.ask("deals", CASE, worlds=500, top=4)
        told = json.loads(entente.ask("deals", CASE, worlds=500, top=4, format="json"))["accounts"]
        self.assertEqual([d.account for d in typed], [a["name"] for a in told])
        for d, a in zip(typed, told):
            self.assertEqual(d.zone, a["zone"]["share"])
            self.assertEqual(d.joint.tolist(), [x["joint"] for x in a["deals"]])
            told_shares = a["deals"][0]["shares"]
            self.assertGreater(len(told_shares), 1)
            for name, share in told_shares.items():
                self.assertEqual(d.shares[0, d.parties.index(name)], share)

    def test_frontier_is_that_of_json(self):
        for folder in ("genius-small", "geniusweb-small", "negmas-small", "negolog-small"):
            f = entente.ask("frontier", DATA / folder)
            told = json.loads(entente.ask("frontier", DATA / folder, format="json"))
            self.assertEqual(f.values.tolist(), [p["values"] for p in told["frontier"]])
            self.assertEqual(f.outcomes, int(told["outcomes"]))

    def test_arrays_are_views_that_outlive_the_answer(self):
        f = entente.ask("frontier", SMALL)
        values = f.values
        self.assertIsNotNone(values.base)
        self.assertFalse(values.flags.writeable)
        with self.assertRaises(ValueError):
            values[0, 0] = 1
        kept = values.tolist()
        del f
        gc.collect()
        entente.ask("frontier", DATA / "geniusweb-small")
        self.assertEqual(values.tolist(), kept)

    def test_replies_are_let_go(self):
        from entente import results
        ended = []
        before = results._c.lib.ent_reply_destroy
        f = entente.ask("frontier", SMALL)
        owner = f.values.base.owner
        owner._finalizer.detach()
        owner._finalizer = __import__("weakref").finalize(
            owner, lambda handle: (ended.append(handle), before(handle)), owner.handle)
        handle, part = owner.handle, f.values[:1]
        del f, owner
        gc.collect()
        self.assertEqual(ended, [])
        del part
        gc.collect()
        self.assertEqual(ended, [handle])

    def test_values_of_outcomes(self):
        s = entente.read(SMALL)
        run = s.haggle("boulware", "linear")
        self.assertGreater(len(run), 1)
        self.assertEqual(run.values.tolist(), s.values[:, run.outcome].T.tolist())
        self.assertEqual(run.agreement.tolist(), s.values[:, run.agreed_on].tolist())
        self.assertEqual(s.levels.shape, (len(s), len(s.issues)))

    def test_frames_and_plots_say_what_they_need(self):
        f = entente.ask("frontier", SMALL)
        for call, package in ((f.to_frame, "pandas"), (f.plot, "matplotlib")):
            try:
                __import__(package)
            except ImportError:
                with self.assertRaisesRegex(ImportError, package):
                    call()
            else:
                self.assertIsNotNone(call())


class Errors(unittest.TestCase):
    def test_place_and_hint(self):
        path = ROOT / "tests/errors/C103-name.yaml"
        with self.assertRaises(entente.InvalidError) as caught:
            entente.ask("deals", path)
        self.assertTrue(caught.exception.code.startswith("C"))
        self.assertEqual(Path(caught.exception.file).name, path.name)
        self.assertGreater(caught.exception.line, 0)
        self.assertGreater(caught.exception.column, 0)
        self.assertTrue(caught.exception.diagnostics[0].explain())

    def test_kinds(self):
        with self.assertRaises(entente.UsageError):
            entente.ask("frontier", SMALL, metod="merge")
        with self.assertRaises(entente.UsageError):
            entente.ask("frontire", SMALL)
        with self.assertRaises(entente.FileError):
            entente.ask("deals", "no/such/case.yaml")
        with self.assertRaises(OSError):
            entente.read("no/such")
        with self.assertRaises(TypeError):
            entente.read(SMALL).haggle(3)

    def test_a_case_in_memory(self):
        text = (ROOT / "tests/errors/C101-brace.yaml").read_text()
        with self.assertRaises(entente.InvalidError) as caught:
            entente.ask("deals", ("mine.yaml", text))
        self.assertEqual(caught.exception.file, "mine.yaml")

    def test_two_threads_on_one_engine(self):
        engine, caught = entente.Engine(), []
        asked, go_on = threading.Event(), threading.Event()

        class Waiting(Linear):
            def begin(self, turns):
                asked.set()
                go_on.wait(30)

        thread = threading.Thread(target=lambda: engine.ask(
            "haggle", SMALL, pair="mine", players=[Waiting()]))
        thread.start()
        asked.wait(30)
        try:
            engine.ask("frontier", SMALL)
        except entente.BusyError as fault:
            caught.append(fault)
        go_on.set()
        thread.join()
        self.assertEqual(len(caught), 1)
        self.assertTrue(engine.ask("frontier", SMALL).proved)

    def test_threads_of_their_own(self):
        found = []
        threads = [threading.Thread(target=lambda: found.append(
            entente.ask("frontier", SMALL).values.tolist())) for _ in range(4)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual(len(found), 4)
        self.assertTrue(all(f == found[0] for f in found))


class Interrupts(unittest.TestCase):
    def later(self, seconds=0.3):
        threading.Timer(seconds, lambda: os.kill(os.getpid(), signal.SIGINT)).start()

    def test_while_the_library_works(self):
        self.later()
        began = time.time()
        with self.assertRaises(KeyboardInterrupt):
            entente.ask("tournament", SMALL, repetitions=1000000, strategies="random,boulware")
        self.assertLess(time.time() - began, 30)
        self.assertIs(signal.getsignal(signal.SIGINT), signal.default_int_handler)

    def test_in_a_strategy_that_never_answers(self):
        class Endless(Linear):
            def propose(self, turns):
                while True:
                    pass
        self.later()
        with self.assertRaises(KeyboardInterrupt):
            entente.read(SMALL).haggle(Endless())
        self.assertEqual(entente.read(SMALL).haggle("boulware").end, "agreed")

    def test_progress_stops(self):
        told = []
        with self.assertRaises(entente.EntenteError):
            entente.ask("tournament", SMALL, repetitions=100000, strategies="random,boulware",
                        progress=lambda *at: told.append(at) or len(told) > 1)
        self.assertEqual(len(told), 2)
        self.assertEqual(told[0][0], "runs")

    def test_progress_that_raises(self):
        def told(what, done, total):
            raise LookupError(what)
        with self.assertRaises(LookupError):
            entente.ask("tournament", SMALL, progress=told)


class Strategies(unittest.TestCase):
    def same(self, a, b):
        self.assertEqual(a.end, b.end)
        self.assertEqual(a.outcome.tolist(), b.outcome.tolist())
        self.assertEqual(a.proposer.tolist(), b.proposer.tolist())

    def test_batches_and_agents_come_to_the_same(self):
        for folder in ("genius-small", "geniusweb-small", "negmas-small"):
            s = entente.read(DATA / folder)
            for rounds in (0, 1, 2, 17):
                for other in ("boulware", "random", "boa", "nice-tit-for-tat"):
                    a = s.haggle(Linear(), other, rounds=rounds)
                    b = s.haggle(LinearAgent, other, rounds=rounds)
                    self.same(a, b)

    def test_many_at_once_are_as_many_one_by_one(self):
        s = entente.read(SMALL)
        for protocol in ("alternating", "breakdown"):
            many = s.haggle(Linear(), "random", runs=40, rounds=12, protocol=protocol)
            one = [s.haggle(Linear(), "random", runs=k, rounds=12, protocol=protocol)
                   for k in (1, 7)]
            for few in one:
                self.assertEqual(few.outcome.tolist(), many.outcome[:len(few)].tolist())
                self.assertEqual(few.end.tolist(), many.end[:len(few)].tolist())

    def test_the_engines_own_are_not_disturbed(self):
        """Strategies of ours come to the same beside one of the caller's, and without."""
        names = ["boulware", "random", "boa", "micro", "hybrid"]
        alone = entente.tournament(SMALL, names, repetitions=3, rounds=20)
        beside = entente.tournament(SMALL, names + [Linear()], repetitions=3, rounds=20)

        def found(t):
            r = t.runs
            return {(tuple(t.strategies[s] for s in r.strategy[k])): r.utility[k].tolist()
                    for k in range(len(r)) if not any(t.strategies[s] in ("mine", "random", "boa")
                                                      for s in r.strategy[k])}
        own = found(alone)
        self.assertGreater(len(own), 5)
        self.assertEqual(own, {k: v for k, v in found(beside).items() if k in own})

    def test_more_runs_than_a_wave_takes(self):
        s = entente.read(SMALL)
        seen = []

        class Counting(Linear):
            def begin(self, turns):
                seen.append(len(turns))
        runs = s.haggle(Counting(), "random", runs=5000, rounds=3)
        self.assertEqual(len(runs), 5000)
        self.assertEqual(sum(seen), 5000)
        self.assertLess(len(seen), 20)

    def test_mutual_play_of_two_agents(self):
        s = entente.read(SMALL)
        a = s.haggle(Linear(), Linear.__new__(type("Other", (Linear,), {"name": "other"})))
        self.same(a, s.haggle(Linear(), LinearAgent))

    def test_what_raises(self):
        def boom(turn):
            raise LookupError("lost")
        s = entente.read(SMALL)
        for method in ("propose", "respond"):
            with self.assertRaises(entente.StrategyError) as caught:
                s.haggle(failing(method, boom), "hardliner")
            self.assertIsInstance(caught.exception.__cause__, LookupError)

    def test_what_raises_alone_fails(self):
        def boom(turn):
            if turn.run % 2:
                raise LookupError("lost")
            return 0
        agent = failing("propose", boom)
        agent.on_error = "fail"
        runs = entente.read(SMALL).haggle(agent, "hardliner", runs=10)
        ends = [runs.endings[k] for k in runs.end]
        self.assertEqual([e == "failed" for e in ends], [k % 2 == 1 for k in range(10)])
        self.assertTrue(np.isnan(runs.pareto[1]))

    def test_outcomes_outside_the_space(self):
        s = entente.read(SMALL)
        for stray in (-1, len(s), 10**12, 0.5, "x"):
            with self.assertRaises(entente.StrategyError):
                s.haggle(failing("propose", lambda turn: stray), "hardliner")
        with self.assertRaises(entente.StrategyError):
            s.haggle(failing("respond", lambda turn: 7), "hardliner")
        with self.assertRaises(entente.StrategyError):
            s.haggle(failing("respond", lambda turn: None), "hardliner")

        for bad in (lambda t: np.zeros(len(t) + 1, int), lambda t: np.zeros(len(t)),
                    lambda t: np.full(len(t), len(s)), lambda t: None):
            strategy = Linear()
            strategy.propose = bad
            with self.assertRaises(entente.StrategyError):
                s.haggle(strategy)

    def test_the_table_cannot_be_changed(self):
        def change(turn):
            turn.table.utility[:] = 1
        with self.assertRaises(entente.StrategyError) as caught:
            entente.read(SMALL).haggle(failing("propose", change), "hardliner")
        self.assertIsInstance(caught.exception.__cause__, ValueError)

    def test_walking_out(self):
        s = entente.read(SMALL)
        self.assertEqual(s.haggle(failing("propose", lambda turn: None), "hardliner").end,
                         "walked-out")
        self.assertEqual(
            s.haggle(failing("respond", lambda turn: entente.WALK_OUT), "hardliner").end,
            "walked-out")

    def test_history_is_what_was_offered(self):
        seen = []

        class Looking(LinearAgent):
            def respond(self, turn, offer):
                seen.append(turn.history())
                self.kept = turn
                return super().respond(turn, offer)
        run = entente.read(SMALL).haggle("boulware", Looking)
        self.assertGreater(len(seen), 3)
        for k, rows in enumerate(seen):
            self.assertEqual(rows[:, 2].tolist(), run.outcome[:2 * k + 1].tolist())

    def test_turns_kept_do_not_look_into_memory_that_is_gone(self):
        kept = []

        class Keeping(Linear):
            def propose(self, turns):
                kept.append(turns)
                return super().propose(turns)
        entente.read(SMALL).haggle(Keeping(), "boulware")
        with self.assertRaises(entente.StrategyError):
            kept[0].history(0)

    def test_where_they_do_not_play(self):
        with self.assertRaisesRegex(entente.UsageError, "H112"):
            entente.ask("haggle", CASE, pair="mine", players=[Linear()], worlds=200)
        with self.assertRaisesRegex(entente.UsageError, "H112"):
            entente.read(SMALL).haggle(Linear(), isolate=True)

    def test_results_know_a_strategy_by_its_source(self):
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "r.db")
            entente.tournament(SMALL, [Linear()], results=path)
            entente.tournament(SMALL, [Linear()], results=path)
            other = Linear()
            other.slope = 2
            with self.assertRaisesRegex(entente.EntenteError, "H107"):
                entente.tournament(SMALL, [other], results=path)


class Deadlines(unittest.TestCase):
    def test_one_that_is_hidden_ends_talks_of_strategies_in_python_too(self):
        s = entente.read(SMALL)
        options = {"rounds": 50, "hidden_deadline": "5-20", "runs": 300}
        own = s.haggle(Linear(), "hardliner", **options)
        other = s.haggle("hardliner", Linear(), **options)
        plain = s.haggle("hardliner", **options)
        self.assertTrue({own.endings[k] for k in own.end} >= {"deadline"})
        late = own.endings.index("deadline")
        self.assertEqual(set(plain.round.tolist()), set(range(5, 21)))
        for runs in (own, other):  # the run's number alone says when it ends
            over = runs.end == late
            self.assertTrue(over.any())
            self.assertEqual(runs.round[over].tolist(), plain.round[over].tolist())


class Seconds(unittest.TestCase):
    def test_a_clock_that_turns_move_on_by_what_they_cost(self):
        seen = []

        class Timed(Linear):
            step_cost = 0.03

            def respond(self, turns):
                seen.append((turns.time.tolist(), turns.seconds.tolist(), turns.deadline))
                return super().respond(turns)

        run = entente.read(SMALL).haggle("hardliner", Timed(), seconds=1, step_cost=0.02)
        self.assertGreater(len(seen), 3)
        for k, (time, seconds, deadline) in enumerate(seen):
            self.assertAlmostEqual(seconds[0], 0.05 * k + 0.02)
            self.assertAlmostEqual(time[0], seconds[0])
            self.assertEqual(deadline, 1)
        self.assertLessEqual(len(run), 40)

    def test_agents_are_told_too_and_runs_are_the_same_each_time(self):
        class Slow(LinearAgent):
            step_cost = (0.01, 0.06)

        s = entente.read(SMALL)
        a, b = (s.haggle(Slow, "boulware", seconds=1, runs=50, seed=3) for _ in range(2))
        other = s.haggle(Slow, "boulware", seconds=1, runs=50, seed=4)
        self.assertEqual(a.round.tolist(), b.round.tolist())
        self.assertNotEqual(a.round.tolist(), other.round.tolist())

    def test_real_time_counts_where_it_is_asked_for(self):
        import time

        class Sleeper(LinearAgent):
            step_cost = "real"

            def propose(self, turn):
                time.sleep(0.03)
                return int(turn.table.order[-1])

            def respond(self, turn, offer):
                return False

        s = entente.read(SMALL)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            slow = s.haggle(Sleeper, "hardliner", seconds=60, rounds=50, step_limit=0.02)
            late = s.haggle(Sleeper, "hardliner", seconds=0.2, rounds=50, step_cost=0)
        self.assertEqual((slow.end, len(slow)), ("too-slow", 0))
        self.assertEqual(late.end, "deadline")
        self.assertLess(len(late), 20)
        with self.assertRaisesRegex(entente.EntenteError, "H102"):
            s.haggle("boulware:step-cost=real", seconds=1)


class Scores(unittest.TestCase):
    def test_a_tournament_ranks_by_what_is_asked_for(self):
        t = entente.tournament(SMALL, [Linear(), "boulware", "conceder"], rounds=30, score="partners")
        self.assertEqual(t.score, "partners")
        own = [r.score for r in t.ranking]
        self.assertEqual(own, sorted(own, reverse=True))
        for rank in t.ranking:
            seats = t.runs.strategy == t.strategies.index(rank.strategy)
            self.assertAlmostEqual(rank.score, t.runs.score[seats].mean())
        self.assertTrue(np.allclose(t.runs.score, t.runs.utility[:, ::-1]))
        self.assertEqual(entente.Game.of(t, score="score").payoff.shape, (3, 3))

    def test_a_score_that_is_none(self):
        with self.assertRaisesRegex(entente.UsageError, "H114"):
            entente.tournament(SMALL, ["boulware"], score="median")
        with self.assertRaisesRegex(entente.UsageError, "H114.*3 parties"):
            entente.tournament(DATA / "genius-boxes", ["boulware"], score="anl2026")

    def test_models_of_the_engines_strategies_and_none_of_ours(self):
        t = entente.tournament(SMALL, [Linear(), "boa"], rounds=30, score="kendall")
        own = t.runs.score[t.runs.strategy == 0]
        self.assertEqual(set(own.tolist()), {0.0})
        self.assertTrue((t.runs.score[t.runs.strategy == 1] > 0.5).all())

    def test_the_page(self):
        import tempfile
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "league.html"
            entente.tournament(SMALL, [Linear(), "boulware"], rounds=30, html=path)
            text = path.read_text("utf-8")
            self.assertIn("mine", text)
            self.assertNotIn("<script", text)


class Isolation(unittest.TestCase):
    def test_one_that_sleeps_fails_and_the_rest_play(self):
        def sleep(turn):
            time.sleep(3600)
        began = time.time()
        agent = entente.Isolated(failing("propose", sleep), patience=0.5)
        runs = entente.tournament(SMALL, [agent, "hardliner"], rounds=5).runs
        self.assertLess(time.time() - began, 60)
        ends = {tuple(runs.strategy[k]): runs.endings[runs.end[k]] for k in range(len(runs))}
        self.assertEqual(ends[(1, 1)], "deadline")
        self.assertEqual(ends[(0, 1)], "failed")

    def test_one_that_ends_its_process(self):
        agent = entente.Isolated(failing("respond", lambda turn: os._exit(3)))
        self.assertEqual(entente.read(SMALL).haggle(agent, "hardliner").end, "failed")

    def test_a_sound_one_plays_as_ever(self):
        s = entente.read(SMALL)
        a = s.haggle(entente.Isolated(LinearAgent), "boulware")
        self.assertEqual(a.outcome.tolist(), s.haggle(LinearAgent, "boulware").outcome.tolist())


class Games(unittest.TestCase):
    def test_written_and_read(self):
        import tempfile
        t = entente.tournament(SMALL, ["boulware", "conceder", "hardliner"])
        g = entente.Game.of(t)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "game.nfg")
            g.write_nfg(path)
            names, payoff = entente.read_nfg(path)
        self.assertEqual(names, [list(g.strategies)] * 2)
        self.assertEqual(payoff[0].tolist(), g.payoff.tolist())
        self.assertEqual(payoff[1].tolist(), g.payoff.T.tolist())

    def test_games_as_gambit_writes_them(self):
        import tempfile
        text = ('NFG 1 R "x" { "a" "b" }\n\n{ { "up" "down" }\n{ "l" "m" "r" }\n}\n"said"\n\n{\n'
                '{ "1" 3, 1/4 }\n{ "" 5 0 }\n{ "3" -0.5, 5 }\n}\n1 2 3 0 1 1\n')
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "g.nfg"
            path.write_text(text)
            names, payoff = entente.read_nfg(path)
            self.assertEqual(names, [["up", "down"], ["l", "m", "r"]])
            self.assertEqual(payoff[0].tolist(), [[3, -0.5, 3], [5, 0, 3]])
            self.assertEqual(payoff[1].tolist(), [[0.25, 5, 0.25], [0, 0, 0.25]])
            for old, new in (("1 2 3 0 1 1", "1 2 3 0 1"), ("1 2 3 0 1 1", "1 2 3 0 1 4"),
                             ("5 0 }", "5 }"), ("NFG 1 R", "NFG 2 R")):
                path.write_text(text.replace(old, new))
                with self.assertRaises(ValueError):
                    entente.read_nfg(path)

    def test_every_equilibrium_is_one(self):
        random = np.random.default_rng(3)
        for _ in range(50):
            a, b = random.normal(size=(2, 3, 4))
            found = list(entente.equilibria(a, b))
            self.assertEqual(len(found) % 2, 1)  # odd in a nondegenerate game (Wilson 1971)
            for x, y in found:
                self.assertLessEqual((a @ y).max() - x @ a @ y, 1e-9)
                self.assertLessEqual((x @ b).max() - x @ b @ y, 1e-9)

    def test_replicator_rests_where_nobody_gains(self):
        rock = entente.Game(("r", "p", "s"), np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0.]]),
                            np.zeros((1, 3, 3)), "runs")
        self.assertTrue(np.allclose(rock.replicator(), 1 / 3))
        dilemma = entente.Game(("c", "d"), np.array([[3, 0], [5, 1.]]), np.zeros((1, 2, 2)), "runs")
        self.assertTrue(np.allclose(dilemma.replicator(), [0, 1]))
        self.assertEqual(dilemma.elimination(), ["d", "c"])

    def test_intervals_hold_the_place(self):
        t = entente.tournament([DATA / "genius-small", DATA / "geniusweb-small"],
                               ["boulware", "conceder", "random"], repetitions=5)
        g = entente.Game.of(t)
        order = g.elimination()
        for name, (low, high) in g.places(200).items():
            self.assertLessEqual(1, low)
            self.assertLessEqual(low, high)
            self.assertLessEqual(high, 3)
        self.assertEqual(sorted(order), sorted(g.strategies))


warnings.simplefilter("ignore", entente.EntenteWarning)
