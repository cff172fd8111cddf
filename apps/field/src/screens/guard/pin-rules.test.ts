import { expect, it } from 'vitest'
import { pauseAfter } from '#src/storage/pin-vaults.ts'
import { pinFaultOf } from './pin-rules.ts'

it.each([
  ['12345', 'short'],
  ['', 'short'],
  ['123456', 'simple'],
  ['876543', 'simple'],
  ['000000', 'simple'],
  ['135790', undefined],
  ['112233', undefined],
])('judges %s', (pin, fault) => {
  expect(pinFaultOf(pin)).toBe(fault)
})

it('lets two slips pass and then asks for ever longer pauses, a quarter of an hour at most', () => {
  expect([1, 2, 3, 4, 5, 8, 9].map((tries) => pauseAfter(tries) / 1_000)).toEqual([
    0, 0, 30, 60, 120, 900, 900,
  ])
})
