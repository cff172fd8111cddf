/**
 * Stands for the library of schemas in what is built: declarations are called by method and path, and nothing here checks a
 * schema, so that the library need not be sent to every phone.
 */
const nothing = (): object => ({})

// Named as the library exports it.
export default new Proxy<Readonly<Record<string, typeof nothing>>>({}, { get: () => nothing })
