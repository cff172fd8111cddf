import { stopExport } from '@guankou/contract/exports/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { stop } from '#src/use-cases/exports/decide-export.ts'

export const exportsStop = implement(stopExport, ({ context, actor, body }) => stop(context, actor, body))
