"""Who is let in, and what bad senders can do."""
import json
import re
import socket
import time

from server import Reply, Server, read_reply, until


def test_the_page_and_its_headers(bench):
    with Server(bench.case()) as s:
        page = s.get("/", {"X-Entente-Token": None})
        assert page.status == 200 and page.headers["content-type"].startswith("text/html")
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, policy
        assert "unsafe" not in policy, policy
        assert b"Two rooms" not in page.body, "the page is open to all who can connect"
        assert s.token.encode() not in page.body
        for reply in (page, s.get("/api/case"), s.get("/nowhere"), s.get("/", {"Host": "x"})):
            h = reply.headers
            assert h["x-content-type-options"] == "nosniff" and h["x-frame-options"] == "DENY"
            assert h["referrer-policy"] == "no-referrer" and h["cache-control"] == "no-store"
            assert h["cross-origin-resource-policy"] == "same-origin"
            assert "default-src 'none'" in h["content-security-policy"]
            assert not [name for name in h if name.startswith("access-control")]


def test_only_our_names(bench):
    with Server(bench.case()) as s:
        for host in ("evil.example", f"evil.example:{s.port}", f"127.0.0.1:{s.port + 1}", "127.0.0.1",
                     f"127.0.0.1.evil.example:{s.port}", f"0.0.0.0:{s.port}", "", None):
            for path in ("/", "/api/case"):
                assert s.get(path, {"Host": host}).status in (400, 421), host
        for host in (f"127.0.0.1:{s.port}", f"localhost:{s.port}", f"[::1]:{s.port}"):
            assert s.get("/api/case", {"Host": host}).status == 200, host
        with s.connect() as sock:
            sock.sendall(s.head("GET", "/api/case").replace(
                b"\r\n\r\n", b"\r\nHost: evil.example\r\n\r\n"))
            assert read_reply(sock).status in (400, 421), "two names"


def test_only_our_page(bench):
    with Server(bench.case(), "--edit") as s:
        text = s.get("/api/case").json()
        body = {"text": text["text"], "hash": text["hash"]}
        for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"},
                        {"Origin": f"http://evil.example:{s.port}"},
                        {"Origin": f"https://127.0.0.1:{s.port}"},
                        {"Origin": f"http://127.0.0.1:{s.port + 1}"},
                        {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
            assert s.get("/api/case", headers).status == 403, headers
            assert s.ask("PUT", "/api/case", headers, body).status == 403, headers
        assert s.get("/api/case", {"Origin": f"http://127.0.0.1:{s.port}",
                                   "Sec-Fetch-Site": "same-origin"}).status == 200
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
                     "application/jsonx", None):
            assert s.ask("PUT", "/api/case", {"Content-Type": kind}, body).status == 415, kind


def test_only_with_the_token(bench):
    with Server(bench.case(), "--edit") as s:
        wrong = s.token[:-1] + ("0" if s.token[-1] != "0" else "1")
        for token in (None, "", "x", wrong, s.token[:-1], s.token + "0", s.token.upper() + "A"):
            for method, path in (("GET", "/api/case"), ("GET", "/api/page"), ("GET", "/api/wait"),
                                 ("GET", "/api/status"), ("PUT", "/api/case"), ("GET", "/x")):
                reply = s.ask(method, path, {"X-Entente-Token": token},
                              None if method == "GET" else "{}")
                assert reply.status == 401, (token, path, reply.status)
        with Server(bench.case(name="other.yaml")) as other:
            assert other.token != s.token
            assert other.get("/api/case", {"X-Entente-Token": s.token}).status == 401


def send_endlessly(s, head, most=100 << 20):
    """Send until the other side has enough: the reply and how much was taken."""
    sent = 0
    with s.connect(timeout=10) as sock:
        sock.sendall(head)
        piece = b"x" * 65536
        try:
            while sent < most:
                sent += sock.send(piece)
        except OSError:
            pass
        try:
            return read_reply(sock), sent
        except OSError:
            return Reply(b"reset"), sent


