// Feeds 32-bit words from standard input to TestU01's SmallCrush and prints a p-value for each of its statistics.

#include <TestU01.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint32_t words[1 << 14];
static size_t have, next;
static unsigned long long taken;

static unsigned int word(void) {
    if (next == have) {
        have = fread(words, sizeof *words, sizeof words / sizeof *words, stdin);
        next = 0;
        if (have == 0) {
            fprintf(stderr, "the bits ended after %llu words\n", taken);
            exit(2);
        }
    }
    taken++;
    return words[next++];
}

int main(int count, char **arguments) {
    char *name = count > 1 ? arguments[1] : "standard input";
    swrite_Basic = FALSE;
    unif01_Gen *generator = unif01_CreateExternGenBits(name, word);
    bbattery_SmallCrush(generator);
    int suspicious = 0;
    for (int i = 0; i < bbattery_NTests; i++) {
        double p = bbattery_pVal[i];
        int far = p < 0.001 || p > 0.999;
        suspicious += far;
        printf("p %s %-28s %.4g%s\n", name, bbattery_TestNames[i], p, far ? "  <- outside [0.001, 0.999]" : "");
    }
    printf("p %s: %d of %d statistics outside [0.001, 0.999], from %llu words\n", name, suspicious, bbattery_NTests, taken);
    unif01_DeleteExternGenBits(generator);
    return 0;
}
