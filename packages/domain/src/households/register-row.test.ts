import { describe, expect, it } from 'vitest'
import { guessColumns } from '#src/worklists/guess-columns.ts'
import { birthYearOf, isSameAtDoor, readRegisterRow, relationOf } from './register-row.ts'

const today = '2020-02-10'

describe('a row of a household register', () => {
  it('becomes a member and a door, whether the address stands in one column or in several', () => {
    const member = { name: '王小明', relation: 'head', birthYear: 1990 }
    const said = { name: '王小明', relation: '户主', born: '1990-01-01' }
    expect(readRegisterRow({ ...said, address: '翠湖苑3栋2单元501' }, today)).toMatchObject({
      is: 'row',
      row: {
        address: { estate: '翠湖苑', building: '3栋', stair: '2单元', floor: '5', door: '501' },
        member,
      },
    })
    expect(
      readRegisterRow({ ...said, estate: '翠湖苑', building: '3栋', door: '501', 'grid-cell': '7' }, today),
    ).toMatchObject({
      is: 'row',
      row: { address: { estate: '翠湖苑', building: '3栋', door: '501' }, member, gridCell: '7' },
    })
  })

  it('takes the year of birth from a resident identity number where no other stands', () => {
    const content = {
      name: '王',
      estate: '翠湖苑',
      door: '1',
      document: '440402199001011232',
      documentKind: 'resident-id',
    }
    expect(readRegisterRow(content, today)).toMatchObject({ row: { member: { birthYear: 1990 } } })
    expect(readRegisterRow({ ...content, born: '1985年' }, today)).toMatchObject({
      row: { member: { birthYear: 1985 } },
    })
  })

  it('says everything at once that cannot be used', () => {
    const content = {
      name: '王',
      address: '翠湖苑',
      born: '八五年',
      needs: '独居、想晒太阳',
      floor: '第一二三四五六七八九十层',
    }
    const reading = readRegisterRow(content, today)
    expect(reading.is === 'rejected' && reading.problems.map(({ field, why }) => [field, why])).toEqual([
      ['floor', 'longer-than-kept'],
      ['address', 'door-missing'],
      ['needs', 'needs-unknown'],
      ['born', 'birth-unreadable'],
    ])
  })

  it.each([
    ['长子', 'child'],
    ['女儿', 'child'],
    ['妻子', 'spouse'],
    ['岳母', 'parent'],
    ['孙子', 'relative'],
    ['租户', 'lodger'],
    ['Householder', 'head'],
    ['保姆', 'carer'],
    ['室友', 'other'],
  ] as const)('knows %s as %s', (text, relation) => {
    expect(relationOf(text)).toBe(relation)
  })

  it.each([
    ['1985', 1985],
    ['1985.03.02', 1985],
    ['19850302', 1985],
    ['2/3/1985', 1985],
    ['１９８５年', 1985],
    ['2021', undefined],
    ['1700', undefined],
    ['85', undefined],
  ] as const)('reads %s as %s', (text, year) => {
    expect(birthYearOf(text, today)).toBe(year)
  })

  it('is of whoever lives behind the door by name, unless two documents say otherwise', () => {
    const passport = (number: string) => ({ kind: 'passport' as const, number })
    expect(isSameAtDoor({ name: '阿依古丽·买买提' }, { name: '阿依古丽 买买提' })).toBe(true)
    expect(isSameAtDoor({ name: '王', document: passport('E1') }, { name: '王' })).toBe(true)
    expect(
      isSameAtDoor({ name: '王', document: passport('E1') }, { name: '王', document: passport('E2') }),
    ).toBe(false)
    expect(isSameAtDoor({ name: '王' }, { name: '李' })).toBe(false)
  })
})

it('columns of a register are guessed as its own: a room number is a door there', () => {
  const headers = [
    '社区网格',
    '小区',
    '楼栋',
    '单元',
    '房号',
    '姓名',
    '与户主关系',
    '证件号码',
    '电话',
    '出生日期',
    '特殊需求',
  ]
  expect(guessColumns(headers, [], today, 'household-register').map(({ field }) => field)).toEqual([
    'grid-cell',
    'estate',
    'building',
    'stair',
    'door',
    'name',
    'relation',
    'document',
    'phone',
    'born',
    'needs',
  ])
  expect(guessColumns(['房号', '姓名', '入住日期'], [], today).map(({ field }) => field)).toEqual([
    'unit',
    'name',
    'arrived-on',
  ])
})
