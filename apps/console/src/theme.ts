import { Alert, Badge, createTheme, type CSSVariablesResolver } from '@mantine/core';

/** Contrast of 4.5 and more in light and dark: the defaults of the library fall short of it. */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: 8,
  autoContrast: true,
  fontFamily: "'Be Vietnam Pro', system-ui, sans-serif",
  headings: { fontFamily: "'Be Vietnam Pro', system-ui, sans-serif" },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Badge: Badge.extend({
      defaultProps: { variant: 'filled', radius: 'sm' },
      styles: { root: { textTransform: 'none' } },
    }),
    Alert: Alert.extend({ vars: () => ({ root: { '--alert-color': 'var(--mantine-color-text)' } }) }),
  },
});

/** Fills carry white text in both schemes; text colours differ by scheme. A fixed shade as text would fail in the dark. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--motcua-late-fill': '#a51111',
    '--motcua-soon-fill': '#a63a00',
    '--motcua-paused-fill': '#495057',
    '--motcua-ok-fill': '#1b6e2f',
  },
  light: {
    '--mantine-color-dimmed': '#495057',
    '--mantine-color-error': '#b02525',
    '--mantine-color-placeholder': '#5c636a',
    '--motcua-late-text': '#a51111',
    '--motcua-soon-text': '#a63a00',
    '--motcua-ok-text': '#1b6e2f',
  },
  dark: {
    '--mantine-color-dimmed': '#b8bec4',
    '--mantine-color-error': '#ff9d9d',
    '--mantine-color-placeholder': '#a6adb4',
    '--mantine-color-anchor': '#91c8ff',
    '--motcua-late-text': '#ff9d9d',
    '--motcua-soon-text': '#ffb27d',
    '--motcua-ok-text': '#8ce0a0',
  },
});
