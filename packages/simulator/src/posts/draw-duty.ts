import type { Post } from '@guankou/contract/places/place.ts'
import type { PostHappening } from '@guankou/contract/posts/record-post-fact.ts'
import type { SupplyItem } from '@guankou/contract/posts/vocabulary.ts'
import { happens, streamOf, uniform } from '#src/random/stream.ts'

/** Four shifts a day. */
export const shiftMs = 6 * 3_600_000
const minute = 60_000

/** Who records: an officer of the crew by number, or the lead. */
export type DutyMaker = { readonly is: 'officer'; readonly number: number } | { readonly is: 'lead' }

export type DutyFact = {
  readonly atMs: number
  readonly maker: DutyMaker
  /** What happens; officers are named by whoever knows their accounts. */
  readonly happening: PostHappening | { readonly is: 'clock-out-now' }
}

/** Officers on at once: one for each lane that is usually open and one more, at most five. */
export const crewSize = ({ lanes }: Pick<Post, 'lanes'>): number =>
  Math.min(5, Math.max(2, Math.ceil(lanes / 2) + 1))

/** Lanes open by the hour of the local day: all of them but at night. */
const lanesByDay = (post: Pick<Post, 'lanes'>, hour: number): number =>
  hour >= 6 && hour < 22
    ? Math.max(1, Math.ceil(post.lanes * 0.6))
    : Math.max(1, Math.floor(post.lanes * 0.25))

const notes: readonly (readonly [text: string, open: boolean])[] = [
  ['二号道升降杆动作慢，已报修，先走一号道', true],
  ['夜间照明正常，发电机油量够用一班', false],
  ['测温仪一支读数偏高，已换下待校准', true],
  ['22 点后货车排队靠右侧，交警已设锥桶', false],
  ['返程高峰预计明早七点开始，请早十分钟到岗', false],
  ['帐篷南侧漏雨，已联系街道', true],
]

const stock: readonly (readonly [item: SupplyItem, most: number, lowAt: number])[] = [
  ['masks', 240, 60],
  ['gloves', 160, 40],
  ['disinfectant', 30, 8],
  ['forms', 400, 80],
]

const suppliesAt = (random: ReturnType<typeof streamOf>, atMs: number): readonly DutyFact[] =>
  stock.flatMap(([item, most, lowAt], index): readonly DutyFact[] => {
    const quantity = Math.round(most * (0.1 + 0.9 * uniform(random)))
    const at = atMs + index * 1_000
    const first = { is: 'officer', number: 0 } as const
    const counted: DutyFact = { atMs: at, maker: first, happening: { is: 'supply-counted', item, quantity } }
    const low: DutyFact = {
      atMs: at + 100,
      maker: { is: 'lead' },
      happening: { is: 'supply-low-at', item, quantity: lowAt },
    }
    if (quantity > lowAt) return [low, counted]
    const happening = { is: 'supply-requested', item, quantity: most } as const
    return [low, counted, { atMs: at + 200, maker: first, happening }]
  })

const crewFacts = (post: Post, random: ReturnType<typeof streamOf>, startMs: number): readonly DutyFact[] =>
  Array.from({ length: crewSize(post) }, (_, number): readonly DutyFact[] => {
    const maker = { is: 'officer', number } as const
    const health = happens(random, 0.9)
      ? ({ is: 'checked', underThreshold: true, symptoms: [] } as const)
      : ({ is: 'skipped', reason: 'checked-elsewhere' } as const)
    const comesMs = startMs + Math.round((1 + 6 * uniform(random)) * minute)
    const goesMs = startMs + shiftMs + Math.round((2 + 5 * uniform(random)) * minute)
    return [
      {
        atMs: comesMs,
        maker,
        happening:
          health.is === 'checked'
            ? { is: 'clocked-in', health: { ...health, symptoms: [] } }
            : { is: 'clocked-in', health },
      },
      { atMs: goesMs, maker, happening: { is: 'clock-out-now' } },
    ]
  }).flat()

/**
 * What happens in one shift of a post: a crew comes and goes, lanes open and close with the hour, somebody writes into the
 * book and counts supplies, and now and then help is asked for. All made up; the same post and shift give the same.
 * @param shift  shifts since 1970 in local time   @param startMs  Unix time at which it begins   @param hour  local, of that
 */
export const drawDuty = (
  post: Post,
  { shift, startMs, hour }: { readonly shift: number; readonly startMs: number; readonly hour: number },
  seed: number,
): readonly DutyFact[] => {
  const random = streamOf(seed, post.id, shift)
  const first = { is: 'officer', number: 0 } as const
  const open = lanesByDay(post, hour)
  const lanes = Array.from({ length: post.lanes }, (_, index): DutyFact => {
    const happening = { is: 'lane-set', lane: index + 1, open: index < open } as const
    return { atMs: startMs + 3 * minute + index * 500, maker: first, happening }
  })
  const [text, isOpen] = notes[Math.floor(uniform(random) * notes.length)] ?? notes[0] ?? ['', false]
  const written: DutyFact = {
    atMs: startMs + 40 * minute,
    maker: first,
    happening: { is: 'book-written', text, open: isOpen },
  }
  const asks = happens(random, post.type === 'road-main' ? 0.35 : 0.04)
  const asked: DutyFact = {
    atMs: startMs + 75 * minute,
    maker: first,
    happening: { is: 'reinforcement-requested', officers: 2, reason: 'long-queue' },
  }
  return [
    ...crewFacts(post, random, startMs),
    ...lanes,
    ...suppliesAt(random, startMs + 10 * minute),
    ...(happens(random, 0.6) ? [written] : []),
    ...(asks ? [asked] : []),
  ].toSorted((a, b) => a.atMs - b.atMs)
}
