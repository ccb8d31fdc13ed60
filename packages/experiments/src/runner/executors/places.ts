/** A part of the machine that runs share: all CPU cores, or one GPU. */
export interface Place {
  /** As `CUDA_VISIBLE_DEVICES` names it; none for the CPU. */
  readonly device?: string;
  readonly slots: number;
  /** CPU threads of each run; the engine's own choice when left out. */
  readonly threads?: number;
  /** Memory for the runs here; one run is always let in. */
  readonly bytes: number;
}

export interface Occupant {
  readonly place: Place;
  readonly bytes: number;
}

/** The first place, of those that are used least, with a slot and the memory for one more run. */
export function roomFor(
  bytes: number,
  places: readonly Place[],
  occupants: readonly Occupant[],
): Place | undefined {
  const here = (place: Place): readonly Occupant[] => occupants.filter(other => other.place === place);
  const used = (place: Place): number => here(place).reduce((sum, other) => sum + other.bytes, 0);
  return places
    .filter(place => here(place).length < place.slots)
    .filter(place => here(place).length === 0 || used(place) + bytes <= place.bytes)
    .toSorted((a, b) => here(a).length / a.slots - here(b).length / b.slots)[0];
}
