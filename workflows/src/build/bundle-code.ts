import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** The workflow code as one script that a worker loads, and its SHA-256 (lower-case hex): the worker's build id. */
export interface CodeBundle {
  readonly code: string;
  readonly sha256: string;
}

/** The folder of package.json, whether this runs from the sources or from what was built of them. */
export function projectRoot(folder: string = __dirname): string {
  return existsSync(join(folder, 'package.json')) ? folder : projectRoot(dirname(folder));
}

/** The bundle's entry: the workflow itself, so that nothing else is in the bundle. */
export function workflowSource(): string {
  return join(projectRoot(), 'workflows', 'src', 'dossier.workflow.ts');
}

/**
 * Bundles workflow code. Same sources, same bytes, on any machine: module names and source map are relative to the project's
 * folder.
 */
export async function bundleCode(workflowsPath: string = workflowSource()): Promise<CodeBundle> {
  const root = projectRoot();
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    logger: new DefaultLogger('WARN'),
    webpackConfigHook: (config) => ({
      ...config,
      context: root,
      // Lines only, and no sources: the generated entry names the workflow by its full path.
      devtool: 'inline-nosources-cheap-module-source-map',
      output: {
        ...config.output,
        filename: 'dossier.bundle.js',
        pathinfo: false,
        devtoolModuleFilenameTemplate: (module: { resourcePath: string }) => module.resourcePath.replaceAll(root, '.'),
      },
    }),
  });
  return { code, sha256: createHash('sha256').update(code).digest('hex') };
}
