#!/usr/bin/env python3
"""Installs and runs the engine and its peers on the same people in the same scene, and writes RESULTS.md and results.csv beside this file.

    python3 benches/peers/run.py [ROUNDS]

Needs Rust, Python with venv, a C compiler and Linux (`taskset`). Everything is installed under target/peers. Each round runs every peer once, one after
the other, so that a busy minute of the machine hits all of them; the shortest time of each counts.
"""

import csv
import datetime
import json
import math
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "peers"
DATA = WORK / "data"
PYTHON = WORK / "venv" / "bin" / "python"
PEOPLE = 262_144
# A rate that differs by more standard errors than this belongs to another model: one in 1,000 by chance.
STANDARD_ERRORS = 3.29


def run(*command, **more):
    print("+", *command, file=sys.stderr)
    subprocess.run([str(it) for it in command], check=True, **more)


def install():
    """Everything that is needed; how to start each program."""
    if not PYTHON.exists():
        run(sys.executable, "-m", "venv", WORK / "venv")
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", HERE / "requirements.txt")
    build = ["cargo", "build", "--release", "--message-format=json", "--quiet"]
    messages = subprocess.run([*build, "--bench", "peers"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    built = [json.loads(line) for line in messages.splitlines()]
    engine = next(it["executable"] for it in built if it.get("executable") and it["target"]["name"] == "peers")
    run("cargo", "build", "--release", "--quiet", "--manifest-path", HERE / "rust" / "Cargo.toml", "--target-dir", WORK / "rust")
    run(engine, "export", DATA, PEOPLE)
    compiler = shutil.which("gcc") or shutil.which("cc")
    flags = ["-march=native", "-mprefer-vector-width=512", "-fopenmp", "-Wall"]
    if compiler and "avx512f" in Path("/proc/cpuinfo").read_text():
        run(compiler, "-Ofast", *flags, "-o", WORK / "tuned", HERE / "tuned.c")
        run(compiler, "-O3", "-ffp-contract=off", *flags, "-o", WORK / "tuned_exact", HERE / "tuned.c")
    return engine


def peers(engine):
    """Name, column, how much of the model's language, and the command for so many threads and the people it is at its fastest with."""
    scene = json.loads((DATA / "scene.json").read_text())
    random = [*scene["random"]["key"], scene["random"]["counter_2"]]
    constants = [*random, scene["steps"], scene["people"], scene["step_s"], *scene["constants"].values()]
    python = lambda file: (lambda people, threads: [PYTHON, HERE / file, DATA, people, 3])
    rust = lambda kind: (lambda people, threads: [WORK / "rust/release/peers", kind, DATA, people, 3, threads])
    both, one = (1, 2), (1,)
    table = [
        ("compassion", "ours", lambda people, threads: [engine, "measure", people, 3, threads], PEOPLE, both),
        ("Mesa 3", "as written", python("mesa_agents.py"), 4096, one),
        ("NumPy", "as written", python("numpy_vectorised.py"), 16384, one),
        ("Numba", "as written", python("numba_compiled.py"), PEOPLE, both),
        ("JAX", "as written", python("jax_compiled.py"), 16384, both),
        ("Rust, agent objects", "as written", rust("objects"), PEOPLE, both),
        ("Rust, scalar twin", "as written", rust("scalar"), PEOPLE, both),
        ("JAX", "tuned", python("jax_tuned.py"), PEOPLE, both),
        ("Numba", "tuned", python("numba_tuned.py"), PEOPLE, both),
    ]
    if (WORK / "tuned").exists():
        tuned = lambda program: (lambda people, threads: [WORK / program, DATA, people, 3, threads, *constants])
        table.append(("C, AVX-512", "tuned", tuned("tuned"), PEOPLE, both))
        table.append(("C, AVX-512, the engine's operations only", "tuned", tuned("tuned_exact"), PEOPLE, both))
    return table


def measure(command, threads):
    """One run of a program on so many cores: its people, shortest time, helpers and leavers."""
    cores = ["taskset", "-c", "0" if threads == 1 else "0-1"]
    environment = os.environ | {
        "NUMBA_NUM_THREADS": str(threads),
        "NUMBA_PARALLEL": str(int(threads > 1)),
        "OMP_NUM_THREADS": str(threads),
    }
    done = subprocess.run([*cores, *map(str, command)], check=True, capture_output=True, text=True, env=environment, cwd=WORK)
    return json.loads(done.stdout.splitlines()[-1])


def agrees(result, reference):
    """How many standard errors the shares that helped and left lie apart at most."""
    n, m = result["people"], reference["people"]

    def apart(key):
        p = (result[key] + reference[key]) / (n + m)
        return abs(result[key] / n - reference[key] / m) / math.sqrt(p * (1 - p) * (1 / n + 1 / m))

    return max(apart("helped"), apart("left"))


def rounds(engine, count):
    best = {}
    for number in range(count):
        for name, column, command, people, threads in peers(engine):
            for cores in threads:
                result = measure(command(people, cores), cores)
                # On one core the time of the processor counts, which other programs do not disturb; on two the clock.
                result["seconds"] = result["processor_s"] if cores == 1 else result["seconds"]
                key = (name, column, cores)
                print(f"round {number + 1}: {name}, {column}, {cores} cores: {result['people'] / result['seconds']:,.0f} people/s", file=sys.stderr)
                if key not in best or result["seconds"] < best[key]["seconds"]:
                    best[key] = result
                if "around" in result:
                    # The peers begin with people who are ready and end with outcome and time.
                    around = result["around"]["processor_s" if cores == 1 else "seconds"]
                    alone = result | {"seconds": result["seconds"] - around}
                    key = (ALONE, column, cores)
                    if key not in best or alone["seconds"] < best[key]["seconds"]:
                        best[key] = alone
    return best


# The engine without what no peer does: constants of people from their traits, ratings, records.
ALONE = "compassion, the encounter alone"

# How many times faster the engine is to be: peer, column, cores, factor.
AIMS = [
    ("Numba", "as written", 1, 20),
    ("JAX", "as written", 2, 10),
    ("Mesa 3", "as written", 1, 1_000),
    ("Rust, scalar twin", "as written", 1, 5),
    ("JAX", "tuned", 1, 1),
    ("Numba", "tuned", 1, 1),
    ("C, AVX-512", "tuned", 1, 1),
    ("C, AVX-512, the engine's operations only", "tuned", 1, 1),
]


def write(best, count, load):
    reference = json.loads((DATA / "scene.json").read_text())
    rate = lambda key: best[key]["people"] / best[key]["seconds"] if key in best else None
    ours = {cores: rate(("compassion", "ours", cores)) for cores in (1, 2)}
    alone = {cores: rate((ALONE, "ours", cores)) for cores in (1, 2)}
    names = list(dict.fromkeys((name, column) for name, column, _ in best))
    rows, table = [], []
    for name, column in names:
        apart = max(agrees(best[key], reference) for key in best if key[:2] == (name, column))
        same = all(best[key]["people"] == reference["people"] and best[key]["helped"] == reference["helped"] for key in best if key[:2] == (name, column))
        helped = best[(name, column, 1)]["helped"] / best[(name, column, 1)]["people"]
        valid = apart < STANDARD_ERRORS
        cells = []
        for cores in (1, 2):
            own = rate((name, column, cores))
            ratio = ours[cores] / own if own and column != "ours" else None
            rows.append([name, column, cores, own and round(own), ratio and round(ratio, 3), round(helped, 4), round(apart, 2), valid])
            cells += [f"{own:,.0f}" if own else "–", f"{ratio:,.2f}" if ratio and valid else "–"]
        verdict = "the same people" if same else f"yes ({apart:.1f} SE)" if valid else f"**no** ({apart:.1f} SE): does not count"
        table.append(f"| {name} | {column} | {cells[0]} | {cells[1]} | {cells[2]} | {cells[3]} | {100 * helped:.2f} % | {verdict} |")
    with open(HERE / "results.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow("peer column cores people_per_s ours_over_it helped standard_errors_apart agrees".split())
        writer.writerows([row for row in rows if row[3]])
    marker = "<!-- measured -->"
    notes = HERE / "RESULTS.md"
    before = notes.read_text().split(marker)[0] if notes.exists() else "# Peers on the same model\n\n"
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    versions = ", ".join((HERE / "requirements.txt").read_text().split())
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True).stdout.strip()
    gcc = subprocess.run(["gcc", "--version"], capture_output=True, text=True).stdout.split("\n")[0]
    head = [
        marker,
        "",
        f"Commit {commit}, {datetime.date.today()}, {cpu}, {os.cpu_count()} cores; load {load[0]:.1f} at the start, {os.getloadavg()[0]:.1f} at the end; "
        f"shortest of {count} rounds: of the processor's time on one core, by the clock on two, which a loaded machine makes worthless.",
        f"Scene: {reference['scene']}; {reference['steps_taken'] / reference['people']:.1f} steps to a decision on average.",
        f"{rustc}; Python {platform.python_version()}, {versions}; {gcc}.",
        "",
        "People per second to a decision, and how many times faster the engine is.",
        "",
        "| peer | | one core | ours is × | two cores | ours is × | helped | agrees |",
        "|---|---|---:|---:|---:|---:|---:|---|",
    ]
    table += ["", "| aim | wanted × | measured × | | the encounter alone × |", "|---|---:|---:|---|---:|"]
    for name, column, cores, factor in AIMS:
        own = rate((name, column, cores))
        if own:
            ratio = ours[cores] / own
            verdict = "reached" if ratio >= factor else "**missed**"
            table.append(f"| {name}, {column}, {cores} core{'s' if cores > 1 else ''} | {factor:,} | {ratio:,.2f} | {verdict} | {alone[cores] / own:,.2f} |")
    notes.write_text(before.rstrip() + "\n\n" + "\n".join(head + table) + "\n")
    print("\n".join(head[7:] + table))


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    load = os.getloadavg()
    engine = install()
    write(rounds(engine, count), count, load)
