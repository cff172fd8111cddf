import { writeSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from './launch-fixture.ts'
import { openServerLog } from './server-log.ts'

describe('the log of an embedded PostgreSQL', () => {
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>
  let file: string

  beforeAll(async () => {
    temporary = await temporaryFolder()
    file = path.join(temporary.folder, 'postgres.log')
  })
  afterAll(() => temporary.remove())

  it('tells what was written since it was opened, and keeps what was there', async () => {
    await writeFile(file, 'an earlier run\n')
    const log = await openServerLog(file)
    writeSync(log.descriptor, 'ready\nended\n')
    expect(await log.newLines()).toEqual(['ready', 'ended'])
    await log.close()
    expect(await readFile(file, 'utf8')).toBe('an earlier run\nready\nended\n')
  })

  it('is put aside when it has grown too large', async () => {
    await writeFile(file, 'x'.repeat(101))
    const log = await openServerLog(file, 100)
    writeSync(log.descriptor, 'new\n')
    await log.close()
    expect(await readFile(file, 'utf8')).toBe('new\n')
    expect((await stat(`${file}.1`)).size).toBe(101)
  })
})
