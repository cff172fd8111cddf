import { createHash } from 'node:crypto'
import type { Client } from '@guankou/contract/client.ts'
import {
  addWorklistPart,
  beginWorklist,
  inspectWorklist,
  startWorklist,
} from '@guankou/contract/worklists/endpoints.ts'
import type { BroughtKind } from '@guankou/contract/worklists/vocabulary.ts'
import type { ServerContext } from '#src/context.ts'

export type Bringing = {
  readonly title: string
  readonly kind?: BroughtKind
  readonly jurisdiction?: number
  readonly mends?: string
}

/** Sends a file as the console does. @returns ids of list and file */
export const sendList = async (client: Client, file: Buffer, { mends, ...about }: Bringing) => {
  const begun = await client.call(beginWorklist, {
    body: {
      jurisdiction: 440402,
      kind: 'hotel-guests',
      ...about,
      bytes: file.length,
      sha256: createHash('sha256').update(file).digest('hex'),
      ...(mends === undefined ? {} : { mends }),
    },
  })
  if (begun.is !== 'ok') throw new Error(JSON.stringify(begun))
  const { importId, partBytes } = begun.value
  for (let position = 0; position * partBytes < file.length; position += 1) {
    const content = file.subarray(position * partBytes, (position + 1) * partBytes).toString('base64')
    const added = await client.call(addWorklistPart, { body: { importId, position, content } })
    if (added.is !== 'ok') throw new Error(JSON.stringify(added))
  }
  return begun.value
}

/** Confirms the columns as they were guessed, and waits until all rows are in. */
export const takeList = async (
  { client, context }: { readonly client: Client; readonly context: ServerContext },
  file: Buffer,
  about: Bringing,
) => {
  const { listId, importId } = await sendList(client, file, about)
  const inspected = await client.call(inspectWorklist, { body: { importId } })
  if (inspected.is !== 'ok') throw new Error(JSON.stringify(inspected))
  const { columns } = inspected.value
  const confirmed = columns.map(({ guess, order, orders }) => ({
    field: guess,
    order: order ?? orders[0] ?? null,
  }))
  const started = await client.call(startWorklist, { body: { importId, columns: confirmed } })
  if (started.is !== 'ok') throw new Error(JSON.stringify(started))
  await context.worklists.idle()
  return { listId, importId, inspected: inspected.value }
}
