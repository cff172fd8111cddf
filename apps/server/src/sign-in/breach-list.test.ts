import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBreachList } from './breach-list.ts'

const log = pino({ level: 'silent' })
const hashOf = (password: string): string => createHash('sha1').update(password).digest('hex').toUpperCase()

describe('a list of leaked passwords', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-leaked-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('is not asked where none is configured', async () => {
    expect(await createBreachList(undefined, log).ask('password')).toBe('off')
  })

  it('in a file finds exactly what is in it, however long the file', async () => {
    const file = join(folder, 'list.txt')
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 300 }),
        fc.integer({ min: 0, max: 299 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        async (passwords, at, end, counted) => {
          const [asked] = passwords.splice(at % Math.max(1, passwords.length), 1)
          const lines = passwords.map(
            (each, index) => hashOf(each.normalize('NFC')) + (counted ? `:${index}` : ''),
          )
          await writeFile(file, lines.toSorted().join(end))
          const list = createBreachList({ file }, log)
          for (const each of passwords.slice(0, 20)) expect(await list.ask(each)).toBe('leaked')
          if (
            asked !== undefined &&
            !passwords.some((each) => each.normalize('NFC') === asked.normalize('NFC'))
          )
            expect(await list.ask(asked)).toBe('not-listed')
        },
      ),
      { numRuns: 60 },
    )
  })

  it('at an address is told five characters of a hash and no more', async () => {
    const asked: string[] = []
    const wanted = hashOf('P@ssw0rd-2020')
    const http = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end(`${wanted.slice(5)}:12\r\n${'0'.repeat(35)}:0\r\n`)
    })
    await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening))
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/range`
    const list = createBreachList({ url }, log)
    expect(await list.ask('P@ssw0rd-2020')).toBe('leaked')
    expect(await list.ask('something else')).toBe('not-listed')
    expect(asked[0]).toBe(`/range/${wanted.slice(0, 5)}`)
    http.closeAllConnections()
    await new Promise((closed) => http.close(closed))
    expect(await list.ask('P@ssw0rd-2020')).toBe('unreachable')
  })

  it('at an address sends us nowhere else and cannot fill the memory', async () => {
    let reached = 0
    const inner = createServer((_, response) => {
      reached += 1
      response.end()
    })
    await new Promise<void>((listening) => inner.listen(0, '127.0.0.1', listening))
    const location = `http://127.0.0.1:${(inner.address() as AddressInfo).port}/latest/meta-data`
    const outer = createServer((request, response) => {
      if (request.url?.startsWith('/away')) response.writeHead(302, { location }).end()
      else response.end('A'.repeat(3 * 2 ** 20))
    })
    await new Promise<void>((listening) => outer.listen(0, '127.0.0.1', listening))
    const base = `http://127.0.0.1:${(outer.address() as AddressInfo).port}`
    for (const url of [`${base}/away`, `${base}/much`])
      expect(await createBreachList({ url }, log).ask('P@ssw0rd-2020')).toBe('unreachable')
    expect(reached).toBe(0)
    for (const http of [inner, outer]) {
      http.closeAllConnections()
      await new Promise((closed) => http.close(closed))
    }
  })

  it('that is missing holds nobody up', async () => {
    expect(await createBreachList({ file: join(folder, 'none.txt') }, log).ask('x')).toBe('unreachable')
  })
})
