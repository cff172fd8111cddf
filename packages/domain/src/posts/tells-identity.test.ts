import { describe, expect, it } from 'vitest'
import { tellsIdentity } from './tells-identity.ts'

describe('a text of the hand-over book', () => {
  it.each([
    '司机 13800138000 待回访',
    '电话 138-0013-8000',
    'ID 11010119900307123X',
    '证件 110101900307123',
    '粤C·12345 的司机',
    '湘 A D12345 新能源',
  ])('is refused where it tells a number of somebody: %s', (text) => expect(tellsIdentity(text)).toBe(true))

  it.each([
    '二号道升降杆坏了，报修单 20200210001',
    '口罩 200 只，手套 100 双',
    '14:30 起交警在 G94 出口分流',
    '川流不息，注意安全',
    'Barrier of lane 2 is stuck; call extension 8114',
  ])('is taken where it does not: %s', (text) => expect(tellsIdentity(text)).toBe(false))
})
