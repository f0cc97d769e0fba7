/*
 * Runs a fuzzer's body once on each file of its corpus, built by any compiler: a fuzzer that nobody
 * runs for a while still meets what it was given. TAP output.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static int run(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t room = 1 << 22, size;
    uint8_t *bytes = malloc(room);
    if (file == NULL || bytes == NULL) {
        return 1;
    }
    size = fread(bytes, 1, room, file);
    fclose(file);
    uint8_t *exact = malloc(size + 1); /* so that a sanitizer sees its end */
    for (size_t i = 0; exact != NULL && i < size; i++) {
        exact[i] = bytes[i];
    }
    free(bytes);
    int failed = exact == NULL || LLVMFuzzerTestOneInput(exact, size) != 0;
    free(exact);
    return failed;
}

int main(int count, char **words)
{
    char path[4096];
    int number = 0, failed = 0;
    DIR *folder = count == 2 ? opendir(words[1]) : NULL;
    if (folder == NULL) {
        return 1;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] != '.') {
            snprintf(path, sizeof path, "%s/%s", words[1], entry->d_name);
            int bad = run(path);
            printf("%s %d - %s\n", bad ? "not ok" : "ok", ++number, entry->d_name);
            failed += bad;
        }
    }
    closedir(folder);
    printf("1..%d\n", number);
    return failed > 0 || number == 0;
}
