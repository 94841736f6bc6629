import { Button, Group, Textarea } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSendCommand, type SentCommand } from '../api/commands';
import { draftsOf } from '../api/drafts';
import { meQuery } from '../api/reads';
import { useKey } from '../frame/keys';
import { Failed } from '../parts/states';
import { useSending } from '../parts/use-sending';

/** What is typed, and the Idempotency-Key that every attempt to send it carries. */
interface Begun {
  readonly key: string;
  readonly text: string;
}

interface WriterProps {
  readonly dossierId: string;
  /** What the text is for; of more than one, each has its button. */
  readonly as: readonly [Purpose, ...Purpose[]];
  /** Goes to the field. */
  readonly keyName: string;
  readonly sent?: () => void;
}

/** To the applicant; for colleagues; for whoever holds the dossier, who must say that they have read it. */
type Purpose = 'messages' | 'notes' | 'questions';

/** A text that is begun, kept as a draft, and sent. Its button says who will read it. */
export function Writer({ dossierId, as: purposes, keyName, sent }: WriterProps) {
  const [where] = purposes;
  const { t } = useTranslation('notes');
  const { data: me } = useSuspenseQuery(meQuery);
  const drafts = draftsOf(me.official.id, `dossiers/${dossierId}/${where}`);
  const [begun, setBegun] = useState<Begun>(() => drafts.read<Begun>() ?? empty());
  const [isEmpty, setIsEmpty] = useState(false);
  const { isSending, refusal, run } = useSending();
  const box = useRef<HTMLTextAreaElement>(null);
  const send = useSendCommand();
  useKey(keyName, t(`key.${where}`), () => box.current?.focus());
  const change = (text: string) => {
    const next = { ...begun, text };
    setBegun(next);
    setIsEmpty(false);
    drafts.keep(next);
  };
  const submit = async (purpose: Purpose) => {
    if (begun.text.trim() === '') {
      setIsEmpty(true);
      box.current?.focus();
      return;
    }
    await run(async () => {
      await send({ dossierId, ...sentAs[purpose](begun.text.trim()), etag: null, key: begun.key });
      drafts.drop();
      setBegun(empty());
      sent?.();
    });
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void submit(where);
  };
  return (
    <form onSubmit={onSubmit} noValidate className="motcua-no-print">
      {refusal !== null && <Failed error={refusal} />}
      <Textarea
        ref={box}
        label={t(`write.${where}`)}
        description={t(`hint.${where}`)}
        autosize
        minRows={2}
        data-autofocus={where === 'questions' || undefined}
        maxRows={10}
        maxLength={2000}
        value={begun.text}
        error={isEmpty ? t('empty') : undefined}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <Group mt="xs">
        {purposes.map((purpose) => (
          <Button
            key={purpose}
            {...(purpose === where ? { type: 'submit' } : { onClick: () => void submit(purpose) })}
            loading={isSending}
            variant={purpose === 'messages' ? 'filled' : 'default'}
          >
            {t(`send.${purpose}`)}
          </Button>
        ))}
      </Group>
    </form>
  );
}

const sentAs: Readonly<Record<Purpose, (text: string) => Pick<SentCommand, 'path' | 'body'>>> = {
  messages: (text) => ({ path: 'messages', body: { text } }),
  notes: (text) => ({ path: 'notes', body: { text } }),
  questions: (text) => ({ path: 'notes', body: { text, asksHolder: true } }),
};

function empty(): Begun {
  return { key: crypto.randomUUID(), text: '' };
}
