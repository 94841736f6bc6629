import { bundleCode, projectRoot, type CodeBundle } from './bundle-code';

jest.setTimeout(60_000);

let bundle: CodeBundle;

beforeAll(async () => {
  bundle = await bundleCode();
});

/** The script and the source map that follows it. */
function partsOf({ code }: CodeBundle): { readonly script: string; readonly sourceMap: string } {
  const [script = '', base64 = ''] = code.split('//# sourceMappingURL=data:application/json;charset=utf-8;base64,');
  return { script, sourceMap: Buffer.from(base64, 'base64').toString() };
}

/** What is in the bundle, by the names in its source map. */
function sourcesOf(bundled: CodeBundle): readonly string[] {
  return (JSON.parse(partsOf(bundled).sourceMap) as { sources: string[] }).sources;
}

test('the same sources give the same bundle, whatever folder the project lies in', async () => {
  expect(await bundleCode()).toEqual(bundle);
  expect(partsOf(bundle).script).not.toContain(projectRoot());
  expect(partsOf(bundle).sourceMap).not.toContain(projectRoot());
});

test('of ours the bundle holds the workflow and what it adds up, and nothing else', () => {
  const ours = sourcesOf(bundle).filter((source) => !source.includes('node_modules/') && source.endsWith('.ts'));

  expect(ours.sort()).toEqual([
    './workflows/src/dossier.workflow.ts',
    './workflows/src/names.ts',
    './workflows/src/watch.ts',
  ]);
});

test('of others the bundle holds only what Temporal brings along', () => {
  const packages = new Set(
    sourcesOf(bundle).flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.slice(1) ?? []),
  );

  expect([...packages].filter((name) => !name.startsWith('@temporalio/')).sort()).toEqual(['long', 'ms', 'nexus-rpc']);
});
