import { describe, expect, it } from 'vitest'
import { type Column, sortAfter, sortRows, tableTexts } from '#src/tables/columns.ts'

type Row = { readonly name: string; readonly people: number | null }
const columns: readonly Column<Row>[] = [
  { key: 'name', title: '名称', text: (row) => row.name, sortBy: (row) => row.name },
  {
    key: 'people',
    title: '人',
    numeric: true,
    text: (row) => (row.people === null ? '<5' : String(row.people)),
    sortBy: (row) => row.people,
  },
  { key: 'note', title: '注', text: () => '' },
]
const rows: readonly Row[] = [
  { name: '中山', people: null },
  { name: '广州', people: 10 },
  { name: '澳门', people: 9 },
]
const names = (sort: string | undefined) => sortRows(rows, columns, sort, 'zh-CN').map((row) => row.name)

describe('a table', () => {
  it('sorts by the column asked for, with unknown values last either way', () => {
    expect(names('people')).toEqual(['澳门', '广州', '中山'])
    expect(names('-people')).toEqual(['广州', '澳门', '中山'])
  })

  it('sorts Chinese names by sound', () => {
    expect(names('name')).toEqual(['澳门', '广州', '中山'])
  })

  it('keeps the order it was given where the word names nothing that sorts', () => {
    expect(names(undefined)).toEqual(['中山', '广州', '澳门'])
    expect(names('note')).toEqual(['中山', '广州', '澳门'])
  })

  it('turns round when the same head is pressed again', () => {
    expect(sortAfter(undefined, { key: 'people', numeric: true })).toBe('-people')
    expect(sortAfter('-people', { key: 'people', numeric: true })).toBe('people')
    expect(sortAfter('-people', { key: 'name' })).toBe('name')
  })

  it('exports what it shows', () => {
    expect(tableTexts(columns, rows.slice(0, 1))).toEqual([
      ['名称', '人', '注'],
      ['中山', '<5', ''],
    ])
  })
})
