import type { BodyOf } from '@guankou/contract/endpoint.ts'
import {
  type askQuarantineHelp,
  mostReportsPerDay,
  type reportQuarantine,
} from '@guankou/contract/quarantine/own.ts'
import { isConnectionLost } from '@guankou/db/database.ts'
import { instantMs } from '@guankou/domain/places/calendar.ts'
import { decideOwnWord, type OwnWord } from '@guankou/domain/quarantine/decide-report.ts'
import type { ServerContext } from '#src/context.ts'
import { type Result, refused } from '#src/result.ts'
import { addFact } from '#src/use-cases/quarantine/add-fact.ts'
import { type FollowedEpisode, keyOfEpisode } from '#src/use-cases/quarantine/episode-scope.ts'
import { ownEpisode } from '#src/use-cases/quarantine/own-episode.ts'
import type { RecordedQuarantine } from '#src/use-cases/quarantine/record-order.ts'
import { cityOf } from '#src/use-cases/subject-access/open-page.ts'

const msPerDay = 86_400_000

/** Whether somebody, or somebody with their link, has said more in a day than anyone has to say. */
const isFull = ({ file }: FollowedEpisode, nowMs: number): boolean =>
  file.facts.filter(
    ({ account_id, kind, recorded_at }) =>
      account_id === null &&
      (kind === 'report' || kind === 'help') &&
      recorded_at.getTime() > nowMs - msPerDay,
  ).length >= mostReportsPerDay

type Said = {
  readonly secret: string
  readonly id: string
  readonly occurredAt: string
  readonly note?: string | undefined
}

const sayIn = async (
  context: ServerContext,
  {
    secret,
    command,
    atMs,
  }: { readonly secret: string; readonly command: Omit<Said, 'secret'>; readonly atMs: number },
  { action, word }: { readonly action: string; readonly word: OwnWord },
): Promise<Result<RecordedQuarantine>> => {
  const own = await ownEpisode(context, secret, atMs)
  if (!own.ok) return own
  return addFact(context, {
    key: keyOfEpisode(own.value.file.episode),
    areaCode: cityOf(context),
    accountId: null,
    deviceId: null,
    action,
    command,
    decide: (followed) => {
      const nowMs = context.now()
      if (isFull(followed, nowMs)) return { ok: false, refusal: { code: 'QUARANTINE_REPORTS_FULL' } }
      return decideOwnWord(followed, word, nowMs)
    },
  })
}

const recordWord = async (
  context: ServerContext,
  { secret, ...command }: Said,
  { action, word }: { readonly action: string; readonly word: OwnWord },
): Promise<Result<RecordedQuarantine>> => {
  const atMs = instantMs(command.occurredAt)
  if (atMs === undefined) return refused('IMPOSSIBLE_TIME', '/occurredAt')
  try {
    const said = () => sayIn(context, { secret, command, atMs }, { action, word })
    const recorded = await said()
    // Between finding the episode and adding to it the person may have been taken back, or over, by another district.
    const isElsewhere = !recorded.ok && recorded.refusal.code === 'QUARANTINE_OVER'
    return isElsewhere ? await said() : recorded
  } catch (error) {
    if (isConnectionLost(error)) return refused('DATABASE_UNAVAILABLE')
    throw error
  }
}

/** Records how the person says they are. */
export const recordReport = (
  context: ServerContext,
  body: BodyOf<typeof reportQuarantine>,
): Promise<Result<RecordedQuarantine>> => {
  const { id, occurredAt, temperatureCelsius, signs } = body
  const seen = temperatureCelsius === undefined ? { signs } : { signs, temperatureCelsius }
  return recordWord(context, body, {
    action: 'quarantine.report',
    word: { is: 'report', id, occurredAt, ...seen },
  })
}

/** Records what the person asks for. */
export const recordAsking = (
  context: ServerContext,
  body: BodyOf<typeof askQuarantineHelp>,
): Promise<Result<RecordedQuarantine>> => {
  const { id, occurredAt, help } = body
  return recordWord(context, body, {
    action: 'quarantine.ask',
    word: { is: 'help', id, occurredAt, help },
  })
}
