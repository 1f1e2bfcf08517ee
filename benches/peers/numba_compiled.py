"""Numba as its users would write it: a compiled loop over people, each followed to the decision; `NUMBA_PARALLEL=1` uses `prange`."""

import os
from collections import namedtuple

import numpy as np
from numba import njit, prange

from inputs import HELPED, LEFT, measure

PARALLEL = os.environ.get("NUMBA_PARALLEL") == "1"


@njit
def share(bound, before, after):
    if after < bound:
        return 2.0
    return min(max((bound - before) / max(after - before, 1e-9), 0.0), 1.0)


@njit(parallel=PARALLEL)
def encounters(s, p, steps, step_s, outcome, latency):
    for i in prange(outcome.size):
        a = f = m = r = d = c = g = h = l = 0.0
        for step in range(steps):
            a1 = a + (p.free_attention[i] - a) * s.attention_step
            attending = (a + a1) / 2
            exposed = attending / (1 + p.deployment_gain[i] * max(f - s.bearable_arousal, 0.0))
            target = p.sharing_gain[i] * exposed * p.need_seen[i]
            f1 = f + (target - f) * (p.recovery_step[i] if target < f else s.sharing_step)
            shared = (f + f1) / 2
            m1 = m + (p.understanding_gain[i] * attending - m) * s.perspective_step
            understood = (m + m1) / 2
            r1 = r + (p.reappraisal_gain[i] * max(shared - s.bearable_arousal, 0.0) - r) * s.reappraisal_step
            reappraised = (r + r1) / 2
            d1 = d + (s.distress_kept * shared * p.overlap[i] / (1 + reappraised) - d) * s.distress_step
            distressed = (d + d1) / 2
            damped = 1 + reappraised / 2
            crowded = 1 + (distressed * s.per_halving_distress) ** 2
            warmth = p.bottom_up[i] * shared + p.top_down[i] * attending * p.need_seen[i] * damped
            appraised = p.appraisal[i] * (s.without_understanding + (1 - s.without_understanding) * understood)
            c1 = c + (appraised * warmth / (damped * crowded) - c) * s.compassion_step
            compassionate = (c + c1) / 2
            g1 = g + (s.perpetrator * max(distressed - s.mired_distress, 0.0) - g) * s.anger_step
            indignant = (g + g1) / 2

            self_concern = 1 / (1 + s.compassion_against_self_concern * compassionate)
            help_drift = (
                p.help_drift[i] * attending * p.need_seen[i] / (attending * p.need_seen[i] + s.prompting_need)
                + s.resolve
                * (s.help_from_compassion * compassionate + s.help_from_distress * distressed * self_concern)
                + s.help_from_anger * indignant
            )
            leave_drift = s.leave_from_haste + (s.leave_drift + s.leave_from_distress * distressed) * self_concern
            help_shock = s.shock if np.random.random() < 0.5 else -s.shock
            leave_shock = s.shock if np.random.random() < 0.5 else -s.shock
            h1 = max(h * s.tendency_kept + help_drift * s.tendency_gained + help_shock, s.floor)
            l1 = max(l * s.tendency_kept + leave_drift * s.tendency_gained + leave_shock, s.floor)

            if h1 >= s.bound or l1 >= s.bound:
                to_help, to_leave = share(s.bound, h, h1), share(s.bound, l, l1)
                outcome[i] = HELPED if to_help <= to_leave else LEFT
                latency[i] = (step + min(to_help, to_leave)) * step_s
                break
            a, f, m, r, d, c, g, h, l = a1, f1, m1, r1, d1, c1, g1, h1, l1


@njit
def reseed(seed):
    np.random.seed(seed)


def prepare(inputs):
    scene = namedtuple("Scene", vars(inputs.scene))(**vars(inputs.scene))
    columns = {name: column.astype(float) for name, column in inputs.people.items()}
    return scene, namedtuple("People", columns)(**columns)


def meet(inputs, prepared, seed):
    reseed(seed)
    outcome = np.zeros(inputs.count, dtype=np.int8)
    latency = np.full(inputs.count, inputs.steps * inputs.step_s)
    encounters(*prepared, inputs.steps, inputs.step_s, outcome, latency)
    return outcome, latency


if __name__ == "__main__":
    measure(prepare, meet)
