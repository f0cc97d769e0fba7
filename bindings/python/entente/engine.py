"""Engines, and questions put to them."""
from __future__ import annotations

import ctypes as c
import json
import os
import signal
import threading
import warnings
import weakref
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Union

from . import _c, results
from .errors import (BusyError, EntenteError, EntenteWarning, LimitWarning, UsageError,
                     diagnostics_of, failure)
from .players import Player, Strategy, seat

Path = Union[str, "os.PathLike[str]"]
#: A path, or a name with the text that stands for the file.
Source = Union[Path, "tuple[str, str | bytes]"]
#: Told what is being done, how far it is, and of how much (0: unknown); True stops.
Progress = Callable[[str, int, int], "bool | None"]

_FORMATS = {"text": _c.TEXT, "json": _c.JSON, "plain": _c.PLAIN, "svg": _c.SVG}
_BRIEFS = ("markdown", "html")


class Interrupts:
    """Ctrl-C while the library works: a flag that it reads, and KeyboardInterrupt afterwards.

    Python runs handlers of signals when it is its turn, which is in the library's callbacks. An
    exception out of a callback is lost; so the handler notes the signal, and raises at once only
    where a strategy of the user's is running, whose exceptions are kept.
    """

    def __init__(self) -> None:
        self.happened = False
        self.in_strategy = False
        self._before: Any = None

    def _note(self, number: int, frame: object) -> None:
        self.happened = True
        if self.in_strategy:
            raise KeyboardInterrupt

    def __enter__(self) -> Interrupts:
        main = threading.current_thread() is threading.main_thread()
        if main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
            self._before = None


def _options(given: dict[str, Any]) -> list[tuple[bytes, bytes | None]]:
    """Keywords as options: `as_of="2019-01-01"` is --as-of 2019-01-01, a list repeats."""
    made: list[tuple[bytes, bytes | None]] = []
    for key, value in given.items():
        name = key.strip("_").replace("_", "-").encode()
        if value is None or value is False:
            continue
        many = value if isinstance(value, (list, tuple)) else [value]
        made += [(name, None if one is True else str(one).encode()) for one in many]
    return made


def _inputs(sources: Sequence[Source]) -> Any:
    made = (_c.Input * max(1, len(sources)))()
    for at, source in zip(made, sources):
        if isinstance(source, tuple):
            name, content = source
            data = content.encode() if isinstance(content, str) else bytes(content)
            at.path, at.bytes, at.length = name.encode(), data, len(data)
        else:
            at.path = os.fsencode(source)
    return made


class Engine:
    """A computation's means: threads, and somebody to tell how far it is.

    An engine serves one call at a time; another one meanwhile is a `BusyError`. `ask` of the module
    has one for each thread.

    >>> engine = Engine(threads=1)
    >>> engine.ask("frontier", SCENARIO).method
    'merge'
    """

    def __init__(self, threads: int = 0, progress: Progress | None = None) -> None:
        self.progress = progress
        self._lock = threading.Lock()
        self._interrupts = Interrupts()
        self._raised: BaseException | None = None
        self._tick = _c.Tick(self._told)  # as long as the engine
        options = _c.EngineOptions(size=c.sizeof(_c.EngineOptions), threads=threads,
                                   tick=self._tick)
        handle = _c.lib.ent_engine_create(c.byref(options))
        if not handle:
            raise MemoryError("out of memory")
        self._handle = handle
        self._finalizer = weakref.finalize(self, _c.lib.ent_engine_destroy, handle)

    def _told(self, _user: object, what: bytes, done: int, total: int) -> bool:
        try:
            if self.progress is not None and not self._interrupts.happened:
                self._interrupts.in_strategy = True
                try:
                    return bool(self.progress(what.decode(), done, total))
                finally:
                    self._interrupts.in_strategy = False
        except BaseException as fault:
            self._raised = fault
            return True
        return self._interrupts.happened

    def kind(self, path: Path) -> str:
        """What questions take the path for: "case" or "scenario"."""
        kind = c.c_int()
        diags = _c.lib.ent_diags_create()
        try:
            with self._alone():
                status = _c.lib.ent_kind_of(self._handle, os.fsencode(path), diags,
                                            c.byref(kind))
            if status != _c.OK:
                raise failure(status, diagnostics_of(diags))
        finally:
            _c.lib.ent_diags_destroy(diags)
        return ("case", "scenario")[kind.value]

    def _alone(self) -> _Alone:
        return _Alone(self._lock)

    def ask(self, question: str, *sources: Source, format: str | None = None,
            players: Iterable[Strategy] = (), **options: Any) -> Any:
        """Ask a question about cases or scenarios; see `entente.ask`."""
        seats = [seat(s) for s in players]
        if question == "report" and format in _BRIEFS:  # forms of the report's own option
            options, format = {**options, "format": format}, "text"
        if format is not None and format not in _FORMATS:
            raise UsageError(f"format is one of {', '.join(_FORMATS)}, not {format!r}")
        typed = format is None and self._has_numbers(question, sources)
        how = _FORMATS[format] if format else _c.TYPED if typed else _c.JSON
        reply = self._call(question, sources, how, seats, options)
        if format is not None:
            return reply.text()
        return _typed(question, reply, options) if typed else json.loads(reply.text())

    def _has_numbers(self, question: str, sources: Sequence[Source]) -> bool:
        if question == "frontier" or question == "deals" or question == "tournament":
            return True
        if question != "haggle" or not sources or isinstance(sources[0], tuple):
            return False
        return self.kind(sources[0]) == "scenario"

    def _call(self, question: str, sources: Sequence[Source], how: int, players: list[Player],
              options: dict[str, Any]) -> results.Reply:
        if not sources and question not in ("explain", "schema", "new"):
            raise UsageError(f"{question} of what? Give a path")
        inputs = _inputs(sources)
        given = _options(options)
        rows = (_c.Option * max(1, len(given)))(*(_c.Option(n, v) for n, v in given))
        seats = (_c.CallerStrategy * max(1, len(players)))(*(p.record for p in players))
        request = _c.Request(
            size=c.sizeof(_c.Request), question=question.encode(), inputs=inputs,
            input_count=len(sources), options=rows, option_count=len(given), format=how,
            strategies=seats, strategy_count=len(players))
        handle = c.c_void_p()
        diags = _c.lib.ent_diags_create()
        try:
            with self._alone():
                status = self._ask_library(request, diags, handle, players)
            reply = results.Reply(handle.value) if handle.value else None
            self._raise_what_happened(players)
            return _answered(status, reply, diags)
        finally:
            _c.lib.ent_diags_destroy(diags)

    def _ask_library(self, request: _c.Request, diags: int, handle: c.c_void_p,
                     players: list[Player]) -> int:
        self._raised = None
        self._interrupts = Interrupts()
        for player in players:
            player.interrupts = self._interrupts
        with self._interrupts:
            return _c.lib.ent_ask(self._handle, c.byref(request), diags, c.byref(handle))

    def _raise_what_happened(self, players: list[Player]) -> None:
        raised = [self._raised] + [p.take_fault() for p in players]
        self._raised = None
        for fault in raised:
            if fault is not None:
                raise fault
        if self._interrupts.happened:
            raise KeyboardInterrupt


