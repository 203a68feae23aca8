// Builds the page into frontend/dist: static files only, addressed relative to the index, no inline script or style.
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    // An inlined asset would be a data: URL, which the page's policy allows for images only.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
