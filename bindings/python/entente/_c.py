"""The C interface of entente.h as ctypes sees it, and the library itself.

Structures say here what the header says there. Those that the library fills begin with their size,
by which `check_size` finds a library that is older than this file.
"""
from __future__ import annotations

import ctypes as c
import os
import sysconfig
from pathlib import Path

size_t, u8, u32, u64, f64 = c.c_size_t, c.c_uint8, c.c_uint32, c.c_uint64, c.c_double
text = c.c_char_p
pointer = c.POINTER

OK, FINDINGS, USAGE, INVALID, LIMIT, IO, NOMEM, CANCELLED = range(8)
NOTE, WARNING, ERROR = range(3)
TEXT, JSON, PLAIN, SVG, TYPED = range(5)
FLAG, COUNT, NUMBER, WORDS = range(4)
REJECT, ACCEPT, WALK_OUT, FAIL = range(4)
WALK_AWAY = 0xFFFFFFFF
FAIL_HERE = 0xFFFFFFFE
NONE = 0xFFFFFFFFFFFFFFFF  # SIZE_MAX and UINT64_MAX


class Diag(c.Structure):
    _fields_ = [("severity", c.c_int), ("code", text), ("file", text), ("line", u32),
                ("column", u32), ("length", u32), ("message", text), ("hint", text),
                ("source", text)]


Tick = c.CFUNCTYPE(c.c_bool, c.c_void_p, text, u64, u64)


class EngineOptions(c.Structure):
    _fields_ = [("size", size_t), ("resize", c.c_void_p), ("memory_user", c.c_void_p),
                ("threads", c.c_int), ("tick", Tick), ("tick_user", c.c_void_p),
                ("crew", c.c_void_p), ("draws", c.c_void_p), ("stopped", c.c_void_p)]


class OptionRow(c.Structure):
    _fields_ = [("name", text), ("value", text), ("kind", c.c_int), ("repeats", c.c_bool),
                ("help", text)]


class QuestionRow(c.Structure):
    _fields_ = [("name", text), ("form", text), ("least", c.c_uint), ("most", c.c_uint),
                ("summary", text), ("help", text), ("options", pointer(OptionRow)),
                ("option_count", size_t), ("has_plain", c.c_bool), ("has_svg", c.c_bool),
                ("has_numbers", c.c_bool), ("shared", c.c_bool), ("served", c.c_bool)]


class Input(c.Structure):
    _fields_ = [("path", text), ("bytes", text), ("length", size_t)]


class Option(c.Structure):
    _fields_ = [("name", text), ("value", text)]


class Offer(c.Structure):
    _fields_ = [("round", u32), ("party", u32), ("entry", u32)]


class Bargaining(c.Structure):
    _fields_ = [("party", u32), ("parties", u32), ("round", u32), ("rounds", u32), ("time", f64),
                ("outcomes", u32), ("utility", pointer(f64)), ("order", pointer(u32)),
                ("reservation", f64), ("offer_count", u32), ("offers", pointer(Offer))]


class Turns(c.Structure):
    _fields_ = [("size", size_t), ("table", Bargaining), ("scenario", text), ("seed", u64),
                ("count", size_t), ("slot", pointer(u32)), ("run", pointer(u64)),
                ("offer", pointer(u32)), ("offer_count", pointer(u32)),
                ("offers", pointer(pointer(Offer))), ("time", pointer(f64)), ("deadline", f64),
                ("seconds", pointer(f64)), ("open", c.c_bool)]


Begin = c.CFUNCTYPE(c.c_bool, c.c_void_p, pointer(Turns), u32)
Respond = c.CFUNCTYPE(c.c_bool, c.c_void_p, pointer(Turns), pointer(u8))
Propose = c.CFUNCTYPE(c.c_bool, c.c_void_p, pointer(Turns), pointer(u32))


class CallerStrategy(c.Structure):
    _fields_ = [("name", text), ("version", text), ("user", c.c_void_p), ("begin", Begin),
                ("respond", Respond), ("propose", Propose)]


class Request(c.Structure):
    _fields_ = [("size", size_t), ("question", text), ("inputs", pointer(Input)),
                ("input_count", size_t), ("options", pointer(Option)), ("option_count", size_t),
                ("format", c.c_int), ("width", c.c_uint), ("color", c.c_bool), ("output", text),
                ("strategies", pointer(CallerStrategy)), ("strategy_count", size_t)]


class IssueRow(c.Structure):
    _fields_ = [("id", text), ("name", text), ("form", c.c_int), ("levels", u64),
                ("part", pointer(text)), ("parts", size_t), ("start", f64), ("step", f64)]


class Deals(c.Structure):
    _fields_ = [("size", size_t), ("account", text), ("zone", f64), ("zone_error", f64),
                ("impossible", c.c_bool), ("worlds", u32), ("parties", size_t),
                ("issues", size_t), ("deals", size_t), ("party", pointer(text)),
                ("issue", pointer(IssueRow)), ("levels", pointer(u64)), ("shares", pointer(f64)),
                ("joint", pointer(f64)), ("verdicts", pointer(u8)), ("frontier", pointer(u8))]


class Frontier(c.Structure):
    _fields_ = [("size", size_t), ("method", text), ("outcomes", text), ("proved", c.c_bool),
                ("parties", size_t), ("issues", size_t), ("points", size_t),
                ("party", pointer(text)), ("issue", pointer(text)), ("values", pointer(f64)),
                ("levels", pointer(u64)), ("reservation", pointer(f64)), ("nash", size_t),
                ("kalai_smorodinsky", size_t), ("egalitarian", size_t), ("utilitarian", size_t),
                ("nash_negmas", size_t), ("kalai_smorodinsky_negmas", size_t)]


