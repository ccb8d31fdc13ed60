// Completes package-lock.json after `npm install` from a registry that serves this platform's packages only: npm then
// leaves out the optional packages of other platforms, and `npm ci` refuses the file. They are entered with what their
// names say; npm checks the rest when it installs them on such a platform.
//
//   node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('../package-lock.json', import.meta.url);
const OS = { win32: 'win32', darwin: 'darwin', linux: 'linux', freebsd: 'freebsd', android: 'android' };
const CPU = { x64: 'x64', arm64: 'arm64', arm: 'arm', ia32: 'ia32' };

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const words = name.split(/[-/]/);
    const os = words.map(word => OS[word]).find(Boolean);
    const cpu = words.map(word => CPU[word]).find(Boolean);
    const isThere = [`node_modules/${name}`, `${path}/node_modules/${name}`].some(
      place => place in lock.packages,
    );
    if (isThere || !os || !cpu) continue;
    const libc = words.includes('musl') ? ['musl'] : undefined;
    const dev = entry.dev || undefined;
    lock.packages[`node_modules/${name}`] = { version, cpu: [cpu], dev, libc, optional: true, os: [os] };
    added.push(`${name}@${version}`);
  }
}
const root = lock.packages[''];
const sorted = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = { '': root, ...Object.fromEntries(sorted) };
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'The lock file was complete.' : `Added ${added.join(', ')}.`);
