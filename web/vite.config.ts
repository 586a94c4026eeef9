import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Growing text boxes measure themselves by a style attribute, which the content policy refuses. */
const underThePolicy: Plugin = {
  name: "under-the-policy",
  apply: "build",
  transform(code, id) {
    if (!id.endsWith("@rc-component/input/es/calculateNodeHeight.js")) return null;
    const known = /hiddenTextarea\.setAttribute\('style', (`[^`]*`)\);/;
    if (!known.test(code)) this.error("calculateNodeHeight.js has changed: look how it sets styles");
    return { code: code.replace(known, "hiddenTextarea.style.cssText = $1;"), map: null };
  },
};

export default defineConfig({
  plugins: [react(), underThePolicy],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    /* What every screen needs comes in one piece, the icons of the others in another: each file is a round trip. */
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "first", tags: ["$initial"], priority: 2 },
            { name: "icons", test: /node_modules\/@ant-design\/icons/, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8057" } },
});
