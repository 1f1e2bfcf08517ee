"""NumPy as its users would write it: one array per state, one step for everybody at a time, whoever has decided is taken out."""

import numpy as np

from inputs import HELPED, LEFT, measure


def prepare(inputs):
    return {name: column.astype(float) for name, column in inputs.people.items()}


def meet(inputs, people, seed):
    rng = np.random.default_rng(seed)
    s = inputs.scene
    outcome = np.zeros(inputs.count, dtype=np.int8)
    latency = np.full(inputs.count, inputs.steps * inputs.step_s)
    who = np.arange(inputs.count)
    p = people
    a, f, m, r, d, c, g, h, l = np.zeros((9, inputs.count))
    for step in range(inputs.steps):
        n = len(who)
        a1 = a + (p["free_attention"] - a) * s.attention_step
        attending = (a + a1) / 2
        exposed = attending / (1 + p["deployment_gain"] * np.maximum(f - s.bearable_arousal, 0))
        target = p["sharing_gain"] * exposed * p["need_seen"]
        f1 = f + (target - f) * np.where(target < f, p["recovery_step"], s.sharing_step)
        shared = (f + f1) / 2
        m1 = m + (p["understanding_gain"] * attending - m) * s.perspective_step
        understood = (m + m1) / 2
        r1 = r + (p["reappraisal_gain"] * np.maximum(shared - s.bearable_arousal, 0) - r) * s.reappraisal_step
        reappraised = (r + r1) / 2
        d1 = d + (s.distress_kept * shared * p["overlap"] / (1 + reappraised) - d) * s.distress_step
        distressed = (d + d1) / 2
        damped = 1 + reappraised / 2
        crowded = 1 + (distressed * s.per_halving_distress) ** 2
        warmth = p["bottom_up"] * shared + p["top_down"] * attending * p["need_seen"] * damped
        appraised = p["appraisal"] * (s.without_understanding + (1 - s.without_understanding) * understood)
        c1 = c + (appraised * warmth / (damped * crowded) - c) * s.compassion_step
        compassionate = (c + c1) / 2
        g1 = g + (s.perpetrator * np.maximum(distressed - s.mired_distress, 0) - g) * s.anger_step
        indignant = (g + g1) / 2

        self_concern = 1 / (1 + s.compassion_against_self_concern * compassionate)
        help_drift = (
            p["help_drift"] * attending * p["need_seen"] / (attending * p["need_seen"] + s.prompting_need)
            + s.resolve
            * (s.help_from_compassion * compassionate + s.help_from_distress * distressed * self_concern)
            + s.help_from_anger * indignant
        )
        leave_drift = s.leave_from_haste + (s.leave_drift + s.leave_from_distress * distressed) * self_concern
        shocks = s.shock * (2.0 * rng.integers(0, 2, size=(2, n), dtype=np.int8) - 1)
        h1 = np.maximum(h * s.tendency_kept + help_drift * s.tendency_gained + shocks[0], s.floor)
        l1 = np.maximum(l * s.tendency_kept + leave_drift * s.tendency_gained + shocks[1], s.floor)

        crossed = np.maximum(h1, l1) >= s.bound
        if crossed.any():
            share = lambda before, after: np.where(
                after >= s.bound, np.clip((s.bound - before) / np.maximum(after - before, 1e-9), 0, 1), 2.0
            )
            to_help, to_leave = share(h[crossed], h1[crossed]), share(l[crossed], l1[crossed])
            outcome[who[crossed]] = np.where(to_help <= to_leave, HELPED, LEFT)
            latency[who[crossed]] = (step + np.minimum(to_help, to_leave)) * inputs.step_s
            on = ~crossed
            who = who[on]
            p = {name: column[on] for name, column in p.items()}
            a, f, m, r, d, c, g, h, l = (it[on] for it in (a1, f1, m1, r1, d1, c1, g1, h1, l1))
        else:
            a, f, m, r, d, c, g, h, l = a1, f1, m1, r1, d1, c1, g1, h1, l1
    return outcome, latency


if __name__ == "__main__":
    measure(prepare, meet)
