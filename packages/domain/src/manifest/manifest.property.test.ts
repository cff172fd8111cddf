import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mod112CheckOf } from '#src/identity/documents/check-digit.ts'
import { readCsvTable } from './csv-table.ts'
import { partsOf, readManifest } from './read-manifest.ts'
import { comparePlaces, placeAfter, placeAt, positionOf, readPlace } from './seats.ts'

const ask = { seatsPerRow: 4, today: '2020-01-23' }
const numberAt = (index: number): string => {
  const body = `44040219800101${String(index).padStart(3, '0')}`
  return body + mod112CheckOf(body)
}
const read = (csv: string) => {
  const manifest = readManifest(readCsvTable(csv), ask)
  if (manifest.is !== 'read') throw new Error(manifest.is)
  return manifest.people
}

describe('a list of passengers', () => {
  it.each([
    ['座位号,姓名,证件号码,手机', ','],
    ['Seat No.;Passenger name;ID number;Mobile', ';'],
    ['席位\t旅客姓名\t身份证号\t电话', '\t'],
  ])('is read under the heads %s', (heads, sign) => {
    const [one] = read(`${heads}\r\n${['3A', '王小明', numberAt(1), '13800138000'].join(sign)}\r\n`)
    expect(one).toEqual({
      line: 2,
      text: `3A · 王小明 · ${numberAt(1)} · 13800138000`,
      place: '3A',
      carriage: '',
      name: '王小明',
      documentKind: 'resident-id',
      documentNumber: numberAt(1),
      phone: '13800138000',
      faults: [],
    })
  })

  it('finds its head below a title', () => {
    expect(read('粤C12345 旅客名单\n\n姓名,护照号\nAnna,E12345678')).toMatchObject([
      { line: 4, name: 'Anna', documentKind: 'passport', faults: [] },
    ])
  })

  it.each([
    ['nobody', '1,,,'],
    ['number-wrong', `1,王,${numberAt(1).slice(0, 17)}Y,`],
    ['number-wrong', '1,王,440402198001010019,'],
    ['number-rounded', '1,王,4.40402E+17,'],
    ['number-rounded', '1,王,440402198001010000,'],
    ['seat-missing', `,王,${numberAt(1)},`],
    ['seat-unread', `过道,王,${numberAt(1)},`],
    ['phone-wrong', `1,王,${numberAt(1)},无`],
  ])('tells %s, and keeps the row', (fault, row) => {
    const [one] = read(`座位,姓名,证件号,电话\n${row}`)
    expect(one?.faults).toContain(fault)
    expect(one?.text).toBe(
      row
        .split(',')
        .filter((cell) => cell !== '')
        .join(' · '),
    )
  })

  it('tells a seat and a number that came before', () => {
    const [, second] = read(`座位,姓名,证件号\n7,甲,${numberAt(1)}\n7,甲,${numberAt(1)}`)
    expect(second).toEqual(expect.objectContaining({ faults: ['number-twice', 'seat-taken'] }))
    expect(second).not.toHaveProperty('place')
  })

  it('keeps a child who is listed under the number of a parent as somebody of their own', () => {
    const people = read(`姓名,证件号\n甲,${numberAt(1)}\n小乙,${numberAt(1)}\n,${numberAt(1)}`)
    expect(people.map(({ faults }) => faults)).toEqual([[], ['number-of-other'], ['number-twice']])
  })

  it('asks about a number that ends in zeros, and keeps it, for it may be right', () => {
    const number = numberAt(700)
    expect(number).toBe('440402198001017000')
    expect(read(`证件号\n${number}`)).toMatchObject([{ documentNumber: number, faults: ['number-rounded'] }])
  })

  it('keeps every digit of every resident number', () => {
    const numbers = Array.from({ length: 1_000 }, (_, serial) => numberAt(serial))
    const people = read(`证件号\n${numbers.join('\n')}`)
    expect(people.map(({ documentNumber }) => documentNumber)).toEqual(numbers)
    const asked = people.filter(({ faults }) => faults.length > 0)
    expect(asked.every(({ documentNumber }) => documentNumber.endsWith('000'))).toBe(true)
  })

  it('drops no row and gives no seat twice, whatever stands in it', () => {
    const cell = fc.string({ maxLength: 12 }).map((text) => text.replace(/["\r\n,;\t，]/g, ''))
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 250 }), (rows) => {
        const people = read(`座位,姓名,证件号\n${rows.map((row) => `${row.join(',')}`).join('\n')}\n1,末,`)
        const filled = rows.filter((row) => row.some((text) => text.trim() !== '')).length
        expect(people).toHaveLength(filled + 1)
        const parts = partsOf(people, 4)
        expect(parts.flatMap((part) => part.people.map(({ line }) => line)).sort()).toEqual(
          people.map(({ line }) => line).sort(),
        )
        for (const { people: part } of parts) {
          const places = part.flatMap(({ place }) => place ?? [])
          expect(new Set(places).size).toBe(places.length)
          expect(part.length).toBeLessThanOrEqual(100)
        }
      }),
    )
  })

  it.each([
    ['', 'empty'],
    ['名单', 'no-head'],
    ['姓名,座位', 'empty'],
  ])('%j is %s', (csv, is) => {
    expect(readManifest(readCsvTable(csv), ask)).toEqual({ is })
  })
})

