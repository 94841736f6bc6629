import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, withQuery } from '../../api/call';
import type { components } from '../../api/oversight';

export const consumers = ['clock', 'oversight'] as const;
/** Who put a message aside. Both speak of it in the same way. */
export type Consumer = (typeof consumers)[number];

export type Letter = components['schemas']['LetterView'];
type LettersPage = components['schemas']['LettersPage'];
type WholeLetter = components['schemas']['WholeLetterView'];

const AT_ONCE = 50;

/** What a consumer put aside, oldest first, page by page. */
export const lettersQuery = (consumer: Consumer) =>
  infiniteQueryOptions({
    queryKey: ['dead-letters', consumer],
    queryFn: async ({ pageParam, signal }) => {
      const path = withQuery(`/api/${consumer}/dead-letters`, { after: pageParam, limit: AT_ONCE });
      return (await call<LettersPage>(path, { signal })).body;
    },
    initialPageParam: '0',
    getNextPageParam: ({ next }: LettersPage) => next ?? undefined,
    retry: false,
  });

/** A message with its text, as it came. */
export const letterQuery = (consumer: Consumer, id: string) =>
  queryOptions({
    queryKey: ['dead-letter', consumer, id],
    queryFn: async ({ signal }) => (await call<WholeLetter>(`/api/${consumer}/dead-letters/${id}`, { signal })).body,
    gcTime: 0,
  });
