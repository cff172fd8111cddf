import { pureDeclarations, withoutSchemas } from '@guankou/contract/without-schemas.ts'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { openOffline } from './offline.ts'

export default defineConfig({
  root: import.meta.dirname,
  base: '/portal/',
  plugins: [withoutSchemas(), react(), openOffline()],
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
    rolldownOptions: { treeshake: { manualPureFunctions: pureDeclarations } },
  },
})
