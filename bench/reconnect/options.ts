import { parseArgs } from 'node:util'

/** What a run is about; the numbers of the full run stand here. */
export const readOptions = () => {
  const { values } = parseArgs({
    options: {
      phones: { type: 'string', default: '12000' },
      records: { type: 'string', default: '10' },
      spread: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '900' },
      entries: { type: 'string', default: '20000' },
    },
  })
  const number = (name: keyof typeof values, most: number): number => {
    const value = Number(values[name])
    if (!(value > 0 && value <= most)) throw new Error(`--${name} goes from 1 to ${most}`)
    return value
  }
  return {
    phones: number('phones', 20_000),
    /** Held by each phone on average; from one to about twice as many. */
    recordsEach: number('records', 100),
    /** Within which all phones find the line again. */
    spreadSeconds: number('spread', 600),
    /** After which a run that has not drained is given up. */
    mostSeconds: number('seconds', 3_600),
    /** Of the match list in the pack. */
    listEntries: number('entries', 50_000),
  }
}
