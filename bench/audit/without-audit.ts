import { registerHooks } from 'node:module'

/**
 * Loaded before a server of this bench: it then writes no audit. The server itself has no such switch; only whoever starts its
 * process with other code can do this.
 */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.endsWith('/queries/audit/append-audit.ts')
      ? { url: new URL('./no-audit.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
})
