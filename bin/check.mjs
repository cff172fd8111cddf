import { runChecks } from './checks.mjs'
import { ensureInstalled } from './install.mjs'
import { runMain } from './say.mjs'
import { auditDependencies, writeBillOfMaterials } from './supply-chain.mjs'

await runMain(async () => {
  await ensureInstalled()
  const failed = (await runChecks()) + (await writeBillOfMaterials()) + (await auditDependencies())
  return failed === 0 ? 0 : 1
})
