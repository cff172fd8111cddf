import type { OutputOf } from '@guankou/contract/endpoint.ts'
import type { listOwnDispatches as declared } from '@guankou/contract/posts/endpoints.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result } from '#src/result.ts'
import { dispatchesOf } from '#src/use-cases/posts/acting-at-post.ts'

/** Where an actor has been sent to, with what is public of those posts. */
export const readOwnDispatches = async (
  context: ServerContext,
  actor: Actor,
): Promise<Result<OutputOf<typeof declared>>> => {
  const data = context.reference.current()
  const dispatches = (await dispatchesOf(context, actor)).flatMap(({ id, until, postId, jurisdiction }) => {
    const post = data.post(postId)
    const place = data.jurisdiction(jurisdiction)
    return post === undefined || place === undefined ? [] : [{ id, until, post, place }]
  })
  return done({ dispatches })
}
