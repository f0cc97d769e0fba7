#include "scenario_text.h"

static const char domain[] =
    "issues:\n"
    "- {name: n, type: ContiguousIssue, values: [0, 3]}\n"
    "- {name: c, type: CategoricalIssue, values: [x, y, '2']}\n"
    "- {name: r, type: ContinuousIssue, values: [0.0, 1.0]}\n"
    "name: d\n"
    "type: CartesianOutcomeSpace\n";

static const char profile[] =
    "type: LinearAdditiveUtilityFunction\n"
    "values:\n"
    "- {type: AffineFun, slope: 2, bias: 1}\n"
    "- type: TableFun\n"
    "  mapping: {x: 1, y: 2, '2': 40}\n"
    "- {type: TriangularFun, start: 0, middle: 0.5, end: 1, scale: 4}\n"
    "weights: [0.5, 1, 0.25]\n"
    "reserved_value: 0.75\n";

static ent_status read_two(ent_work *work, const char *d, const char *p, ent_scenario **s)
{
    const char *const files[] = {"d.yml", d, "p.yaml", p, NULL};
    return read_texts(work, files, s);
}

static double value_of(ent_work *work, const char *p, uint64_t n, uint64_t c, uint64_t r)
{
    ent_scenario *s = NULL;
    assert_int_equal(read_two(work, domain, p, &s), ENT_OK);
    return ent_utility_of(s, 0, (uint64_t[]){n, c, r});
}

UNIT(functions_have_their_meaning)
{
    ent_scenario *s = NULL;
    assert_int_equal(read_two(work, domain, profile, &s), ENT_OK);
    assert_true(s->utilities[0].reservation == 0.75 && !s->utilities[0].capped);
    assert_near(value_of(work, profile, 3, 2, 10), 3.5 + 40 + 1, 1e-12);
    assert_near(value_of(work, profile, 0, 0, 5), 0.5 + 1 + 0.5, 1e-12);
    const char *text = swapped(work, profile, "{type: AffineFun, slope: 2, bias: 1}",
                               "{type: negmas.x.QuadraticFun, a2: 3, a1: 2, bias: 1}");
    assert_near(value_of(work, text, 2, 0, 0), 0.5 * 17 + 1, 1e-12);
    text = swapped(work, profile, "weights: [0.5, 1, 0.25]", "bias: 5");
    assert_near(value_of(work, text, 1, 1, 10), 5 + 3 + 2 + 4, 1e-12);
    text = swapped(work, profile, "{type: TriangularFun, start: 0, middle: 0.5, end: 1, scale: 4}",
                   "type: IdentityFun");
    assert_near(value_of(work, text, 0, 0, 20), 0.5 + 1 + 0.25, 1e-12);
}

