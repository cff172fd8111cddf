import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/longest-first.ts'

/** Half as many again as there are cores: much of what a worker does is to wait. PostgreSQL has room for six. */
const maxWorkers = Math.min(6, Math.ceil(availableParallelism() * 1.5))

/**
 * One runner for every kind of test. What a test needs is in its suffix: `.pg` a PostgreSQL server,
 * `.browser` and `.journey` a Chromium and a whole running system.
 */
export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.{ts,tsx}', 'apps/*/src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
    globalSetup: ['tests/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    maxWorkers,
    expect: { poll: { timeout: 60_000 } },
    sequence: { shuffle: false, sequencer: LongestFirst },
  },
})
