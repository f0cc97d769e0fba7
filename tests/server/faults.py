"""What once went wrong: zero bytes, doubled headers, other encodings, swapped links, late ends."""
import json
import os
import resource
import signal
import subprocess
import time

import server
from files import sha
from server import Server, read_reply, until

WIDE = """entente: 1
title: Prices in single coins
parties: {mill: {name: Mill, reservation: [0, 0.2]}, farm: {name: Farm, reservation: [0, 0.2]}}
issues:
  flour: {by: mill, for: farm, range: {from: 0, to: 700000, step: 1}}
  grain: {by: farm, for: mill, range: {from: 0, to: 700000, step: 1}}
  straw: {by: farm, for: mill, range: {from: 0, to: 700000, step: 1}}
statements:
  - {id: s1, by: mill, reported: a, claims: [{party: mill, accepts: {flour: 3, grain: 9}}]}
  - {id: s2, by: farm, reported: b, claims: [{party: farm, refuses: {flour: 3, straw: 9}}]}
"""


def raw(s, head):
    with s.connect() as sock:
        sock.sendall(head)
        return read_reply(sock)


def test_zero_bytes_in_paths(bench):
    with Server(bench.case()) as s:
        good = s.head("GET", "/api/status")
        assert raw(s, good).status == 200
        for path in (b"/api/status\0x", b"/api/status%00x", b"/api/status?a=1\0", b"\0",
                     b"/api/status?a=%00", b"/api/status\0", b"/api/status\0 HTTP/1.1"):
            assert raw(s, good.replace(b"/api/status", path, 1)).status in (0, 400), path
        assert raw(s, good.replace(b"/api/status", b"/api/status?", 1)).status == 200


def test_doubled_headers(bench):
    with Server(bench.case()) as s:
        good = s.head("GET", "/api/status")
        own = f"http://127.0.0.1:{s.port}"
        for name, first, second in (("Origin", own, "http://evil.example"),
                                    ("Sec-Fetch-Site", "same-origin", "cross-site"),
                                    ("X-Entente-Token", s.token, "0" * 64),
                                    ("sec-fetch-site", "none", "none")):
            lines = f"{name}: {first}\r\n{name.title()}: {second}\r\n\r\n".encode()
            drop = f"X-Entente-Token: {s.token}\r\n".encode() if "Token" in name else b""
            head = good.replace(drop, b"") if drop else good
            assert raw(s, head[:-2] + lines).status == 400, name
        one = good[:-2] + f"Origin: {own}\r\n\r\n".encode()
        assert raw(s, one).status == 200


def test_a_case_that_is_no_utf8(bench):
    case = bench.case()
    old = case.read_bytes() + b"# caf\xe9\n"
    case.write_bytes(old)
    with Server(case, "--edit") as s:
        reply = s.get("/api/case")
        reply.body.decode("utf-8")
        told = reply.json()
        assert told["editable"] is False and "UTF-8" in told["read_only"], told
        assert "caf\ufffd" in told["text"]
        assert s.save(told["text"], told["hash"]).status == 403
        assert case.read_bytes() == old
    odd = bench.folder / os.fsdecode(b"caf\xe9.yaml")
    odd.write_bytes(b"entente: 1\n")
    with Server(odd) as s:
        s.get("/api/case").body.decode("utf-8")
    done = subprocess.run([s.process.args[0], "check", str(odd), "--json"], capture_output=True)
    done.stdout.decode("utf-8")


def test_line_ends_and_marks_stay(bench):
    case = bench.case()
    text = "\ufeff" + case.read_text().replace("\n", "\r\n").rstrip()
    case.write_bytes(text.encode())
    with Server(case, "--edit") as s:
        told = s.get("/api/case").json()
        assert told["text"] == text
        assert s.save(text + " # x", told["hash"]).status == 200
        assert case.read_bytes() == (text + " # x").encode()


def test_a_folder_that_cannot_be_written(bench):
    case = bench.case()
    bench.folder.chmod(0o755)
    if os.geteuid() == 0:  # whom nothing is forbidden
        bench.skip("root may write anywhere")
    bench.folder.chmod(0o555)
    try:
        with Server(case, "--edit") as s:
            told = s.get("/api/case").json()
            assert told["editable"] is False and "folder" in told["read_only"], told
    finally:
        bench.folder.chmod(0o755)


def test_a_swapped_link(bench):
    case = bench.case()
    (bench.folder / "else").mkdir()
    other = bench.folder / "else" / "other.yaml"
    other.write_text(case.read_text() + "# other\n")
    with Server(case, "--edit") as s:
        known = s.get("/api/case").json()["hash"]
        mine = case.read_text()
        case.unlink()
        case.symlink_to(other)
        told = s.get("/api/case").json()
        assert told["text"] == mine and "another file" in told["fault"], told
        assert told["editable"] is False and "another file" in told["read_only"], told
        for hash in (known, sha(other.read_text())):
            assert s.save("x: 1\n", hash).status == 403
        assert other.read_text().endswith("# other\n") and os.listdir(other.parent) == [other.name]
        case.unlink()
        case.write_text(mine)
        assert s.get("/api/case").json()["editable"] is True


