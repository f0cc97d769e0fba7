#include "unit.h"

#include "base/text.h"
#include "io/node.h"

/* The tree on one line: scalars as line:column'text', so that one string says all. */
static void dump(ent_buffer *b, const ent_node *node)
{
    if (node->kind == ENT_SCALAR) {
        ent_putf(b, "%u:%u+%u'%s'", node->pos.line, node->pos.column, node->pos.length, node->text);
        return;
    }
    ent_putf(b, "%u:%u%c", node->pos.line, node->pos.column, node->kind == ENT_MAP ? '{' : '[');
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

static const char *tree_of(ent_work *work, const char *yaml)
{
    ent_text *text = ent_alloc(work->arena, 1, ent_text);
    *text = (ent_text){"t.yaml", yaml, strlen(yaml)};
    const ent_node *root = NULL;
    ent_diags_clear(work->diags);
    ent_buffer b = ent_buffer_init(work->arena, 0);
    if (ent_read_yaml(work, text, &root) == ENT_OK) {
        assert_int_equal(ent_diags_count(work->diags), 0);
        dump(&b, root);
    } else {
        const ent_diag *d = ent_diags_get(work->diags, 0);
        assert_non_null(d);
        ent_putf(&b, "%s %u:%u+%u %s", d->code, d->line, d->column, d->length, d->message);
    }
    return ent_buffer_text(&b);
}

UNIT(positions_count_code_points)
{
    assert_string_equal(tree_of(work, "a: \"q w\"\nb: [\"é\", x, {y: 'z'}]\n"),
                        "1:1{1:1+1'a'=1:4+5'q w' 2:1+1'b'=2:4[2:5+3'é' 2:10+1'x' "
                        "2:13{2:14+1'y'=2:17+3'z'}]}");
    assert_string_equal(tree_of(work, "\xEF\xBB\xBF"
                                      "é: no\r\n\"k\":\r\n- 1.50\r\n- 2019-02-28\r\n"),
                        "1:1{1:1+1'é'=1:4+2'no' 2:1+3'k'=3:1[3:3+4'1.50' 4:3+10'2019-02-28']}");
}

UNIT(blocks_and_missing_values)
{
    assert_string_equal(tree_of(work, "a: |\n  x\n  y\nb: >-\n  l\n  m\nc:\nd: two\n  lines\n"),
                        "1:1{1:1+1'a'=2:1+3'x\ny\n' 4:1+1'b'=5:1+3'l m' 7:1+1'c'=7:1+1'' "
                        "8:1+1'd'=8:4+3'two lines'}");
}

UNIT(quotation_marks_keep_their_text)
{
    assert_string_equal(tree_of(work, "a: 'it''s\n\n  two  \n lines''''x'\nb: ''''\nc: ''\n"),
                        "1:1{1:1+1'a'=1:4+6'it's\ntwo lines''x' 5:1+1'b'=5:4+4''' "
                        "6:1+1'c'=6:4+2''}");
    assert_string_equal(tree_of(work, "a: \"x\\ty \\\n  z\n\n  w\"\n"),
                        "1:1{1:1+1'a'=1:4+7'x\ty z\nw'}");
}

UNIT(what_yaml_has_and_we_have_not)
{
    static const char *const pairs[][2] = {
        {"a:\tb\n", "C116 1:3+1 a tab stands here"},
        {"a:\n\tb: 1\n", "C116 2:1+1 a tab stands here"},
        {"a: &x 1\nb: *x\n", "C102 1:5+1 anchors (`&name`) are not part of the format"},
        {"b: *x\n", "C102 1:5+1 aliases (`*name`) are not part of the format"},
        {"a: !!str 1\n", "C102 1:4+5 tags (`!name`) are not part of the format"},
        {"a: 1\n---\nb: 2\n", "C102 2:1+3 a second document begins here"},
        {"[a]: 1\n", "C102 1:1+1 a key must be a text"},
        {"a: 1\nb: 2\na: 3\n", "C105 3:1+1 the key `a` stands here twice"},
        {"<<: {a: 1}\n", "C102 1:1+2 merge keys are not part of the format"},
        {"", "C101 0:0+0 the file is empty"},
        {"# nothing\n", "C101 0:0+0 the file is empty"},
        {"a: \xFF\n", "F103 1:4+1 this byte is not UTF-8: 0xFF"},
        {"a: \x01\n", "F103 1:4+1 a control character stands here: 0x01"},
        {"a: 1\rb: 2\n", "F103 1:5+1 a control character stands here: 0x0D"},
        {"a: \"\\0\"\n", "C102 1:4+4 an escape in this text stands for no character"},
        {"a: b: c\n", "C101 1:5+1 not valid YAML: invalid nested block mapping on the same line"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_string_equal(tree_of(work, pairs[i][0]), pairs[i][1]);
    }
}

static char *repeated(ent_work *work, const char *head, const char *part, size_t times)
{
    ent_buffer b = ent_buffer_init(work->arena, 0);
    ent_put(&b, head);
    ent_put_repeat(&b, part, times);
    return b.at;
}

UNIT(hostile_files_end_in_an_error)
{
    static const char *const parts[] = {"[", "- ", "{a: ", "? ", "a: \n ", "[a,", "[[]", "\"a\": "};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *got = tree_of(work, repeated(work, "", parts[i], 10000));
        assert_true(strncmp(got, "C1", 2) == 0 || strncmp(got, "F1", 2) == 0);
    }
    assert_string_equal(tree_of(work, repeated(work, "x: ", "[", 100)),
                        "C117 1:67+1 nested more than 64 levels deep");
    assert_string_equal(tree_of(work, repeated(work, "x: [", "a,", 1000000)),
                        "C117 1:1+1 a line of more than 256 KiB");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_count_code_points),
        cmocka_unit_test(blocks_and_missing_values),
        cmocka_unit_test(quotation_marks_keep_their_text),
        cmocka_unit_test(what_yaml_has_and_we_have_not),
        cmocka_unit_test(hostile_files_end_in_an_error),
    };
    return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
