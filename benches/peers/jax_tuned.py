"""JAX on the CPU tuned as hard as we can: single precision, the engine's own two-point shocks, chunks that stay in the cache, people taken out.

One compiled kernel takes `STEPS` steps at once; between kernels a chunk is moved into the next smaller of a few sizes, each compiled once.
"""

import os

os.environ["XLA_FLAGS"] = os.environ.get("XLA_FLAGS", "") + " --xla_cpu_prefer_vector_width=512"
os.environ["JAX_ENABLE_X64"] = "1"

from functools import partial  # noqa: E402

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402

from inputs import HELPED, LEFT, UNDECIDED, measure  # noqa: E402

CHUNK, SIZES, STEPS = 65536, 16, 8
F = jnp.float32
COLUMNS = (
    "free_attention sharing_gain recovery_step understanding_gain overlap deployment_gain reappraisal_gain appraisal bottom_up top_down "
    "help_drift need_seen"
).split()


def step(s, p, state, help_bits, leave_bits, place):
    a, f, m, r, d, c, g, h, l, hb, lb, taken = state
    a1 = a + (p[0] - a) * s[0]
    attending = (a + a1) * F(0.5)
    target = p[1] * p[11] * attending / (F(1) + p[5] * jnp.maximum(f - s[1], F(0)))
    f1 = f + (target - f) * jnp.where(target < f, p[2], s[2])
    shared = (f + f1) * F(0.5)
    m1 = m + (p[3] * attending - m) * s[3]
    understood = (m + m1) * F(0.5)
    r1 = r + (p[6] * jnp.maximum(shared - s[1], F(0)) - r) * s[4]
    reappraised = (r + r1) * F(0.5)
    d1 = d + (s[5] * shared * p[4] / (F(1) + reappraised) - d) * s[6]
    distressed = (d + d1) * F(0.5)
    damped = F(1) + F(0.5) * reappraised
    relative = distressed * s[8]
    warmth = p[8] * shared + p[9] * p[11] * attending * damped
    c1 = c + (p[7] * (s[7] + (F(1) - s[7]) * understood) * warmth / (damped * (F(1) + relative * relative)) - c) * s[9]
    g1 = g + (s[10] * jnp.maximum(distressed - s[11], F(0)) - g) * s[12]
    warm = (c + c1) * F(0.5)
    help_drift = p[10] + s[23] * (s[13] * warm + s[14] * distressed + s[24] * attending * p[11]) + s[15] * ((g + g1) * F(0.5))
    leave_drift = s[26] + (s[16] + s[17] * distressed) / (F(1) + s[25] * warm)
    bit = jnp.uint32(1) << place
    h1 = jnp.maximum(h * s[18] + help_drift * s[19] + jnp.where(help_bits & bit, -s[20], s[20]), s[21])
    l1 = jnp.maximum(l * s[18] + leave_drift * s[19] + jnp.where(leave_bits & bit, -s[20], s[20]), s[21])
    on = jnp.maximum(h, l) < s[22]
    keep = lambda new, old: jnp.where(on, new, old)
    return a1, f1, m1, r1, d1, c1, g1, keep(h1, h), keep(l1, l), keep(h, hb), keep(l, lb), taken + on.astype(F)


@partial(jax.jit, donate_argnums=(2,))
def some_steps(s, p, state, help_bits, leave_bits, first):
    for i in range(STEPS):
        state = step(s, p, state, help_bits, leave_bits, first + jnp.uint32(i))
    return state, jnp.sum(jnp.maximum(state[7], state[8]) < s[22])


@jax.jit
def philox(agents, block, process, key):
    low, u = jnp.uint64(0xFFFFFFFF), jnp.uint64
    c0, c1, c2, c3 = agents.astype(u), block, process, u(0)
    k0, k1 = key
    for _ in range(10):
        first, second = c0 * u(0xD2511F53), c2 * u(0xCD9E8D57)
        c0, c1, c2, c3 = (second >> u(32)) ^ c1 ^ k0, second & low, (first >> u(32)) ^ c3 ^ k1, first & low
        k0, k1 = (k0 + u(0x9E3779B9)) & low, (k1 + u(0xBB67AE85)) & low
    return c0.astype(jnp.uint32), c1.astype(jnp.uint32)


@jax.jit
def ending(bound, agents, state, step_s):
    def share(before, after):
        crossed = jnp.clip((bound - before) / jnp.maximum(after - before, F(1e-9)), F(0), F(1))
        return jnp.where(after >= bound, crossed, F(2))

    to_help, to_leave = share(state[9], state[7]), share(state[10], state[8])
    outcome = jnp.where(jnp.minimum(to_help, to_leave) > 1, UNDECIDED, jnp.where(to_help <= to_leave, HELPED, LEFT))
    return outcome.astype(jnp.int8), (state[11] - 1 + jnp.minimum(to_help, to_leave)) * step_s


@partial(jax.jit, static_argnums=0)
def compact(size, bound, agents, p, state, bits):
    on = jnp.maximum(state[7], state[8]) < bound
    # Room that is left is filled with somebody who has decided and stands still.
    places = jnp.nonzero(on, size=size, fill_value=jnp.argmin(on))[0].astype(jnp.int32)
    return tuple(jax.tree.map(lambda it: it[places], x) for x in (agents, p, state, bits))


def prepare(inputs):
    assert inputs.steps % STEPS == 0 and 32 % STEPS == 0, "this peer takes steps in groups"
    scene = tuple(F(it) for it in vars(inputs.scene).values())
    return scene, tuple(inputs.people[name] for name in COLUMNS)


def meet(inputs, prepared, seed):
    s, people = prepared
    outcome = np.zeros(inputs.count, np.int8)
    latency = np.full(inputs.count, inputs.steps * inputs.step_s, np.float32)
    process, key = jnp.uint64(inputs.counter_2), tuple(jnp.uint64(it) for it in inputs.key)
    step_s = F(inputs.step_s)

    def take_down(agents, state):
        numbers = np.asarray(agents)
        outcomes, latencies = (np.asarray(it) for it in ending(s[22], agents, state, step_s))
        decided = outcomes != UNDECIDED
        outcome[numbers[decided]], latency[numbers[decided]] = outcomes[decided], latencies[decided]

    for first in range(0, inputs.count, CHUNK):
        size = min(CHUNK, inputs.count - first)
        grain = max(size // SIZES, 1)
        agents = jnp.arange(first, first + size, dtype=jnp.uint32)
        p = tuple(jnp.asarray(it[first : first + size]) for it in people)
        state = tuple(jnp.zeros(size, F) for _ in range(12))
        bits = None
        for done in range(0, inputs.steps, STEPS):
            if done % 32 == 0:
                bits = philox(agents, jnp.uint64(done // 32), process, key)
            state, left = some_steps(s, p, state, *bits, jnp.uint32(done % 32))
            wanted = -(-int(left) // grain) * grain
            if wanted <= 0.75 * len(agents):
                take_down(agents, state)
                if wanted == 0:
                    break
                agents, p, state, bits = compact(wanted, s[22], agents, p, state, bits)
        else:
            take_down(agents, state)
    return outcome, latency


if __name__ == "__main__":
    measure(prepare, meet)
