"""JAX on the CPU as its users would write it: `jit`, one step for everybody in a `while_loop` that ends when all have decided."""

import jax
import jax.numpy as jnp
import numpy as np

from inputs import HELPED, LEFT, measure


def share(bound, before, after):
    return jnp.where(after >= bound, jnp.clip((bound - before) / jnp.maximum(after - before, 1e-9), 0, 1), 2.0)


@jax.jit
def encounters(s, p, steps, step_s, key):
    count = p["overlap"].size

    def step(carry):
        number, key, (a, f, m, r, d, c, g, h, l), outcome, latency = carry
        key, draw = jax.random.split(key)
        shocks = s["shock"] * jax.random.rademacher(draw, (2, count), dtype=jnp.float32)
        a1 = a + (p["free_attention"] - a) * s["attention_step"]
        attending = (a + a1) / 2
        exposed = attending / (1 + p["deployment_gain"] * jnp.maximum(f - s["bearable_arousal"], 0))
        target = p["sharing_gain"] * exposed * p["need_seen"]
        f1 = f + (target - f) * jnp.where(target < f, p["recovery_step"], s["sharing_step"])
        shared = (f + f1) / 2
        m1 = m + (p["understanding_gain"] * attending - m) * s["perspective_step"]
        understood = (m + m1) / 2
        r1 = r + (p["reappraisal_gain"] * jnp.maximum(shared - s["bearable_arousal"], 0) - r) * s["reappraisal_step"]
        reappraised = (r + r1) / 2
        d1 = d + (s["distress_kept"] * shared * p["overlap"] / (1 + reappraised) - d) * s["distress_step"]
        distressed = (d + d1) / 2
        damped = 1 + reappraised / 2
        crowded = 1 + (distressed * s["per_halving_distress"]) ** 2
        warmth = p["bottom_up"] * shared + p["top_down"] * attending * p["need_seen"] * damped
        appraised = p["appraisal"] * (s["without_understanding"] + (1 - s["without_understanding"]) * understood)
        c1 = c + (appraised * warmth / (damped * crowded) - c) * s["compassion_step"]
        compassionate = (c + c1) / 2
        g1 = g + (s["perpetrator"] * jnp.maximum(distressed - s["mired_distress"], 0) - g) * s["anger_step"]
        indignant = (g + g1) / 2
        self_concern = 1 / (1 + s["compassion_against_self_concern"] * compassionate)
        help_drift = (
            p["help_drift"] * attending * p["need_seen"] / (attending * p["need_seen"] + s["prompting_need"])
            + s["resolve"]
            * (
                s["help_from_compassion"] * compassionate
                + s["help_from_distress"] * distressed * self_concern
            )
            + s["help_from_anger"] * indignant
        )
        leave_drift = s["leave_from_haste"] + (s["leave_drift"] + s["leave_from_distress"] * distressed) * self_concern
        h1 = jnp.maximum(h * s["tendency_kept"] + help_drift * s["tendency_gained"] + shocks[0], s["floor"])
        l1 = jnp.maximum(l * s["tendency_kept"] + leave_drift * s["tendency_gained"] + shocks[1], s["floor"])

        crossed = (outcome == 0) & (jnp.maximum(h1, l1) >= s["bound"])
        to_help, to_leave = share(s["bound"], h, h1), share(s["bound"], l, l1)
        outcome = jnp.where(crossed, jnp.where(to_help <= to_leave, HELPED, LEFT), outcome)
        latency = jnp.where(crossed, (number + jnp.minimum(to_help, to_leave)) * step_s, latency)
        return number + 1, key, (a1, f1, m1, r1, d1, c1, g1, h1, l1), outcome, latency

    def undecided(carry):
        number, _, _, outcome, _ = carry
        return (number < steps) & jnp.any(outcome == 0)

    zero = jnp.zeros(count, jnp.float32)
    start = (0, key, (zero,) * 9, jnp.zeros(count, jnp.int32), jnp.full(count, steps * step_s, jnp.float32))
    _, _, _, outcome, latency = jax.lax.while_loop(undecided, step, start)
    return outcome, latency


def prepare(inputs):
    scene = {name: jnp.float32(value) for name, value in vars(inputs.scene).items()}
    return scene, {name: jnp.asarray(column) for name, column in inputs.people.items()}


def meet(inputs, prepared, seed):
    result = encounters(*prepared, inputs.steps, jnp.float32(inputs.step_s), jax.random.key(seed))
    return [np.asarray(it) for it in jax.block_until_ready(result)]


if __name__ == "__main__":
    measure(prepare, meet)