def test_a_body_of_100_MB(bench):
    with Server(bench.case(), "--edit", "--lazy") as s:
        s.get("/api/case")
        before = s.rss()
        huge = {"Content-Length": str(100 << 20)}
        for headers, status in ((huge, 413), ({**huge, "X-Entente-Token": None}, 401),
                                ({"Content-Length": None, "Transfer-Encoding": "chunked"}, 411)):
            # Without sending any of it.
            with s.connect() as sock:
                sock.sendall(s.head("PUT", "/api/case", headers, b""))
                assert read_reply(sock).status == status, headers
            # Sending it regardless: it is not taken.
            reply, sent = send_endlessly(s, s.head("PUT", "/api/case", headers, b""))
            assert reply.status in (status, 0), (headers, reply.status)
            assert sent < 50 << 20, sent
            bench.say(f"{status}: {sent >> 10} KiB went out before the connection closed")
        with s.connect() as sock:  # a length that is none
            sock.sendall(s.head("PUT", "/api/case", {"Content-Length": "-1"}, b""))
            assert read_reply(sock).status in (400, 413, 0)
        after = s.rss()
        if before is not None:
            bench.say(f"resident memory {before} KB before, {after} KB after")
            assert after - before < 16 << 10, (before, after)
        assert s.get("/api/case").status == 200


def test_many_large_bodies(bench):
    """Of many large bodies sent at once only so many are taken; the rest may try again."""
    with Server(bench.case(), "--edit", "--lazy") as s:
        head = s.head("PUT", "/api/case", {"Content-Length": str(19 << 20)}, b"")
        socks = [s.connect() for _ in range(8)]
        refused = 0
        for sock in socks:
            sock.sendall(head)
            sock.settimeout(0.3)
            try:
                refused += read_reply(sock).status == 503
            except TimeoutError:
                pass
        assert refused == 4, refused
        for sock in socks:
            sock.close()
        assert until(lambda: s.save(s.case.read_text() + "#\n", "x").status == 409)


def test_headers_without_end(bench):
    with Server(bench.case()) as s:
        reply, sent = send_endlessly(s, s.head("GET", "/api/case")[:-2] + b"X-Long: ", 10 << 20)
        assert reply.status in (400, 413, 431, 0), reply.status
        assert sent < 8 << 20, sent
        many = {f"X-{i}": "y" * 50 for i in range(2000)}
        assert s.get("/api/case", many).status in (400, 413, 431, 0)
        long = s.get("/api/page?" + "a" * 100000)
        assert long.status in (400, 413, 414, 431, 0), long.status
        assert s.get("/api/page?" + "&".join(["seed=1"] * 200)).status in (400, 413, 414, 431)
        assert s.get("/api/case").status == 200


def test_slow_senders(bench):
    """Drips of a header and of a body are cut by a time limit; meanwhile others are served."""
    with Server(bench.case(), "--edit") as s:
        heads = [s.head("GET", "/api/case")[:-4] + b"\r\nX-Slow: ",
                 s.head("PUT", "/api/case", {"Content-Length": "1000"}, b"")]
        slow = [s.connect() for _ in heads]
        start = time.monotonic()
        for sock, head in zip(slow, heads):
            sock.sendall(head)
            sock.settimeout(0.02)
        closed = {}
        slowest = 0
        while len(closed) < len(slow) and time.monotonic() - start < 25:
            for i, sock in enumerate(slow):
                if i in closed:
                    continue
                try:
                    sock.send(b"x")
                    if sock.recv(1000) == b"":
                        closed[i] = time.monotonic() - start
                except TimeoutError:
                    pass
                except OSError:
                    closed[i] = time.monotonic() - start
            asked = time.monotonic()
            assert s.get("/api/case").status == 200
            slowest = max(slowest, time.monotonic() - asked)
            time.sleep(0.2)
        assert len(closed) == len(slow), "a slow sender was never cut"
        bench.say("cut after " + ", ".join(f"{t:.1f} s" for t in closed.values())
                  + f"; others waited at most {1000 * slowest:.0f} ms")
        assert all(8 <= t <= 20 for t in closed.values()), closed
        for sock in slow:
            sock.close()


test_slow_senders.waits = True


def test_many_idle_connections(bench):
    with Server(bench.case()) as s:
        idle = [s.connect() for _ in range(400)]
        start = time.monotonic()
        for _ in range(5):
            assert s.get("/api/case").status == 200
        bench.say(f"{len(idle)} idle connections; five requests took "
                  f"{1000 * (time.monotonic() - start):.0f} ms")
        assert time.monotonic() - start < 10
        # The oldest made room, the newest are still there.
        idle[0].settimeout(5)
        assert idle[0].recv(1) == b""
        idle[-1].sendall(s.head("GET", "/api/case"))
        assert read_reply(idle[-1]).status == 200
        for sock in idle:
            sock.close()


