import type { OrganisationChange, OrganisationChangeKind } from '#contracts';
import type { Organisation } from './organisation';

/** One thing of an organisation, as an event tells of it. Compared whole; names and addresses stay in `desk`. */
interface Thing {
  /** What makes it the same thing in two versions. */
  readonly key: string;
  readonly whole: string;
  readonly told: Omit<OrganisationChange, 'change'>;
}

/** What is otherwise in a later version of an organisation, thing by thing; of the first version, all that it holds. */
export function organisationChanges(before: Organisation | null, after: Organisation): readonly OrganisationChange[] {
  const earlier = new Map((before ? thingsIn(before) : []).map((thing) => [thing.key, thing]));
  const later = new Map(thingsIn(after).map((thing) => [thing.key, thing]));
  const removed = [...earlier.values()].filter(({ key }) => !later.has(key));
  const others = [...later.values()].filter(({ key, whole }) => earlier.get(key)?.whole !== whole);
  return [
    ...removed.map(({ told }) => ({ ...told, change: 'removed' as const })),
    ...others.map(({ key, told }) => ({
      ...told,
      change: earlier.has(key) ? ('changed' as const) : ('added' as const),
    })),
  ];
}

function thingsIn({
  offices,
  posts,
  officials,
  tenures,
  deputies,
  absences,
  mandates,
}: Organisation): readonly Thing[] {
  const officeOf = new Map(posts.map(({ id, officeId }) => [id, officeId]));
  const officeOfPost = (postId: string | null) => (postId === null ? null : (officeOf.get(postId) ?? null));
  return [
    ...offices.map((one) => {
      const { id, parentId, headPostId, successorId, validFrom: from, validUntil: until } = one;
      return thing('office', [id], one, { officeId: id, postId: headPostId, parentId, successorId, from, until });
    }),
    ...posts.map((one) => thing('post', [one.id], one, { postId: one.id, officeId: one.officeId })),
    ...officials.map((one) => thing('official', [one.id], one, { officialId: one.id })),
    ...tenures.map((one) => {
      const { officialId, postId, from, until } = one;
      const told = { officialId, postId, officeId: officeOfPost(postId), from, until };
      return thing('tenure', [officialId, postId, from], one, told);
    }),
    ...deputies.map((one) => {
      const { postId, deputyPostId, from, until } = one;
      const told = { postId, officeId: officeOfPost(postId), deputyPostId, from, until };
      return thing('deputy', [postId, deputyPostId, from], one, told);
    }),
    ...absences.map((one) => {
      const { officialId, from, until } = one;
      return thing('absence', [officialId, from], one, { officialId, from, until });
    }),
    ...mandates.map((one) => {
      const { officialId, postId, officeId, action, procedureCode, from, until } = one;
      const key = [officialId, postId, officeId, action, procedureCode, from];
      return thing('mandate', key, one, { officialId, postId, officeId, from, until });
    }),
  ];
}

function thing(
  kind: OrganisationChangeKind,
  key: readonly (string | null)[],
  whole: object,
  told: Partial<Omit<OrganisationChange, 'kind' | 'change'>>,
): Thing {
  return { key: JSON.stringify([kind, ...key]), whole: sorted(whole), told: { ...nothing, kind, ...told } };
}

const nothing = {
  officeId: null,
  postId: null,
  officialId: null,
  parentId: null,
  successorId: null,
  deputyPostId: null,
  from: null,
  until: null,
};

/** However the fields stand in the file. */
function sorted(whole: object): string {
  return JSON.stringify(Object.entries(whole).sort(([one], [other]) => (one < other ? -1 : 1)));
}
