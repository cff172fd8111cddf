/** Numbers that look random and come again with the same seed. Source: mulberry32, public domain. */
export type Chance = {
  readonly unit: () => number
  readonly between: (least: number, most: number) => number
  readonly whole: (least: number, most: number) => number
  readonly pick: <Each>(from: readonly Each[]) => Each
  readonly text: (symbols: string, length: number) => string
}

export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0
  const unit = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (least: number, most: number): number => least + Math.floor(unit() * (most - least + 1))
  const pick = <Each>(from: readonly Each[]): Each => {
    const each = from[whole(0, from.length - 1)]
    if (each === undefined) throw new RangeError('nothing to pick from')
    return each
  }
  return {
    unit,
    between: (least, most) => least + unit() * (most - least),
    whole,
    pick,
    text: (symbols, length) => Array.from({ length }, () => pick([...symbols])).join(''),
  }
}
