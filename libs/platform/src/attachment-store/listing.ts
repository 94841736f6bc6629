import { SaxesParser } from 'saxes';

/** One page of a bucket's listing (ListObjectsV2). */
export interface ListingPage {
  readonly objects: readonly { readonly name: string; readonly storedAt: string }[];
  /** With which the next page is asked for; null after the last. */
  readonly next: string | null;
}

/** @throws Error where it is no XML */
export function listingIn(xml: string): ListingPage {
  const objects: { name: string; storedAt: string }[] = [];
  const [path, parser] = [[] as string[], new SaxesParser()];
  let [text, name, storedAt, isTruncated, token] = ['', '', '', '', ''];
  parser.on('opentag', ({ name: tag }) => {
    path.push(tag);
    text = '';
  });
  parser.on('text', (some) => (text += some));
  parser.on('closetag', () => {
    const place = path.join('/').replace(/^ListBucketResult\//, '');
    path.pop();
    if (place === 'Contents/Key') name = text;
    if (place === 'Contents/LastModified') storedAt = text;
    if (place === 'Contents') objects.push({ name, storedAt });
    if (place === 'IsTruncated') isTruncated = text;
    if (place === 'NextContinuationToken') token = text;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return { objects, next: isTruncated === 'true' && token !== '' ? token : null };
}
