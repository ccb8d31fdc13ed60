import { describe, expect, it } from 'vitest';
import { AUTO, describeEngines, engineNames, loadEngine } from '../../src/engine/index.js';
import { embeddedEngines } from './small-networks.js';

describe('the engine registry', () => {
  it('describes every engine, and says why one is missing', async () => {
    const descriptions = await describeEngines();
    expect(descriptions.map(({ name }) => name)).toEqual(engineNames);
    for (const { name, available, reason, version } of descriptions) {
      expect(reason === '', name).toBe(available);
      expect(version, name).toMatch(/^\d+\.\d+/);
    }
    for (const name of embeddedEngines) {
      expect(descriptions.find(description => description.name === name)?.available, name).toBe(true);
    }
  });

  it('loads what it says is available, and refuses the rest with the reason', async () => {
    for (const { name, available, reason } of await describeEngines()) {
      if (available) expect((await loadEngine(name)).name).toBe(name);
      else await expect(loadEngine(name)).rejects.toThrow(`Engine ${name} is not available: ${reason}`);
    }
  });

  it('prefers a GPU, then the engine that installs from the registry alone', () => {
    expect(engineNames).toEqual(['tensorflow-gpu', 'onnx', 'tensorflow', 'wasm', 'cpu']);
  });

  it('picks the first that is available under auto', async () => {
    const best = (await describeEngines()).find(({ available }) => available);
    expect((await loadEngine(AUTO)).name).toBe(best?.name);
  });

  it('offers the nearest name for an unknown one', async () => {
    await expect(loadEngine('wasn')).rejects.toThrow('Unknown engine "wasn". Did you mean "wasm"?');
  });
});
