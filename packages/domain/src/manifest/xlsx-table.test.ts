import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readManifest } from './read-manifest.ts'
import { readXlsxTable } from './xlsx-table.ts'

const book = (sheet: string, strings = '', state = '') =>
  zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook><sheets><sheet name="a" sheetId="1" state="hidden" r:id="rId1"/><sheet name="b" sheetId="2" ${state} r:id="rId2"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
    ),
    'xl/sharedStrings.xml': strToU8(`<sst>${strings}</sst>`),
    'xl/worksheets/sheet1.xml': strToU8(
      '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
    ),
    'xl/worksheets/sheet2.xml': strToU8(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
  })

const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`

describe('a workbook', () => {
  it('is read from its first sheet in sight, with the rows that it numbers', () => {
    const strings = '<si><t>座位</t></si><si><r><t>姓</t></r><r><t>名</t></r><rPh><t>xing</t></rPh></si>'
    const sheet = `<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row><row r="3"/><row r="5">${cell('A5', '3A')}${cell('C5', '王 &amp; 李')}</row>`
    expect(readXlsxTable(book(sheet, strings))).toEqual([
      { line: 2, cells: ['座位', '', '姓名'] },
      { line: 5, cells: ['3A', '', '王 &amp; 李'.replace('&amp;', '&')] },
    ])
  })

  it('tells numbers that the program rounded', () => {
    const sheet = `<row r="1">${cell('A1', '证件号')}</row><row r="2"><c r="A2"><v>4.40402198001010E+17</v></c></row><row r="3">${cell('A3', '440402198001010016')}</row>`
    const rows = readXlsxTable(book(sheet)) ?? []
    const read = readManifest(rows, { seatsPerRow: undefined, today: '2020-01-23' })
    expect(read).toMatchObject({
      is: 'read',
      people: [
        { line: 2, faults: ['number-rounded'], documentNumber: '' },
        { documentNumber: '440402198001010016' },
      ],
    })
  })

  it.each([
    ['no archive', new Uint8Array([1, 2, 3])],
    ['an archive of something else', zipSync({ 'a.txt': strToU8('a') })],
    ['a workbook that declares entities', book('<!ENTITY a "b"><row r="1"></row>')],
  ])('is not %s', (_, bytes) => {
    expect(readXlsxTable(bytes)).toBeUndefined()
  })
})
