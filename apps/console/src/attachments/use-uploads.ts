import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { Problem } from '../api/problem';
import { MOST_BYTES, sendFile } from './send-file';
import { UploadQueue, type UploadState } from './upload-queue';

interface Uploads {
  readonly uploads: readonly UploadState[];
  readonly add: (files: readonly File[], component: string | null) => void;
  readonly retry: (key: string) => void;
  readonly forget: (key: string) => void;
}

/** By dossier: who looks at another page meanwhile finds them again. */
const queues = new Map<string, UploadQueue>();

/** The files that are being added to a dossier; one that was added leaves the list and stands among the dossier's. */
export function useUploads(dossierId: string): Uploads {
  const queue = queueOf(dossierId, useQueryClient());
  const uploads = useSyncExternalStore(queue.watch, queue.uploads);
  useStayAsked(uploads.some(({ stage }) => stage !== 'failed'));
  return {
    uploads,
    add: (files, component) =>
      queue.add(files.map((file) => ({ dossierId, file, component, key: crypto.randomUUID() }))),
    retry: (key) => queue.retry(key),
    forget: (key) => queue.forget(key),
  };
}

function queueOf(dossierId: string, queries: QueryClient): UploadQueue {
  const known = queues.get(dossierId);
  if (known) return known;
  const queue = new UploadQueue(async (sending, watching) => {
    if (sending.file.size > MOST_BYTES) throw new Problem(413, 'ATTACHMENT_TOO_LARGE', '', []);
    await sendFile(sending, watching);
    await queries.invalidateQueries({ queryKey: ['dossier', dossierId] });
  });
  queues.set(dossierId, queue);
  return queue;
}

/** Before the window is closed on files that are not there yet, the browser asks. */
function useStayAsked(isSending: boolean): void {
  useEffect(() => {
    if (!isSending) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isSending]);
}
