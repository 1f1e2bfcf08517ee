#!/usr/bin/env python3
"""Measures how time grows, writes results.csv and the section below the marker in RESULTS.md, and draws scaling.png and scaling.svg.

    python3 benches/scaling/run.py [LARGEST]

Needs Rust, Python with venv, GNU time. Installs matplotlib under target/scaling.
"""

import csv
import datetime
import math
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "scaling"
PYTHON = WORK / "venv" / "bin" / "python"


def ensure_matplotlib():
    """Starts this program anew in an environment that has matplotlib."""
    if Path(sys.prefix).resolve() == (WORK / "venv").resolve():
        return
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", WORK / "venv"], check=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "matplotlib==3.11.2"], check=True)
    os.execv(PYTHON, [str(PYTHON), __file__, *sys.argv[1:]])


def measure(largest):
    subprocess.run(["cargo", "build", "--release", "--quiet", "--bench", "scaling", "--bin", "simulate"], cwd=ROOT, check=True)
    command = ["cargo", "bench", "--quiet", "--bench", "scaling", "--", str(largest)]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    (HERE / "results.csv").write_text(printed)
    return list(csv.DictReader(printed.splitlines()))


def whole_program(people):
    """The program itself with so many people in each of five conditions: seconds by the clock, of the processor, and MiB."""
    command = [ROOT / "target/release/simulate", ROOT / "scenarios/distress.toml", "--agents", str(people), "--quiet", "--force", "--out", WORK / "output"]
    done = subprocess.run(["/usr/bin/time", "-f", "%e %U %S %M", *map(str, command)], check=True, capture_output=True, text=True)
    clock, user, system, kib = map(float, done.stderr.split()[-4:])
    return clock, user + system, kib / 1024


def points(rows, varied, threads=None, time="processor_s"):
    """Values and times: of the processor, which other programs do not disturb, or by the clock (`seconds`)."""
    return [(float(it["value"]), float(it[time])) for it in rows if it["varied"] == varied and threads in (None, int(it["threads"]))]


def exponent(values):
    """Slope of the straight line through the logarithms."""
    x, y = [math.log(it[0]) for it in values], [math.log(it[1]) for it in values]
    mx, my = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y)) / sum((a - mx) ** 2 for a in x)


def draw(rows):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plot
    import matplotlib.ticker

    plot.rcParams.update({"font.size": 11, "svg.fonttype": "none", "svg.hashsalt": "scaling", "axes.spines.top": False, "axes.spines.right": False})
    figure, (people, window, threads) = plot.subplots(1, 3, figsize=(14, 4.4), layout="constrained")
    most = max(int(it["threads"]) for it in rows if it["varied"] == "people")
    values = points(rows, "people", 1)
    people.loglog(*zip(*values), marker="o", color="#0072b2", label=f"exponent {exponent(values):.2f}")
    people.set(title="Number of people, five conditions, 1 thread", xlabel="people per condition", ylabel="processor seconds")
    people.legend(frameon=False, fontsize=9)
    values = points(rows, "window_s")
    window.loglog(*zip(*values), marker="o", color="#0072b2", label=f"exponent {exponent(values):.2f}")
    window.set(title="Length of the scene, 100,000 people, 1 thread", xlabel="window in seconds", ylabel="processor seconds")
    window.legend(frameon=False, fontsize=9)
    values = points(rows, "threads", time="seconds")
    threads.plot([it[0] for it in values], [values[0][1] / it[1] for it in values], marker="o", color="#0072b2", label="measured")
    threads.plot([1, most], [1, most], linestyle="--", color="#666666", label="as many times faster as threads")
    threads.set(title=f"Threads on {most} cores, 1,000,000 people", xlabel="threads", ylabel="times faster than one thread, by the clock", ylim=(0, None))
    threads.set_xticks([it[0] for it in values])
    threads.legend(frameon=False, fontsize=9)
    window.yaxis.set_minor_formatter(matplotlib.ticker.NullFormatter())
    figure.savefig(HERE / "scaling.png", dpi=130, metadata={"Software": None})
    figure.savefig(HERE / "scaling.svg", metadata={"Date": None})


def write(rows, largest, clock, processor, mib, load):
    marker = "<!-- measured -->"
    notes = HERE / "RESULTS.md"
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    most = max(int(it["threads"]) for it in rows if it["varied"] == "people")
    lines = [
        marker,
        "",
        f"Commit {commit}, {datetime.date.today()}, load {load:.1f} at the start (where it is above 0, times by the clock are too long).",
        "",
        f"`simulate scenarios/distress.toml --agents {largest}`: {clock:.1f} s by the clock, {processor:.1f} s of the processor, {mib:.0f} MiB at most, charts and all.",
        "",
        f"| people per condition | 1 thread, processor s | {most} threads, s by the clock | million people per processor second |",
        "|---:|---:|---:|---:|",
    ]
    for (count, one), (_, clock_s) in zip(points(rows, "people", 1), points(rows, "people", most, "seconds")):
        lines.append(f"| {count:,.0f} | {one:.3f} | {clock_s:.3f} | {5 * count / one / 1e6:.2f} |")
    people, window = points(rows, "people", 1), points(rows, "window_s")
    lines += [
        "",
        f"Exponent in the number of people {exponent(people):.2f} overall and {exponent(people[-3:]):.2f} over the last three; in the length of the scene {exponent(window):.2f}.",
    ]
    notes.write_text(notes.read_text().split(marker)[0].rstrip() + "\n\n" + "\n".join(lines) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    ensure_matplotlib()
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    load = os.getloadavg()[0]
    rows = measure(largest)
    clock, processor, mib = whole_program(largest)
    draw(rows)
    write(rows, largest, clock, processor, mib, load)
