import { publishRules as declared } from '@guankou/contract/rescreen/rule-versions.ts'
import { implement } from '#src/endpoint.ts'
import { publish } from '#src/use-cases/rescreen/publish-rules.ts'

export const rescreenPublish = implement(declared, async ({ context, actor, body }) => {
  const published = await publish(context, actor, body)
  if (published.ok) context.rescreens.kick()
  return published
})
