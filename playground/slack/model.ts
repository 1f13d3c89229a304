import type { SimClock } from '../clock.ts';
import { ResponseUrls } from './delivery/response-urls.ts';
import { type AppManifest, readManifest } from './rules/app-manifest.ts';
import { Faults } from './rules/faults.ts';
import { RateLimits } from './rules/rate-limits.ts';
import { type Changes, changes } from './workspace/changes.ts';
import { defaultWorkspace, type WorkspaceSpec, workspaceFrom } from './workspace/default-workspace.ts';
import { FileLog } from './workspace/files.ts';
import { MessageLog } from './workspace/messages.ts';
import { timestamps } from './workspace/timestamps.ts';
import type { Workspace } from './workspace/workspace.ts';

/** One Web API request as it arrived, for tests that ask what the bot did. */
export interface ApiCall {
  at: number;
  method: string;
  args: Readonly<Record<string, unknown>>;
  /** `ok`, Slack's error code, or the fault that hit it. */
  outcome: string;
}

/** The whole state of the local Slack, without any I/O. */
export interface SlackModel {
  readonly clock: SimClock;
  readonly newId: () => string;
  readonly nextTs: () => string;
  readonly workspace: Workspace;
  readonly app: AppManifest;
  readonly messages: MessageLog;
  readonly files: FileLog;
  readonly changes: Changes;
  readonly limits: RateLimits;
  readonly faults: Faults;
  readonly responseUrls: ResponseUrls;
  /** The last 10,000 Web API requests, oldest first. */
  readonly calls: ApiCall[];
}

export interface ModelOptions {
  clock: SimClock;
  newId: () => string;
  manifest: unknown;
  spec?: WorkspaceSpec;
  /** Default true. */
  rateLimits?: boolean;
}

export function slackModel(options: ModelOptions): SlackModel {
  const nextTs = timestamps(options.clock);
  const bus = changes();
  return {
    clock: options.clock,
    newId: options.newId,
    nextTs,
    workspace: workspaceFrom(options.spec ?? defaultWorkspace),
    app: readManifest(options.manifest),
    messages: new MessageLog(nextTs, bus),
    files: new FileLog(options.clock, options.newId),
    changes: bus,
    limits: new RateLimits(options.clock, options.rateLimits ?? true),
    faults: new Faults(),
    responseUrls: new ResponseUrls(options.clock, options.newId),
    calls: [],
  };
}
