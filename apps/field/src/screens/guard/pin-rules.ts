import { leastPinDigits } from '@guankou/contract/access/phone-policy.ts'

export type PinFault = 'short' | 'simple'

const isRun = (pin: string, step: number): boolean =>
  [...pin].every((digit, index) => index === 0 || Number(digit) - Number(pin[index - 1]) === step)

/** Why a PIN is not taken, if so. @example pinFaultOf('123456') // 'simple' */
export const pinFaultOf = (pin: string): PinFault | undefined => {
  if (pin.length < leastPinDigits) return 'short'
  return [0, 1, -1].some((step) => isRun(pin, step)) ? 'simple' : undefined
}