class _Alone:
    """The engine for this call; `BusyError` where another has it."""

    def __init__(self, lock: threading.Lock) -> None:
        self.lock = lock

    def __enter__(self) -> None:
        if not self.lock.acquire(blocking=False):
            raise BusyError("the engine is at work for another thread, or for the strategy that "
                            "asks: make an Engine for each")

    def __exit__(self, *_: object) -> None:
        self.lock.release()


def _answered(status: int, reply: results.Reply | None, diags: int) -> results.Reply:
    found = diagnostics_of(diags)
    if reply is None or status in (_c.USAGE, _c.INVALID, _c.IO, _c.NOMEM):
        raise failure(status, found)
    if status == _c.CANCELLED:
        raise EntenteError("stopped", found)
    for d in found:
        if d.severity == "warning":
            warnings.warn(str(d), EntenteWarning, stacklevel=5)
    if status == _c.LIMIT:
        warnings.warn("the answer is partial: a limit was reached", LimitWarning, stacklevel=5)
    return reply


def _typed(question: str, reply: results.Reply, options: dict[str, Any]) -> Any:
    lib = _c.lib
    if question == "deals":
        found = []
        while at := lib.ent_reply_deals(reply.handle, len(found)):
            found.append(results.Deals._of(at.contents, reply))
        return tuple(found)
    if question == "frontier":
        at = lib.ent_reply_frontier(reply.handle)
        if not at:
            raise EntenteError("this method gives no frontier: ask with format='json'")
        return results.Frontier._of(at.contents, reply)
    if question == "tournament":
        return results.Tournament._of(lib.ent_reply_tournament(reply.handle).contents,
                                      lib.ent_reply_runs(reply.handle).contents, reply)
    runs = lib.ent_reply_runs(reply.handle)
    if runs:
        return results.Runs._of(runs.contents, reply)
    return results.Negotiation._of(lib.ent_reply_run(reply.handle).contents, reply)


_local = threading.local()


def engine() -> Engine:
    """This thread's own engine."""
    if not hasattr(_local, "engine"):
        _local.engine = Engine()
    return _local.engine


def ask(question: str, *sources: Source, format: str | None = None,
        players: Iterable[Strategy] = (), progress: Progress | None = None,
        **options: Any) -> Any:
    """Ask a question, as `entente QUESTION SOURCES --OPTION VALUE` does.

    Options are keywords with `_` for `-`; a list repeats one, True is a flag. `deals` gives a tuple
    of `Deals`, `frontier` a `Frontier`, `haggle` on a scenario a `Negotiation` or, with `runs`,
    `Runs`, `tournament` a `Tournament`. All else gives the JSON document of docs/JSON.md as a dict.
    Strategies in Python that options name are given as `players`.
    With `format` ("text", "json", "plain", "svg"; of a report "markdown" and "html" too) the answer
    is text.

    >>> account = ask("deals", CASE, worlds=500, top=3)[0]
    >>> account.shares.shape == (len(account.joint), len(account.parties))
    True
    >>> ask("check", CASE)["valid"]
    True
    >>> ask("deals", CASE, wolrds=500)
    Traceback (most recent call last):
    ...
    entente.errors.UsageError: error[U102]: `entente deals` has no option `--wolrds`
      = did you mean `--worlds`?
    """
    own = engine()
    if own._lock.locked():  # asked from within a callback
        own = Engine()
    before, own.progress = own.progress, progress
    try:
        return own.ask(question, *sources, format=format, players=players, **options)
    finally:
        own.progress = before
