/** One of a list to choose from. */
export interface Option {
  readonly value: string;
  readonly label: string;
}

/** Things with a name as what can be chosen, by their names as the language orders them. */
export function optionsOf(
  things: readonly { readonly id: string; readonly name: string }[],
  language: string,
): readonly Option[] {
  const byName = new Intl.Collator(language).compare;
  return things
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort((one, other) => byName(one.label, other.label));
}
