import { runChecks } from './checks.mjs'
import { ensureInstalled } from './install.mjs'
import { runMain } from './say.mjs'

await runMain(async () => {
  await ensureInstalled()
  return (await runChecks()) === 0 ? 0 : 1
})
