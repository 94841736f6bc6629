import '@fontsource/be-vietnam-pro/latin-400.css';
import '@fontsource/be-vietnam-pro/vietnamese-400.css';
import '@fontsource/be-vietnam-pro/latin-700.css';
import '@fontsource/be-vietnam-pro/vietnamese-700.css';
import '@mantine/core/styles.css';
import './console.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startSweepingDrafts } from './api/drafts';
import { Problem } from './api/problem';
import { App } from './frame/app';
import { startKeys } from './frame/keys';
import { isAway, startNoticing } from './live/unasked';
import { cssVariables, theme } from './theme';
import { startWords } from './words/words';

const TRIES = 2;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What the service refused it would refuse again; what it could not do it may do now.
      retry: (failures, error) =>
        failures < TRIES && error instanceof Problem && (error.status === 0 || error.status >= 500),
      refetchOnWindowFocus: false,
      refetchOnReconnect: () => !isAway(),
    },
  },
});

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no place for the console.');

const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '';
setNonce(nonce); // For what locks scrolling behind a dialog; Mantine's own styles take it from the provider.
startSweepingDrafts();
startKeys();
startNoticing();
await startWords();

createRoot(place).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
