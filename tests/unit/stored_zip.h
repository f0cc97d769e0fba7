/* A zip archive of uncompressed members, for tests and fuzzers that want other bytes within. */
#ifndef ENT_STORED_ZIP_H
#define ENT_STORED_ZIP_H

#include "base/text.h"

#include <string.h>

enum { STORED_MEMBERS = 32 };

typedef struct stored_zip {
    ent_buffer bytes;
    struct {
        const char *name;
        uint32_t crc, size, at;
    } member[STORED_MEMBERS];
    size_t count;
} stored_zip;

/* CRC-32 of ISO 3309, as zip has it; O(8 * length). */
static inline uint32_t stored_crc(const char *bytes, size_t length)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < length; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int k = 0; k < 8; k++) {
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320u : 0);
        }
    }
    return ~crc;
}

static inline void stored_number(ent_buffer *b, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        ent_put_char(b, (char)(value >> 8 * i & 0xFF));
    }
}

/* Version, flags, method, time and date, then the sizes: what both headers share. */
static inline void stored_about(ent_buffer *b, uint32_t crc, uint32_t size, const char *name)
{
    stored_number(b, 20, 2);
    stored_number(b, 0, 2);
    stored_number(b, 0, 2);
    stored_number(b, 0, 2);
    stored_number(b, 0x21, 2);
    stored_number(b, crc, 4);
    stored_number(b, size, 4);
    stored_number(b, size, 4);
    stored_number(b, (uint32_t)strlen(name), 2);
    stored_number(b, 0, 2);
}

static inline void stored_add(stored_zip *z, const char *name, const char *bytes, size_t length)
{
    size_t k = z->count++;
    z->member[k].name = name;
    z->member[k].crc = stored_crc(bytes, length);
    z->member[k].size = (uint32_t)length;
    z->member[k].at = (uint32_t)z->bytes.length;
    ent_put_bytes(&z->bytes, "PK\x03\x04", 4);
    stored_about(&z->bytes, z->member[k].crc, (uint32_t)length, name);
    ent_put(&z->bytes, name);
    ent_put_bytes(&z->bytes, bytes, length);
}

/* The directory behind the members; the archive is z->bytes then. */
static inline void stored_end(stored_zip *z)
{
    uint32_t from = (uint32_t)z->bytes.length;
    for (size_t k = 0; k < z->count; k++) {
        ent_put_bytes(&z->bytes, "PK\x01\x02", 4);
        stored_number(&z->bytes, 20, 2);
        stored_about(&z->bytes, z->member[k].crc, z->member[k].size, z->member[k].name);
        stored_number(&z->bytes, 0, 2);
        stored_number(&z->bytes, 0, 2);
        stored_number(&z->bytes, 0, 2);
        stored_number(&z->bytes, 0, 4);
        stored_number(&z->bytes, z->member[k].at, 4);
        ent_put(&z->bytes, z->member[k].name);
    }
    uint32_t size = (uint32_t)z->bytes.length - from;
    ent_put_bytes(&z->bytes, "PK\x05\x06", 4);
    stored_number(&z->bytes, 0, 4);
    stored_number(&z->bytes, (uint32_t)z->count, 2);
    stored_number(&z->bytes, (uint32_t)z->count, 2);
    stored_number(&z->bytes, size, 4);
    stored_number(&z->bytes, from, 4);
    stored_number(&z->bytes, 0, 2);
}

#endif
