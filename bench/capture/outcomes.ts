import type { SceneName, Trial } from '../../apps/field/journey/pictures/trials.ts'

/** `wrong` is what hurts: something else was read, and the scanner would have shown it as sure enough. */
export type Outcome = {
  readonly is: 'exact' | 'none' | 'unsure' | 'wrong'
  readonly condition: string
  readonly milliseconds: number
}

/** What the scanner lets fall, as in the app. */
const leastSure = 0.3

const truthOf = <Name extends SceneName>(name: Name, { drawn }: Trial<Name>): string => {
  if (name === 'plate') return (drawn as Trial<'plate'>['drawn']).plate
  if (name === 'code') return (drawn as Trial<'code'>['drawn']).text
  const document = drawn as Trial<'card'>['drawn']
  return `${document.number} ${document.name}`
}

export const outcomeOf = <Name extends SceneName>(name: Name, trial: Trial<Name>): Outcome => {
  const { read, milliseconds, drawn } = trial
  const about = { condition: drawn.condition, milliseconds }
  if (read === undefined) return { is: 'none', ...about }
  const text =
    read.is === 'document'
      ? `${read.number.text} ${read.name.text}`
      : read.is === 'plate'
        ? read.plate
        : read.text
  if (text === truthOf(name, trial)) return { is: 'exact', ...about }
  const sure =
    read.is === 'document'
      ? Math.min(read.number.confidence, read.name.confidence)
      : read.is === 'plate'
        ? read.confidence
        : 1
  const isDoubted = sure < leastSure || (read.is === 'document' && read.check === 'fails')
  return { is: isDoubted ? 'unsure' : 'wrong', ...about }
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0

export type Tally = {
  readonly pictures: number
  readonly exact: number
  readonly exactShare: number
  readonly none: number
  readonly unsure: number
  readonly wrong: number
  readonly exactBy: Readonly<Record<string, string>>
  readonly openMilliseconds: number
  readonly milliseconds: { readonly p50: number; readonly p90: number }
}

/** @param openMilliseconds  from asking for the reader to its being ready */
export const tallyOf = (outcomes: readonly Outcome[], openMilliseconds: number): Tally => {
  const count = (is: Outcome['is'], among = outcomes): number => among.filter((each) => each.is === is).length
  const milliseconds = outcomes.map((each) => each.milliseconds)
  const groups = [...Map.groupBy(outcomes, ({ condition }) => condition)]
  return {
    pictures: outcomes.length,
    exact: count('exact'),
    exactShare: Math.round((count('exact') / outcomes.length) * 1000) / 1000,
    none: count('none'),
    unsure: count('unsure'),
    wrong: count('wrong'),
    exactBy: Object.fromEntries(
      groups.map(([condition, own]) => [condition, `${count('exact', own)}/${own.length}`]),
    ),
    openMilliseconds: Math.round(openMilliseconds),
    milliseconds: {
      p50: Math.round(quantile(milliseconds, 0.5)),
      p90: Math.round(quantile(milliseconds, 0.9)),
    },
  }
}
