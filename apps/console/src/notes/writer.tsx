import { Button, Group, Textarea } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSendCommand } from '../api/commands';
import { draftsOf } from '../api/drafts';
import { meQuery } from '../api/reads';
import { useKey } from '../frame/keys';
import { Failed } from '../parts/states';

/** What is typed, and the Idempotency-Key that every attempt to send it carries. */
interface Begun {
  readonly key: string;
  readonly text: string;
}

interface WriterProps {
  readonly dossierId: string;
  /** To the applicant, or for colleagues. */
  readonly where: 'messages' | 'notes';
  /** Goes to the field. */
  readonly keyName: string;
}

/** A text that is begun, kept as a draft, and sent. Its button says who will read it. */
export function Writer({ dossierId, where, keyName }: WriterProps) {
  const { t } = useTranslation('notes');
  const { data: me } = useSuspenseQuery(meQuery);
  const drafts = draftsOf(me.official.id, `dossiers/${dossierId}/${where}`);
  const [begun, setBegun] = useState<Begun>(() => drafts.read<Begun>() ?? empty());
  const [isEmpty, setIsEmpty] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [isSending, setIsSending] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const send = useSendCommand();
  useKey(keyName, t(`key.${where}`), () => box.current?.focus());
  const change = (text: string) => {
    const next = { ...begun, text };
    setBegun(next);
    setIsEmpty(false);
    drafts.keep(next);
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (begun.text.trim() === '') {
      setIsEmpty(true);
      box.current?.focus();
      return;
    }
    setRefusal(null);
    setIsSending(true);
    try {
      await send({ dossierId, path: where, body: { text: begun.text.trim() }, etag: null, key: begun.key });
      drafts.drop();
      setBegun(empty());
    } catch (problem) {
      setRefusal(problem);
    } finally {
      setIsSending(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="motcua-no-print">
      {refusal !== null && <Failed error={refusal} />}
      <Textarea
        ref={box}
        label={t(`write.${where}`)}
        description={t(`hint.${where}`)}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={2000}
        value={begun.text}
        error={isEmpty ? t('empty') : undefined}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <Group mt="xs">
        <Button type="submit" loading={isSending} variant={where === 'messages' ? 'filled' : 'default'}>
          {t(`send.${where}`)}
        </Button>
      </Group>
    </form>
  );
}

function empty(): Begun {
  return { key: crypto.randomUUID(), text: '' };
}
