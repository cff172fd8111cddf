import { utils, write } from '@e965/xlsx'
import { encodeGb18030 } from '@guankou/testkit/files/gb18030.ts'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { openTable } from '#src/use-cases/worklists/read-table.ts'

const workbook = (rows: readonly (readonly (string | number)[])[]): Buffer => {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), 'S')
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer
}

/** A workbook part by part, for what no library writes. */
const parts = (sheets: Readonly<Record<string, string>>, attributes = ''): Buffer => {
  const names = Object.keys(sheets)
  const book = names.map(
    (name, at) => `<sheet name="${name}" ${attributes} sheetId="${at + 1}" r:id="r${at}"/>`,
  )
  const relations = names.map((_, at) => `<Relationship Id="r${at}" Target="worksheets/s${at}.xml"/>`)
  const files = {
    'xl/workbook.xml': `<workbook><sheets>${book.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relations.join('')}</Relationships>`,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, at) => [
        `xl/worksheets/s${at}.xml`,
        `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
  }
  return Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))),
  )
}

const rowsOf = async (file: Buffer, sheet?: string): Promise<(readonly string[])[]> => {
  const rows: (readonly string[])[] = []
  for await (const { cells } of (await openTable(file, sheet)).rows) rows.push(cells)
  return rows
}

describe('a table', () => {
  it.each([
    ['UTF-8', Buffer.from('姓名,手机\n张三,138\n')],
    ['UTF-8 with a mark', Buffer.from('\ufeff姓名;手机\r\n张三;138\r\n')],
    ['UTF-16', Buffer.from('\ufeff姓名\t手机\r\n张三\t138\r\n', 'utf16le')],
    ['UTF-16 without a mark', Buffer.from('姓名,手机\r\n张三,138\r\n', 'utf16le')],
    ['UTF-16 big-endian', Buffer.from('\ufeff姓名\t手机\r\n张三\t138\r\n', 'utf16le').swap16()],
    ['GB18030', encodeGb18030('姓名,手机\r张三,138\r')],
  ])('is read from %s', async (_, file) => {
    expect((await rowsOf(file)).slice(0, 2)).toEqual([
      ['姓名', '手机'],
      ['张三', '138'],
    ])
  })

  it('is read whole where one byte of it was lost, and shows which cell that cost', async () => {
    const whole = Buffer.from('姓名,手机\n张三,13812345678\n李四,13812345679\n'.repeat(20))
    const at = whole.indexOf('三') + 1
    const rows = await rowsOf(Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]))
    expect(rows).toHaveLength(60)
    expect(rows[1]?.[0]).toContain('\ufffd')
    expect(rows[2]).toEqual(['李四', '13812345679'])
  })

  it('keeps every row where files with other line ends were put together', async () => {
    expect(await rowsOf(Buffer.from('姓名,手机\r\n张三,1\n李四,2\r王五,3\r\n'))).toEqual([
      ['姓名', '手机'],
      ['张三', '1'],
      ['李四', '2'],
      ['王五', '3'],
    ])
  })

  it('loses one row to a quotation mark that nobody closed, and takes cells over lines', async () => {
    const text =
      '姓名,地址\n"张三,吉大\n李四,"香洲区\n一号"\n"阿强"(小名),拱北\n"王""五",前山\n"赵六","湾仔"\n'
    const rows = await rowsOf(Buffer.from(text))
    expect(rows.slice(1)).toEqual([
      ['"张三', '吉大'],
      ['李四', '香洲区\n一号'],
      ['"阿强"(小名)', '拱北'],
      ['王"五', '前山'],
      ['赵六', '湾仔'],
    ])
    const open = `"${'开'.repeat(20)}\n`
    const long = `姓名,手机\n${open}${'张三,138\n'.repeat(9_000)}`
    expect(await rowsOf(Buffer.from(long))).toHaveLength(9_002)
  })

  it('is cut where most is cut, whatever stands in addresses', async () => {
    const lines = Array.from({ length: 30 }, (_, at) => `张${at};138;香洲区,吉大;2020-1-5`)
    const rows = await rowsOf(Buffer.from(['姓名;手机;地址;日期', ...lines].join('\n')))
    expect(rows.every(({ length }) => length === 4)).toBe(true)
    expect(await rowsOf(Buffer.from('a,b\n="0138",1\n'))).toContainEqual(['0138', '1'])
  })

  it('shows a formula without a result, an error, and a number that lost its digits as what they are', async () => {
    const rows = await rowsOf(
      parts({
        S: `<row r="1"><c r="A1"><f>VLOOKUP(B1,X:Y,2)</f></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="str"><f>A1</f><v>张三</v></c></row>
          <row r="2"><c r="A2"><v>440402199001011264</v></c><c r="B2"><v>440402199001011233</v></c><c r="C2" t="inlineStr"><is><t>张_x000D_三</t></is></c></row>`,
      }),
    )
    expect(rows).toEqual([
      ['=VLOOKUP(B1,X:Y,2)', '#REF!', '张三'],
      ['4.4040219900101126E+17', '440402199001011233', '张\r三'],
    ])
  })

  it('keeps rows whose numbers go back', async () => {
    const row = (number: number, text: string) =>
      `<row r="${number}"><c r="A${number}" t="inlineStr"><is><t>${text}</t></is></c></row>`
    const table = await openTable(parts({ S: row(3, 'a') + row(1, 'b') + row(9e15, 'c') }))
    const numbers: number[] = []
    for await (const each of table.rows) numbers.push(each.row)
    expect(numbers).toEqual([3, 4, 5])
  })

  it('tells of other sheets that hold something, and reads the one that is chosen', async () => {
    const cell = (text: string) => `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`
    const file = parts({ 填表说明: cell('说明'), 名单: cell('姓名'), 空: '' })
    expect(await openTable(file)).toMatchObject({ sheet: '填表说明', otherSheets: ['名单'] })
    expect(await rowsOf(file, '名单')).toEqual([['姓名']])
    expect(await openTable(parts({ 藏: cell('x') }, 'state="hidden"'))).toMatchObject({ otherSheets: [] })
  })

  it('is refused where it is an old workbook, locked, a web page, or unpacks to far more than a list', async () => {
    const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex')
    await expect(openTable(compound)).rejects.toThrow('old')
    const locked = Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')])
    await expect(openTable(locked)).rejects.toThrow('locked')
    await expect(openTable(Buffer.from('<html><table>'))).rejects.toThrow('web page')
    await expect(
      rowsOf(workbook([['x'.repeat(30_000)], ...Array.from({ length: 400 }, () => ['x'.repeat(30_000)])])),
    ).rejects.toThrow(/unpacks/)
    await expect(openTable(Buffer.from('504b0304000000', 'hex'))).rejects.toThrow()
    const other = Buffer.from(zipSync({ 'content.xml': strToU8('<office/>') }))
    await expect(openTable(other)).rejects.toThrow('no sheet')
  })
})
