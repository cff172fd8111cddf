/** Seed of the random tests of this run; `FUZZ_SEED=<number>` repeats one that failed. */
export const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
