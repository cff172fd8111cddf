import { previewRiskAreas as declaration } from '@guankou/contract/origin/preview.ts'
import { implement } from '#src/endpoint.ts'
import { previewAreas } from '#src/use-cases/origin/preview-areas.ts'

export const originPreview = implement(declaration, ({ context, actor, body }) =>
  previewAreas(context, actor, body),
)
