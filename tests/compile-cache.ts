import { join } from 'node:path'

/** Node keeps what it compiled from one process to the next: a run starts some thousand of them. */
export const keepCompiledCode = (): void => {
  process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../node_modules/.cache/guankou/compiled')
}
