import { traceExport } from '@guankou/contract/exports/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { trace } from '#src/use-cases/exports/trace-request.ts'

export const exportsTrace = implement(traceExport, ({ context, actor, body }) =>
  trace(context, actor, body.text),
)
