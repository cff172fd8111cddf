import { downloadExport } from '@guankou/contract/exports/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { download } from '#src/use-cases/exports/download-export.ts'

export const exportsDownload = implement(downloadExport, ({ context, actor, body }) =>
  download(context, actor, body),
)
