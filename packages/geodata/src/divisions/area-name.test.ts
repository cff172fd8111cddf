import { describe, expect, it } from 'vitest'
import { areaName, areaNames } from '#src/divisions/area-name.ts'

describe('areaName', () => {
  it.each([
    [420000, '湖北省'],
    [420100, '武汉市'],
    [440402, '香洲区'],
    [440402001, '香洲区 440402001'],
    [440499, '珠海市 440499'],
    [900826, '英国'],
    [190000, '190000'],
  ])('of %i is %s', (code, name) => {
    expect(areaName(code, 'zh')).toBe(name)
  })

  it('comes in both languages', () => {
    expect(areaNames(440402001)).toEqual({ zh: '香洲区 440402001', en: 'Xiangzhou District 440402001' })
  })
})
