import { type ChangeEvent, changeFeed } from '@guankou/contract/changes/change-feed.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { implementStream } from '#src/endpoint.ts'

export const changesFeed = implementStream(changeFeed, ({ context, actor, query, headers }, send) =>
  context.changes.subscribe({
    inArea: (jurisdiction) => liesIn(jurisdiction, query.area),
    areaCode: actor.areaCode,
    after: headers.lastEventId,
    // A line that breaks before the first change can then still be taken up again without a gap.
    joined: (cursor) => send({ id: cursor }),
    // What is said in pairings concerns the two of them, who have a feed of their own.
    send: ({ cursor, payload }) => {
      if ((payload as { topic?: string }).topic !== 'pairing')
        send({ id: cursor, data: payload as ChangeEvent })
    },
  }),
)
