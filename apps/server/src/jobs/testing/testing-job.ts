import { smallCountThreshold } from '@guankou/contract/situation/endpoints.ts'
import {
  pruneStates,
  readState,
  readStateMarks,
  type StateOwner,
  writeState,
} from '@guankou/db/queries/models/model-states.ts'
import { insertAllocation, pruneAllocations } from '@guankou/db/queries/testing/allocations.ts'
import { countDay } from '@guankou/db/queries/testing/day-counts.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { defineModelJob, type ModelRun } from '#src/jobs/model-job.ts'
import { instantsOfDay } from '#src/projections/situation/days.ts'
import type { TestingState } from './learn.ts'
import { readEvidenceInput } from './read-evidence-input.ts'
import { chainOf, evidenceDays, inputsDigest, readInputs, type TestingInputs } from './read-inputs.ts'
import { readPending, readPosts } from './read-posts.ts'
import { decodeState, encodeState } from './state-content.ts'
import { storedEvidence, storedPosts } from './stored-rows.ts'

const model = 'testing'
const version = '1.0.0'
/** Results that are later than this make the model learn from the beginning. */
const keepStatesDays = 21

type Run = ModelRun<TestingInputs>

const ownerOf = (code: number): StateOwner => ({ jurisdiction: code, model, modelVersion: version })

/** Counts arrivals of days that are over, each in a step of its own. */
const countArrivals = async ({ city, plan, step }: Run): Promise<void> => {
  const { toCount } = plan.needs
  for (const [at, day] of toCount.entries()) {
    const { from, until } = instantsOfDay(city.timeZone, day.day)
    await step((0.4 * (at + 1)) / toCount.length, (tx) =>
      countDay(tx, { ...day, begins: from, ends: until }, new Date(city.nowMs)),
    )
  }
}

/** Goes on from the last state that all results up to its day still agree with, day by day. */
const learn = async ({ db, city, plan, compute, step }: Run): Promise<TestingState | null> => {
  const { results } = plan.needs
  const owner = ownerOf(city.code)
  const chain = chainOf(version, results)
  const marks = new Map((await readStateMarks(db.query, owner)).map(({ part, digest }) => [part, digest]))
  const last = results.findLastIndex(({ day }, at) => marks.get(day)?.equals(chain[at] ?? Buffer.alloc(0)))
  const kept = results[last] === undefined ? undefined : await readState(db.query, owner, results[last].day)
  let state = kept === undefined ? null : decodeState(kept)
  const first = state === null ? 0 : last + 1
  for (const [at, day] of results.entries()) {
    if (at < first) continue
    const learned = await compute('testing.learn', { state, results: day })
    state = learned
    await step(0.4 + (0.4 * (at + 1)) / results.length, async (tx) => {
      const digest = chain[at] ?? Buffer.alloc(0)
      await writeState(tx, owner, {
        part: day.day,
        digest,
        content: encodeState(learned),
        notedAt: new Date(city.nowMs),
      })
    })
  }
  return state
}

const seedOf = (day: string): number => Number(day.replaceAll('-', ''))

/**
 * Allocates the tests of a day anew, every hour and when results come in: from results of all days before and those of today,
 * arrivals as in the week before, budgets less what has been taken.
 */
export const testingJob = defineModelJob<TestingInputs>({
  model,
  version,
  plan: async (parts) => {
    const needs = await readInputs(parts)
    if (needs === undefined || (needs.counted.length === 0 && needs.results.length === 0)) return null
    const { today } = parts.city
    const first = [needs.results[0]?.day, needs.counted[0]?.day].filter((day) => day !== undefined).sort()[0]
    const { lotShare, noShowShare, version: settingsVersion } = needs.settings
    return {
      part: today,
      dataFrom: first ?? today,
      dataUntil: today,
      parameters: { policy: 'pooled', lotShare, noShowShare, settingsVersion, evidenceDays },
      inputs: inputsDigest(needs, parts.city),
      needs,
    }
  },
  work: async (run) => {
    const { city, plan, compute, id, step } = run
    const { needs } = plan
    await countArrivals(run)
    const state = await learn(run)
    const posts = await readPosts(run)
    const allocated = await compute('testing.allocate', {
      state,
      day: city.today,
      posts,
      pending: readPending(needs, city.today),
      lotShare: needs.settings.lotShare,
      noShowShare: needs.settings.noShowShare,
      seed: seedOf(city.today),
    })
    await step(0.9)
    const evidence = await compute('testing.evidence', {
      ...(await readEvidenceInput(run)),
      state,
      smallCount: smallCountThreshold,
    })
    const stored = storedPosts(run, posts, allocated)
    return {
      areas: city.areas,
      write: async (tx) => {
        await insertAllocation(tx, id, { ...stored, evidence: storedEvidence(evidence) })
        const oldest = addDays(city.today, -keepStatesDays)
        const lastLearned = state?.day ?? oldest
        await pruneStates(tx, ownerOf(city.code), lastLearned < oldest ? lastLearned : oldest)
      },
    }
  },
  prune: ({ db }) => pruneAllocations(db.query, model),
})
