// The strongest peer: the same encounter in C, for this processor alone. AVX-512 registers, single precision, fused multiply-add and
// approximate arithmetic wherever the compiler likes (-Ofast -march=native), people taken out as soon as they have decided.
// It draws the very bits that the engine draws (Philox4x32-10, one block of 32 steps at a time), so that it may be compared person by person.
//
// tuned FOLDER PEOPLE ROUNDS THREADS SEED_LOW SEED_HIGH PROCESS STEPS STEP_S CONSTANT...   (constants in the order of `struct scene`)
// prints people, shortest time by the clock and of the processor, helped, left, and writes FOLDER/tuned.i8 (0 undecided, 1 helped, 2 left).

#include <immintrin.h>
#include <omp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef BLOCK
#define BLOCK 256 // people who are worked on together: their states stay in the first-level cache
#endif
#ifndef GROUP
#define GROUP 8 // steps between two looks for people who have decided
#endif
#ifndef PACKS
#define PACKS 1 // registers of people that are stepped in turn, to hide how long a division takes
#endif
#define WIDTH 16
#define BLOCK_STEPS 32

typedef __m512 v;
typedef __m512i vi;

struct scene {
    float attention_step, bearable_arousal, sharing_step, perspective_step, reappraisal_step, distress_kept, distress_step,
        without_understanding, per_halving_distress, compassion_step, perpetrator, mired_distress, anger_step, help_from_compassion,
        help_from_distress, help_from_anger, leave_drift, leave_from_distress, tendency_kept, tendency_gained, shock, floor, bound,
        resolve, prompting_need, compassion_against_self_concern, leave_from_haste;
};

enum { FREE_ATTENTION, SHARING_GAIN, RECOVERY_STEP, UNDERSTANDING_GAIN, OVERLAP, DEPLOYMENT_GAIN, REAPPRAISAL_GAIN, APPRAISAL, BOTTOM_UP,
       TOP_DOWN, HELP_DRIFT, NEED_SEEN, COLUMNS };
enum { ATTENTION, SHARING, UNDERSTANDING, REAPPRAISAL, DISTRESS, COMPASSION, INDIGNATION, HELP, LEAVE, HELP_BEFORE, LEAVE_BEFORE, TAKEN, STATES };

// Columns are one register longer than a block, or all of them would fall on the same lines of the cache.
#define ROOM (BLOCK + WIDTH)
struct block {
    float person[COLUMNS][ROOM];
    float state[STATES][ROOM];
    uint32_t bits[2][ROOM];
    uint32_t agent[ROOM];
} __attribute__((aligned(64)));

static inline v all(float x) { return _mm512_set1_ps(x); }

static inline void multiply_wide(vi x, uint32_t by, vi *high, vi *low) {
    vi factor = _mm512_set1_epi32((int)by);
    vi even = _mm512_mul_epu32(x, factor), odd = _mm512_mul_epu32(_mm512_srli_epi64(x, 32), factor);
    *high = _mm512_mask_mov_epi32(_mm512_srli_epi64(even, 32), 0xaaaa, odd);
    *low = _mm512_mask_mov_epi32(even, 0xaaaa, _mm512_slli_epi64(odd, 32));
}

static inline void philox(vi agent, uint32_t step, uint32_t process, uint32_t k0, uint32_t k1, vi *help, vi *leave) {
    vi c0 = agent, c1 = _mm512_set1_epi32((int)step), c2 = _mm512_set1_epi32((int)process), c3 = _mm512_setzero_si512();
    for (int round = 0; round < 10; round++) {
        vi high0, low0, high1, low1;
        multiply_wide(c0, 0xd2511f53, &high0, &low0);
        multiply_wide(c2, 0xcd9e8d57, &high1, &low1);
        c0 = _mm512_xor_si512(_mm512_xor_si512(high1, c1), _mm512_set1_epi32((int)k0));
        c2 = _mm512_xor_si512(_mm512_xor_si512(high0, c3), _mm512_set1_epi32((int)k1));
        c1 = low1;
        c3 = low0;
        k0 += 0x9e3779b9;
        k1 += 0xbb67ae85;
    }
    *help = c0;
    *leave = c1;
}