def test_broken_json(bench):
    with Server(bench.case(), "--edit") as s:
        good = json.dumps({"text": "x", "hash": "y"}).encode()
        for body in (b"", b"{", b"[]", b"null", b"{}", b'{"text": 1, "hash": "x"}', good[:-1],
                     good + b"x", b'{"text": "\\ud800", "hash": "x"}', b"\xff\xfe" + good,
                     b'{"text": "\\u0000", "hash": "x"}', b"[" * 100000, b'{"text": "x"}',
                     b"\0" * 1000):
            for method, path in (("PUT", "/api/case"), ("POST", "/api/check")):
                if path == "/api/check" and body == b'{"text": "x"}':
                    continue
                reply = s.ask(method, path, body=body)
                assert reply.status == 400, (path, body[:40], reply.status)
                assert isinstance(reply.json()["error"], str)
        # Bytes that are no UTF-8 are a fault of the case, told as such.
        reply = s.ask("POST", "/api/check", body=b'{"text": "\xff\xfe", "hash": "x"}')
        assert reply.status in (200, 400), reply.status
        assert s.get("/api/case").json()["text"] == s.case.read_text()


def test_paths_lead_nowhere(bench):
    (bench.folder / "secret").write_text("a secret")
    with Server(bench.case()) as s:
        for path in ("/../secret", "/api/../secret", "/secret", "//", "/./", "/%2e%2e/secret",
                     "/..%2fsecret", "/%252e%252e%252fsecret", "/api/ask/../case", "/api/ask/",
                     "/api/ask/%2e%2e%2fcase", "/api/ask/..%2f..%2fsecret", "/case.yaml",
                     "/api/case/", "/API/case", "/api", "/api/ask/deals/", "/api/ask/deals%00x%2f",
                     "file:///etc/passwd", f"http://evil.example:{s.port}/api/case", "*",
                     "/api/case\\..\\secret", "/" + "a/" * 2000, "/%ff%fe", "/%"):
            reply = s.get(path)
            if path == "/api/ask/deals%00x%2f":  # ends at the NUL, and so is a name we have
                assert reply.status in (200, 400, 404)
                continue
            assert reply.status in (400, 404, 414), (path, reply.status)
            assert b"secret" not in reply.body, path


def test_only_questions_about_one_case(bench):
    """Nothing that reads another path, or loads code, can be asked."""
    with Server(bench.case()) as s:
        for name in ("haggle", "tournament", "convert", "import", "diff", "frontier", "stability", "schema",
                     "new", "explain", "serve", "help", "version", "nothing"):
            reply = s.get(f"/api/ask/{name}?worlds=10")
            assert reply.status == 404, (name, reply.status)
        assert s.get("/api/ask/deals?output=x").status == 400
        assert s.get("/api/ask/deals?nothing=1").status == 400
        assert s.get("/api/ask/deals?account").status == 400
        assert s.get("/api/ask/deals?account=nobody").status == 400
        assert s.get("/api/ask/deals?worlds=many").status == 400
        assert s.get("/api/ask/deals?worlds=100&top=1").status == 200