def test_two_servers_on_one_file(bench):
    """Each save names what it saw; of two that saw the same, one is told of the conflict."""
    case = bench.case()
    with Server(case, "--edit", "--lazy") as a, Server(case, "--edit", "--lazy") as b:
        kept = []
        for k in range(12):
            known = sha(case.read_text())
            base = case.read_text()
            heads = []
            for s, name in ((a, "a"), (b, "b")):
                text = base + f"# {name}{k}\n"
                body = json.dumps({"text": text, "hash": known}).encode()
                sock = s.connect()
                sock.sendall(s.head("PUT", "/api/case", body=body) + body)
                heads.append((sock, text))
            replies = [(read_reply(sock).status, text) for sock, text in heads]
            for sock, _ in heads:
                sock.close()
            won = [text for status, text in replies if status == 200]
            assert len(won) == 1 and case.read_text() == won[0], replies
            assert sorted(status for status, _ in replies) == [200, 409], replies
            kept += won
        assert len(kept) == 12


def test_a_backup_is_whole_or_absent(bench):
    """Killed in the middle of first saves."""
    case = bench.case("entente: 1\n" + "# words\n" * 200000)
    backup = case.with_name(case.name + "~")
    old = case.read_text()
    for k in range(12):
        case.write_text(old)
        backup.unlink(missing_ok=True)
        s = Server(case, "--edit", "--lazy")
        body = json.dumps({"text": old + "# new\n", "hash": sha(old)}).encode()
        sock = s.connect()
        sock.sendall(s.head("PUT", "/api/case", body=body) + body)
        time.sleep(0.004 * k)
        s.end(signal.SIGKILL)
        sock.close()
        assert not backup.exists() or backup.read_text() == old, backup.stat().st_size
        assert case.read_text() in (old, old + "# new\n")


def test_wide_ranges_end(bench):
    """A lost client stops its computation within 0.3 s, SIGTERM the server within a second."""
    with Server(bench.case(WIDE, "wide.yaml"), "--lazy") as s:
        slowest = 0
        for path in ("/api/page?light", "/api/ask/deals", "/api/ask/report"):
            sock = s.connect()
            sock.sendall(s.head("GET", path))
            assert until(lambda: s.status()["running"] == 1, 10), path
            time.sleep(1)
            assert s.status()["running"] == 1, path
            sock.close()
            start = time.monotonic()
            assert until(lambda: s.status()["running"] == 0, 10, 0.01), path
            slowest = max(slowest, time.monotonic() - start)
        bench.say(f"stopped {1000 * slowest:.0f} ms after the client left")
        sock = s.connect()
        sock.sendall(s.head("GET", "/api/page"))
        assert until(lambda: s.status()["running"] == 1, 10)
        start = time.monotonic()
        assert s.end() == 0
        took = time.monotonic() - start
        bench.say(f"ended in {1000 * took:.0f} ms")
        assert slowest < 2 and took < 2
        sock.close()


def test_threads_that_cannot_be_had(bench):
    """With little room for stacks the command ends with 0 or 4, never with 1: findings."""
    case = bench.root / "examples/labour.yaml"
    with open(server.BINARY, "rb") as f:
        if b"__asan_init" in f.read():
            bench.skip("the sanitizer needs more room than is given")
    for mib in (60, 100, 150):
        def small():
            resource.setrlimit(resource.RLIMIT_AS, (mib << 20, mib << 20))
        done = subprocess.run([server.BINARY, "deals", str(case), "-q", "--threads",
                               "16", "--worlds", "500"], capture_output=True, text=True,
                              preexec_fn=small)
        assert done.returncode in (0, 4), (mib, done.returncode, done.stderr)
        assert done.returncode == 0 or "U106" in done.stderr, done.stderr


def test_a_server_short_of_threads_lives(bench):
    with open(server.BINARY, "rb") as f:
        if b"__asan_init" in f.read():
            bench.skip("the sanitizer needs more room than is given")
    with Server(bench.root / "examples/labour.yaml", "--lazy", "--threads", "16") as s:
        most = 150 << 20
        resource.prlimit(s.process.pid, resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
        for worlds in (200, 300, 400):
            # A connection that finds no thread of its own is shut, with its request read or not.
            try:
                with s.connect() as sock:
                    sock.sendall(s.head("GET", f"/api/ask/deals?worlds={worlds}"))
                    status = read_reply(sock).status
            except ConnectionError:
                status = 0
            assert status in (0, 200, 503), status
            assert s.process.poll() is None, s.process.returncode
        resource.prlimit(s.process.pid, resource.RLIMIT_AS,
                         (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert s.get("/api/ask/deals?worlds=200").status == 200
