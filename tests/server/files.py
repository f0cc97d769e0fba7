"""The case file: changes, saving, and what may go wrong with it."""
import hashlib
import os
import random
import signal
import stat
import threading
import time

from server import Server, until

BROKEN = "entente: 1\ntitle: [\n"


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def beside(bench):
    return sorted(p.name for p in bench.folder.iterdir())


def test_a_case_that_turns_invalid(bench):
    """The last good picture stays, and the fault is told at its place."""
    case = bench.case()
    good = case.read_text()
    with Server(case) as s:
        first = s.get("/api/page?worlds=200")
        assert first.status == 200
        case.write_text(BROKEN)
        told = s.get("/api/case").json()
        assert told["hash"] == sha(BROKEN) and told["analysed"] == sha(good)
        assert told["text"] == BROKEN
        faults = [f for f in told["check"]["findings"] if f["severity"] == "error"]
        assert faults and faults[0]["line"] >= 2, told["check"]
        again = s.get("/api/page?worlds=200")
        assert again.status == 200 and again.body == first.body
        other = good.replace("Two rooms", "Three rooms")
        case.write_text(other)
        assert s.get("/api/page?worlds=200").json()["case"]["title"] == "Three rooms"
        case.unlink()
        told = s.get("/api/case").json()
        assert "cannot read" in told["fault"] and told["text"] == other, told["fault"]
        assert s.get("/api/page?worlds=200").status == 200
        case.write_text(good)
        told = s.get("/api/case").json()
        assert told["fault"] is None and told["hash"] == sha(good)


def test_a_case_invalid_from_the_start(bench):
    with Server(bench.case(BROKEN)) as s:
        assert s.get("/").status == 200
        assert s.get("/api/page").status == 422
        told = s.get("/api/case").json()
        assert told["analysed"] is None and told["check"]["findings"]
        s.case.write_text("entente: 1\ntitle: x\nparties: {a: {}, b: {}}\nissues:\n"
                          "  x: {by: a, for: b, options: [n, y]}\n")
        page = s.get("/api/page?worlds=100")
        assert page.status == 200, page.body
    missing = Server(bench.folder / "none.yaml", wait=False)
    _, err = missing.process.communicate(timeout=20)
    assert missing.process.returncode == 3 and "none.yaml" in err, err


def test_changes_on_disk_are_told(bench):
    with Server(bench.case()) as s:
        known = s.get("/api/case").json()["hash"]
        told = []
        poll = threading.Thread(
            target=lambda: told.append(s.get(f"/api/wait?hash={known}").json()["hash"]))
        poll.start()
        time.sleep(0.4)
        assert not told
        changed = s.case.read_text() + "# more\n"
        start = time.monotonic()
        fresh = bench.folder / "fresh"  # as most editors do it
        fresh.write_text(changed)
        fresh.rename(s.case)
        poll.join(10)
        assert told == [sha(changed)], told
        bench.say(f"told after {1000 * (time.monotonic() - start):.0f} ms")
        assert s.get("/api/wait?hash=other").json()["hash"] == sha(changed)  # at once


