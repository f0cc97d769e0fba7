/*
 * ENT_KERNEL marks a hot loop that the compiler builds several times, for AVX-512, AVX2 and the
 * baseline, with the choice made when the program starts. Only gcc on x86-64 does this for C;
 * elsewhere, and under sanitizers (whose runtime is not up yet when the choice is made), the
 * baseline is what there is. The loops contain no reassociated floating-point sums, so all builds
 * give the same bits.
 */
#ifndef ENT_BASE_KERNEL_H
#define ENT_BASE_KERNEL_H

#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) &&                             \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define ENT_KERNEL __attribute__((target_clones("avx512f", "avx2", "default")))
/* For loops that compare and count: AVX-512's mask registers cost more there than they save. */
#define ENT_KERNEL_COUNT __attribute__((target_clones("avx2", "default")))
#else
#define ENT_KERNEL
#define ENT_KERNEL_COUNT
#endif

#endif
