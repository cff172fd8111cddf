import { setTestingSettings as declared } from '@guankou/contract/testing/allocation.ts'
import { implement } from '#src/endpoint.ts'
import { setTestingSettings } from '#src/use-cases/testing/set-settings.ts'

export const testingSetSettings = implement(declared, ({ context, actor, body }) =>
  setTestingSettings(context, actor, body),
)
