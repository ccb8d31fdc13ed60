export { type ServedStore, type ServeOptions, serveStore } from './serve-store.js';
