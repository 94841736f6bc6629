import { holdsPost, postsStoodInFor, type Organisation, type Post } from '#domain';

/** A post as its holder, or whoever stands in for them, knows it. */
export interface MyPost {
  readonly id: string;
  readonly name: string;
  readonly officeId: string;
  readonly officeName: string;
  /** True where they only stand in for it now. */
  readonly asDeputy: boolean;
}

/** The posts an official acts in at an instant: those held, then those that they stand in for by one of these. */
export function postsOf(organisation: Organisation, officialId: string, at: string): readonly MyPost[] {
  const held = organisation.posts.filter(({ id: postId, officeId }) =>
    holdsPost(organisation, { officialId, postId, officeId }, at),
  );
  const stoodInFor = held.flatMap(({ id: postId, officeId }) =>
    postsStoodInFor(organisation, { officialId, postId, officeId }, at),
  );
  const others = organisation.posts.filter((post) => stoodInFor.includes(post.id) && !held.includes(post));
  return [
    ...held.map((post) => ({ ...named(organisation, post), asDeputy: false })),
    ...others.map((post) => ({ ...named(organisation, post), asDeputy: true })),
  ];
}

function named({ offices }: Organisation, { id, name, officeId }: Post): Omit<MyPost, 'asDeputy'> {
  return { id, name, officeId, officeName: offices.find((office) => office.id === officeId)?.name ?? officeId };
}
