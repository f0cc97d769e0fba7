"""What can go wrong: exceptions that know the place and what to do about it."""
from __future__ import annotations

import ctypes
from dataclasses import dataclass

from . import _c


@dataclass(frozen=True)
class Diagnostic:
    """One message about one place; `line` and `column` count from 1, `None` is unknown."""

    severity: str  #: "note", "warning" or "error"
    code: str  #: a letter and three digits; `explain(code)` describes it
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    hint: str | None = None
    text: str = ""  #: as people read it, with the line and a caret

    def explain(self) -> str:
        """What the code means, in some sentences."""
        return _c.decode(_c.lib.ent_explain(self.code.encode()))

    def __str__(self) -> str:
        return self.text.rstrip() or self.message


class EntenteError(Exception):
    """A call that failed. `file`, `line`, `column`, `hint` and `code` are of its first error."""

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        first = next((d for d in diagnostics if d.severity == "error"), None)
        self.diagnostics = diagnostics
        self.code = first.code if first else None
        self.file = first.file if first else None
        self.line = first.line if first else None
        self.column = first.column if first else None
        self.hint = first.hint if first else None


class UsageError(EntenteError, ValueError):
    """The question, an option or its value is wrong."""


class InvalidError(EntenteError, ValueError):
    """A case, a scenario or another file is not valid."""


class FileError(EntenteError, OSError):
    """A file cannot be read or written."""

    def __str__(self) -> str:
        return str(self.args[0])


class BusyError(EntenteError, RuntimeError):
    """An engine was asked by one thread while it worked for another, or by a strategy it plays."""


class StrategyError(EntenteError, RuntimeError):
    """A strategy in Python failed; `__cause__` is what it raised."""


class LimitWarning(UserWarning):
    """The answer is partial: a limit was reached."""


class EntenteWarning(UserWarning):
    """What the engine says besides its answer."""


_KINDS = {_c.USAGE: UsageError, _c.INVALID: InvalidError, _c.IO: FileError}


def diagnostics_of(diags: int) -> tuple[Diagnostic, ...]:
    """All that stands in an ent_diags."""
    found = []
    room = ctypes.create_string_buffer(4096)
    for i in range(_c.lib.ent_diags_count(diags)):
        at = _c.lib.ent_diags_get(diags, i)
        d = at.contents
        length = _c.lib.ent_diag_text(at, False, room, len(room))
        if length >= len(room):
            room = ctypes.create_string_buffer(length + 1)
            _c.lib.ent_diag_text(at, False, room, len(room))
        found.append(Diagnostic(
            ("note", "warning", "error")[d.severity], _c.decode(d.code), _c.decode(d.message),
            _c.decode(d.file) if d.file is not None else None, d.line or None, d.column or None,
            _c.decode(d.hint) if d.hint is not None else None, _c.decode(room.value)))
    return tuple(found)


def failure(status: int, diagnostics: tuple[Diagnostic, ...]) -> Exception:
    """The exception for a call that gave no answer."""
    if status == _c.NOMEM:
        return MemoryError("out of memory")
    errors = [str(d) for d in diagnostics if d.severity == "error"]
    words = "\n".join(errors) or _c.decode(_c.lib.ent_status_text(status))
    return _KINDS.get(status, EntenteError)(words, diagnostics)
