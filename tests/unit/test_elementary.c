/* Against values of decimal arithmetic with 60 digits, rounded once; and the C library. */
#include "base/elementary.h"
#include "base/random.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct sample {
    double x, value;
} sample;

static const sample logs[] = {
    {0x1.0000000000000p-1, -0x1.62e42fefa39efp-1},
    {0x1.0000000000000p+0, 0x0.0p+0},
    {0x1.0000000000000p+1, 0x1.62e42fefa39efp-1},
    {0x1.0000000000000p-53, -0x1.25e4f7b2737fap+5},
    {0x1.fffffffffffffp-1, -0x1.0000000000000p-53},
    {0x1.0000000000001p+0, 0x1.fffffffffffffp-53},
    {0x1.6a09e667f3bcdp-1, -0x1.62e42fefa39eep-2},
    {0x1.6a09e667f3bcdp+0, 0x1.62e42fefa39f0p-2},
    {0x1.8000000000000p+1, 0x1.193ea7aad030bp+0},
    {0x1.4000000000000p+3, 0x1.26bb1bbb55516p+1},
    {0x1.56e1fc2f8f359p-997, -0x1.5963447f87fb5p+9},
    {0x1.7e43c8800759cp+996, 0x1.5963447f87fb5p+9},
    {0x1.999999999999ap-4, -0x1.26bb1bbb55515p+1},
    {0x1.4b9ad0f953a6ep-2, -0x1.20a5adb6d4b80p+0},
    {0x1.34f0696513270p-3, -0x1.e437b11a3e0dap+0},
    {0x1.4d474883171ffp-1, -0x1.b7a68e4cfdc68p-2},
    {0x1.28b2f3a47e100p-4, -0x1.500191e1d2c0cp+1},
    {0x1.125f2046063a0p-1, -0x1.3f681febe4ac7p-1},
    {0x1.767727ca98cc2p-2, -0x1.018765e8c378bp+0},
    {0x1.db208fa389760p-5, -0x1.6c7555fc6cbdap+1},
    {0x1.106d6fa5d00ccp-21, -0x1.cfcdfe7f7bfd6p+3},
    {0x1.4215d32c650b5p-25, -0x1.1195abaf96c4cp+4},
    {0x1.d19f9e2d6935fp-22, -0x1.d4d54db6b8f66p+3},
    {0x1.2c06d9b949928p-24, -0x1.07a120ff05c2fp+4},
};
static const sample powers[] = {
    {0x0.0p+0, 0x1.0000000000000p+0},
    {0x1.0000000000000p+0, 0x1.5bf0a8b145769p+1},
    {-0x1.0000000000000p+0, 0x1.78b56362cef38p-2},
    {0x1.0000000000000p-1, 0x1.a61298e1e069cp+0},
    {-0x1.0000000000000p-1, 0x1.368b2fc6f960ap-1},
    {0x1.12e0be826d695p-30, 0x1.000000044b830p+0},
    {-0x1.12e0be826d695p-30, 0x1.fffffff768fa1p-1},
    {0x1.9100000000000p+6, 0x1.8c39b9134bac4p+144},
    {-0x1.9100000000000p+6, 0x1.4acd31e167ebbp-145},
    {0x1.5d80000000000p+9, 0x1.5c36fb1036d55p+1008},
    {-0x1.5d80000000000p+9, 0x1.78694fe9f73ccp-1009},
    {0x1.62e42fead449cp-2, 0x1.6a09e66640654p+0},
    {-0x1.62e42fead449cp-2, 0x1.6a09e669a7145p-1},
    {-0x1.88ea5eaddfd42p+4, 0x1.7c69a76fb2e9ap-36},
    {-0x1.21d8a803a080cp+2, 0x1.61ab0c2d27bb3p-7},
    {0x1.39c72d9bdabccp+4, 0x1.399edd76aa09ep+28},
    {-0x1.69266e164e586p+4, 0x1.5a3f341a16dfep-33},
    {-0x1.09b0cac4532c2p+4, 0x1.07c31a9b80a74p-24},
    {0x1.e957f477d6a88p+2, 0x1.0587de1f3f78dp+11},
    {0x1.adccf31f6c66ep+4, 0x1.afde55a4ec1f0p+38},
    {0x1.281348590f540p+2, 0x1.987dd78be3f85p+6},
};
static const sample turns[] = {
    {0x0.0p+0, 0x1.0000000000000p+0},
    {0x1.0000000000000p-3, 0x1.6a09e667f3bcdp-1},
    {0x1.0000000000000p-1, -0x1.0000000000000p+0},
    {0x1.0000000000000p+0, 0x1.0000000000000p+0},
    {0x1.5555555555555p-2, -0x1.ffffffffffffep-2},
    {0x1.999999999999ap-4, 0x1.9e3779b97f4a8p-1},
    {0x1.ccccccccccccdp-1, 0x1.9e3779b97f4a8p-1},
    {0x1.0a3d70a3d70a4p-2, -0x1.0130a1be0937dp-4},
    {0x1.eb851eb851eb8p-3, 0x1.0130a1be0937dp-4},
    {0x1.9633680658f14p-2, -0x1.97d9a4ee155dfp-1},
    {0x1.f3d7b58e26346p-1, 0x1.fa4ff4cae83cbp-1},
    {0x1.7d9af63a065c0p-5, 0x1.ea39c14ce1d49p-1},
    {0x1.b7892d8885efap-1, 0x1.428cbc48cd536p-1},
    {0x1.288f5635a6592p-2, -0x1.f87214691c321p-3},
    {0x1.276f358a6a63cp-3, 0x1.3bb2d00a14f71p-1},
    {0x1.e27a1d244ecc8p-4, 0x1.7a0ec9b33bc95p-1},
    {0x1.3be2a8c7b682ap-2, -0x1.6fdc4d11dc30bp-2},
    {0x1.a1db506ba5eeap-1, 0x1.9d51f4f61725fp-2},
};

