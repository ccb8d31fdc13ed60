/**
 * Colours as CSS variables, so that one SVG serves light and dark; the second argument of `var()` serves an SVG that is
 * taken out of its page. Series stay apart under the common colour blindnesses, and by their dashes besides.
 */

export interface Colour {
  readonly light: string;
  readonly dark: string;
}

export const roles = {
  page: { light: '#ffffff', dark: '#14171c' },
  surface: { light: '#f5f6f8', dark: '#1c2027' },
  ink: { light: '#1b1f24', dark: '#e8eaee' },
  muted: { light: '#59616d', dark: '#a2abb8' },
  grid: { light: '#e3e6ea', dark: '#2c323b' },
  ours: { light: '#0067a5', dark: '#5db4f0' },
  paper: { light: '#b8470a', dark: '#ff9a5c' },
  agrees: { light: '#00704f', dark: '#3fc79a' },
  warning: { light: '#8a5a00', dark: '#e8b84a' },
} as const satisfies Record<string, Colour>;

export type Role = keyof typeof roles;

/** One a variant, then again from the first with the next dash. */
export const series: readonly Colour[] = [
  { light: '#0067a5', dark: '#5db4f0' },
  { light: '#c04a08', dark: '#ff9a5c' },
  { light: '#007a5a', dark: '#3fc79a' },
  { light: '#8b3f8f', dark: '#d797dc' },
  { light: '#8a6800', dark: '#e3b93f' },
  { light: '#4b5563', dark: '#b4bdca' },
];

const dashes: readonly (readonly number[])[] = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
];

export function colourOf(role: Role): string {
  return `var(--${role}, ${roles[role].light})`;
}

/** Colour and dash of the `i`-th variant. Neighbours differ in both, so that neither has to be told apart alone. */
export function seriesStyle(i: number): { readonly colour: string; readonly dash: readonly number[] } {
  const place = i % series.length;
  const round = Math.floor(i / series.length);
  const colour = `var(--series-${place + 1}, ${series[place]?.light ?? roles.ink.light})`;
  return { colour, dash: dashes[(place + round) % dashes.length] ?? [1, 0] };
}