// `count` steps of PACKS registers of people from place `at` on, the first of them step `first` of their block of bits.
static inline __attribute__((always_inline)) void steps(struct block *b, int at, const struct scene *s, uint32_t first, int count, int angry) {
    v state[STATES][PACKS];
    __mmask16 active[PACKS];
    vi help_bits[PACKS], leave_bits[PACKS];
    for (int p = 0; p < PACKS; p++) {
        for (int i = 0; i < STATES; i++) state[i][p] = _mm512_load_ps(&b->state[i][at + WIDTH * p]);
        help_bits[p] = _mm512_slli_epi32(_mm512_load_si512(&b->bits[0][at + WIDTH * p]), 0);
        leave_bits[p] = _mm512_load_si512(&b->bits[1][at + WIDTH * p]);
        active[p] = _mm512_cmp_ps_mask(_mm512_max_ps(state[HELP][p], state[LEAVE][p]), all(s->bound), _CMP_LT_OQ);
    }
    const v one = all(1), half = all(0.5f), zero = _mm512_setzero_ps();
    const vi sign = _mm512_set1_epi32((int)0x80000000);
    for (int i = 0; i < count; i++) {
        const __m128i left = _mm_cvtsi32_si128(31 - (int)(first + (uint32_t)i));
        for (int p = 0; p < PACKS; p++) {
#define OWN(name) _mm512_load_ps(&b->person[name][at + WIDTH * p])
            v a = state[ATTENTION][p], a1 = a + (OWN(FREE_ATTENTION) - a) * all(s->attention_step), attending = (a + a1) * half;
            v f = state[SHARING][p];
            v turned = one + OWN(DEPLOYMENT_GAIN) * _mm512_max_ps(f - all(s->bearable_arousal), zero);
            v target = OWN(SHARING_GAIN) * OWN(NEED_SEEN) * attending / turned;
            v rate = _mm512_mask_blend_ps(_mm512_cmp_ps_mask(target, f, _CMP_LT_OQ), all(s->sharing_step), OWN(RECOVERY_STEP));
            v f1 = f + (target - f) * rate, shared = (f + f1) * half;
            v m = state[UNDERSTANDING][p], m1 = m + (OWN(UNDERSTANDING_GAIN) * attending - m) * all(s->perspective_step);
            v understood = (m + m1) * half;
            v r = state[REAPPRAISAL][p];
            v r1 = r + (OWN(REAPPRAISAL_GAIN) * _mm512_max_ps(shared - all(s->bearable_arousal), zero) - r) * all(s->reappraisal_step);
            v reappraised = (r + r1) * half;
            v d = state[DISTRESS][p], d1 = d + (all(s->distress_kept) * shared * OWN(OVERLAP) / (one + reappraised) - d) * all(s->distress_step);
            v distressed = (d + d1) * half;
            v damped = one + half * reappraised, relative = distressed * all(s->per_halving_distress);
            v warmth = OWN(BOTTOM_UP) * shared + OWN(TOP_DOWN) * OWN(NEED_SEEN) * attending * damped;
            v appraised = OWN(APPRAISAL) * (all(s->without_understanding) + all(1 - s->without_understanding) * understood);
            v c = state[COMPASSION][p];
            v c1 = c + (appraised * warmth / (damped * (one + relative * relative)) - c) * all(s->compassion_step);
            v warm = (c + c1) * half, need = attending * OWN(NEED_SEEN);
            v self_concern = one / (one + all(s->compassion_against_self_concern) * warm);
            v motives = all(s->help_from_compassion) * warm + all(s->help_from_distress) * distressed * self_concern;
            v help_drift = OWN(HELP_DRIFT) * need / (need + all(s->prompting_need)) + all(s->resolve) * motives;
            if (angry) {
                v g = state[INDIGNATION][p];
                v g1 = g + (all(s->perpetrator) * _mm512_max_ps(distressed - all(s->mired_distress), zero) - g) * all(s->anger_step);
                help_drift += all(s->help_from_anger) * ((g + g1) * half);
                state[INDIGNATION][p] = g1;
            }
            v pull = all(s->leave_drift) + all(s->leave_from_distress) * distressed;
            v leave_drift = all(s->leave_from_haste) + pull * self_concern;
            vi help_sign = _mm512_and_si512(_mm512_sll_epi32(help_bits[p], left), sign);
            vi leave_sign = _mm512_and_si512(_mm512_sll_epi32(leave_bits[p], left), sign);
            v shock = all(s->shock);
            v help_shock = _mm512_castsi512_ps(_mm512_xor_si512(_mm512_castps_si512(shock), help_sign));
            v leave_shock = _mm512_castsi512_ps(_mm512_xor_si512(_mm512_castps_si512(shock), leave_sign));
            v h = state[HELP][p], l = state[LEAVE][p];
            v h1 = _mm512_max_ps(h * all(s->tendency_kept) + help_drift * all(s->tendency_gained) + help_shock, all(s->floor));
            v l1 = _mm512_max_ps(l * all(s->tendency_kept) + leave_drift * all(s->tendency_gained) + leave_shock, all(s->floor));
            state[ATTENTION][p] = a1, state[SHARING][p] = f1, state[UNDERSTANDING][p] = m1, state[REAPPRAISAL][p] = r1;
            state[DISTRESS][p] = d1, state[COMPASSION][p] = c1;
            // Whoever has decided stands still, at the two sides of the bound.
            __mmask16 on = active[p];
            state[HELP_BEFORE][p] = _mm512_mask_mov_ps(state[HELP_BEFORE][p], on, h);
            state[LEAVE_BEFORE][p] = _mm512_mask_mov_ps(state[LEAVE_BEFORE][p], on, l);
            state[HELP][p] = _mm512_mask_mov_ps(h, on, h1);
            state[LEAVE][p] = _mm512_mask_mov_ps(l, on, l1);
            state[TAKEN][p] = _mm512_mask_add_ps(state[TAKEN][p], on, state[TAKEN][p], one);
            active[p] = _mm512_mask_cmp_ps_mask(on, _mm512_max_ps(h1, l1), all(s->bound), _CMP_LT_OQ);
        }
    }
    for (int p = 0; p < PACKS; p++)
        for (int i = 0; i < STATES; i++) _mm512_store_ps(&b->state[i][at + WIDTH * p], state[i][p]);
}

