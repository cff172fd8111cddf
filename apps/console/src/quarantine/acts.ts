import type { QuarantineStepCommand } from '@guankou/contract/quarantine/commands.ts'
import { quarantineDeciders } from '@guankou/contract/quarantine/people.ts'
import type { QuarantineFile } from '@guankou/contract/quarantine/views.ts'
import type { QuarantineState } from '@guankou/contract/quarantine/vocabulary.ts'
import type { Role } from '@guankou/contract/roles.ts'

export const actKinds = [
  'contact',
  'deliver',
  'leave',
  'return',
  'ask-help',
  'close-help',
  'receive',
  'receipt',
  'withdraw',
  'extend',
  'transfer',
  'release',
] as const
export type ActKind = (typeof actKinds)[number]

const followed: readonly QuarantineState[] = ['ordered', 'active', 'on-leave', 'release-due']
const there: readonly QuarantineState[] = ['ordered', 'active', 'release-due']

/** In which states an act makes sense; the server judges again by the same words. */
const actCan: Readonly<Record<ActKind, readonly QuarantineState[]>> = {
  contact: followed,
  deliver: ['ordered'],
  leave: there,
  return: ['on-leave'],
  'ask-help': followed,
  'close-help': followed,
  receive: ['incoming'],
  receipt: ['in-transfer'],
  withdraw: ['in-transfer'],
  extend: followed,
  transfer: there,
  release: followed,
}

const decisions: readonly ActKind[] = ['receive', 'receipt', 'withdraw', 'extend', 'transfer', 'release']

/** Whether taking back was asked for since the last hand-over. */
export const isTakingBack = ({ line, facts }: Pick<QuarantineFile, 'line' | 'facts'>): boolean =>
  line.state === 'in-transfer' &&
  facts.findLastIndex(({ kind }) => kind === 'withdrawal') >
    facts.findLastIndex(({ kind }) => kind === 'transferred')

/** What this role can do where the episode stands, what is next first. */
export const actsFor = (file: QuarantineFile, role: Role): readonly ActKind[] =>
  actKinds.filter((kind) => {
    const { line } = file
    if (!actCan[kind].includes(line.state)) return false
    if (kind === 'withdraw' && isTakingBack(file)) return false
    if (kind === 'close-help' && line.openHelp.length === 0) return false
    return !decisions.includes(kind) || quarantineDeciders.includes(role)
  })

/** The fields of an act, all as typed; which of them count follows from its kind. */
export type ActFields = {
  readonly way: string
  readonly result: string
  readonly celsius: string
  readonly signs: readonly string[]
  readonly reason: string
  readonly help: string
  readonly helpId: string
  readonly helpResult: string
  readonly lastDay: string
  readonly toArea: string
  readonly note: string
}

export const emptyFields = (file: QuarantineFile): ActFields => ({
  way: file.line.ladder?.way ?? 'call',
  result: 'reached',
  celsius: '',
  signs: [],
  reason: '',
  help: 'food',
  helpId: file.line.openHelp[0]?.id ?? '',
  helpResult: 'done',
  lastDay: '',
  toArea: '',
  note: '',
})

const celsiusOf = (text: string): number | undefined => {
  const value = Number(text.trim().replace(',', '.'))
  return text.trim() === '' || Number.isNaN(value) ? undefined : value
}

const partsOf = (kind: ActKind, fields: ActFields): object => {
  const { way, result, signs, reason, help, helpId, helpResult, lastDay, toArea } = fields
  switch (kind) {
    case 'contact': {
      const celsius = celsiusOf(fields.celsius)
      return { way, result, signs, ...(celsius === undefined ? {} : { temperatureCelsius: celsius }) }
    }
    case 'leave':
    case 'release':
      return { reason }
    case 'extend':
      return { lastDay, reason }
    case 'transfer':
      return { toArea: Number(toArea) }
    case 'ask-help':
      return { help }
    case 'close-help':
      return { helpId, result: helpResult }
    default:
      return {}
  }
}

/** An act as the contract takes it; the server checks its form, as everything that comes. */
export const commandOfAct = (
  kind: ActKind,
  fields: ActFields,
  about: {
    readonly id: string
    readonly jurisdiction: number
    readonly quarantineId: string
    readonly at: number
  },
): QuarantineStepCommand => {
  const { id, jurisdiction, quarantineId, at } = about
  const note = fields.note.trim() === '' ? {} : { note: fields.note.trim() }
  return {
    kind: `quarantine.${kind}`,
    schemaVersion: 1,
    id,
    jurisdiction,
    quarantineId,
    occurredAt: new Date(at).toISOString(),
    ...partsOf(kind, fields),
    ...note,
  } as QuarantineStepCommand
}
