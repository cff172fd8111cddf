import { buildFronts } from './fronts.mjs'
import { ensureInstalled } from './install.mjs'
import { runWithNode24 } from './node24.mjs'
import { compileCache } from './root.mjs'
import { runMain } from './say.mjs'

await runMain(async () => {
  console.log('[1/3] Packages 依赖')
  await ensureInstalled()
  console.log('[2/3] Browser applications 前端')
  await buildFronts((line) => console.log(`      ${line}`))
  console.log('[3/3] Database, demonstration city and server 数据库、示范城市与服务器')
  return runWithNode24('apps/server/src/cli/main.ts', ['demo', ...process.argv.slice(2)], {
    env: compileCache,
  })
})
