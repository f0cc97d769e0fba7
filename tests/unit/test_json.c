#include "unit.h"

#include "base/text.h"
#include "io/node.h"

static void dump(ent_buffer *b, const ent_node *node)
{
    if (node->kind == ENT_SCALAR) {
        ent_putf(b, "%u:%u%s'%s'", node->pos.line, node->pos.column, node->plain ? "" : "s",
                 node->text);
        return;
    }
    ent_putf(b, "%c", node->kind == ENT_MAP ? '{' : '[');
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == ENT_MAP) {
            dump(b, node->entries[i].key);
            ent_put(b, "=");
        }
        dump(b, node->kind == ENT_MAP ? node->entries[i].value : node->items[i]);
        ent_put(b, i + 1 < node->count ? " " : "");
    }
    ent_put_char(b, node->kind == ENT_MAP ? '}' : ']');
}

static const char *tree_of(ent_work *work, const char *json)
{
    ent_text *text = ent_alloc(work->arena, 1, ent_text);
    *text = (ent_text){"t.json", json, strlen(json)};
    const ent_node *root = NULL;
    ent_diags_clear(work->diags);
    ent_buffer b = ent_buffer_init(work->arena, 0);
    if (ent_read_json(work, text, &root) == ENT_OK) {
        dump(&b, root);
    } else {
        const ent_diag *d = ent_diags_get(work->diags, 0);
        assert_non_null(d);
        ent_putf(&b, "%s %u:%u %s", d->code, d->line, d->column, d->message);
    }
    return ent_buffer_text(&b);
}

UNIT(values_keep_text_and_place)
{
    assert_string_equal(tree_of(work, " {\"a\" : [1, -2.5e+3,\n true], \"é\":null , \"c\": {}} "),
                        "{1:3s'a'=[1:10'1' 1:13'-2.5e+3' 2:2'true'] 2:9s'é'=2:13'null' "
                        "2:20s'c'={}}");
    assert_string_equal(tree_of(work, "\"\\u00e9\\ud83d\\ude00\\n\\/\""), "1:1s'é😀\n/'");
    assert_string_equal(tree_of(work, "[[],[[]],{}]"), "[[] [[]] {}]");
}

UNIT(what_is_no_json)
{
    static const char *const bad[] = {
        "", "  ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "[01]", "[1.]", "[.5]", "[+1]", "[1e]",
        "[NaN]", "nul", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"",
        "\"a", "\"a\nb\"", "1 2", "[1 2]", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{\"a\":1,\"a\":2}",
        "[1}", "{\"a\":1]", "// x\n1", "'a'", "]", "[,]", "{,}", "{\"a\":}", "\"\\", "[\"\\\"]",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(strncmp(tree_of(work, bad[i]), "C1", 2), 0);
    }
    assert_string_equal(tree_of(work, "{\"a\": 1,\n \"a\": 2}"),
                        "C105 2:2 the key `a` stands here twice");
    assert_string_equal(tree_of(work, "[1,\n\"é\" x]"),
                        "C101 2:5 not valid JSON: `,` or `]` should stand here");
}

/* Notepad and PowerShell write one; it takes no column. */
UNIT(a_byte_order_mark_is_passed_over)
{
    assert_string_equal(tree_of(work, "\xEF\xBB\xBF{\"a\": 1}"), tree_of(work, "{\"a\": 1}"));
    assert_string_equal(tree_of(work, "\xEF\xBB\xBF[1,\n\"é\" x]"),
                        "C101 2:5 not valid JSON: `,` or `]` should stand here");
    assert_string_equal(tree_of(work, "\xEF\xBB\xBF[1 x]"),
                        "C101 1:4 not valid JSON: `,` or `]` should stand here");
}

UNIT(depth_is_limited)
{
    ent_buffer b = ent_buffer_init(work->arena, 0);
    ent_put_repeat(&b, "[", 100000);
    assert_string_equal(tree_of(work, ent_buffer_text(&b)),
                        "C117 1:65 nested more than 64 levels deep");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_keep_text_and_place),
        cmocka_unit_test(what_is_no_json),
        cmocka_unit_test(a_byte_order_mark_is_passed_over),
        cmocka_unit_test(depth_is_limited),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
