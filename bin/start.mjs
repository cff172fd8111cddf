import { buildFronts } from './fronts.mjs'
import { ensureInstalled } from './install.mjs'
import { runWithNode24 } from './node24.mjs'
import { runMain } from './say.mjs'

/** The server goes on counting where this stops: it is told both numbers. */
const steps = 6

await runMain(async () => {
  console.log(`[1/${steps}] Packages 依赖`)
  await ensureInstalled()
  console.log(`[2/${steps}] Browser applications 前端`)
  await buildFronts((line) => console.log(`      ${line}`))
  return runWithNode24('apps/server/src/cli/main.ts', ['demo', ...process.argv.slice(2)], {
    env: { GUANKOU_STEPS_DONE: '2', GUANKOU_STEPS: String(steps) },
  })
})
