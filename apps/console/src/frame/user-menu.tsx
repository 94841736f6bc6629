import { Button, NativeSelect, Popover, Stack, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call';
import { dropAllDrafts } from '../api/drafts';
import type { Session } from '../api/session';
import { Failed } from '../parts/states';
import { languageNames, languages, speak, type Language } from '../words/words';

const schemes = ['auto', 'light', 'dark'] as const satisfies readonly MantineColorScheme[];

/** Who is signed in and in which post; choosing another, the language and light or dark; signing out. */
export default function UserMenu({ session, openKeys }: { readonly session: Session; readonly openKeys: () => void }) {
  const { t } = useTranslation('frame');
  const [isOpen, setIsOpen] = useState(false);
  return (
    // In the header and not at the end of the page, so that it belongs to a landmark.
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width={300} withinPortal={false} trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          className="motcua-user"
          aria-haspopup="dialog"
          onClick={() => setIsOpen(!isOpen)}
        >
          {session.official.name}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('user.title')}>
        <Choices session={session} openKeys={openKeys} close={() => setIsOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface ChoicesProps {
  readonly session: Session;
  readonly openKeys: () => void;
  readonly close: () => void;
}

function Choices({ session, openKeys, close }: ChoicesProps) {
  const { t, i18n } = useTranslation('frame');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [error, setError] = useState<unknown>(null);
  const attempt = (act: () => Promise<void>) => void act().catch(setError);
  return (
    <Stack gap="xs">
      <NativeSelect
        label={t('user.post')}
        value={session.post?.id ?? ''}
        onChange={(event) => attempt(changePost.bind(null, event.currentTarget.value))}
        data={session.posts.map(({ id, name, officeName }) => ({ value: id, label: `${name}, ${officeName}` }))}
      />
      <NativeSelect
        label={t('user.language')}
        value={i18n.language}
        onChange={(event) => attempt(changeLanguage.bind(null, event.currentTarget.value as Language))}
        data={languages.map((language) => ({ value: language, label: languageNames[language] }))}
      />
      <NativeSelect
        label={t('user.scheme')}
        value={colorScheme}
        onChange={(event) => setColorScheme(event.currentTarget.value as MantineColorScheme)}
        data={schemes.map((scheme) => ({ value: scheme, label: t(`user.scheme-${scheme}`) }))}
      />
      <Button
        variant="default"
        onClick={() => {
          close();
          openKeys();
        }}
      >
        {t('keys.list')}
      </Button>
      <Button onClick={() => attempt(signOut.bind(null, session.official.id))}>{t('user.sign-out')}</Button>
      {error !== null && <Failed error={error} />}
    </Stack>
  );
}

/** Rights, lists and menu hang on the post: the console begins anew. */
async function changePost(postId: string): Promise<void> {
  await call('/api/post', { method: 'POST', body: { postId } });
  location.assign('/');
}

/** On this computer at once, and for the person's next sign-in elsewhere. */
async function changeLanguage(language: Language): Promise<void> {
  await speak(language);
  await call('/api/language', { method: 'POST', body: { language } });
}

async function signOut(officialId: string): Promise<void> {
  const { body } = await call<{ location: string }>('/sign-out', { method: 'POST', body: {} });
  dropAllDrafts(officialId);
  location.assign(body.location); // Of the provider, where it has a session of its own to end.
}