UNIT(curves_have_their_meaning)
{
    static const char affine[] = "{type: AffineFun, slope: 2, bias: 1}";
    const char *text = swapped(work, profile, affine,
                               "{type: PolynomialFun, coefficients: [1, 0, 2], bias: 3}");
    assert_near(value_of(work, text, 3, 0, 0), 0.5 * (3 + 3 + 54) + 1, 1e-12);
    text = swapped(work, profile, affine, "{type: PolynomialFun, a: [], bias: 3}");
    assert_near(value_of(work, text, 3, 0, 0), 0.5 * 3 + 1, 1e-12);
    text = swapped(work, profile, affine, "{type: ExponentialFun, tau: 0.5, bias: -1}");
    assert_near(value_of(work, text, 2, 0, 0), 0.5 * (exp(1) - 1) + 1, 1e-12);
    text = swapped(work, profile, affine, "{type: ExponentialFun, tau: 2, base: 3}");
    assert_near(value_of(work, text, 1, 0, 0), 0.5 * 9 + 1, 1e-12);
    ent_scenario *s = NULL;
    const char *above = swapped(work, domain, "values: [0, 3]", "values: [1, 8]");
    text = swapped(work, profile, affine, "{type: LogFun, tau: 1, base: 2, bias: 1}");
    assert_int_equal(read_two(work, above, text, &s), ENT_OK);
    assert_near(ent_utility_of(s, 0, (uint64_t[]){7, 0, 0}), 0.5 * 4 + 1, 1e-12);
    assert_int_equal(read_two(work, domain, text, &s), ENT_INVALID);
    assert_string_equal(told(work, ENT_ERROR), "S109 s/p.yaml:3:3");
    text = swapped(work, profile, affine, "{type: ExponentialFun, tau: 1000}");
    assert_int_equal(read_two(work, domain, text, &s), ENT_INVALID);
    text = swapped(work, profile, affine, "{type: SinFun, multiplier: 2, phase: 1}");
    assert_near(value_of(work, text, 1, 0, 0), 0.5 * sin(3) + 1, 1e-12);
    text = swapped(work, profile, affine, "{type: CosFun, amplitude: 3, multiplier: 0.5, bias: 1}");
    assert_near(value_of(work, text, 2, 0, 0), 0.5 * (3 * cos(1) + 1) + 1, 1e-12);
    text = swapped(work, profile, affine, "{type: LambdaFun, f: x}");
    assert_int_equal(read_two(work, domain, text, &s), ENT_INVALID);
    assert_string_equal(told(work, ENT_ERROR), "S111 s/p.yaml:3:3");
}

/* Found by fuzzing: a part of a weighted sum that cannot be read was added up all the same. */
UNIT(a_part_with_a_fault_is_not_added)
{
    static const char *const parts[] = {
        "- {type: LinearUtilityFunction, weights: {n: much, c: 1}}\n",
        "- {type: LinearAdditiveUtilityFunction, values: {n: {type: AffineFun}}}\n",
        "- {type: MappingUtilityFunction, mapping: {0: x}}\n",
    };
    for (size_t i = 0; i < 3; i++) {
        ent_scenario *s = NULL;
        const char *text = ent_format(
            work->arena, "type: WeightedUtilityFunction\nweights: [2]\nufuns:\n%s", parts[i]);
        const char *one = "issues:\n- {name: n, type: ContiguousIssue, values: [0, 3]}\n"
                          "type: CartesianOutcomeSpace\n";
        assert_int_equal(read_two(work, one, text, &s), ENT_INVALID);
        assert_int_equal(ent_diags_count_of(work->diags, ENT_ERROR), 1);
    }
}

UNIT(rectangles_add_up)
{
    static const char boxes[] = "type: HyperRectangleUtilityFunction\n"
                                "outcome_ranges:\n"
                                "- {0: [1, 2], c: [x, '2']}\n"
                                "- {n: [0, 1, 3]}\n"
                                "- {r: [0.24, 0.51]}\n"
                                "- null\n"
                                "utilities: [1, 10, 100, 1000]\n"
                                "weights: [1, 2, 1, 1]\n"
                                "bias: 0.5\n";
    assert_near(value_of(work, boxes, 1, 0, 5), 1 + 20 + 100 + 1000.5, 1e-9);
    assert_near(value_of(work, boxes, 2, 2, 10), 1 + 100 + 1000.5, 1e-9);
    assert_near(value_of(work, boxes, 2, 1, 4), 1000.5, 1e-9);
    assert_near(value_of(work, boxes, 3, 1, 11), 20 + 1000.5, 1e-9);
}