/* How far apart, in units of the last place of what is right. */
static double units(double got, double right)
{
    double unit = nextafter(fabs(right), (double)INFINITY) - fabs(right);
    return fabs(got - right) / unit;
}

static void check(const sample *at, size_t count, double (*f)(double), double most)
{
    for (size_t i = 0; i < count; i++) {
        double off = units(f(at[i].x), at[i].value);
        if (!(off <= most)) {
            fail_msg("%a: %a, not %a", at[i].x, f(at[i].x), at[i].value);
        }
    }
}

static void test_right_values(void **state)
{
    (void)state;
    check(logs, sizeof logs / sizeof *logs, ent_log, 1);
    check(powers, sizeof powers / sizeof *powers, ent_exp, 1);
    check(turns, sizeof turns / sizeof *turns, ent_cos_turns, 2);
    assert_true(ent_log(1) == 0 && ent_exp(0) == 1);
    assert_true(ent_cos_turns(0) == 1 && ent_cos_turns(1) == 1);
    assert_true(ent_exp(-800) == 0 && isinf(ent_exp(800)));
}

static void test_as_the_library(void **state)
{
    (void)state;
    ent_stream stream = ent_stream_of(11, 1, 2);
    for (int i = 0; i < 200000; i++) {
        double u = ent_draw_unit(&stream);
        assert_true(units(ent_log(u), log(u)) <= 2);
        double x = 60 * u - 30;
        assert_true(units(ent_exp(x), exp(x)) <= 2);
        assert_true(fabs(ent_cos_turns(u) - cos(6.283185307179586 * u)) <= 4 * DBL_EPSILON);
    }
}

/* The very bits, on whatever machine this runs: a sum over many draws. */
static void test_same_bits_everywhere(void **state)
{
    (void)state;
    ent_stream stream = ent_stream_of(3, 1, 4);
    double sum = 0;
    for (int i = 0; i < 100000; i++) {
        sum += ent_draw_exponential(&stream) + ent_draw_normal(&stream);
    }
    if (sum != 0x1.87349f39d543dp+16) {
        fail_msg("%a", sum);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_right_values),
        cmocka_unit_test(test_as_the_library),
        cmocka_unit_test(test_same_bits_everywhere),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