def test_methods(bench):
    with Server(bench.case(), "--edit") as s:
        page, head = s.get("/"), s.ask("HEAD", "/")
        assert head.status == 200 and head.body == b""
        assert head.headers["content-length"] == str(len(page.body))
        assert s.ask("HEAD", "/api/case").status == 200
        for method in ("OPTIONS", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW"):
            for path in ("/", "/api/case", "/api/page"):
                with s.connect() as sock:
                    sock.sendall(s.head(method, path, {"Origin": "http://evil.example",
                                 "Access-Control-Request-Method": "PUT"}, b""))
                    reply = read_reply(sock)
                assert reply.status in (400, 403, 405, 501, 0), (method, path, reply.status)
                assert not [h for h in reply.headers if h.startswith("access-control")]
        reply = s.ask("DELETE", "/api/case", body="{}")
        assert reply.status == 405 and reply.headers["allow"] == "GET, HEAD, PUT"
        assert s.ask("POST", "/api/page", body="{}").status == 405
        assert s.ask("PUT", "/nowhere", body="{}").status == 404
        for garbage in (b"\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00", b"GET / HTTP/9.9\r\n\r\n",
                        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\0" * 100 + b"\r\n\r\n"):
            with s.connect() as sock:
                sock.sendall(garbage)
                sock.shutdown(socket.SHUT_WR)
                assert read_reply(sock).status in (0, 400, 421, 501, 505), garbage
        assert s.get("/api/case").status == 200


def test_keep_alive(bench):
    with Server(bench.case()) as s:
        with s.connect() as sock:
            for _ in range(50):
                sock.sendall(s.head("GET", "/api/case"))
                reply = read_reply(sock)
                assert reply.status == 200
                assert reply.headers.get("connection", "keep-alive").lower() != "close"
            sock.sendall(s.head("GET", "/api/case", {"Connection": "close"}))
            assert read_reply(sock).status == 200
            assert sock.recv(1) == b""
        with s.connect() as sock:  # two at once
            sock.sendall(s.head("GET", "/api/status") + s.head("GET", "/nowhere"))
            assert read_reply(sock).status == 200


def test_both_loopbacks_and_no_others(bench):
    with Server(bench.case()) as s:
        try:
            with s.connect(socket.AF_INET6) as sock:
                sock.sendall(s.head("GET", "/api/case", {"Host": f"[::1]:{s.port}"}))
                assert read_reply(sock).status == 200
        except OSError:
            bench.say("this machine has no IPv6 loopback")
        try:
            found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        except socket.gaierror:
            found = []  # a machine whose own name nobody knows
        addresses = {a[4][0] for a in found}
        for address in addresses - {"127.0.0.1"}:
            if address.startswith("127."):
                continue
            with socket.socket() as sock:
                sock.settimeout(2)
                assert sock.connect_ex((address, s.port)) != 0, address


def test_a_port_in_use(bench):
    with Server(bench.case()) as s:
        other = Server(bench.case(), "--port", str(s.port), wait=False)
        out, err = other.process.communicate(timeout=20)
        assert other.process.returncode == 2, other.process.returncode
        assert out == "" and f"port {s.port}" in err and "in use" in err, err
        assert s.get("/api/case").status == 200
        for bad in ("0", "65536", "x", "-1", "80x"):
            wrong = Server(bench.case(), "--port", bad, wait=False)
            _, err = wrong.process.communicate(timeout=20)
            assert wrong.process.returncode == 2 and bad in err, (bad, err)


def test_hostile_case_text(bench):
    """Whatever a case says, it stays text: no reply can end a script element or a string."""
    text = (bench.root / "tests/page/hostile.yaml").read_text()
    with Server(bench.case(text)) as s:
        case = s.get("/api/case")
        assert case.json()["text"] == text
        page = s.get("/api/page?worlds=200")
        assert page.status == 200
        for reply in (case, page, s.get("/api/ask/accounts"),
                      s.get("/api/ask/check?"), s.get("/api/ask/deals?worlds=200")):
            assert reply.status == 200, reply.body
            assert reply.headers["content-type"].startswith("application/json")
            json.loads(reply.body)
            assert not re.search(rb"</script|<!--|<script", reply.body), reply.body[:200]
        title = page.json()["case"]["title"]
        assert "</script>" in title and "\u202e" in title and '"quoted"' in title
        nasty = "/api/ask/deals?account=%3C/script%3E%22%27%E2%80%AE%0A%00"
        reply = s.get(nasty)
        assert reply.status == 400
        json.loads(reply.body)
        assert b"<" not in reply.body


def test_ends_when_asked(bench):
    """SIGTERM: idle, in a long poll, in a computation; always exit code 0, soon."""
    hanoi = bench.case((bench.root / "examples/hanoi.yaml").read_text(), "hanoi.yaml")
    for path in (None, "/api/wait?hash={}", "/api/page?worlds=60000"):
        s = Server(hanoi)
        sock = s.connect()
        if path is not None:
            known = s.get("/api/case").json()["hash"]
            sock.sendall(s.head("GET", path.format(known)))
            if "page" in path:
                assert until(lambda: s.status()["running"] == 1), s.status()
            time.sleep(0.2)
        start = time.monotonic()
        assert s.end() == 0, path
        took = time.monotonic() - start
        bench.say(f"{path or 'idle'}: ended in {1000 * took:.0f} ms")
        assert took < 10, took
        if path is not None:
            assert read_reply(sock).status in (0, 200, 503)
        sock.close()
