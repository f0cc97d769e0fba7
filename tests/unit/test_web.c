/* The local server as functions: who may pass, saving, JSON bodies, the policy. */
#include "unit.h"

#include "web/guard.h"
#include "web/case_versions.h"
#include "web/text.h"
#include "web/policy.h"
#include "web/save.h"
#include "web/file_stamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const web_guard guard = {
    {"127.0.0.1:4711", "[::1]:4711", "localhost:4711"},
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"};

static web_request good(const char *method)
{
    return (web_request){.method = method,
                         .path = "/api/case",
                         .host = "127.0.0.1:4711",
                         .fetch_site = "same-origin",
                         .content_type = "application/json; charset=utf-8",
                         .token = guard.token};
}

static int status_of(web_request request)
{
    int status;
    return web_refusal(&guard, &request, &status) == NULL ? 200 : status;
}

static void our_own_page_passes(void **state)
{
    (void)state;
    assert_int_equal(status_of(good("GET")), 200);
    assert_int_equal(status_of(good("PUT")), 200);
    web_request page = good("GET");
    page.path = "/";
    page.token = NULL;
    assert_int_equal(status_of(page), 200);
}

static void everybody_else_is_refused(void **state)
{
    (void)state;
    web_request r = good("GET");
    r.host = "evil.example:4711"; /* DNS rebinding */
    assert_int_equal(status_of(r), 421);
    r.host = "127.0.0.1:4712";
    assert_int_equal(status_of(r), 421);
    r.host = NULL;
    assert_int_equal(status_of(r), 421);
    r.path = "/";
    assert_int_equal(status_of(r), 421);
    r = good("GET");
    r.token = NULL;
    assert_int_equal(status_of(r), 401);
    r.token = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg";
    assert_int_equal(status_of(r), 401);
    r.token = "";
    assert_int_equal(status_of(r), 401);
    r = good("GET");
    r.fetch_site = "cross-site";
    assert_int_equal(status_of(r), 403);
    r = good("PUT");
    r.origin = "http://evil.example";
    assert_int_equal(status_of(r), 403);
    r.origin = "null";
    assert_int_equal(status_of(r), 403);
    r.origin = "http://localhost:4711";
    assert_int_equal(status_of(r), 200);
    r.content_type = "text/plain";
    assert_int_equal(status_of(r), 415);
    r.content_type = NULL;
    assert_int_equal(status_of(r), 415);
    r = good("PUT");
    r.body_length = (size_t)WEB_BODY_MOST + 1;
    assert_int_equal(status_of(r), 413);
}

static void check_member(const char *body, const char *name, const char *wanted)
{
    size_t length;
    char *value = web_json_member(body, strlen(body), name, &length);
    if (wanted == NULL) {
        assert_null(value);
    } else {
        assert_non_null(value);
        assert_string_equal(value, wanted);
        assert_int_equal(length, strlen(wanted));
    }
    free(value);
}

static void bodies_are_read_strictly(void **state)
{
    (void)state;
    check_member("{\"text\": \"a\\n\\\"b\\\" \\u00e9\\ud83d\\ude00\", \"hash\": \"x\"}", "text",
                 "a\n\"b\" \xC3\xA9\xF0\x9F\x98\x80");
    check_member(" {\"hash\":\"\"} ", "hash", "");
    const char *bad[] = {"",
                         "{",
                         "[]",
                         "{\"text\": 1}",
                         "{\"text\": \"a\"",
                         "{\"text\": \"a\"} x",
                         "{\"text\": \"a\\x\"}",
                         "{\"text\": \"\\ud83d\"}",
                         "{\"text\": \"\\u0000\"}",
                         "{\"text\": \"a\nb\"}",
                         "{\"text\": \"a\",}",
                         "{\"hash\": \"a\"}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        check_member(bad[i], "text", NULL);
    }
}

static void strings_are_escaped(void **state)
{
    (void)state;
    web_text out = {0};
    web_put_json(&out, "</script>\"\\\n&", 13);
    assert_string_equal(out.at, "\"\\u003c/script\\u003e\\\"\\\\\\u000a\\u0026\"");
    free(out.at);
}

/* The hash of `alert(1)` in base64, computed with another program. */
static void the_policy_names_its_scripts(void **state)
{
    (void)state;
    const char *html = "<!doctype html><style>alert(1)</style>"
                       "<script type=\"module\">alert(1)</script><p>x";
    char *policy = web_policy_of(html, strlen(html), false);
    assert_non_null(strstr(policy, "default-src 'none'"));
    assert_non_null(strstr(policy, "frame-ancestors 'none'"));
    assert_non_null(
        strstr(policy, "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"));
    assert_non_null(strstr(policy, "style-src 'sha256-bhHHL3z"));
    assert_null(strstr(policy, "unsafe"));
    free(policy);
    policy = web_policy_of(html, strlen(html), true);
    assert_non_null(strstr(policy, "style-src 'unsafe-inline'"));
    assert_null(strstr(policy, "script-src 'unsafe-inline'"));
    free(policy);
}

static const char first[] = "entente: 1\ntitle: A\nparties: {a: {}, b: {}}\nissues:\n"
                            "  x: {by: a, for: b, options: [n, y]}\n"
                            "  y: {by: b, for: a, options: [n, y]}\n";