UNIT(functions_wrap_functions)
{
    ent_scenario *s = NULL;
    static const char cost[] = "type: LinDiscountedUFun\n"
                               "cost: 0.5\n"
                               "ufun: {type: ConstUtilityFunction, value: 3}\n";
    assert_int_equal(read_two(work, domain, cost, &s), ENT_OK);
    assert_true(s->utilities[0].discount == 0.5);
    assert_int_equal(s->utilities[0].discounting, ENT_COST_ROUNDS);
    assert_true(isinf(s->utilities[0].reservation));
    assert_true(ent_utility_of(s, 0, (uint64_t[]){0, 0, 0}) == 3);
    static const char sum[] = "type: WeightedUtilityFunction\n"
                              "weights: [2, 3]\n"
                              "reserved_outcome: [1, y, 0.5]\n"
                              "ufuns:\n"
                              "- type: LinearAdditiveUtilityFunction\n"
                              "  values: {c: {x: 1, y: 2, '2': 3}, r: {type: ConstFun, bias: 1}}\n"
                              "- {type: ConstUtilityFunction, value: 1}\n";
    assert_int_equal(read_two(work, domain, sum, &s), ENT_OK);
    assert_near(ent_utility_of(s, 0, (uint64_t[]){3, 2, 0}), 2 * (3 + 3 + 1) + 3, 1e-12);
    assert_near(s->utilities[0].reservation, 2 * (1 + 2 + 1) + 3, 1e-12);
    const char *const json[] = {"d.yml", domain, "p.json",
                                "{\"type\": \"ConstUtilityFunction\", \"value\": 2,\n"
                                " \"reserved_value\": -Infinity}", NULL};
    assert_int_equal(read_texts(work, json, &s), ENT_OK);
    assert_true(isinf(s->utilities[0].reservation));
}

UNIT(faults_are_placed)
{
    static const swap bad_domain[] = {
        {"[0, 3]", "[3, 0]", "S110 s/d.yml:2:44"},
        {"[0, 3]", "[0, 0.5]", "S109 s/d.yml:2:44"},
        {"[0, 3]", "[0]", "S110 s/d.yml:2:44"},
        {"[0.0, 1.0]", "[1, 1]", "S110 s/d.yml:4:44"},
        {"[x, y, '2']", "[x, x]", "S112 s/d.yml:3:49"},
        {"[x, y, '2']", "[]", "S108 s/d.yml:3:45"},
        {"name: r", "name: n", "S112 s/d.yml:4:3"},
        {"type: ContinuousIssue", "type: CallableIssue", "S111 s/d.yml:4:3"},
        {", values: [0, 3]", "", "S108 s/d.yml:2:3"},
        {"issues:", "issuez:", "S105 :0:0"},
    };
    static const swap bad_profile[] = {
        {"slope: 2", "slope: .nan", "S109 s/p.yaml:3:28"},
        {"slope: 2, ", "", "S108 s/p.yaml:3:3"},
        {"y: 2, ", "", "S107 s/p.yaml:5:12"},
        {"AffineFun", "LambdaFun", "S111 s/p.yaml:3:3"},
        {"middle: 0.5", "middle: 5", "S110 s/p.yaml:6:3"},
        {", 0.25]", "]", "S108 s/p.yaml:7:10"},
        {"- {type: AffineFun, slope: 2, bias: 1}\n", "", "S107 s/p.yaml:3:1"},
        {"reserved_value: 0.75", "reserved_value: lots", "S109 s/p.yaml:8:17"},
        {"reserved_value: 0.75", "reserved_outcome: [9, x, 0]", "S107 s/p.yaml:8:19"},
        {"LinearAdditiveUtilityFunction", "RankOnlyUtilityFunction", "S111 s/p.yaml:1:1"},
        {"{type: AffineFun, slope: 2, bias: 1}", "!!python/tuple [1]", "C102 s/p.yaml:3:3"},
    };
    for (size_t i = 0; i < sizeof bad_domain / sizeof *bad_domain; i++) {
        fault_is_told(work, read_two, (const char *[]){domain, profile}, 0, &bad_domain[i]);
    }
    for (size_t i = 0; i < sizeof bad_profile / sizeof *bad_profile; i++) {
        fault_is_told(work, read_two, (const char *[]){domain, profile}, 1, &bad_profile[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_have_their_meaning),
        cmocka_unit_test(curves_have_their_meaning),
        cmocka_unit_test(a_part_with_a_fault_is_not_added),
        cmocka_unit_test(rectangles_add_up),
        cmocka_unit_test(functions_wrap_functions),
        cmocka_unit_test(faults_are_placed),
    };
    return cmocka_run_group_tests_name("negmas", tests, NULL, NULL);
}
