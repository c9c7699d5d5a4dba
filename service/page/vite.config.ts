import { svelte } from '@sveltejs/vite-plugin-svelte'
import license from 'rollup-plugin-license'
import { defineConfig, type Plugin } from 'vite'

// The page is served by archive-ai serve; nothing of it is inline, as its policy demands.
export default defineConfig({
  plugins: [
    svelte({ configFile: false }),
    // Whoever gets the page gets the terms of all that is in it.
    license({
      thirdParty: {
        includePrivate: false,
        output: '../archive_ai_service/page/licences.txt',
      },
    }) as Plugin,
  ],
  build: {
    outDir: '../archive_ai_service/page',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    // three alone is that large; it is loaded with the map only.
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8000', '/iiif': 'http://127.0.0.1:8000' } },
})
