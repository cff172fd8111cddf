import { listRuleVersions as declared } from '@guankou/contract/rescreen/rule-versions.ts'
import { implement } from '#src/endpoint.ts'
import { readVersions } from '#src/use-cases/rescreen/read-versions.ts'

export const rescreenVersions = implement(declared, ({ context, actor, query }) =>
  readVersions(context, actor, query),
)
