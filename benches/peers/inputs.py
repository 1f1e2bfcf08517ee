"""What every peer starts from: the constants of the scene and of the people, as `peers export` of the engine's bench wrote them."""

import json
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np

UNDECIDED, HELPED, LEFT = 0, 1, 2


class Inputs:
    """A scene and the people in it, everything in single precision but the scalars of the scene."""

    def __init__(self, folder, people):
        scene = json.loads((Path(folder) / "scene.json").read_text())
        columns = np.fromfile(Path(folder) / "people.f32", dtype="<f4").reshape(len(scene["columns"]), scene["people"])
        self.count = min(people, scene["people"])
        self.people = {name: column[: self.count].copy() for name, column in zip(scene["columns"], columns)}
        self.scene = SimpleNamespace(**scene["constants"])
        self.steps, self.step_s = scene["steps"], scene["step_s"]
        self.key, self.counter_2, self.counter_3 = scene["random"]["key"], scene["random"]["counter_2"], scene["random"]["counter_3"]


def measure(prepare, meet):
    """Calls `meet(inputs, prepare(inputs), seed)`, which returns outcome and decision time of each person, and prints the shortest time as JSON.

    Arguments of the program: folder of the inputs, number of people, number of rounds. A first round, which may compile, is not counted.
    """
    inputs = Inputs(sys.argv[1], int(sys.argv[2]))
    prepared = prepare(inputs)
    first = seconds(meet, inputs, prepared, 0)[0]
    times, outcomes = [], None
    for round in range(1, int(sys.argv[3]) + 1):
        took, (outcomes, _) = seconds(meet, inputs, prepared, round)
        times.append(took)
    outcomes = np.asarray(outcomes)
    helped, left = int(np.sum(outcomes == HELPED)), int(np.sum(outcomes == LEFT))
    print(json.dumps({"people": inputs.count, "seconds": min(times), "first_s": first, "helped": helped, "left": left}))


def seconds(meet, inputs, prepared, seed):
    started = time.perf_counter()
    result = meet(inputs, prepared, seed)
    return time.perf_counter() - started, result
