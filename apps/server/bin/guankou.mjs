#!/usr/bin/env node
/** `npx guankou`: runs the command line under the Node 24 of this repository, whatever Node started it. */
const launchers = new URL('../../../bin/', import.meta.url)
const { runWithNode24 } = await import(new URL('node24.mjs', launchers))
const { compileCache } = await import(new URL('root.mjs', launchers))
const { runMain } = await import(new URL('say.mjs', launchers))

await runMain(() =>
  runWithNode24('apps/server/src/cli/main.ts', process.argv.slice(2), { env: compileCache }),
)