static inline float crossing(float bound, float before, float after) {
    if (after < bound) return 2;
    float share = (bound - before) / (after - before > 1e-9f ? after - before : 1e-9f);
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

// Writes down who has decided and moves the others together; how many are left.
static int compact(struct block *b, int count, const struct scene *s, float step_s, int8_t *outcome, float *latency) {
    int kept = 0;
    for (int at = 0; at < count; at += WIDTH) {
        __mmask16 here = count - at >= WIDTH ? 0xffff : (__mmask16)((1u << (count - at)) - 1);
        v foremost = _mm512_max_ps(_mm512_load_ps(&b->state[HELP][at]), _mm512_load_ps(&b->state[LEAVE][at]));
        __mmask16 on = _mm512_mask_cmp_ps_mask(here, foremost, all(s->bound), _CMP_LT_OQ);
        for (unsigned done = here & ~on; done; done &= done - 1) {
            int i = at + __builtin_ctz(done);
            float to_help = crossing(s->bound, b->state[HELP_BEFORE][i], b->state[HELP][i]);
            float to_leave = crossing(s->bound, b->state[LEAVE_BEFORE][i], b->state[LEAVE][i]);
            outcome[b->agent[i]] = to_help <= to_leave ? 1 : 2;
            latency[b->agent[i]] = (b->state[TAKEN][i] - 1 + (to_help < to_leave ? to_help : to_leave)) * step_s;
        }
        if (kept != at || on != here) {
            for (int i = 0; i < COLUMNS; i++)
                _mm512_storeu_ps(&b->person[i][kept], _mm512_maskz_compress_ps(on, _mm512_load_ps(&b->person[i][at])));
            for (int i = 0; i < STATES; i++)
                _mm512_storeu_ps(&b->state[i][kept], _mm512_maskz_compress_ps(on, _mm512_load_ps(&b->state[i][at])));
            for (int i = 0; i < 2; i++)
                _mm512_storeu_si512(&b->bits[i][kept], _mm512_maskz_compress_epi32(on, _mm512_load_si512(&b->bits[i][at])));
            _mm512_storeu_si512(&b->agent[kept], _mm512_maskz_compress_epi32(on, _mm512_load_si512(&b->agent[at])));
        }
        kept += __builtin_popcount(on);
    }
    return kept;
}

static void meet(struct block *b, const struct scene *s, const float *people, size_t all_people, uint32_t first, int count, uint32_t steps_total,
                 float step_s, const uint32_t *random, int8_t *outcome, float *latency) {
    for (int i = 0; i < COLUMNS; i++) memcpy(b->person[i], people + i * all_people + first, (size_t)count * 4);
    memset(b->state, 0, sizeof b->state);
    for (int i = 0; i < count; i++) b->agent[i] = first + (uint32_t)i;
    for (uint32_t step = 0; step < steps_total && count > 0;) {
        if (step % BLOCK_STEPS == 0)
            for (int at = 0; at < count; at += WIDTH) {
                vi help, leave;
                philox(_mm512_load_si512(&b->agent[at]), step / BLOCK_STEPS, random[2], random[0], random[1], &help, &leave);
                _mm512_store_si512(&b->bits[0][at], help);
                _mm512_store_si512(&b->bits[1][at], leave);
            }
        int group = steps_total - step < GROUP ? (int)(steps_total - step) : GROUP;
        if (s->perpetrator != 0)
            for (int at = 0; at < count; at += WIDTH * PACKS) steps(b, at, s, step % BLOCK_STEPS, group, 1);
        else
            for (int at = 0; at < count; at += WIDTH * PACKS) steps(b, at, s, step % BLOCK_STEPS, group, 0);
        step += (uint32_t)group;
        count = compact(b, count, s, step_s, outcome, latency);
    }
    for (int i = 0; i < count; i++) {
        outcome[b->agent[i]] = 0;
        latency[b->agent[i]] = (float)steps_total * step_s;
    }
}

static double now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int count, char **arguments) {
    if (count != 11 + (int)(sizeof(struct scene) / sizeof(float))) return fprintf(stderr, "see the head of tuned.c\n"), 2;
    char path[4096];
    uint32_t wanted = (uint32_t)atoi(arguments[2]);
    int rounds = atoi(arguments[3]), threads = atoi(arguments[4]);
    uint32_t random[3] = {(uint32_t)strtoul(arguments[5], 0, 10), (uint32_t)strtoul(arguments[6], 0, 10), (uint32_t)atoi(arguments[7])};
    uint32_t steps_total = (uint32_t)atoi(arguments[8]);
    size_t all_people = (size_t)atol(arguments[9]);
    float step_s = (float)atof(arguments[10]);
    struct scene s;
    for (size_t i = 0; i < sizeof s / sizeof(float); i++) ((float *)&s)[i] = (float)atof(arguments[11 + i]);
    snprintf(path, sizeof path, "%s/people.f32", arguments[1]);
    float *people = malloc(all_people * COLUMNS * 4);
    FILE *file = fopen(path, "rb");
    if (!file || fread(people, 4, all_people * COLUMNS, file) != all_people * COLUMNS) return fprintf(stderr, "%s: not as exported\n", path), 2;
    fclose(file);
    int8_t *outcome = malloc(wanted);
    float *latency = malloc((size_t)wanted * 4);
    double shortest = 1e9, least = 1e9;
    omp_set_num_threads(threads);
    for (int round = 0; round <= rounds; round++) {
        double started = now(CLOCK_MONOTONIC), worked = now(CLOCK_PROCESS_CPUTIME_ID);
#pragma omp parallel
        {
            struct block *b = aligned_alloc(64, sizeof *b);
            memset(b, 0, sizeof *b);
#pragma omp for schedule(dynamic, 8)
            for (uint32_t first = 0; first < wanted; first += BLOCK)
                meet(b, &s, people, all_people, first, wanted - first < BLOCK ? (int)(wanted - first) : BLOCK, steps_total, step_s, random, outcome,
                     latency);
            free(b);
        }
        double took = now(CLOCK_MONOTONIC) - started, work = now(CLOCK_PROCESS_CPUTIME_ID) - worked;
        if (round > 0 && took < shortest) shortest = took;
        if (round > 0 && work < least) least = work;
    }
    uint32_t helped = 0, left = 0;
    for (uint32_t i = 0; i < wanted; i++) helped += outcome[i] == 1, left += outcome[i] == 2;
    printf("{\"people\": %u, \"seconds\": %.6f, \"processor_s\": %.6f, \"helped\": %u, \"left\": %u}\n", wanted, shortest, least, helped,
           left);
    snprintf(path, sizeof path, "%s/tuned.i8", arguments[1]);
    file = fopen(path, "wb");
    if (!file || fwrite(outcome, 1, wanted, file) != wanted) return fprintf(stderr, "%s: cannot be written\n", path), 2;
    fclose(file);
    return 0;
}
