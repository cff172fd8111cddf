import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const noSchemas = '\0no-schemas'

/**
 * Leaves the library of schemas at home: of a declaration the portal needs method and path, and what it sends and gets is
 * checked by the server. What is built from schemas is empty.
 */
const withoutSchemas = (): Plugin => ({
  name: 'without-schemas',
  enforce: 'pre',
  resolveId: (id) => (id === 'typebox' ? noSchemas : undefined),
  load: (id) =>
    id === noSchemas
      ? 'export default new Proxy({}, { get: () => () => ({ properties: {}, anyOf: [] }) })'
      : undefined,
})

export default defineConfig({
  root: import.meta.dirname,
  base: '/portal/',
  plugins: [withoutSchemas(), react()],
  resolve: {
    alias: [
      // The same components by a library of a tenth of the weight: all pages together stay under 120 KB.
      { find: /^react\/jsx-(dev-)?runtime$/, replacement: 'preact/jsx-runtime' },
      { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
      { find: /^react(-dom)?$/, replacement: 'preact/compat' },
    ],
  },
  server: { proxy: { '/api': 'http://localhost:8080' } },
  build: {
    // Phones that are years old read this page too.
    target: ['es2020', 'chrome80', 'safari14', 'firefox78'],
    cssTarget: ['chrome80', 'safari14'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: true },
    // Declarations that no page uses are left out: making one has no effect but itself.
    rolldownOptions: {
      treeshake: { manualPureFunctions: ['Type', 'defineEndpoint', 'classified', 'oneOf'] },
    },
  },
})
