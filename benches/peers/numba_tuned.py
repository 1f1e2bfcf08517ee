"""Numba tuned as hard as we can: single precision, vector-friendly columns, fast mathematics, the engine's own two-point shocks, people taken out.

The loop over people is a `prange` even on one thread: only there does Numba tell LLVM that arrays do not overlap, without which a loop over two
dozen columns is not turned into vector instructions. Four steps are taken between loading and storing a state; people lie in chunks that stay in the
second-level cache; a chunk is compacted once two fifths of it have decided. `NUMBA_NUM_THREADS` sets the number of threads.
"""

import os

os.environ.setdefault("NUMBA_CPU_FEATURES", "")
import llvmlite.binding as llvm  # noqa: E402

# All the processor's vector instructions at their full width, which LLVM avoids on its own.
llvm.initialize_native_target()
features = llvm.get_host_cpu_features().flatten()
os.environ["NUMBA_CPU_FEATURES"] = features + ",-prefer-256-bit"
os.environ["NUMBA_CPU_NAME"] = llvm.get_host_cpu_name()

import numpy as np  # noqa: E402
from numba import njit, prange  # noqa: E402

from inputs import HELPED, LEFT, UNDECIDED, measure  # noqa: E402

CHUNK = 16384
COMPACT_AT = 0.6
U = np.uint64
F = np.float32

COLUMNS = (
    "free_attention sharing_gain recovery_step understanding_gain overlap deployment_gain reappraisal_gain appraisal bottom_up top_down "
    "help_drift need_seen"
).split()
STATES = 12  # attention, sharing, understanding, reappraisal, distress, compassion, indignation, help, leave, both before, steps taken
FAST = dict(fastmath=True, error_model="numpy", boundscheck=False, inline="always")
ONE, HALF, ZERO, TWO = F(1), F(0.5), F(0), F(2)


@njit(**FAST)
def step(s, p, state, help_up, leave_up):
    a, f, m, r, d, c, g, h, l, hb, lb, taken = state
    a1 = a + (p[0] - a) * s[0]
    attending = (a + a1) * HALF
    target = p[1] * p[11] * attending / (ONE + p[5] * max(f - s[1], ZERO))
    f1 = f + (target - f) * (p[2] if target < f else s[2])
    shared = (f + f1) * HALF
    m1 = m + (p[3] * attending - m) * s[3]
    understood = (m + m1) * HALF
    r1 = r + (p[6] * max(shared - s[1], ZERO) - r) * s[4]
    reappraised = (r + r1) * HALF
    d1 = d + (s[5] * shared * p[4] / (ONE + reappraised) - d) * s[6]
    distressed = (d + d1) * HALF
    damped = ONE + HALF * reappraised
    relative = distressed * s[8]
    warmth = p[8] * shared + p[9] * p[11] * attending * damped
    c1 = c + (p[7] * (s[7] + (ONE - s[7]) * understood) * warmth / (damped * (ONE + relative * relative)) - c) * s[9]
    g1 = g + (s[10] * max(distressed - s[11], ZERO) - g) * s[12]
    warm = (c + c1) * HALF
    help_drift = p[10] + s[23] * (s[13] * warm + s[14] * distressed + s[24] * attending * p[11]) + s[15] * ((g + g1) * HALF)
    leave_drift = s[26] + (s[16] + s[17] * distressed) / (ONE + s[25] * warm)
    h1 = max(h * s[18] + help_drift * s[19] + (s[20] if help_up else -s[20]), s[21])
    l1 = max(l * s[18] + leave_drift * s[19] + (s[20] if leave_up else -s[20]), s[21])
    # As arithmetic: several choices by one condition become a jump, and a loop with jumps is not made of vectors.
    on = ONE if max(h, l) < s[22] else ZERO
    return a1, f1, m1, r1, d1, c1, g1, h + on * (h1 - h), l + on * (l1 - l), hb + on * (h - hb), lb + on * (l - lb), taken + on


@njit(parallel=True, fastmath=True, error_model="numpy", boundscheck=False)
def some_steps(s, count, first, help_bits, leave_bits, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11):
    for i in prange(count):
        p = (c0[i], c1[i], c2[i], c3[i], c4[i], c5[i], c6[i], c7[i], c8[i], c9[i], c10[i], c11[i])
        x = (x0[i], x1[i], x2[i], x3[i], x4[i], x5[i], x6[i], x7[i], x8[i], x9[i], x10[i], x11[i])
        up, away = help_bits[i] >> first, leave_bits[i] >> first
        x = step(s, p, x, (up & np.uint32(1)) == np.uint32(0), (away & np.uint32(1)) == np.uint32(0))
        x = step(s, p, x, (up & np.uint32(2)) == np.uint32(0), (away & np.uint32(2)) == np.uint32(0))
        x = step(s, p, x, (up & np.uint32(4)) == np.uint32(0), (away & np.uint32(4)) == np.uint32(0))
        x = step(s, p, x, (up & np.uint32(8)) == np.uint32(0), (away & np.uint32(8)) == np.uint32(0))
        x0[i], x1[i], x2[i], x3[i], x4[i], x5[i], x6[i], x7[i], x8[i], x9[i], x10[i], x11[i] = x


