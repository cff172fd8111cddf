import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled } from './install.mjs'
import { runWithNode24 } from './node24.mjs'
import { root } from './root.mjs'
import { runMain } from './say.mjs'

/** `npm run -s bench -- NAME` runs `bench/NAME.ts`, whose last line is JSON; standard output is the bench's alone. */
const [name, ...args] = process.argv.slice(2)

await runMain(async () => {
  const folder = join(root, 'bench')
  const names = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
  if (name === undefined) {
    process.stderr.write(`npm run -s bench -- NAME\nNAME: ${names.join(', ')}\n`)
    return 0
  }
  if (!names.includes(name)) {
    process.stderr.write(
      `There is no bench ${name}; there are: ${names.join(', ')}\n没有名为 ${name} 的测量。\n`,
    )
    return 2
  }
  await ensureInstalled()
  return runWithNode24(`bench/${name}.ts`, args)
})
