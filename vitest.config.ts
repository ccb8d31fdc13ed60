import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests run the sources: `@strata/core/network` is read from `packages/core/src/network/index.ts`. */
export default defineConfig({
  resolve: {
    alias: [
      {
        find: /^@strata\/(core|experiments|reports)\/([a-z/-]+)$/,
        replacement: fileURLToPath(new URL('packages/$1/src/$2/index.ts', import.meta.url)),
      },
    ],
  },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    // By default a core is left idle, which of two is half.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