static const char second[] = "entente: 1\ntitle: B\nparties: {a: {}, b: {}}\nissues:\n"
                             "  x: {by: a, for: b, options: [n, y]}\n"
                             "  y: {by: b, for: a, options: [n, y]}\n";

static void write_text(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void assert_file(const char *path, const char *text)
{
    char read[4096] = {0};
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t length = fread(read, 1, sizeof read - 1, f);
    fclose(f);
    assert_int_equal(length, strlen(text));
    assert_string_equal(read, text);
}

static void hash_of(const char *text, char hash[ENT_FINGERPRINT_ROOM])
{
    ent_fingerprint(text, strlen(text), hash);
}

/* A folder with a case file, held. */
typedef struct fixture {
    char folder[32], path[64], other[80];
    ent_diags *diags;
    web_held *held;
} fixture;

static void set_up(fixture *f)
{
    strcpy(f->folder, "/tmp/entente-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/a.yaml", f->folder);
    write_text(f->path, first);
    f->diags = ent_diags_create();
    f->held = web_held_create(f->path, 1, NULL);
    assert_true(web_held_refresh(f->held, f->diags));
}

static const char *beside(fixture *f, const char *suffix)
{
    snprintf(f->other, sizeof f->other, "%s%s", f->path, suffix);
    return f->other;
}

static void tear_down(fixture *f)
{
    web_held_destroy(f->held);
    ent_diags_destroy(f->diags);
    unlink(f->path);
    unlink(beside(f, "~"));
    unlink(beside(f, ".draft"));
    assert_int_equal(rmdir(f->folder), 0); /* nothing else was left behind */
}

static void saving_keeps_the_old_and_checks_the_hash(void **state)
{
    (void)state;
    fixture f;
    set_up(&f);
    char hash[ENT_FINGERPRINT_ROOM];
    hash_of(first, hash);
    assert_int_equal(web_held_save(f.held, second, strlen(second), hash, f.diags), WEB_SAVED);
    assert_file(f.path, second);
    assert_file(beside(&f, "~"), first);
    /* A second browser still holds the first version: it is told, nothing is written. */
    assert_int_equal(web_held_save(f.held, first, strlen(first), hash, f.diags), WEB_CONFLICT);
    assert_file(f.path, second);
    tear_down(&f);
}

static void a_change_on_disk_is_never_overwritten(void **state)
{
    (void)state;
    fixture f;
    set_up(&f);
    char hash[ENT_FINGERPRINT_ROOM];
    hash_of(first, hash);
    write_text(f.path, second); /* another editor */
    assert_int_equal(web_held_save(f.held, first, strlen(first), hash, f.diags), WEB_CONFLICT);
    assert_file(f.path, second);
    tear_down(&f);
}

static void an_invalid_text_is_a_draft(void **state)
{
    (void)state;
    fixture f;
    set_up(&f);
    char hash[ENT_FINGERPRINT_ROOM];
    hash_of(first, hash);
    const char *broken = "entente: 1\ntitle: [\n";
    assert_int_equal(web_held_save(f.held, broken, strlen(broken), hash, f.diags), WEB_DRAFT);
    assert_file(f.path, first);
    assert_file(beside(&f, ".draft"), broken);
    /* Turned invalid on disk: the last good version is still there to be analysed. */
    write_text(f.path, broken);
    assert_true(web_held_refresh(f.held, f.diags));
    web_version *now = web_held_now(f.held);
    web_version *valid = web_held_valid(f.held);
    assert_false(now->valid);
    assert_string_equal(valid->text, first);
    assert_non_null(strstr(now->findings, "\"line\": "));
    web_held_release(f.held, now);
    web_held_release(f.held, valid);
    tear_down(&f);
}

/* ---- Files ---------------------------------------------------------------------------------- */

static void changes_show_in_the_times(void **state)
{
    (void)state;
    fixture f;
    set_up(&f);
    web_seen a = web_look(f.path);
    web_seen b = web_look(f.path);
    assert_true(a.there && !a.settled && web_seen_same(&a, &b));
    write_text(beside(&f, "~"), first); /* another file of the same text in its place */
    assert_int_equal(rename(f.other, f.path), 0);
    b = web_look(f.path);
    assert_false(web_seen_same(&a, &b));
    b = web_look(beside(&f, ".none"));
    assert_false(b.there || web_seen_same(&b, &b));
    tear_down(&f);
}

static void what_is_read_only_is_not_written(void **state)
{
    (void)state;
    fixture f;
    set_up(&f);
    assert_null(web_why_not(f.path));
    assert_int_equal(chmod(f.path, 0444), 0);
    assert_non_null(web_why_not(f.path));
    assert_non_null(web_why_not(beside(&f, ".none")));
    tear_down(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_own_page_passes),
        cmocka_unit_test(everybody_else_is_refused),
        cmocka_unit_test(bodies_are_read_strictly),
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(the_policy_names_its_scripts),
        cmocka_unit_test(saving_keeps_the_old_and_checks_the_hash),
        cmocka_unit_test(a_change_on_disk_is_never_overwritten),
        cmocka_unit_test(an_invalid_text_is_a_draft),
        cmocka_unit_test(changes_show_in_the_times),
        cmocka_unit_test(what_is_read_only_is_not_written),
    };
    return cmocka_run_group_tests_name("web", tests, NULL, NULL);
}
