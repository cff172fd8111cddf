import { read, utils } from '@e965/xlsx'
import { exportColumnNames } from '@guankou/contract/exports/columns.ts'
import { findInvisibleMarks, withoutInvisible } from '@guankou/domain/exports/invisible-mark.ts'
import { createTestDatabase, type TestDatabase } from '@guankou/testkit/postgres/test-database.ts'
import { parse } from 'csv-parse/sync'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  anExport,
  aStop,
  downloadFile,
  exportCity,
  exportDistrict,
  hardNames,
  makeExport,
  recordAll,
} from '../../../tests-support/exports.ts'
import {
  demoCityTemplate,
  startTestServer,
  type TestServer,
  type TestSession,
} from '../../../tests-support/test-server.ts'

const ref = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/

describe.each(inject('databaseServers').slice(0, 1))('the file of a list on $name', ({ url }) => {
  let database: TestDatabase
  let server: TestServer
  let clerk: TestSession
  let id: string
  beforeAll(async () => {
    database = await createTestDatabase(url, demoCityTemplate)
    server = await startTestServer({ databaseUrl: database.url })
    await recordAll(server, [
      aStop(
        1,
        '2020-02-08T02:00:00.000Z',
        hardNames.map((name) => ({ name, phone: '+853 6612 3456' })),
      ),
      aStop(2, '2020-02-09T02:00:00.000Z', [{ name: '张三', phone: '138 1234 5678' }], {
        jurisdiction: exportDistrict.code,
        postId: exportDistrict.postId,
      }),
      // The day after the list.
      aStop(3, '2020-02-09T16:30:00.000Z', [{ name: '不在名单' }]),
    ])
    clerk = await server.signIn('screening-clerk', exportCity)
    id = await makeExport(server, clerk, anExport())
  })
  afterAll(async () => {
    await server.close()
    await database.drop()
  })

  const headings = ['ref', ...anExport().columns].map(
    (column) => exportColumnNames[column as keyof typeof exportColumnNames].zh,
  )
  const expectRows = (rows: readonly (readonly string[])[]) => {
    const [first, second, heading, ...rest] = rows
    expect(first).toHaveLength(1)
    expect(first?.[0]).toContain('香洲区疾控中心（测试）')
    expect(first?.[0]).toContain('密切接触者追踪')
    expect(second?.[0]).toContain(id)
    expect(second?.[0]).toContain('2020-02-10 12:00')
    expect(second?.[0]).toContain('有效期至 2020-02-13 12:00')
    expect(heading).toEqual(headings)
    expect(rest.slice(-2)).toEqual([first, second])
    const body = rest.slice(0, -2).map((cells) => cells.map(withoutInvisible))
    expect(body).toHaveLength(7)
    for (const cells of body) expect(cells[0]).toMatch(ref)
    expect(body.map((cells) => cells[4])).toEqual([
      ...hardNames.map((name) => (/^[=+@－]/.test(name) ? `'${name}` : name)),
      '张三',
    ])
    expect(body.map((cells) => cells[6])).toEqual([...hardNames.map(() => '+85366123456'), '13812345678'])
    expect(body.at(-1)?.slice(1, 4)).toEqual([
      '2020-02-09 10:00',
      server.context.reference.current().post(exportDistrict.postId)?.name.zh,
      '粤C12342',
    ])
    for (const cells of rows.flat()) expect(cells).not.toMatch(/^[\s]*[=@－-]/)
  }

  it('opens as CSV with mark, headings and every row, nothing of which is a formula', async () => {
    const { status, headers, content } = await downloadFile(server, clerk, id, 'csv')
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="guankou-[0-9a-f]{12}-1\.csv"$/)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(content.subarray(0, 3)).toEqual(Buffer.from('\ufeff'))
    expectRows(parse(content, { bom: true, relax_column_count: true }) as string[][])
  })

  it('opens as a workbook of text cells alone', async () => {
    const { content, headers } = await downloadFile(server, clerk, id, 'xlsx')
    expect(headers.get('content-type')).toContain('spreadsheetml.sheet')
    const book = read(content, { cellFormula: true, cellStyles: true })
    expect(book.SheetNames).toEqual(['密切接触者追踪'])
    const sheet = book.Sheets[book.SheetNames[0] ?? '']
    if (sheet === undefined) throw new Error('there is no sheet')
    const cells = Object.entries(sheet).filter(([at]) => !at.startsWith('!')) as [
      string,
      { t: string; f?: string },
    ][]
    expect(cells.length).toBeGreaterThan(60)
    for (const [at, cell] of cells) expect([at, cell.t, cell.f]).toEqual([at, 's', undefined])
    expectRows(utils.sheet_to_json<string[]>(sheet, { header: 1 }))
    expect(sheet['!cols']?.[0]?.width).toBeGreaterThan(20)
  })

  it('prints the mark on every page: in head and foot, and as rows that repeat', async () => {
    const { content } = await downloadFile(server, clerk, id, 'xlsx')
    const parts = unzipSync(content)
    const text = (name: string): string => Buffer.from(parts[name] ?? []).toString()
    const sheet = text('xl/worksheets/sheet1.xml')
    const head = /<oddHeader>(.*)<\/oddHeader>/.exec(sheet)?.[1] ?? ''
    const foot = /<oddFooter>(.*)<\/oddFooter>/.exec(sheet)?.[1] ?? ''
    expect(head).toContain('香洲区疾控中心（测试）')
    expect(head).toContain('密切接触者追踪')
    for (const told of [id, '2020-02-10 12:00', '2020-02-13 12:00']) expect(foot).toContain(told)
    for (const part of [head, foot]) expect(part.replaceAll('&amp;', '&').length).toBeLessThanOrEqual(255)
    expect(text('xl/workbook.xml')).toContain("'密切接触者追踪'!$1:$3")
    expect(text('docProps/core.xml')).toContain('香洲区疾控中心')
    expect(sheet).not.toContain('<f>')
  })

  it('hides the download in the cells that people read, and in none that programs compare', async () => {
    const { content } = await downloadFile(server, clerk, id, 'csv')
    const rows = (parse(content, { bom: true, relax_column_count: true }) as string[][]).slice(3, -2)
    for (const cells of rows)
      for (const [index, cell] of cells.entries()) {
        const marks = findInvisibleMarks(cell)
        expect(marks).toHaveLength([2, 4, 7].includes(index) ? 1 : 0)
        if (marks[0] !== undefined) expect(marks[0].download).toBe(4)
        else expect(withoutInvisible(cell)).toBe(cell)
      }
  })

  it('holds no more than the columns asked for, in the language asked for', async () => {
    const english = await makeExport(
      server,
      clerk,
      anExport({
        language: 'en',
        columns: ['name', 'origin'],
        purpose: 'follow-up',
        organisation: 'A & B <CDC>',
      }),
    )
    const { content } = await downloadFile(server, clerk, english, 'xlsx')
    const book = read(content)
    const sheet = book.Sheets[book.SheetNames[0] ?? '']
    if (sheet === undefined) throw new Error('there is no sheet')
    const rows = utils.sheet_to_json<string[]>(sheet, { header: 1 })
    expect(rows[0]?.[0]).toBe('For A & B <CDC> (Test) only · Purpose: Follow-up by phone')
    expect(rows[2]).toEqual(['Ref', 'Name', 'Origin'])
    expect(rows.slice(3, -2).map((cells) => withoutInvisible(cells[2] ?? ''))).toEqual(
      Array(7).fill('Zhongshan'),
    )
    expect(Buffer.from(unzipSync(content)['xl/worksheets/sheet1.xml'] ?? []).toString()).toContain(
      'A &amp;&amp; B &lt;CDC&gt;',
    )
  })
})
