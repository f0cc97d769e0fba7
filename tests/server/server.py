"""A server of `entente serve` under test, and plain sockets to talk to it."""
import json
import os
import re
import resource
import signal
import socket
import subprocess
import time
from pathlib import Path

BINARY = None  # set by the test


class Reply:
    """A reply as it came over the wire."""

    def __init__(self, raw, head_only=False):
        head, _, body = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1]) if lines[0].startswith("HTTP/") else 0
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.headers[name.strip().lower()] = value.strip()
        self.body = b"" if head_only else body

    def json(self):
        return json.loads(self.body)


def read_reply(sock, method="GET"):
    """One reply of a connection that may stay open."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        piece = sock.recv(65536)
        if not piece:
            return Reply(raw or b"closed")
        raw += piece
    head, _, body = raw.partition(b"\r\n\r\n")
    found = re.search(rb"(?i)content-length: (\d+)", head)
    length = 0 if found is None or method == "HEAD" else int(found.group(1))
    while len(body) < length:
        piece = sock.recv(65536)
        if not piece:
            break
        body += piece
    return Reply(head + b"\r\n\r\n" + body)


# A build with AddressSanitizer keeps what was freed for a while: a little is enough here.
ENVIRONMENT = {"ASAN_OPTIONS": "quarantine_size_mb=1:thread_local_quarantine_size_kb=64",
               **os.environ}


class Server:
    def __init__(self, case, *options, file_limit=None, user=None, wait=True):
        """user: the number of an ordinary user, where the tests run as root."""
        def limit():
            if file_limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))
            if user is not None:
                os.setgroups([])
                os.setgid(user)
                os.setuid(user)
        self.case = Path(case)
        self.process = subprocess.Popen([BINARY, "serve", str(case), *options], text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        preexec_fn=limit, env=ENVIRONMENT)
        if wait:
            line = self.process.stdout.readline()
            found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/#token=([0-9a-f]{64})\n", line)
            if not found:
                raise RuntimeError(f"no address: {line!r} {self.process.stderr.read()}")
            self.port, self.token = int(found.group(1)), found.group(2)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def end(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()
        return self.process.returncode

    def connect(self, family=socket.AF_INET, timeout=30):
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.settimeout(timeout)
        sock.connect(("::1" if family == socket.AF_INET6 else "127.0.0.1", self.port))
        return sock

    def head(self, method, path, headers=None, body=None):
        """The bytes of a good request; a header given as None is left out."""
        chosen = {"Host": f"127.0.0.1:{self.port}", "X-Entente-Token": self.token}
        if body is not None:
            chosen["Content-Type"] = "application/json"
            chosen["Content-Length"] = str(len(body))
        chosen.update(headers or {})
        lines = [f"{method} {path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in chosen.items() if value is not None]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def ask(self, method, path, headers=None, body=None):
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        body = body.encode() if isinstance(body, str) else body
        with self.connect() as sock:
            sock.sendall(self.head(method, path, headers, body) + (body or b""))
            return read_reply(sock, method)

    def get(self, path, headers=None):
        return self.ask("GET", path, headers)

    def status(self):
        return self.get("/api/status").json()

    def save(self, text, known):
        return self.ask("PUT", "/api/case", body={"text": text, "hash": known})

    def rss(self):
        """Kilobytes of memory in use; None where the system does not tell."""
        try:
            found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())
        except OSError:
            return None
        return int(found.group(1)) if found else None

    def cpu(self):
        """Seconds of processor time used so far; None where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def until(condition, seconds=10, step=0.05):
    """Wait for something to become true; what it was at last."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value or time.monotonic() > end:
            return value
        time.sleep(step)
