import { readPassages as declaration } from '@guankou/contract/screening/passages.ts'
import { implement } from '#src/endpoint.ts'
import { readPassages } from '#src/use-cases/screening/read-passages.ts'

export const screeningPassages = implement(declaration, ({ context, actor, body }) =>
  readPassages(context, actor, body),
)
