import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flowColumns, parseFlows } from '@guankou/simulator/inputs/flows.ts'
import { directions, parseProfile, profileColumns } from '@guankou/simulator/inputs/profile.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandFailure } from './exit-codes.ts'
import { readCsv } from './read-csv.ts'

const date = '2020-01-20'

const flowsOf = (rows: readonly string[]): string => ['date,origin_code,flow_index', ...rows, ''].join('\n')
const windows = Array.from({ length: 72 }, (_, slot) => {
  const clock = `${String(Math.floor(slot / 3)).padStart(2, '0')}:${String((slot % 3) * 20).padStart(2, '0')}`
  return `2020-01-01T${clock},1,entry,5`
})
const profileOf = (rows: readonly string[]): string =>
  ['window_start,tollgate_id,direction,volume', ...rows, ''].join('\n')

const badFlows: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ['wrong-columns', 'day,from,share\n2020-01-20,442000,1\n', /date.*column|column.*date/i],
  ['negative', flowsOf([`${date},442000,1`, `${date},440100,-0.1`]), /row 3, flow_index: /],
  ['no-number', flowsOf([`${date},442000,many`]), /row 2, flow_index: /],
  ['infinite', flowsOf([`${date},442000,Infinity`]), /row 2, flow_index: /],
  ['unknown-code', flowsOf([`${date},442000,1`, `${date},123456,1`]), /row 3, origin_code: .*123456/],
  ['twice', flowsOf([`${date},442000,1`, `${date},442000,1`]), /row 3, origin_code: .*twice/],
  ['bad-day', flowsOf(['2020-02-30,442000,1']), /row 2, date: /],
  ['other-day', flowsOf(['2020-01-21,442000,1']), /no row for .*2020-01-20/],
  ['all-zero', flowsOf([`${date},442000,0`]), /add up to 0/],
  ['empty', '', /the file is empty/],
  ['header-only', flowsOf([]), /the file has no rows/],
  ['not-utf8', new Uint8Array([0x64, 0xc3, 0x28, 0xff, 0xfe]), /not UTF-8/],
  ['open-quote', `date,origin_code,flow_index\n${date},"442000,1\n`, /not readable as CSV/],
  ['one-long-line', `date,origin_code,flow_index\n"${'x'.repeat(200_000)}"\n`, /not readable as CSV|row 2/],
]
const badProfiles: readonly (readonly [string, string, RegExp])[] = [
  ['negative-volume', profileOf([...windows.slice(1), '2020-01-01T00:00,1,entry,-5']), /row 73, volume: /],
  ['odd-window', profileOf(['2020-01-01T00:10,1,entry,5']), /row 2, window_start: .*20 minutes/],
  ['no-direction', profileOf(['2020-01-01T00:00,1,sideways,5']), /row 2, direction: /],
  ['half-day', profileOf(windows.slice(0, 36)), /no day is complete/],
  ['missing-column', 'window_start,direction,volume\n2020-01-01T00:00,entry,5\n', /tollgate_id/],
]

describe('a file for the command line', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guankou-csv-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const write = async (content: string | Uint8Array): Promise<string> => {
    const file = join(folder, 'input.csv')
    await writeFile(file, content)
    return file
  }
  const readFlows = (file: string) => readCsv(file, flowColumns, (rows) => parseFlows(rows, date))
  const readProfile = (file: string) =>
    readCsv(file, profileColumns, (rows) => parseProfile(rows, directions))
  const failureOf = async (reading: Promise<unknown>): Promise<CommandFailure> => {
    const failure: unknown = await reading.then(() => undefined).catch((error: unknown) => error)
    if (!(failure instanceof CommandFailure)) throw new Error(`not refused: ${String(failure)}`)
    return failure
  }

  it('is read with or without byte order mark, line ends of any kind and columns in any order', async () => {
    const text = `flow_index,extra,origin_code,date\r\n3,x,442000,${date}\r\n1,"a,b",440100,${date}\r\n`
    for (const variant of [text, `\ufeff${text}`, text.replaceAll('\r\n', '\n')]) {
      const { shares } = await readFlows(await write(variant))
      expect(shares).toEqual([
        { originCode: 442000, share: 0.75 },
        { originCode: 440100, share: 0.25 },
      ])
    }
    expect((await readProfile(await write(profileOf(windows)))).vehicles).toBe(360)
  })

  it.each(badFlows)('of flows is refused with place and reason: %s', async (_, content, reason) => {
    const file = await write(content)
    const { message, exitCode } = await failureOf(readFlows(file))
    expect(exitCode).toBe(2)
    expect(message).toContain(`${file} was refused`)
    expect(message).toMatch(reason)
  })

  it.each(badProfiles)('of volumes is refused with place and reason: %s', async (_, content, reason) => {
    const { message, exitCode } = await failureOf(readProfile(await write(content)))
    expect(exitCode).toBe(2)
    expect(message).toMatch(reason)
  })

  it('with a thousand bad rows is refused in a few lines that say how many there are', async () => {
    const rows = Array.from({ length: 1_000 }, () => `${date},999,-1`)
    const { message } = await failureOf(readFlows(await write(flowsOf(rows))))
    expect(message.split('\n').length).toBeLessThan(60)
    expect(message).toMatch(/… \d+ more/)
  })

  it('that is none, a folder, too large or not text is refused without being read through', async () => {
    const huge = join(folder, 'huge.csv')
    const zeros = join(folder, 'zeros.csv')
    const head = `${flowsOf([`${date},442000,1`])}${'#'.repeat(70_000)}`
    for (const [file, text] of [
      [huge, head],
      [zeros, ''],
    ] as const) {
      const handle = await open(file, 'w')
      await handle.write(text)
      await handle.truncate(200 * 2 ** 20)
      await handle.close()
    }
    const before = process.memoryUsage().arrayBuffers
    expect((await failureOf(readFlows(huge))).message).toMatch(/more than 64 MB/)
    expect((await failureOf(readFlows(zeros))).message).toMatch(/zero bytes/)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 2 ** 20)
    expect((await failureOf(readFlows(join(folder, 'none.csv')))).message).toMatch(
      /cannot be read \(ENOENT\)/,
    )
    expect((await failureOf(readFlows(folder))).message).toMatch(/cannot be read \(EISDIR\)/)
  })
})
