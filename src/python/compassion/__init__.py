"""Run the simulator from Python, and get its tables as data frames.

    import compassion

    results = compassion.run("scenarios/distress.toml", agents=2000, sets={"situation.escape": 0.1})
    results.conditions            # a row for each condition
    results.people                # a row for each person and condition
    results.plot("helping_rate")  # shown in a notebook; `.path` is the file

    sweep = compassion.sweep("scenarios/distress.toml", {"situation.escape": "0:1:0.1", "seed": "1..5"})
    sweep.table                   # a row for each point, condition and measure

Data frames are those of pandas where it is installed, else of Polars; `frames="polars"` asks for one of them.
Everything is done by the program `simulate`, which the wheel brings along; the module needs nothing else.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sysconfig
import tempfile
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterable, Mapping, Optional, Sequence, Union

__all__ = ["Picture", "Results", "SimulationError", "program", "run", "sensitivity", "sweep"]

PathLike = Union[str, "os.PathLike[str]"]
Value = Union[bool, int, float, str]
Values = Union[str, Iterable[Union[int, float, str]]]

#: Which program is called, where it is not the one of the wheel.
PROGRAM = "COMPASSION_SIMULATE"


class SimulationError(RuntimeError):
    """The program could not do what it was asked; the message is the program's own, with the next step."""


def program() -> str:
    """The path of `simulate`: what the environment says, else the one beside this Python, else the one on the path."""
    named = os.environ.get(PROGRAM)
    if named:
        return named
    ending = ".exe" if os.name == "nt" else ""
    beside = Path(sysconfig.get_path("scripts")) / f"simulate{ending}"
    found = str(beside) if beside.exists() else shutil.which("simulate")
    if not found:
        raise SimulationError(
            f"there is no program `simulate`; `pip install .` in a clone brings it, and {PROGRAM}=PATH names another one"
        )
    return found


@dataclass(frozen=True)
class Picture:
    """A chart that the program has drawn; a notebook shows it."""

    path: Path

    def _repr_png_(self) -> bytes:
        return self.path.read_bytes()


@dataclass(frozen=True)
class Results:
    """A folder of results; tables are read when they are asked for."""

    folder: Path
    #: What the program said.
    said: str
    frames: Optional[str] = None
    _kept: Any = field(default=None, repr=False, compare=False)

    def frame(self, name: str) -> Any:
        """The table of this file name as a data frame."""
        path = self.folder / name
        if not path.exists():
            tables = ", ".join(sorted(table.name for table in self.folder.glob("*.csv")))
            raise FileNotFoundError(f"there is no `{name}` in {self.folder}; there are {tables}")
        library = _library(self.frames)
        if library == "pandas":
            import pandas

            return pandas.read_csv(path)
        import polars

        return polars.read_csv(path, infer_schema_length=None)

    @property
    def conditions(self) -> Any:
        """A row for each condition: `summary.csv`."""
        return self.frame("summary.csv")

    @property
    def people(self) -> Any:
        """A row for each person, condition and week: `people.csv`."""
        return self.frame("people.csv")

    @property
    def comparison(self) -> Any:
        """The differences between conditions: `comparison.csv`."""
        return self.frame("comparison.csv")

    @property
    def table(self) -> Any:
        """The table of a sweep or of a sensitivity analysis."""
        name = "sweep.csv" if (self.folder / "sweep.csv").exists() else "sensitivity.csv"
        return self.frame(name)

    @property
    def charts(self) -> Sequence[str]:
        """Names of the charts."""
        return sorted(path.stem for path in self.folder.glob("*.png"))

    def plot(self, name: Optional[str] = None) -> Picture:
        """A chart by its name; the first one without a name."""
        charts = self.charts
        wanted = name or next((chart for chart in ("helping_rate", "helped", "sensitivity") if chart in charts), None)
        path = self.folder / f"{wanted}.png"
        if wanted is None or not path.exists():
            raise FileNotFoundError(f"there is no chart `{name}`; there are {', '.join(charts) or 'none'}")
        return Picture(path)


class _Temporary:
    """A folder that is there as long as somebody has results in it."""

    def __init__(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="compassion-"))
        weakref.finalize(self, shutil.rmtree, self.place, ignore_errors=True)


