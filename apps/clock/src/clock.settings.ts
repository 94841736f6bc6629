import { join } from 'node:path';
import { IsInt, IsNotEmpty, IsString, Max, Min } from 'class-validator';
import { ListenerSettings } from '#platform';

export class ClockSettings extends ListenerSettings {
  override PORT: number = 7402;

  override KAFKA_GROUP: string = 'motcua-clock';

  /** `host:port` of Temporal's frontend. */
  @IsString()
  @IsNotEmpty()
  TEMPORAL_ADDRESS: string;

  @IsString()
  @IsNotEmpty()
  TEMPORAL_NAMESPACE: string = 'motcua';

  /** The folder with the workflow code that the worker runs, and its hash: `npm run build` writes it beside what runs. */
  @IsString()
  @IsNotEmpty()
  WORKFLOW_FOLDER: string = join(__dirname, '../../../workflows');

  /** Workflow tasks, and activities, worked at once: bounded so that catching up leaves the desk its share of the machine. */
  @IsInt()
  @Min(1)
  @Max(500)
  WORKER_SLOTS: number = 20;
}
