import { NativeConnection, Worker } from '@temporalio/worker';

/** As many at once as `clock` works on. */
const SLOTS = 20;
export const bareTaskQueue = 'bare';

/** What a timer that rang tells the program that measures. */
export interface Rang {
  readonly id: string;
  readonly atMs: number;
}

/** The bare worker, a process of its own as `clock` is one; told to end, it ends. */
async function work(address: string, namespace: string, answer: string): Promise<void> {
  const connection = await NativeConnection.connect({ address });
  const entries: readonly unknown[] = [JSON.parse(answer)];
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: bareTaskQueue,
    workflowsPath: require.resolve('./bare.workflow'),
    activities: {
      ring: (id: string) => {
        const rang: Rang = { id, atMs: performance.timeOrigin + performance.now() };
        process.send?.(rang);
        return Promise.resolve(entries);
      },
    },
    maxConcurrentWorkflowTaskExecutions: SLOTS,
    maxConcurrentActivityTaskExecutions: SLOTS,
  });
  process.on('message', () => worker.shutdown());
  process.send?.('ready');
  await worker.run();
  await connection.close();
  process.disconnect();
}

if (require.main === module) {
  const [address = '', namespace = '', answer = ''] = process.argv.slice(2);
  void work(address, namespace, answer);
}