def test_the_file_is_not_read_when_nothing_changed(bench):
    case = bench.case()
    with Server(case) as s:
        time.sleep(4.2)  # until its times are old enough to be trusted
        s.get("/api/case")
        before = s.status()["reads"]
        for _ in range(30):
            assert s.get("/api/case").status == 200
        assert s.status()["reads"] == before, (before, s.status()["reads"])
        # Same size, same time of change: still seen.
        times = case.stat()
        case.write_text(case.read_text().replace("Two rooms", "Two tombs"))
        os.utime(case, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert "Two tombs" in s.get("/api/case").json()["text"]
        assert s.status()["reads"] > before
        # Twice within one step of the file system's clock.
        for word in ("Six rooms", "Ten rooms", "Two rooms"):
            case.write_text(case.read_text().replace("Two tombs", word))
            case.write_text(case.read_text().replace(word, "Two tombs"))
            case.write_text(case.read_text().replace("Two tombs", word))
            assert word in s.get("/api/case").json()["text"]
            case.write_text(case.read_text().replace(word, "Two tombs"))


test_the_file_is_not_read_when_nothing_changed.waits = True


def test_read_only_unless_edit(bench):
    with Server(bench.case()) as s:
        told = s.get("/api/case").json()
        assert told["editable"] is False
        reply = s.save(told["text"] + "#\n", told["hash"])
        assert reply.status == 403 and "--edit" in reply.json()["error"]
        assert s.case.read_text() == told["text"] and beside(bench) == ["case.yaml"]


def test_saving(bench):
    with Server(bench.case(), "--edit") as s:
        old = s.get("/api/case").json()
        assert old["editable"] is True
        new = old["text"] + "# \u202e \U0001f600 </script>\n"
        reply = s.save(new, old["hash"])
        assert reply.status == 200 and reply.json() == {"saved": True, "hash": sha(new)}
        assert s.case.read_text() == new
        assert (bench.folder / "case.yaml~").read_text() == old["text"]
        reply = s.save(BROKEN, sha(new))
        assert reply.status == 422 and reply.json()["draft"] is True
        assert reply.json()["check"]["findings"]
        assert s.case.read_text() == new
        assert (bench.folder / "case.yaml.draft").read_text() == BROKEN
        assert beside(bench) == ["case.yaml", "case.yaml.draft", "case.yaml~"]


def test_changed_on_disk_under_an_edit(bench):
    with Server(bench.case(), "--edit") as s:
        old = s.get("/api/case").json()
        theirs = old["text"] + "# theirs\n"
        s.case.write_text(theirs)
        mine = old["text"] + "# mine\n"
        reply = s.save(mine, old["hash"])
        told = reply.json()
        assert reply.status == 409
        assert told["text"] == theirs and told["sent"] == mine and told["hash"] == sha(theirs)
        assert s.case.read_text() == theirs and beside(bench) == ["case.yaml"]
        assert s.save(mine, told["hash"]).status == 200  # having seen theirs
        assert (bench.folder / "case.yaml~").read_text() == theirs


def test_two_browsers_at_once(bench):
    """Of many saves from one version exactly one is done, and nothing is torn."""
    with Server(bench.case(), "--edit") as s:
        for turn in range(4):
            old = s.get("/api/case").json()
            texts = [old["text"] + f"# {turn} {i} " + "x" * 20000 + "\n" for i in range(6)]
            replies = [None] * len(texts)

            def save(i):
                replies[i] = s.save(texts[i], old["hash"])
            threads = [threading.Thread(target=save, args=(i,)) for i in range(len(texts))]
            for t in threads:
                t.start()
            for t in threads:
                t.join()
            done = [i for i, r in enumerate(replies) if r.status == 200]
            assert len(done) == 1, [r.status for r in replies]
            assert all(r.status == 409 for i, r in enumerate(replies) if i not in done)
            assert s.case.read_text() == texts[done[0]]
            assert all(r.json()["text"] == texts[done[0]] for i, r in enumerate(replies)
                       if i not in done)
            assert (bench.folder / "case.yaml~").read_text() == old["text"]


def save_or_die(s, text, known):
    try:
        s.save(text, known)
    except OSError:
        pass


def test_killed_while_saving(bench):
    """kill -9 at any moment of a save: the file is old or new, and what is left over goes."""
    case = bench.case()
    pad = "".join(f"# line {i} of a long case file, to make the writing take its time\n"
                  for i in range(20000))
    first = case.read_text()
    texts = [first + pad, first + pad.replace("line", "LINE")]
    case.write_text(texts[0])
    with Server(case, "--edit", "--lazy") as s:  # how long a whole save takes
        start = time.monotonic()
        assert s.save(texts[1], sha(texts[0])).status == 200
        whole = time.monotonic() - start
    chance = random.Random(7)
    kept = done = 0
    for turn in range(16):
        s = Server(case, "--edit", "--lazy")
        old = case.read_text()
        new = texts[1] if old == texts[0] else texts[0]
        saver = threading.Thread(target=save_or_die, args=(s, new, sha(old)))
        saver.start()
        time.sleep(chance.uniform(0, 1.3 * whole))
        s.end(signal.SIGKILL)
        saver.join()
        now = case.read_text()
        assert now in (old, new), "half a file"
        kept += now == old
        done += now == new
        backup = bench.folder / "case.yaml~"
        assert not backup.exists() or backup.read_text() in ("", *texts, first)
    left = [n for n in beside(bench) if n.endswith(".tmp")]
    bench.say(f"{kept} times the old file, {done} times the new one; {len(left)} left over")
    # Something of ours, old; something of ours of a process that lives; and files of others.
    dead = bench.folder / "case.yaml.draft.4194300-0.tmp"
    alive = bench.folder / f"case.yaml.{os.getpid()}-0.tmp"
    others = ["case.yaml.x-0.tmp", "case.yaml.1-0.tmp.bak", "other.yaml.4194300-0.tmp"]
    for path in (dead, alive, *(bench.folder / name for name in others)):
        path.write_text("half")
    for path in bench.folder.iterdir():
        if path != case:
            os.utime(path, (time.time() - 300, time.time() - 300))
    with Server(case, "--edit") as s:
        assert s.get("/api/case").status == 200
    now = beside(bench)
    assert sorted(n for n in now if n.endswith(".tmp")) == sorted(
        [alive.name, "case.yaml.x-0.tmp", "other.yaml.4194300-0.tmp"]), now
    assert "case.yaml.1-0.tmp.bak" in now


def test_permissions_stay(bench):
    case = bench.case()
    case.chmod(0o600)
    os.umask(0o022)
    with Server(case, "--edit") as s:
        old = s.get("/api/case").json()
        assert s.save(old["text"] + "# 1\n", old["hash"]).status == 200
        s.save(BROKEN, sha(old["text"] + "# 1\n"))
        for name in beside(bench):
            mode = stat.S_IMODE((bench.folder / name).stat().st_mode)
            assert mode == 0o600, (name, oct(mode))
        case.chmod(0o640)  # a backup of before was stricter, one of before may be laxer
        (bench.folder / "case.yaml~").chmod(0o666)
        now = s.get("/api/case").json()
        assert s.save(now["text"] + "# 2\n", now["hash"]).status == 200
        assert stat.S_IMODE(case.stat().st_mode) == 0o640
        assert stat.S_IMODE((bench.folder / "case.yaml~").stat().st_mode) == 0o640


def test_read_only_file(bench):
    case = bench.case()
    case.chmod(0o444)
    with Server(case, "--edit") as s:
        told = s.get("/api/case").json()
        assert told["editable"] is False
        reply = s.save(told["text"] + "#\n", told["hash"])
        assert reply.status == 403 and "read-only" in reply.json()["error"], reply.body
        assert case.read_text() == told["text"] and beside(bench) == ["case.yaml"]


def test_symbolic_links(bench):
    """A link to the case stays one; a link in place of the backup is not followed."""
    (bench.folder / "real").mkdir()
    real = bench.case(name="real/case.yaml")
    link = bench.folder / "link.yaml"
    link.symlink_to("real/case.yaml")
    victim = bench.folder / "victim"
    victim.write_text("precious")
    with Server(link, "--edit") as s:
        told = s.get("/api/case").json()
        new = told["text"] + "# new\n"
        assert s.save(new, told["hash"]).status == 200
        assert link.is_symlink() and real.read_text() == new
        assert (bench.folder / "link.yaml~").read_text() == told["text"]
        for name, text in (("link.yaml~", new + "#\n"), ("link.yaml.draft", BROKEN)):
            path = bench.folder / name
            path.unlink(missing_ok=True)
            path.symlink_to("victim")
            reply = s.save(text, sha(new))
            assert reply.status == 500, (name, reply.status)
            assert "no regular file" in reply.json()["error"], reply.body
            assert victim.read_text() == "precious" and path.is_symlink()
            assert real.read_text() == new
            path.unlink()


def test_a_full_disk(bench):
    """Where the bytes do not fit: a clear error, the old file whole, nothing left over."""
    case = bench.case()
    old = case.read_text()
    with Server(case, "--edit", file_limit=50000) as s:
        reply = s.save(old + "# " + "x" * 100000 + "\n", sha(old))
        assert reply.status == 500 and "cannot write" in reply.json()["error"], reply.body
        assert case.read_text() == old
        assert not [n for n in beside(bench) if n.endswith(".tmp")]
        assert s.save(old + "# little\n", sha(old)).status == 200


NOBODY = 65534


def as_nobody(bench, case):
    """A server of an ordinary user: of this one, or where it is root of one that owns nothing."""
    if os.geteuid() != 0:
        return Server(case, "--edit")
    for parent in (bench.folder, bench.folder.parent):  # the tests' own
        parent.chmod(0o755)
    for parent in bench.folder.parents:
        if not parent.stat().st_mode & 0o001:
            raise PermissionError(parent)
    return Server(case, "--edit", user=NOBODY)


def test_what_cannot_be_saved_is_not_editable(bench):
    """Told before anything is typed, with the reason; and the file stays as it is."""
    root = os.geteuid() == 0
    ways = [("closed", 0o555, None, "folder of the case file cannot be written")]
    # The sticky bit: in a folder of root's everybody may write, and nobody may rename over root's.
    ways += [("shared", 0o1777, None, "only its owner"),
             ("shared-backup", 0o1777, "~", "only its owner")] if root else []
    if not root:
        bench.say("folders with the sticky bit were not tried: that needs files of another user")
    for name, mode, other, reason in ways:
        folder = bench.folder / name
        folder.mkdir()
        case = bench.case(name=f"{name}/case.yaml")
        old = case.read_text()
        case.chmod(0o666)
        if other is not None:
            backup = folder / f"case.yaml{other}"
            backup.write_text("of another")
            os.chown(case, NOBODY, NOBODY)
        folder.chmod(mode)
        try:
            with as_nobody(bench, case) as s:
                told = s.get("/api/case").json()
                assert told["editable"] is False and reason in told["read_only"], told
                reply = s.save(old + "# 1\n", sha(old))
                assert reply.status == 403 and reason in reply.json()["error"], reply.body
                assert case.read_text() == old
        except PermissionError:
            bench.say("an ordinary user was not tried: it cannot reach the program or the folder")
        finally:
            folder.chmod(0o755)
    if root:
        folder = bench.folder / "own"
        folder.mkdir()
        case = bench.case(name="own/case.yaml")
        old = case.read_text()
        os.chown(case, NOBODY, NOBODY)
        folder.chmod(0o1777)
        try:
            with as_nobody(bench, case) as s:
                assert s.get("/api/case").json()["editable"] is True
                assert s.save(old + "# 1\n", sha(old)).status == 200
                assert case.read_text() == old + "# 1\n"
        except PermissionError:
            pass


def test_checking_as_one_types(bench):
    with Server(bench.case()) as s:
        text = s.get("/api/case").json()["text"]
        fine = s.ask("POST", "/api/check", body={"text": text})
        assert fine.status == 200 and fine.json()["valid"] is True
        bad = s.ask("POST", "/api/check", body={"text": text.replace("by: bo", "by: boo")})
        assert bad.status == 200 and bad.json()["valid"] is False
        fault = bad.json()["findings"][0]
        assert fault["code"] and fault["line"] > 1 and "boo" in fault["message"], fault
        assert s.case.read_text() == text
        assert until(lambda: s.status()["running"] == 0)


def test_texts_of_sources(bench):
    """Beside the case and nowhere else: no other name, no link, nothing replaced unseen."""
    outside = bench.folder / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("precious")
    home = bench.folder / "home"
    home.mkdir()
    case = bench.case(name="home/case.yaml")
    put = lambda s, file, text="Words.\n", known="": s.ask(
        "PUT", "/api/source", {}, {"file": file, "text": text, "hash": known})
    with Server(case) as s:
        assert put(s, "a.txt").status == 403 and s.get("/api/source?file=a.txt").status == 403
    with Server(case, "--edit") as s:
        assert s.get("/api/source?file=a.txt").status == 404
        assert put(s, "a.txt", "Größe \u2028 ok\n").status == 200
        assert (home / "a.txt").read_text() == "Größe \u2028 ok\n"
        told = s.get("/api/source?file=a.txt").json()
        assert told == {"text": "Größe \u2028 ok\n", "hash": sha("Größe \u2028 ok\n")}
        assert put(s, "a.txt").status == 409 and put(s, "a.txt", "x", sha("y")).status == 409
        assert put(s, "a.txt", "New.\n", told["hash"]).status == 200
        assert (home / "a.txt").read_text() == "New.\n"
        (home / "down").mkdir()
        assert put(s, "down/b.txt").status == 200 and (home / "down/b.txt").exists()
        for name in ("", "/etc/passwd", "../outside/secret.txt", "down/../../outside/secret.txt",
                     ".hidden.txt", "down/.x.txt", "a//b.txt", "a.txt/", "a\\b.txt", "a b.txt",
                     "case.yaml", "a.txt\0.yaml", "nowhere/c.txt", "x" * 300 + ".txt"):
            assert put(s, name).status in (400, 403), name
        (home / "link.txt").symlink_to("../outside/secret.txt")
        (home / "out").symlink_to("../outside")
        (home / "folder.txt").mkdir()
        for name in ("link.txt", "out/secret.txt", "out/new.txt", "folder.txt"):
            assert put(s, name, "x", sha("precious")).status == 403, name
            assert s.get(f"/api/source?file={name}").status == 403, name
        assert s.get("/api/source?file=../outside/secret.txt").status == 400
        assert (outside / "secret.txt").read_text() == "precious"
        assert sorted(p.name for p in outside.iterdir()) == ["secret.txt"]
        assert put(s, "big.txt", "x" * ((4 << 20) + 1)).status == 413
        (home / "bytes.txt").write_bytes(b"\xff\xfe")
        assert s.get("/api/source?file=bytes.txt").status == 422
        before = case.read_text()
        assert s.ask("POST", "/api/ask/deals?worlds=50", {}, {"text": before + "# new\n"}).status == 200
        assert s.ask("POST", "/api/ask/deals", {}, {"text": BROKEN}).status == 422
        assert s.ask("POST", "/api/ask/deals", {}, {"txt": ""}).status == 400
        assert s.ask("POST", "/api/ask/nothing", {}, {"text": before}).status == 404
        assert s.ask("POST", "/api/ask/deals", {"X-Entente-Token": None}, {"text": before}).status == 401
        assert case.read_text() == before
