/** Whose key the mail's id is made of. */
export interface RungKey {
  readonly dossierId: string;
  readonly generation: number;
  readonly rung: string;
}

/**
 * The Message-ID of a rung's mail, made from events alone: a mail sent twice, by a crash or after a rebuild, carries the
 * same one. A rung recorded again after its withdrawal (`recording` 2, 3 ...) is news to be told, so it has another.
 */
export function messageIdOf({ dossierId, generation, rung }: RungKey, recording: number): string {
  const again = recording === 1 ? '' : `.${recording}`;
  return `${dossierId}.${generation}.${atomText(rung)}${again}@motcua`;
}

/** RFC 5322 allows no brackets, spaces or letters beyond ASCII there; percent-encoding keeps different rungs different. */
function atomText(rung: string): string {
  return encodeURIComponent(rung).replace(/[().!~*']/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}
