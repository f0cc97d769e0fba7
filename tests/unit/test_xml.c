#include "unit.h"

#include "base/text.h"
#include "io/node.h"
#include "io/xml.h"

static void dump(ent_buffer *b, const ent_xml *e)
{
    ent_putf(b, "%u:%u<%s", e->pos.line, e->pos.column, e->tag);
    for (size_t i = 0; i < e->attribute_count; i++) {
        ent_putf(b, " %s='%s'", e->attributes[i].name, e->attributes[i].value);
    }
    ent_put(b, ">");
    for (const ent_xml *child = e->first; child != NULL; child = child->next) {
        dump(b, child);
    }
    ent_put(b, "/");
}

static const char *read_bytes(ent_work *work, const char *bytes, size_t length)
{
    ent_text *text = ent_alloc(work->arena, 1, ent_text);
    *text = (ent_text){"t.xml", bytes, length};
    const ent_xml *root = NULL;
    ent_diags_clear(work->diags);
    ent_buffer b = ent_buffer_init(work->arena, 0);
    if (ent_read_xml(work, text, &root) == ENT_OK) {
        dump(&b, root);
    } else {
        const ent_diag *d = ent_diags_get(work->diags, 0);
        assert_non_null(d);
        ent_putf(&b, "%s %u:%u %s", d->code, d->line, d->column, d->message);
    }
    return ent_buffer_text(&b);
}

static const char *tree_of(ent_work *work, const char *xml)
{
    return read_bytes(work, xml, strlen(xml));
}

UNIT(elements_keep_attributes_and_places)
{
    assert_string_equal(tree_of(work, "<?xml version='1.0'?>\n<!-- é --><a x=\"1 &lt; &#50;\">\n"
                                      "text <b/>\n <c y='é'><d/></c></a>\n"),
                        "2:11<a x='1 < 2'>3:6<b>/4:2<c y='é'>4:11<d>///");
}

UNIT(what_is_no_xml)
{
    static const char *const bad[] = {
        "", "  ", "0.5, 1.0\n", "<a>", "<a></b>", "<a><b></a></b>", "<a/><b/>", "<a", "<a x=1/>",
        "<a x='1' x='2'/>", "<a>&none;</a>", "<a x='<'/>", "<?xml version='1.0'",
        "<a>&#0;</a>", "<a>\x01</a>", "<?xml version='1.0' encoding='ISO-8859-1'?><a x='&'/>",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(strncmp(tree_of(work, bad[i]), "S102", 4), 0);
    }
    assert_string_equal(tree_of(work, "<a>\n  <b></c>\n</a>"),
                        "S102 2:8 not valid XML: mismatched tag");
    assert_string_equal(tree_of(work, "<a>\n <b>\n"), "S102 3:1 not valid XML: no element found");
}

UNIT(entities_are_refused)
{
    static const char *const bad[] = {
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1/x'> %p;]><a/>",
        "<!DOCTYPE a SYSTEM 'none.dtd'><a>&b;</a>",
        "<!DOCTYPE a SYSTEM 'none.dtd'><a x='&b;'/>", /* expat drops it without a word */
        "<!DOCTYPE a PUBLIC 'p' 'none.dtd'><a><c x='1&amp;' y='&lt;&b;'/></a>",
        ("<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>"
         "<l>&c;&c;</l>"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(strncmp(tree_of(work, bad[i]), "S103", 4), 0);
    }
    assert_string_equal(tree_of(work, "<!DOCTYPE a SYSTEM 'none.dtd'><a/>"), "1:31<a>/");
    assert_string_equal(tree_of(work, "<!DOCTYPE a SYSTEM 'n'><a x='&lt;&#49;&amp;'/>"),
                        "1:24<a x='<1&'>/");
}

/* What owners' programs read though it breaks XML's rules: read, and told. */
UNIT(bare_ampersands_and_windows_bytes)
{
    assert_string_equal(tree_of(work, "<a x='b & c &amp; d&'>\n <e y='&'/></a>"),
                        "1:1<a x='b & c & d&'>2:2<e y='&'>//");
    assert_int_equal(ent_diags_count(work->diags), 1);
    const ent_diag *d = ent_diags_get(work->diags, 0);
    assert_string_equal(d->code, "S210");
    assert_int_equal(d->line, 1);
    assert_int_equal(d->column, 9);
    assert_string_equal(tree_of(work, "<a x='\xE9\x80'/>"), "1:1<a x='é€'>/");
    assert_string_equal(tree_of(work, "<?xml version='1.0' encoding='windows-1252'?>"
                                      "<a x='\x93y\x94'/>"),
                        "1:46<a x='“y”'>/");
}

UNIT(encodings)
{
    assert_string_equal(tree_of(work, "\xEF\xBB\xBF<a x='é'/>"), "1:2<a x='é'>/");
    assert_string_equal(tree_of(work, "<?xml version='1.0' encoding='ISO-8859-1'?><a x='\xE9'/>"),
                        "1:44<a x='é'>/");
    assert_string_equal(read_bytes(work, "\xFF\xFE<\0a\0/\0>\0", 10), "1:2<a>/");
    assert_int_equal(strncmp(tree_of(work, "<?xml version='1.0' encoding='x-no'?><a/>"), "S102",
                             4), 0);
}

UNIT(depth_and_size_are_limited)
{
    ent_buffer b = ent_buffer_init(work->arena, 0);
    ent_put_repeat(&b, "<a>", 100000);
    assert_string_equal(tree_of(work, ent_buffer_text(&b)),
                        "S104 1:193 elements are nested too deep");
    b = ent_buffer_init(work->arena, 0);
    ent_put(&b, "<r>");
    ent_put_repeat(&b, "<a/>", 300000);
    ent_put(&b, "</r>");
    ent_text text = {"t.xml", ent_buffer_text(&b), b.length};
    const ent_xml *root = NULL;
    assert_int_equal(ent_read_xml(work, &text, &root), ENT_OK);
    size_t count = 0;
    for (const ent_xml *e = root->first; e != NULL; e = e->next) {
        count++;
    }
    assert_int_equal(count, 300000);
    text.length = (size_t)ENT_NODE_BYTES + 1;
    assert_int_equal(ent_read_xml(work, &text, &root), ENT_INVALID);
}

UNIT(the_root_is_found_without_parsing)
{
    static const char *const tags[][2] = {
        {"<a/>", "a"}, {"\xEF\xBB\xBF <?xml?><!-- <b> --> <c d='e'>", "c"}, {"0.1, 2", ""},
        {"", ""}, {"<!--", ""}, {"<", ""}, {"<!DOCTYPE x><y\n", "y"}, {"<!-->", ""},
    };
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        ent_text text = {"t", tags[i][0], strlen(tags[i][0])};
        assert_string_equal(ent_xml_root_tag(work->arena, &text), tags[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_keep_attributes_and_places),
        cmocka_unit_test(what_is_no_xml),
        cmocka_unit_test(entities_are_refused),
        cmocka_unit_test(encodings),
        cmocka_unit_test(bare_ampersands_and_windows_bytes),
        cmocka_unit_test(depth_and_size_are_limited),
        cmocka_unit_test(the_root_is_found_without_parsing),
    };
    return cmocka_run_group_tests_name("xml", tests, NULL, NULL);
}
