import { readTypeArrivals } from '@guankou/db/queries/testing/day-counts.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import type { ModelRun } from '#src/jobs/model-job.ts'
import type { PostOfDay } from './allocate.ts'
import { expectedFromDays, pendingDays, type TestingInputs } from './read-inputs.ts'
import { type TypeCode, typeCodeOf } from './traveller-type.ts'

/** Every post of the city with its budget, what has been taken, and who is expected: the mean of the days before. */
export const readPosts = async ({
  db,
  city,
  reference,
  plan,
}: ModelRun<TestingInputs>): Promise<PostOfDay[]> => {
  const { budgets, testing, arrived } = plan.needs
  const window = { from: addDays(city.today, -expectedFromDays), until: addDays(city.today, -1) }
  const counted = await readTypeArrivals(db.query, city.areas, window)
  const days = new Set(counted.map(({ day }) => day)).size
  const byPost = Map.groupBy(counted, ({ postId }) => postId)
  return reference.posts
    .filter(({ jurisdiction }) => city.areas.includes(jurisdiction))
    .map(({ id }) => {
      const people = new Map<TypeCode, number>()
      for (const row of byPost.get(id) ?? []) {
        const type = typeCodeOf(row)
        people.set(type, (people.get(type) ?? 0) + row.travellers / days)
      }
      const today = testing.filter(({ day, postId }) => day === city.today && postId === id)
      return {
        postId: id,
        budget: budgets.find(({ postId }) => postId === id)?.tests ?? 0,
        taken: today.reduce((total, { taken }) => total + taken, 0),
        arrived: arrived.get(id) ?? 0,
        expected: [...people],
      }
    })
}

/** Tests that still wait for their result, by type. */
export const readPending = (
  { testing }: TestingInputs,
  today: string,
): (readonly [type: TypeCode, tests: number])[] => {
  const waiting = new Map<TypeCode, number>()
  for (const row of testing) {
    if (row.day < addDays(today, -pendingDays)) continue
    const left = row.taken - row.positive - row.negative - row.invalid
    const type = typeCodeOf(row)
    waiting.set(type, (waiting.get(type) ?? 0) + Math.max(0, left))
  }
  return [...waiting].filter(([, tests]) => tests > 0)
}
