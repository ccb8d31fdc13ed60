import { namedProtocols, type Protocol } from '@strata/core/training';
import type { TableEvaluation } from '@strata/experiments/catalog';
import { askedEvaluations } from '@strata/experiments/plan';
import { describe, expect, it } from 'vitest';

const own: TableEvaluation = {
  name: 'Q = 256',
  protocol: { kind: 'dense', flip: true, scales: [256] },
  split: 'test',
  of: ['A'],
};
const asked = (...texts: string[]) => askedEvaluations(texts, [own], 'train');

describe('what is asked for', () => {
  it('may be an evaluation of the experiment, which stays what it is', () => {
    expect(asked('Q = 256')).toEqual([own]);
  });

  it.each(Object.keys(namedProtocols))('may be %s by name, on the split that is asked for', name => {
    const protocol = Object.entries(namedProtocols).find(([known]) => known === name)?.[1];
    expect(asked(name)).toEqual([{ name, protocol, split: 'train' }]);
  });

  it.each<Protocol>([
    ...Object.values(namedProtocols),
    { kind: 'square-crop', scales: [256, 288, 320, 352] },
    {
      kind: 'combined',
      parts: [
        { kind: 'dense', flip: false, scales: [40] },
        { kind: 'combined', parts: [{ kind: 'ten-crop' }] },
      ],
    },
  ])('may be a protocol as JSON: %j', protocol => {
    const [only, ...others] = asked(JSON.stringify(protocol));
    expect(others).toEqual([]);
    expect(only).toMatchObject({ protocol, split: 'train' });
    expect(only?.name).not.toBe('');
  });

  it.each([
    ['dens', /Unknown protocol "dens". Did you mean "dense"\?/],
    ['{"kind":', /this is not JSON; expected a protocol, as/],
    ['{"kind":"dance"}', /kind is wrong/],
    ['{"kind":"dense"}', /flip is wrong/],
    ['{"kind":"ten-crop","scales":[]}', /scales is wrong/],
    ['{"kind":"ten-crop","scales":[0.5]}', /scales.0 is wrong/],
    ['{"kind":"ten-crop","scale":[256]}', /"scale"/],
    ['{"kind":"combined","parts":[{"kind":"ten-crop","scales":[-1]}]}', /parts.0.scales.0 is wrong/],
  ])('%s is refused', (text, message) => {
    expect(() => asked(text)).toThrow(message);
  });
});
