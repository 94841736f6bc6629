import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from './focus-back';

interface DialogProps {
  readonly title: string;
  /** Null for a dialog that only its own buttons end. */
  readonly close: (() => void) | null;
  readonly size?: 'md' | 'lg' | 'xl';
  readonly children: ReactNode;
}

/** A dialog: focus stays in it and goes back where it was; Escape closes. An element with `data-autofocus` has the focus first. */
export function Dialog({ title, close, size = 'md', children }: DialogProps) {
  const { t } = useTranslation('frame');
  useFocusBack();
  const canClose = close !== null;
  return (
    <Modal.Root
      opened
      onClose={close ?? (() => undefined)}
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
          {canClose && <Modal.CloseButton aria-label={t('close')} />}
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
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

/** How a dialog's form ends. What is on its way can no longer be cancelled. */
export function SubmitOrCancel({ label, isSending = false, disabled = false, cancel }: SubmitOrCancelProps) {
  const { t } = useTranslation('frame');
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
