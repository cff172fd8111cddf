const noSchemas = '\0no-schemas'

/**
 * A plugin for the build of a front that leaves the library of schemas at home: of a declaration a front needs method and
 * path, and what it sends and gets is checked by the server. What is built from schemas is empty there.
 */
export const withoutSchemas = () => ({
  name: 'without-schemas',
  enforce: 'pre' as const,
  resolveId: (id: string) => (id === 'typebox' ? noSchemas : undefined),
  load: (id: string) =>
    id === noSchemas
      ? 'export default new Proxy({}, { get: () => () => ({ properties: {}, anyOf: [] }) })'
      : undefined,
})

/** Declarations that nobody uses are left out: making one has no effect but itself. */
export const pureDeclarations = ['Type', 'defineEndpoint', 'classified', 'oneOf']
