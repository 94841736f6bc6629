import { useNavigate, useSearch } from '@tanstack/react-router';

/** Search params of the page's address as text. */
export type Address = Readonly<Record<string, string>>;

/**
 * What a page shows stands in its address, so that a view can be saved, sent and gone back to. Changes are laid over what is
 * there; undefined or empty takes a param away.
 */
export function useAddress(): readonly [Address, (changes: Readonly<Record<string, string | undefined>>) => void] {
  const address: Address = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = (changes: Readonly<Record<string, string | undefined>>) =>
    void navigate({ to: '.', search: { ...address, ...changes }, replace: true });
  return [address, change];
}
