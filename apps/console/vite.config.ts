import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { antdCssPlugin } from './build/antd-css.ts'

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react(), antdCssPlugin()],
  // Two Reacts in one page cannot see each other's hooks.
  resolve: { dedupe: ['react', 'react-dom', 'i18next', 'react-i18next', 'echarts'] },
  server: { proxy: { '/api': 'http://localhost:8080' } },
  build: {
    target: 'es2022',
    // A font or picture written into the page would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'echarts', test: /node_modules\/(echarts|zrender)\// },
            { name: 'antd', test: /node_modules\/(antd|@ant-design|@rc-component|dayjs)\// },
            {
              name: 'react',
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|i18next|react-i18next)\//,
            },
          ],
        },
      },
    },
  },
})
