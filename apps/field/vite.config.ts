import { readFileSync } from 'node:fs'
import { pureDeclarations, withoutSchemas } from '@guankou/contract/without-schemas.ts'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { captureParts } from './capture-parts.ts'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string
}

/**
 * The phone is served under /field/ by the server itself. Everything it needs is precached; the API is never cached,
 * and a new version waits until somebody takes it.
 */
export default defineConfig({
  base: '/field/',
  define: { 'import.meta.env.VITE_APP_VERSION': JSON.stringify(version) },
  resolve: { dedupe: ['react', 'react-dom', 'i18next', 'react-i18next'] },
  build: {
    target: 'es2023',
    sourcemap: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: { treeshake: { manualPureFunctions: pureDeclarations } },
  },
  // The worker's file is served with a policy of its own, which is found by its name.
  worker: {
    format: 'es',
    plugins: () => [withoutSchemas(), captureParts()],
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/capture-[name]-[hash].js',
        chunkFileNames: 'assets/capture-[name]-[hash].js',
      },
    },
  },
  plugins: [
    withoutSchemas(),
    react(),
    captureParts(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      includeAssets: ['icon.svg', 'icon-192.png', 'icon-512.png'],
      manifest: {
        id: '/field/',
        name: '关口查验 Guankou checkpoint',
        short_name: '关口查验',
        lang: 'zh-CN',
        start_url: '/field/lane',
        scope: '/field/',
        display: 'standalone',
        orientation: 'any',
        background_color: '#f5f6f3',
        theme_color: '#0f1c2b',
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'],
        // What reads pictures is large and not everybody's: it comes when it is first used, and is kept from then on.
        globIgnores: ['**/capture-*'],
        maximumFileSizeToCacheInBytes: 4_194_304,
        navigateFallback: '/field/index.html',
        navigateFallbackAllowlist: [/^\/field(\/|$)/],
        runtimeCaching: [
          {
            urlPattern: /\/field\/assets\/capture-[^/]+$/,
            handler: 'CacheFirst',
            options: { cacheName: 'guankou-capture' },
          },
        ],
        cleanupOutdatedCaches: true,
        clientsClaim: true,
        inlineWorkboxRuntime: true,
        sourcemap: false,
      },
    }),
  ],
})
