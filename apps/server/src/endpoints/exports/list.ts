import { listExports } from '@guankou/contract/exports/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readList } from '#src/use-cases/exports/list-exports.ts'

export const exportsList = implement(listExports, ({ context, actor }) => readList(context, actor))
