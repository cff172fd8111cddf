import { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { decideScreening } from '@guankou/domain/screening/decide.ts'
import { aReference } from '@guankou/testkit/factories/screening.ts'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { commandVectors, type Verdict } from './command-vectors.ts'

/** What a phone makes of a command before it keeps it. */
const verdictOfPhone = (command: unknown): Verdict => {
  const { kind } = command as { kind?: unknown }
  if (kind !== 'screening.record') return { code: 'UNKNOWN_COMMAND_KIND', path: '/kind' }
  if (!Value.Check(RecordScreening, command)) {
    const [first] = Value.Errors(RecordScreening, command)
    return { code: 'INVALID_INPUT', path: first?.instancePath ?? '' }
  }
  const decided = decideScreening(aReference(), command, commandVectors.nowMs)
  return decided.ok ? 'accepted' : { code: decided.refusal.code, path: decided.refusal.path ?? '' }
}

describe('on the phone, a command with', () => {
  it.each(commandVectors.cases)('$name', ({ command, expected }) => {
    expect(verdictOfPhone(command)).toEqual(expected)
  })
})
