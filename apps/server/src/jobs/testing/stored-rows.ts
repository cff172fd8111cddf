import type {
  StoredAllocation,
  StoredEvidence,
  StoredPostAllocation,
} from '@guankou/db/queries/testing/allocations.ts'
import type { ModelParts } from '#src/jobs/model-job.ts'
import type { PostAllocated, PostOfDay } from './allocate.ts'
import type { Evidence } from './evidence.ts'
import { typeOf } from './traveller-type.ts'

/** What was allocated as rows, each in the area of its post. */
export const storedPosts = (
  { reference }: Pick<ModelParts, 'reference'>,
  posts: readonly PostOfDay[],
  allocated: readonly PostAllocated[],
): { readonly allocations: StoredAllocation[]; readonly posts: StoredPostAllocation[] } => {
  const rows = allocated.flatMap((post) => {
    const jurisdiction = reference.post(post.postId)?.jurisdiction
    const known = posts.find(({ postId }) => postId === post.postId)
    return jurisdiction === undefined || known === undefined ? [] : [{ jurisdiction, post, known }]
  })
  return {
    posts: rows.map(({ jurisdiction, post, known }) => ({
      jurisdiction,
      postId: post.postId,
      budget: known.budget,
      taken: known.taken,
      tests: known.taken + post.tests,
      byLot: post.byLot,
      othersShare: post.othersShare,
    })),
    allocations: rows.flatMap(({ jurisdiction, post }) =>
      post.types.map(({ type, arrivals, tests, byLot, askedShare, prevalence, worth, reason }) => ({
        jurisdiction,
        postId: post.postId,
        ...typeOf(type),
        arrivals,
        tests,
        byLot,
        askedShare,
        prevalence: prevalence.mean,
        prevalenceLow: prevalence.low90,
        prevalenceHigh: prevalence.high90,
        worth,
        reason,
      })),
    ),
  }
}

/** Evidence as rows: fairness in each area, yield in the area of the post. */
export const storedEvidence = ({ areas, yields }: Evidence): StoredEvidence[] => [
  ...areas.flatMap(({ area, fairness }) =>
    fairness.map((content) => ({
      jurisdiction: area,
      kind: 'fairness' as const,
      subject: `${content.originCode}|${content.declared}`,
      content,
    })),
  ),
  ...yields.map(({ jurisdiction, ...content }) => ({
    jurisdiction,
    kind: 'yield' as const,
    subject: `${content.postId}|${content.method}`,
    content,
  })),
]
