import { requestExport } from '@guankou/contract/exports/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { request } from '#src/use-cases/exports/request-export.ts'

export const exportsRequest = implement(requestExport, ({ context, actor, body }) =>
  request(context, actor, body),
)
