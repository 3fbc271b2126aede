import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Built into `dist`, from which the controller serves it; nothing in it comes from elsewhere. */
export default defineConfig({
  plugins: [react()],
  root: import.meta.dirname,
  build: {
    target: 'es2024',
    // A strict content security policy allows no data: URL as a script or style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 400,
  },
})
