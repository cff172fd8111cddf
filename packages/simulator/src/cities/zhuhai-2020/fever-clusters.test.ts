import { describe, expect, it } from 'vitest'
import { drawScreenings } from '#src/arrivals/draw-screenings.ts'
import { feverClusters } from './fever-clusters.ts'
import { zhuhaiScenario } from './scenario.ts'
import { buildZhuhaiCity } from './zhuhai.ts'

const { city, response } = buildZhuhaiCity()
const day = '2020-02-10'
const [cluster] = feverClusters(city.posts, 'Asia/Shanghai', { firstDay: day, lastDay: day })
if (cluster === undefined) throw new Error('a day has its cluster')
const posts = city.posts.filter(({ id }) => id === cluster.postId)

const draw = (scenario: ReturnType<typeof zhuhaiScenario>) => [
  ...drawScreenings({
    city: { ...city, posts },
    response: response('2020-06-30'),
    rulesVersion: 2,
    scenario,
    seed: 1,
    fromMs: cluster.fromMs,
    // Who has a fever waits for a second reading: the last ones are recorded later.
    untilMs: cluster.untilMs + 3_600_000,
  }),
]
const fevers = (commands: ReturnType<typeof draw>): number =>
  commands
    .flatMap(({ travellers }) => travellers)
    .filter(({ readings }) => (readings[0]?.temperatureCelsius ?? 0) >= 37.3).length

describe('a cluster of fevers', () => {
  const scenario = zhuhaiScenario(city.posts)
  it('is there at its post and in its hours, and the same each time', () => {
    const drawn = draw({ ...scenario, clusters: [cluster] })
    expect(fevers(drawn)).toBeGreaterThan(fevers(draw(scenario)) + 5)
    expect(draw({ ...scenario, clusters: [cluster] })).toEqual(drawn)
  })

  it('moves nobody: arrivals are those without it', () => {
    const who = (commands: ReturnType<typeof draw>) => commands.map(({ startedAt }) => startedAt).sort()
    const started = (at: string) => at < new Date(cluster.untilMs).toISOString()
    const drawn = who(draw({ ...scenario, clusters: [cluster] })).filter(started)
    expect(drawn.length).toBeGreaterThan(20)
    expect(drawn).toEqual(who(draw(scenario)).filter(started))
  })

  it('comes once a day, at another post the next', () => {
    const three = feverClusters(city.posts, 'Asia/Shanghai', { firstDay: day, lastDay: '2020-02-12' })
    expect(new Set(three.map(({ postId }) => postId)).size).toBe(3)
    expect(three[0]).toEqual(cluster)
  })
})
