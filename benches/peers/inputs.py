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
    """Calls `meet(inputs, prepare(inputs), seed)`, which returns outcome and decision time of each person, and prints the shortest times as JSON:
    by the clock, and of the processor, which other programs do not disturb.

    Arguments of the program: folder of the inputs, number of people, number of rounds. A first round, which may compile, is not counted.
    """
    inputs = Inputs(sys.argv[1], int(sys.argv[2]))
    prepared = prepare(inputs)
    meet(inputs, prepared, 0)
    times, processor, outcomes = [], [], None
    for round in range(1, int(sys.argv[3]) + 1):
        started, worked = time.perf_counter(), time.process_time()
        outcomes, _ = meet(inputs, prepared, round)
        times.append(time.perf_counter() - started)
        processor.append(time.process_time() - worked)
    outcomes = np.asarray(outcomes)
    helped, left = int(np.sum(outcomes == HELPED)), int(np.sum(outcomes == LEFT))
    result = {"people": inputs.count, "seconds": min(times), "processor_s": min(processor), "helped": helped, "left": left}
    print(json.dumps(result))