def run(
    file: PathLike,
    *,
    sets: Optional[Mapping[str, Value]] = None,
    seed: Optional[int] = None,
    agents: Optional[int] = None,
    people: Union[int, str] = 10_000,
    parameters: Optional[PathLike] = None,
    out: Optional[PathLike] = None,
    frames: Optional[str] = None,
    arguments: Sequence[str] = (),
) -> Results:
    """Run a scenario file; `sets` changes keys of it, `arguments` are passed on to the program as they are."""
    more = [*_changes(sets, seed, agents, parameters), "--people", str(people), *arguments]
    return _results([os.fspath(file)], more, out, frames)


def sweep(
    file: PathLike,
    vary: Mapping[str, Values],
    *,
    points: Optional[int] = None,
    design: Optional[str] = None,
    measures: Sequence[str] = (),
    sets: Optional[Mapping[str, Value]] = None,
    seed: Optional[int] = None,
    agents: Optional[int] = None,
    parameters: Optional[PathLike] = None,
    charts: str = "all",
    out: Optional[PathLike] = None,
    frames: Optional[str] = None,
    arguments: Sequence[str] = (),
) -> Results:
    """Run a file at many points: `vary` has for each key a list, or a text such as "0:1:0.1" or "0..1" (with `points`)."""
    more = _changes(sets, seed, agents, parameters)
    for key, values in vary.items():
        text = values if isinstance(values, str) else ",".join(_text(value) for value in values)
        more += ["--vary", f"{key}={text}"]
    if points is not None:
        more += ["--points", str(points)]
    if design is not None:
        more += ["--design", design]
    for measure in measures:
        more += ["--measure", measure]
    return _results(["sweep", os.fspath(file)], [*more, "--charts", charts, *arguments], out, frames)


def sensitivity(
    file: PathLike,
    over: Union[str, Sequence[str]],
    *,
    of: Optional[Sequence[str]] = None,
    measure: Optional[str] = None,
    sets: Optional[Mapping[str, Value]] = None,
    seed: Optional[int] = None,
    agents: Optional[int] = None,
    parameters: Optional[PathLike] = None,
    out: Optional[PathLike] = None,
    frames: Optional[str] = None,
    arguments: Sequence[str] = (),
) -> Results:
    """Say which inputs carry the answer of a file: "assumptions", "situation", "traits" or "KEY=low..high"."""
    more = _changes(sets, seed, agents, parameters)
    for inputs in [over] if isinstance(over, str) else over:
        more += ["--over", inputs]
    if of is not None:
        more += ["--of", *of]
    if measure is not None:
        more += ["--measure", measure]
    return _results(["sensitivity", os.fspath(file)], [*more, *arguments], out, frames)


def _changes(
    sets: Optional[Mapping[str, Value]],
    seed: Optional[int],
    agents: Optional[int],
    parameters: Optional[PathLike],
) -> list[str]:
    arguments: list[str] = []
    for key, value in (sets or {}).items():
        arguments += ["--set", f"{key}={_text(value)}"]
    for flag, given in (("--seed", seed), ("--agents", agents)):
        if given is not None:
            arguments += [flag, str(given)]
    if parameters is not None:
        arguments += ["--parameters", os.fspath(parameters)]
    return arguments


def _text(value: Value) -> str:
    """A value as TOML has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _results(command: list[str], arguments: list[str], out: Optional[PathLike], frames: Optional[str]) -> Results:
    kept = _Temporary() if out is None else None
    place = Path(out) if kept is None else kept.place
    whole = [program(), *command, *arguments, "--out", str(place)]
    done = subprocess.run(whole, capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL)
    if done.returncode not in (0, 1):
        raise SimulationError(done.stderr.strip())
    return Results(_written(place, command, done.stdout), done.stdout, frames, kept)


def _written(place: Path, command: list[str], said: str) -> Path:
    """The folder that the program says it has written, or the newest one with a provenance."""
    above = place if len(command) == 1 else place / command[0]
    written = sorted(above.glob("*/provenance.json"), key=lambda path: path.stat().st_mtime)
    if not written:
        raise SimulationError(f"the program has written nothing into {above}:\n{said}")
    return written[-1].parent


def _library(wanted: Optional[str]) -> str:
    if wanted in ("pandas", "polars"):
        return wanted
    if wanted is not None:
        raise ValueError(f"`{wanted}` is neither `pandas` nor `polars`")
    for library in ("pandas", "polars"):
        if importlib.util.find_spec(library) is not None:
            return library
    raise ImportError("data frames need pandas or Polars: `pip install pandas`, or `pip install polars`")