@njit(parallel=True, error_model="numpy", boundscheck=False)
def philox(agents, help_bits, leave_bits, count, block, process, key0, key1):
    low = U(0xFFFFFFFF)
    for i in prange(count):
        c0, c1, c2, c3 = U(agents[i]), U(block), U(process), U(0)
        k0, k1 = U(key0), U(key1)
        for _ in range(10):
            first, second = c0 * U(0xD2511F53), c2 * U(0xCD9E8D57)
            c0, c1 = (second >> U(32)) ^ c1 ^ k0, second & low
            c2, c3 = (first >> U(32)) ^ c3 ^ k1, first & low
            k0, k1 = (k0 + U(0x9E3779B9)) & low, (k1 + U(0xBB67AE85)) & low
        help_bits[i], leave_bits[i] = np.uint32(c0), np.uint32(c1)


@njit(**FAST)
def share(bound, before, after):
    if after < bound:
        return TWO
    return min(max((bound - before) / max(after - before, F(1e-9)), ZERO), ONE)


@njit(error_model="numpy", boundscheck=False)
def undecided(bound, columns, count, keep):
    """Places of those who have not decided."""
    kept = 0
    for i in range(count):
        keep[kept] = i
        kept += max(columns[19, i], columns[20, i]) < bound
    return kept


@njit(error_model="numpy", boundscheck=False)
def take_down(s, columns, agents, count, step_s, outcome, latency):
    for i in range(count):
        if max(columns[19, i], columns[20, i]) >= s[22]:
            to_help = share(s[22], columns[21, i], columns[19, i])
            to_leave = share(s[22], columns[22, i], columns[20, i])
            outcome[agents[i]] = HELPED if to_help <= to_leave else LEFT
            latency[agents[i]] = (columns[23, i] - ONE + min(to_help, to_leave)) * step_s


@njit(parallel=True, error_model="numpy", boundscheck=False)
def move(columns, keep, kept):
    for column in prange(columns.shape[0]):
        for i in range(kept):
            columns[column, i] = columns[column, keep[i]]


@njit(error_model="numpy", boundscheck=False)
def encounters(s, people, steps, step_s, process, key0, key1, outcome, latency):
    columns = np.empty((24, CHUNK + 16), np.float32)
    words = np.empty((3, CHUNK + 16), np.uint32)
    keep = np.empty(CHUNK + 1, np.int32)
    agents, help_bits, leave_bits = words[0], words[1], words[2]
    for first_person in range(0, outcome.size, CHUNK):
        count = min(CHUNK, outcome.size - first_person)
        columns[:12, :count] = people[:, first_person : first_person + count]
        columns[12:] = ZERO
        for i in range(count):
            agents[i] = first_person + i
        for done in range(0, steps, 4):
            if done % 32 == 0:
                philox(agents, help_bits, leave_bits, count, done // 32, process, key0, key1)
            some_steps(s, count, np.uint32(done % 32), help_bits, leave_bits, columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], columns[6], columns[7], columns[8], columns[9], columns[10], columns[11], columns[12], columns[13], columns[14], columns[15], columns[16], columns[17], columns[18], columns[19], columns[20], columns[21], columns[22], columns[23])
            kept = undecided(s[22], columns, count, keep)
            if kept <= COMPACT_AT * count:
                take_down(s, columns, agents, count, step_s, outcome, latency)
                move(columns, keep, kept)
                move(words, keep, kept)
                count = kept
        take_down(s, columns, agents, count, step_s, outcome, latency)


def prepare(inputs):
    assert inputs.steps % 4 == 0, "this peer takes four steps at a time"
    scene = tuple(np.float32(it) for it in vars(inputs.scene).values())
    return scene, np.stack([inputs.people[name] for name in COLUMNS])


def meet(inputs, prepared, seed):
    outcome = np.full(inputs.count, UNDECIDED, dtype=np.int8)
    latency = np.full(inputs.count, inputs.steps * inputs.step_s, dtype=np.float32)
    encounters(*prepared, inputs.steps, F(inputs.step_s), inputs.counter_2, *inputs.key, outcome, latency)
    return outcome, latency


if __name__ == "__main__":
    measure(prepare, meet)
