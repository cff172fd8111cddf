import { readRow } from '@guankou/domain/worklists/read-row.ts'
import { describe, expect, it } from 'vitest'
import { drawHotelGuests } from '#src/lists/hotel-guests.ts'

const columns = ([null, 'name', 'phone', 'document', 'arrived-on', 'address'] as const).map((field) => ({
  field,
  order: null,
}))

describe('a list of hotel guests', () => {
  it('has as many wrong rows as it says, and no others', () => {
    const { text, wrong } = drawHotelGuests(500, 7)
    const rows = text.trimEnd().split('\r\n').slice(2)
    expect(rows).toHaveLength(500)
    const context = { kind: 'hotel-guests', columns, today: '2020-02-10', countsFrom1904: false } as const
    const readings = rows.map((row) => readRow(row.split(','), context))
    expect(readings.filter(({ is }) => is === 'rejected')).toHaveLength(wrong)
    expect(readings.filter(({ is }) => is === 'row')).toHaveLength(500 - wrong)
  })

  it('is the same again from the same seed', () => {
    expect(drawHotelGuests(20, 3)).toEqual(drawHotelGuests(20, 3))
    expect(drawHotelGuests(20, 3).text).not.toBe(drawHotelGuests(20, 4).text)
  })
})
