import { pairingFeed as declared } from '@guankou/contract/pairing/endpoints.ts'
import { liesIn } from '@guankou/domain/places/areas.ts'
import { implementStream } from '#src/endpoint.ts'
import type { PairingChanged } from '#src/use-cases/pairing/pairing-scope.ts'

export const pairingFeed = implementStream(declared, ({ context, actor, headers }, send) =>
  context.changes.subscribe({
    inArea: (jurisdiction) => liesIn(jurisdiction, actor.areaCode),
    areaCode: actor.areaCode,
    after: headers.lastEventId,
    joined: (cursor) => send({ id: cursor }),
    send: ({ cursor, payload }) => {
      const { topic, pairingId, seq, accounts } = payload as PairingChanged
      if (topic === 'pairing' && accounts.includes(actor.accountId))
        send({ id: cursor, data: { pairingId, seq } })
    },
  }),
)
