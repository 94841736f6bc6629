import { Button, Group, Modal } from '@mantine/core';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from './focus-back';

interface DialogProps {
  readonly title: string;
  /** Null for a dialog that only its own buttons end. */
  readonly close: (() => void) | null;
  readonly size?: 'md' | 'lg' | 'xl';
  readonly children: ReactNode;
}

/** Tells the dialog around it whether something is on its way that can no longer be cancelled. */
const TellSending = createContext<(isSending: boolean) => void>(() => undefined);

/** A dialog: focus stays in it and goes back where it was; Escape closes. An element with `data-autofocus` has the focus first. */
export function Dialog({ title, close, size = 'md', children }: DialogProps) {
  const { t } = useTranslation('frame');
  useFocusBack();
  const [isSending, tellSending] = useState(false);
  const canClose = close !== null && !isSending;
  return (
    <Modal.Root
      opened
      onClose={() => canClose && close()}
      size={size}
      closeOnEscape={canClose}
      closeOnClickOutside={false}
    >
      <Modal.Overlay />
      {/* Its title names it only once both are there; until then it would have no name. */}
      <Modal.Content aria-label={title}>
        {/* A <header> here would be a second banner of the page. */}
        <Modal.Header {...{ component: 'div' }}>
          <Modal.Title fw={700}>{title}</Modal.Title>
          {close !== null && <Modal.CloseButton aria-label={t('close')} disabled={isSending} />}
        </Modal.Header>
        <Modal.Body>
          <TellSending value={tellSending}>{children}</TellSending>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface SubmitOrCancelProps {
  readonly label: string;
  readonly isSending?: boolean;
  /** True where there is nothing to submit yet. */
  readonly disabled?: boolean;
  readonly cancel: () => void;
}

/** How a dialog's form ends. What is on its way can no longer be cancelled, in no way. */
export function SubmitOrCancel({ label, isSending = false, disabled = false, cancel }: SubmitOrCancelProps) {
  const { t } = useTranslation('frame');
  const tellSending = useContext(TellSending);
  useEffect(() => {
    tellSending(isSending);
    return () => tellSending(false);
  }, [tellSending, isSending]);
  return (
    <Group>
      <Button type="submit" loading={isSending} disabled={disabled}>
        {label}
      </Button>
      <Button variant="default" onClick={cancel} disabled={isSending}>
        {t('cancel')}
      </Button>
    </Group>
  );
}
