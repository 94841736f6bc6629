import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const clockReads = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Read the time through Clock (#platform).',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Read the time through Clock (#platform).',
  },
];
const dateParts = [
  {
    selector: 'CallExpression[callee.property.name=/^[gs]et(UTC)?(Date|Day|Month|FullYear)$/]',
    message: 'Days are reckoned with in libs/calendar only.',
  },
];
const processEnv = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Settings are read in libs/platform only.',
  },
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.motcua/', '.motcua-replay/', '**/*.cjs'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.base.json', './apps/console/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowConstructorOnly: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', ...clockReads, ...dateParts, ...processEnv],
    },
  },
  // Where the one Clock and the one reader of settings live; workflow code reads Temporal's own deterministic Date.
  { files: ['libs/platform/src/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['workflows/src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...processEnv] } },
  {
    files: ['**/*.spec.ts', '**/test/**/*.ts', 'libs/testing/**/*.ts'],
    rules: {
      'no-restricted-syntax': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Answers of the HTTP API are read as JSON of whatever shape; the expectations check it.
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', setTimeout: 'readonly', URL: 'readonly' } },
  },
);
