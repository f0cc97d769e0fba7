"""Answers: computed once, kept, cancelled when nobody waits, computed ahead."""
import threading
import time

from server import Server, read_reply, until

# Takes a second or more of processor time, without much memory.
LONG = "/api/page?worlds=30000"


def hanoi(bench):
    return bench.case((bench.root / "examples/hanoi.yaml").read_text(), "hanoi.yaml")


def timed(call):
    start = time.monotonic()
    value = call()
    return value, 1000 * (time.monotonic() - start)


def test_answers_are_kept(bench):
    with Server(bench.case(), "--lazy") as s:
        first, cold = timed(lambda: s.get("/api/page?worlds=2000&seed=7"))
        again, warm = timed(lambda: s.get("/api/page?seed=7&worlds=2000"))  # in any order
        assert first.status == again.status == 200 and first.body == again.body
        counts = s.status()
        assert counts["computed"] == 1 and counts["recalled"] == 1 and counts["kept"] == 1
        bench.say(f"computed {cold:.0f} ms, recalled {warm:.1f} ms")
        tag = first.headers["etag"]
        short = s.get("/api/page?worlds=2000&seed=7", {"If-None-Match": tag})
        assert short.status == 304 and short.body == b"" and short.headers["etag"] == tag
        assert s.get("/api/page?worlds=2000&seed=7", {"If-None-Match": '"x"'}).status == 200
        page = s.get("/")
        assert s.get("/", {"If-None-Match": page.headers["etag"]}).status == 304
        # Another question, other options, another version: other answers.
        assert s.get("/api/page?worlds=2000&seed=8").body != first.body
        assert s.get("/api/ask/deals?worlds=2000&seed=7").body != first.body
        s.case.write_text(s.case.read_text().replace("Two rooms", "Other rooms"))
        assert b"Other rooms" in s.get("/api/page?worlds=2000&seed=7").body
        # A value cannot pass for another option.
        assert s.get("/api/ask/deals?worlds=2000%0Aseed%3D7").status == 400


def test_what_is_kept_is_bounded(bench):
    with Server(bench.case(), "--lazy", "--threads", "1") as s:
        with s.connect() as sock:
            for seed in range(560):
                sock.sendall(s.head("GET", f"/api/ask/deals?worlds=1&seed={seed}"))
                assert read_reply(sock).status == 200
        counts = s.status()
        bench.say(f"{counts['kept']} answers kept in {counts['kept_bytes']} bytes")
        assert counts["kept"] <= 512 and counts["kept_bytes"] <= 64 << 20
        before = counts["computed"]
        s.get("/api/ask/deals?worlds=1&seed=559")
        assert s.status()["computed"] == before
        s.get("/api/ask/deals?worlds=1&seed=0")  # gone long ago
        assert s.status()["computed"] == before + 1


def test_ten_thousand_requests(bench):
    """The answer that is kept, at a rate far above what a page asks; memory does not grow."""
    with Server(hanoi(bench), "--lazy") as s:
        wanted = s.get("/api/page?light&worlds=500").body
        with s.connect() as sock:
            head = s.head("GET", "/api/page?light&worlds=500")

            def many(count):
                for _ in range(count):
                    sock.sendall(head)
                    assert len(read_reply(sock).body) == len(wanted)
            many(500)
            before = s.rss()
            _, took = timed(lambda: many(10000))
            after = s.rss()
        rate = 10000 / took * 1000
        bench.say(f"{rate:.0f} requests a second of {len(wanted)} bytes each; resident memory "
                  f"{before} KB before, {after} KB after")
        assert before is None or after - before < 4 << 10, (before, after)


def test_equal_requests_are_computed_once(bench):
    with Server(hanoi(bench), "--lazy") as s:
        replies = [None] * 6

        def ask(i):
            replies[i] = s.get("/api/page?light&worlds=10000")
        threads = [threading.Thread(target=ask, args=(i,)) for i in range(len(replies))]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        assert all(r.status == 200 and r.body == replies[0].body for r in replies)
        counts = s.status()
        assert counts["computed"] == 1, counts
        assert counts["joined"] + counts["recalled"] == len(replies) - 1, counts


def start_long(s, path=LONG):
    sock = s.connect(timeout=60)
    sock.sendall(s.head("GET", path))
    return sock


def test_a_client_that_leaves_stops_its_computation(bench):
    with Server(hanoi(bench), "--lazy") as s:
        sock = start_long(s)
        assert until(lambda: s.status()["running"] == 1)
        told = until(lambda: s.status()["what"])
        assert told, "no progress is told"
        sock.close()
        left = time.monotonic()
        counts = until(lambda: (lambda c: c if c["running"] == 0 else None)(s.status()), 15)
        assert counts and counts["cancelled"] == 1 and counts["computed"] == 0, s.status()
        bench.say(f"stopped {1000 * (time.monotonic() - left):.0f} ms after the client left")
        used = s.cpu()
        if used is not None:
            time.sleep(0.5)
            assert s.cpu() - used < 0.2, "it still computes"


def test_a_computation_goes_on_for_who_still_waits(bench):
    with Server(hanoi(bench), "--lazy") as s:
        path = "/api/page?light&worlds=20000"
        first = start_long(s, path)
        assert until(lambda: s.status()["running"] == 1)
        second = start_long(s, path)
        assert until(lambda: s.status()["joined"] == 1), s.status()
        first.close()
        assert read_reply(second).status == 200
        second.close()
        counts = s.status()
        assert counts["computed"] == 1 and counts["cancelled"] == 0, counts
        # While it computed, and afterwards, others are served.
        assert s.get("/api/case").status == 200


def test_others_are_served_meanwhile(bench):
    with Server(hanoi(bench), "--lazy") as s:
        socks = [start_long(s, f"{LONG}&seed={i}") for i in range(4)]
        assert until(lambda: s.status()["running"] == 2)
        slowest = max(timed(lambda: s.get("/api/case"))[1] for _ in range(5))
        bench.say(f"two computations run and two wait: GET /api/case within {slowest:.0f} ms")
        assert s.status()["running"] == 2, "more run at once than may"
        assert slowest < 5000
        for sock in socks:
            sock.close()
        assert until(lambda: s.status()["running"] == 0, 15)


def test_switches_are_ready_beforehand(bench):
    """One statement switched: computed when asked, and from what was computed ahead."""
    base = "/api/page?light&worlds=1000"
    switched = "/api/page?light&without=walk-away-values&worlds=1000"
    case = hanoi(bench)
    with Server(case, "--lazy") as s:
        s.get(base)
        cold, cold_ms = timed(lambda: s.get(switched))
        assert s.status()["ahead"] == {"ready": 0, "of": 0}
    with Server(case) as s:
        assert s.get(base).status == 200
        assert until(lambda: s.status()["ahead"]["of"], 15), s.status()
        # A real request comes first, whatever is computed ahead.
        other, other_ms = timed(lambda: s.get("/api/ask/accounts"))
        assert other.status == 200
        # It is the first of the first account.
        assert until(lambda: s.status()["ahead"]["ready"] >= 1, 40), s.status()
        before = s.status()
        warm, warm_ms = timed(lambda: s.get(switched))
        after = s.status()
        assert warm.status == 200 and warm.body == cold.body
        assert after["computed"] == before["computed"], "it was computed when asked"
        assert after["recalled"] == before["recalled"] + 1
    bench.say(f"the flagship case at 1,000 worlds: {cold_ms:.0f} ms when asked, {warm_ms:.1f} ms "
              f"when ready; another question in between {other_ms:.0f} ms")
