#include "bargain/big.h"

#include <string.h>

ent_big ent_big_of(uint64_t value)
{
    ent_big big = {.limb = {(uint32_t)value, (uint32_t)(value >> 32)}};
    return big;
}

ent_big ent_big_plus(ent_big a, const ent_big *b)
{
    uint64_t carry = 0;
    for (int i = 0; i < ENT_BIG_LIMBS; i++) {
        carry += (uint64_t)a.limb[i] + b->limb[i];
        a.limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    a.over = a.over || b->over || carry != 0;
    return a;
}

ent_big ent_big_minus(ent_big a, const ent_big *b)
{
    if (ent_big_order(&a, b) <= 0) {
        return ent_big_of(0);
    }
    uint64_t borrow = 0;
    for (int i = 0; i < ENT_BIG_LIMBS; i++) {
        uint64_t take = (uint64_t)b->limb[i] + borrow;
        borrow = a.limb[i] < take ? 1 : 0;
        a.limb[i] = (uint32_t)(a.limb[i] - take);
    }
    return a;
}

static uint32_t times_limb(ent_big *a, uint32_t factor)
{
    uint64_t carry = 0;
    for (int i = 0; i < ENT_BIG_LIMBS; i++) {
        carry += (uint64_t)a->limb[i] * factor;
        a->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    return (uint32_t)carry;
}

ent_big ent_big_times(ent_big a, uint64_t factor)
{
    ent_big high = a;
    bool over = a.over;
    if (factor >> 32 != 0) {
        over = times_limb(&high, (uint32_t)(factor >> 32)) != 0 || over;
        over = high.limb[ENT_BIG_LIMBS - 1] != 0 || over;
        memmove(&high.limb[1], &high.limb[0], (ENT_BIG_LIMBS - 1) * sizeof high.limb[0]);
        high.limb[0] = 0;
    } else {
        high = ent_big_of(0);
    }
    over = times_limb(&a, (uint32_t)factor) != 0 || over;
    a = ent_big_plus(a, &high);
    a.over = a.over || over;
    return a;
}

int ent_big_order(const ent_big *a, const ent_big *b)
{
    for (int i = ENT_BIG_LIMBS; i-- > 0;) {
        if (a->limb[i] != b->limb[i]) {
            return a->limb[i] < b->limb[i] ? -1 : 1;
        }
    }
    return 0;
}

bool ent_big_small(const ent_big *a, uint64_t *value)
{
    for (int i = 2; i < ENT_BIG_LIMBS; i++) {
        if (a->limb[i] != 0) {
            return false;
        }
    }
    *value = (uint64_t)a->limb[1] << 32 | a->limb[0];
    return !a->over;
}

double ent_big_double(const ent_big *a)
{
    double value = 0;
    for (int i = ENT_BIG_LIMBS; i-- > 0;) {
        value = value * 0x1p32 + (double)a->limb[i];
    }
    return value;
}

static uint32_t divide(ent_big *a, uint32_t divisor)
{
    uint64_t rest = 0;
    for (int i = ENT_BIG_LIMBS; i-- > 0;) {
        rest = rest << 32 | a->limb[i];
        a->limb[i] = (uint32_t)(rest / divisor);
        rest %= divisor;
    }
    return (uint32_t)rest;
}

const char *ent_big_text(const ent_big *a, char text[ENT_BIG_ROOM])
{
    ent_big rest = *a, zero = ent_big_of(0);
    char *at = text + ENT_BIG_ROOM - 1;
    *at = '\0';
    do {
        *--at = (char)('0' + divide(&rest, 10));
    } while (ent_big_order(&rest, &zero) != 0);
    memmove(text, at, (size_t)(text + ENT_BIG_ROOM - at));
    return text;
}