describe('a table of separated values', () => {
  it('reads quoted cells, and lets a stray mark cost its own row alone', () => {
    const rows = readCsvTable('姓名,号\n"王, 小""明",1\n"李,2\n张,3\n')
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['姓名', '号'],
      ['王, 小"明', '1'],
      ['"李', '2'],
      ['张', '3'],
    ])
  })
})

describe('a place', () => {
  const somewhere = fc.record({ row: fc.integer({ min: 1, max: 98 }), at: fc.integer({ min: 1, max: 10 }) })
  it('is where its row and position say, and reads as it is written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 10 }),
        somewhere,
        fc.constantFrom('letters' as const, 'numbers' as const),
        (perRow, { row, at }, style) => {
          fc.pre(at <= perRow && (style === 'letters' || row * perRow < 999))
          const place = placeAt({ row, at }, perRow, style)
          expect(readPlace(place.toLowerCase(), perRow)).toBe(place)
          expect(positionOf(place, perRow)).toEqual({ row, at })
          const next = placeAfter(place, perRow)
          expect(next).toBeDefined()
          expect(comparePlaces(place, next ?? '', perRow)).toBeLessThan(0)
        },
      ),
    )
  })

  it.each(['', 'A3', '0', '1000', '100A', '3Z', '3I', '过道'])('%j is none', (written) => {
    expect(readPlace(written, undefined)).toBeUndefined()
  })

  it('has a letter of its row', () => {
    expect(readPlace('3F', 4)).toBeUndefined()
    expect(readPlace('3F', undefined)).toBe('3F')
    expect(readPlace('12 号', 4)).toBe('12')
  })
})

describe('the parts of a list', () => {
  it('are its carriages, from the front', () => {
    const list = '车厢,座位,姓名\n10,2A,丁\n2,12B,丙\n2,1C,乙\n2,1A,甲'
    const parts = partsOf(read(list), 4)
    expect(parts.map(({ carriage, people }) => [carriage, people.map(({ name }) => name).join('')])).toEqual([
      ['2', '甲乙丙'],
      ['10', '丁'],
    ])
  })
})

describe('columns that a person chose', () => {
  it('go before the heads', () => {
    const rows = readCsvTable('甲列,乙列\n张三,3A')
    expect(readManifest(rows, ask)).toEqual({ is: 'no-head' })
    const mapped = {
      at: 0,
      columns: new Map([
        ['name', 0],
        ['seat', 1],
      ] as const),
    }
    expect(readManifest(rows, ask, mapped)).toMatchObject({
      is: 'read',
      people: [{ name: '张三', place: '3A' }],
    })
  })
})
