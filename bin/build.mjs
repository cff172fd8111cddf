import { buildFronts } from './fronts.mjs'
import { ensureInstalled } from './install.mjs'
import { runMain } from './say.mjs'

await runMain(async () => {
  await ensureInstalled()
  await buildFronts((line) => console.log(line))
  console.log('fronts are up to date 前端已是最新')
  return 0
})
