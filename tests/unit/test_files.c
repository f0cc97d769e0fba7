#include "shelf.h"

#include "io/sealed.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of our own under the system's temporary one, its path with the name added. */
static char *in_folder(ent_work *work, const char *name)
{
    static char folder[64];
    if (folder[0] == '\0') {
        snprintf(folder, sizeof folder, "/tmp/entente-test-%ld", (long)getpid());
        (void)mkdir(folder, 0700);
    }
    return ent_path_join(work->arena, folder, name);
}

static const char *content(ent_work *work, const char *path, size_t limit)
{
    ent_text text = {NULL, "", 0};
    ent_diags_clear(work->diags);
    ent_status status = ent_disk.read(NULL, work, path, limit, &text);
    return status == ENT_OK ? text.at : ent_diags_get(work->diags, 0)->code;
}

UNIT(a_file_is_written_whole_and_read_back)
{
    char *path = in_folder(work, "a.txt");
    assert_int_equal(ent_disk.write(NULL, work, path, "one\n", 4), ENT_OK);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(ent_disk.write(NULL, work, path, "two", 3), ENT_OK);
    assert_string_equal(content(work, path, 100), "two");
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0640); /* as it was */
    assert_string_equal(content(work, path, 2), "F102");
    assert_int_equal(unlink(path), 0);
    assert_string_equal(content(work, path, 100), "F101");
}

UNIT(a_file_stays_whose_it_was)
{
    char *path = in_folder(work, "theirs.txt");
    assert_int_equal(ent_disk.write(NULL, work, path, "one", 3), ENT_OK);
    if (chown(path, 12345, 54321) != 0) {
        unlink(path);
        UNIT_SKIP("only root can give files away");
    }
    assert_int_equal(chmod(path, 0660), 0);
    assert_int_equal(ent_disk.write(NULL, work, path, "two", 3), ENT_OK);
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_uid, 12345);
    assert_int_equal(about.st_gid, 54321);
    assert_int_equal(about.st_mode & 0777, 0660);
    unlink(path);
}

UNIT(a_link_keeps_pointing)
{
    char *path = in_folder(work, "target.txt");
    char *alias = in_folder(work, "link.txt");
    assert_int_equal(ent_disk.write(NULL, work, path, "one", 3), ENT_OK);
    assert_int_equal(symlink(path, alias), 0);
    assert_int_equal(ent_disk.write(NULL, work, alias, "two", 3), ENT_OK);
    struct stat about;
    assert_int_equal(lstat(alias, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_string_equal(content(work, path, 100), "two");
    unlink(alias);
    unlink(path);
}

UNIT(folders_are_listed_in_order_and_no_files)
{
    char *b = in_folder(work, "b.txt");
    char *a = in_folder(work, "a.txt");
    char *hidden = in_folder(work, ".hidden");
    char *folder = ent_path_folder(work->arena, a);
    ent_disk.write(NULL, work, b, "b", 1);
    ent_disk.write(NULL, work, a, "a", 1);
    ent_disk.write(NULL, work, hidden, "h", 1);
    const char *const *names;
    size_t count;
    assert_int_equal(ent_disk.list(NULL, work, folder, &names, &count), ENT_OK);
    assert_int_equal(count, 2); /* and no temporary file is left */
    assert_string_equal(names[0], "a.txt");
    assert_string_equal(names[1], "b.txt");
    assert_true(ent_disk.is_folder(NULL, folder) && !ent_disk.is_folder(NULL, a));
    assert_string_equal(content(work, folder, 100), "F101");
    assert_string_equal(content(work, "/dev/zero", 100), "F101");
    assert_int_equal(ent_disk.write(NULL, work, folder, "x", 1), ENT_IO);
    unlink(a);
    unlink(b);
    unlink(hidden);
    rmdir(folder);
}

UNIT(paths_are_joined)
{
    assert_string_equal(ent_path_join(work->arena, "a/b", "c"), "a/b/c");
    assert_string_equal(ent_path_join(work->arena, "a/", "c"), "a/c");
    assert_string_equal(ent_path_join(work->arena, "", "c"), "c");
    assert_string_equal(ent_path_join(work->arena, "a", "/c"), "/c");
    assert_string_equal(ent_path_folder(work->arena, "a/b/c"), "a/b");
    assert_string_equal(ent_path_folder(work->arena, "/c"), "/");
    assert_string_equal(ent_path_folder(work->arena, "c"), "");
}

/* The hash of the shelf's files, read in the order given. */
static const char *sealed_hash(ent_work *work, shelf *s, const char *const *paths, size_t count)
{
    ent_files files = shelf_files(s), through;
    ent_sealed *sealed = ent_sealed_make(work->arena, &files, &through);
    ent_text text;
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(through.read(through.user, work, paths[i], 100, &text), ENT_OK);
    }
    assert_int_not_equal(through.read(through.user, work, "x/missing", 100, &text), ENT_OK);
    char *hex = ent_alloc(work->arena, ENT_HASH_ROOM, char);
    ent_sealed_hash(sealed, hex);
    return hex;
}

UNIT(what_was_read_is_known_by_names_and_contents)
{
    shelf s = {.arena = work->arena};
    shelf_put(&s, "x/a", "one", 3);
    shelf_put(&s, "x/b", "two", 3);
    shelf_put(&s, "y/z/a", "one", 3);
    shelf_put(&s, "y/z/b", "two", 3);
    shelf_put(&s, "swapped/a", "two", 3);
    shelf_put(&s, "swapped/b", "one", 3);
    const char *hash = sealed_hash(work, &s, (const char *[]){"x/a", "x/b"}, 2);
    const char *const same[][3] = {{"x/b", "x/a", "x/b"}, {"y/z/a", "y/z/b", "y/z/a"}};
    const char *const other[][3] = {{"x/a", "x/a", "x/a"}, {"swapped/a", "swapped/b", "swapped/a"}};
    for (size_t k = 0; k < 2; k++) {
        assert_string_equal(sealed_hash(work, &s, same[k], 3), hash);
        assert_string_not_equal(sealed_hash(work, &s, other[k], 3), hash);
    }
    shelf_put(&s, "x/b", "twp", 3);
    assert_string_not_equal(sealed_hash(work, &s, same[0], 3), hash);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_written_whole_and_read_back),
        cmocka_unit_test(a_file_stays_whose_it_was),
        cmocka_unit_test(a_link_keeps_pointing),
        cmocka_unit_test(folders_are_listed_in_order_and_no_files),
        cmocka_unit_test(paths_are_joined),
        cmocka_unit_test(what_was_read_is_known_by_names_and_contents),
    };
    return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