class Run(c.Structure):
    _fields_ = [("size", size_t), ("end", text), ("parties", size_t), ("offers", size_t),
                ("round", pointer(u32)), ("proposer", pointer(u32)), ("values", pointer(f64)),
                ("agreed", c.c_bool), ("last_round", u32), ("agreement", pointer(f64)),
                ("outcome", pointer(u32)), ("agreed_on", u32)]


class Space(c.Structure):
    _fields_ = [("size", size_t), ("name", text), ("format", text), ("parties", size_t),
                ("issues", size_t), ("party", pointer(text)), ("issue", pointer(IssueRow)),
                ("outcomes", u32), ("sampled", c.c_bool), ("levels", pointer(u64)),
                ("values", pointer(f64)), ("reservation", pointer(f64)),
                ("discount", pointer(f64))]


class Runs(c.Structure):
    _fields_ = [("size", size_t), ("runs", size_t), ("seats", size_t), ("endings", size_t),
                ("ending", pointer(text)), ("end", pointer(u8)), ("scenario", pointer(u32)),
                ("cell", pointer(u32)), ("round", pointer(u32)), ("offers", pointer(u32)),
                ("outcome", pointer(u64)), ("welfare", pointer(f64)), ("pareto", pointer(f64)),
                ("nash", pointer(f64)), ("kalai", pointer(f64)), ("strategy", pointer(u32)),
                ("utility", pointer(f64)), ("advantage", pointer(f64)),
                ("nash_negmas", pointer(f64)), ("kalai_smorodinsky_negmas", pointer(f64)),
                ("score", pointer(f64))]


class RankRow(c.Structure):
    _fields_ = [("strategy", text), ("scenarios", u32), ("cells", u32), ("advantage", f64),
                ("advantage_error", f64), ("agreed", f64), ("welfare", f64), ("pareto", f64),
                ("nash", f64), ("kalai", f64), ("rounds", f64), ("chance", f64),
                ("over_scenarios", c.c_bool), ("ahead", c.c_bool)]


class Tournament(c.Structure):
    _fields_ = [("size", size_t), ("strategies", size_t), ("scenarios", size_t),
                ("ranks", size_t), ("strategy", pointer(text)), ("scenario", pointer(text)),
                ("parties", pointer(u32)), ("rank", pointer(RankRow)),
                ("nash_negmas", pointer(f64)), ("kalai_smorodinsky_negmas", pointer(f64)),
                ("score_name", text), ("score", pointer(f64)), ("score_error", pointer(f64))]


#: Name, result and arguments of every function that the package calls.
FUNCTIONS: list[tuple[str, object, list[object]]] = [
    ("ent_version", text, []),
    ("ent_status_text", text, [c.c_int]),
    ("ent_explain", text, [text]),
    ("ent_diags_create", c.c_void_p, []),
    ("ent_diags_destroy", None, [c.c_void_p]),
    ("ent_diags_count", size_t, [c.c_void_p]),
    ("ent_diags_get", pointer(Diag), [c.c_void_p, size_t]),
    ("ent_diag_text", size_t, [pointer(Diag), c.c_bool, c.c_void_p, size_t]),
    ("ent_engine_create", c.c_void_p, [pointer(EngineOptions)]),
    ("ent_engine_destroy", None, [c.c_void_p]),
    ("ent_question_at", pointer(QuestionRow), [size_t]),
    ("ent_kind_of", c.c_int, [c.c_void_p, text, c.c_void_p, pointer(c.c_int)]),
    ("ent_ask", c.c_int, [c.c_void_p, pointer(Request), c.c_void_p, pointer(c.c_void_p)]),
    ("ent_reply_text", c.c_void_p, [c.c_void_p, pointer(size_t)]),
    ("ent_reply_destroy", None, [c.c_void_p]),
    ("ent_reply_deals", pointer(Deals), [c.c_void_p, size_t]),
    ("ent_reply_frontier", pointer(Frontier), [c.c_void_p]),
    ("ent_reply_run", pointer(Run), [c.c_void_p]),
    ("ent_reply_space", pointer(Space), [c.c_void_p]),
    ("ent_reply_runs", pointer(Runs), [c.c_void_p]),
    ("ent_reply_tournament", pointer(Tournament), [c.c_void_p]),
]


def _load() -> c.CDLL:
    # A wheel keeps its libraries in a folder beside the package; some systems have two places.
    places = (Path(__file__).parent.parent, Path(sysconfig.get_path("platlib")))
    inside = [p / ".entente.mesonpy.libs" / "libentente-python.so" for p in places]
    found = next((p for p in inside if p.exists()), inside[0])
    library = c.CDLL(os.environ.get("ENTENTE_LIBRARY") or str(found))
    for name, result, arguments in FUNCTIONS:
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    return library


lib = _load()


def check_size(found: c.Structure) -> None:
    """Is the structure that the library filled at least as long as the one that is read here?"""
    if found.size < c.sizeof(found):
        raise ImportError(f"the library of version {decode(lib.ent_version())} is older than the "
                          "package; unset ENTENTE_LIBRARY, or name the library it came with")


def decode(value: bytes | None) -> str:
    return "" if value is None else value.decode("utf-8", "replace")


def names(at, count: int) -> tuple[str, ...]:
    """The texts of an array of `count`."""
    return tuple(decode(at[i]) for i in range(count))
