"""The examples of docs/API.md, carried out as they stand there.

A fenced block `http` is a request: its line, headers that differ from good ones, an empty line and
a body. In it {hash} and {text} are those of the case now. The fenced block after it states the
status, and for JSON the body: `...` stands for any value, and at the end of an object for more keys.
"""
import json
import re

from server import Server


def fits(wanted, got, where="reply"):
    if wanted == "...":
        return
    assert type(wanted) is type(got), f"{where}: {got!r} instead of {wanted!r}"
    if isinstance(wanted, dict):
        more = wanted.get("...") is not None
        keys = set(wanted) - {"..."}
        assert keys <= set(got) if more else keys == set(got), \
            f"{where}: keys {sorted(got)} instead of {sorted(keys)}"
        for key in keys:
            fits(wanted[key], got[key], f"{where}.{key}")
    elif isinstance(wanted, list):
        if wanted and wanted[-1] == "...":
            assert len(got) >= len(wanted) - 1, where
            wanted = wanted[:-1]
            got = got[:len(wanted)]
        assert len(wanted) == len(got), f"{where}: {len(got)} elements"
        for i, (a, b) in enumerate(zip(wanted, got)):
            fits(a, b, f"{where}[{i}]")
    else:
        assert wanted == got, f"{where}: {got!r} instead of {wanted!r}"


def perform(s, request, state):
    head, _, body = request.partition("\n\n")
    line, *rest = head.strip().split("\n")
    method, path = line.split(" ", 1)
    fill = lambda text: text.replace("{hash}", state["hash"]).replace(
        "{text}", json.dumps(state["text"])[1:-1])
    headers = {}
    for h in rest:
        name, _, value = h.partition(":")
        headers[name.strip()] = value.strip() or None
    if "If-None-Match" in headers:
        headers["If-None-Match"] = s.get(fill(path)).headers["etag"]
    return s.ask(method, fill(path), headers, fill(body).strip() if body.strip() else None)


def test_the_examples_of_the_documentation(bench):
    document = (bench.root / "docs/API.md").read_text()
    pairs = re.findall(r"^```http\n(.*?)^```\n\n```(\w+) (\d+)\n(.*?)^```", document,
                       re.MULTILINE | re.DOTALL)
    assert len(pairs) >= 10, len(pairs)
    assert len(pairs) == len(re.findall(r"^```http", document, re.MULTILINE))
    with Server(bench.case(), "--edit") as s:
        for request, kind, status, wanted in pairs:
            now = s.get("/api/case").json()
            state = {"hash": now["hash"], "text": now["text"]}
            reply = perform(s, request, state)
            where = request.split("\n")[0]
            assert reply.status == int(status), f"{where}: {reply.status} instead of {status}"
            if kind == "json":
                fits(json.loads(wanted), reply.json(), where)
            else:
                for header in wanted.strip().split("\n"):
                    name, _, value = header.partition(":")
                    got = reply.headers.get(name.strip().lower(), "")
                    assert value.strip() in ("...", got), f"{where}: {name}: {got}"
    bench.say(f"{len(pairs)} examples")


def test_the_questions_of_the_documentation(bench):
    """The table of questions names what is served, all of it."""
    document = (bench.root / "docs/API.md").read_text()
    row = re.search(r"^Served: (.*?)\.$", document, re.MULTILINE | re.DOTALL).group(1)
    named = set(re.findall(r"`([a-z]+)`", row))
    with Server(bench.case(), "--lazy") as s:
        for name in sorted(named):
            query = "" if name == "check" else "?worlds=50"
            status = s.get(f"/api/ask/{name}{query}").status
            assert status not in (404, 0), (name, status)
    help_text = (bench.root / "src/api/questions.c").read_text()
    known = set(re.findall(r"&ent_ask_([a-z_]+),", help_text))
    with Server(bench.case(), "--lazy") as s:
        for name in sorted(known - named):
            assert s.get(f"/api/ask/{name}").status == 404, name
