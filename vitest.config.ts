import { defineConfig } from 'vitest/config'

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
    maxWorkers: 2,
    expect: { poll: { timeout: 60_000 } },
    sequence: { shuffle: false },
  },
})
