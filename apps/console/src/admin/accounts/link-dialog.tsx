import { Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNames } from '../../api/reads';
import { Dialog } from '../../parts/dialog';
import { Moment } from '../../parts/moment';

interface LinkDialogProps {
  readonly officialId: string;
  readonly link: string;
  readonly expiresAt: string;
  readonly close: () => void;
}

/** The one-time link. It is nowhere else: who closes this without handing it on makes a new one. */
export function LinkDialog({ officialId, link, expiresAt, close }: LinkDialogProps) {
  const { t } = useTranslation('admin-accounts');
  const names = useNames();
  return (
    <Dialog title={t('link.title', { who: names.official(officialId) })} close={close} size="lg">
      <Stack gap="sm">
        <Text>{t('link.about')}</Text>
        <TextInput
          label={t('link.label')}
          value={link}
          readOnly
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
        />
        <Text size="sm">
          {t('link.until')} <Moment at={expiresAt} />.
        </Text>
        <Group>
          <CopyButton value={link}>
            {({ copied, copy }) => <Button onClick={copy}>{t(copied ? 'link.copied' : 'link.copy')}</Button>}
          </CopyButton>
          <Button variant="default" onClick={close}>
            {t('link.close')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
