import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, ensurePackages } from './install.mjs'
import { runWithNode24 } from './node24.mjs'
import { root } from './root.mjs'
import { runMain } from './say.mjs'

/** Generators: each a folder with a `main.ts`; where it has a package.json, with packages that only generating needs. */
const generators = [
  { folder: 'docs/generate', writes: 'docs/reference/*.md' },
  { folder: 'packages/geodata/generate', writes: 'packages/geodata/src/**/*.generated.ts' },
]

await runMain(async () => {
  await ensureInstalled()
  for (const { folder, writes } of generators) {
    if (!existsSync(join(root, folder, 'main.ts'))) continue
    console.log(`${folder} -> ${writes}`)
    if (existsSync(join(root, folder, 'package.json'))) await ensurePackages(join(root, folder))
    const exitCode = await runWithNode24(`${folder}/main.ts`, process.argv.slice(2))
    if (exitCode !== 0) return exitCode
  }
  return 0
})
