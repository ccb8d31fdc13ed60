import { loadEngine } from '../registry.js';
import { measureComputing } from './measure-speed.js';

const [name = '', threads] = process.argv.slice(2);
const engine = await loadEngine(name);
console.log('loaded');
console.log(
  JSON.stringify(await measureComputing(engine, threads === undefined ? undefined : Number(threads))),
);
