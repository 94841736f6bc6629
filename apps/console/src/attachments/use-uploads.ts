import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../api/problem';
import { MOST_BYTES, sendFile, type Sending } from './send-file';

/** A file that is on its way, or was refused. */
export interface UploadState {
  readonly sending: Sending;
  readonly share: number;
  /** Why it was not added; null while it is sent. */
  readonly error: unknown;
  readonly cancel: () => void;
}

interface Uploads {
  readonly uploads: readonly UploadState[];
  readonly add: (files: readonly File[], component: string | null) => void;
  readonly retry: (sending: Sending) => void;
  readonly forget: (key: string) => void;
}

/** The files that are being added to a dossier; one that was added leaves the list and stands among the dossier's. */
export function useUploads(dossierId: string): Uploads {
  const queries = useQueryClient();
  const [uploads, setUploads] = useState<readonly UploadState[]>([]);
  const change = (key: string, to: Partial<UploadState>) =>
    setUploads((all) => all.map((one) => (one.sending.key === key ? { ...one, ...to } : one)));
  const forget = (key: string) => setUploads((all) => all.filter(({ sending }) => sending.key !== key));
  const send = async (sending: Sending) => {
    const stop = new AbortController();
    const begun: UploadState = { sending, share: 0, error: null, cancel: () => stop.abort() };
    setUploads((all) => [...all.filter((one) => one.sending.key !== sending.key), begun]);
    try {
      if (sending.file.size > MOST_BYTES) throw new Problem(413, 'ATTACHMENT_TOO_LARGE', '', []);
      await sendFile(sending, { onProgress: (share) => change(sending.key, { share }), signal: stop.signal });
      await queries.invalidateQueries({ queryKey: ['dossier', dossierId] });
      forget(sending.key);
    } catch (error) {
      if (stop.signal.aborted) forget(sending.key);
      else change(sending.key, { error });
    }
  };
  return {
    uploads,
    add: (files, component) => {
      for (const file of files) void send({ dossierId, file, component, key: crypto.randomUUID() });
    },
    retry: (sending) => void send(sending),
    forget,
  };
}
