import { z } from 'zod';
import type { FrameworkFacts } from '../../domain/agent.ts';
import { frameworkId } from '../../domain/ids.ts';
import { repeated, text, wrapped } from './fields.ts';
import { ignored, inPassing, passing } from './in-passing.ts';

const framework = z
  .object({
    framework_info: z.object({
      id: wrapped(frameworkId),
      name: text,
      failover_timeout: z.number().optional(),
      webui_url: text.optional(),
      capabilities: repeated(z.object({ type: z.string().optional() })),
    }),
    connected: z.boolean(),
  })
  .transform(({ framework_info: info, connected }): FrameworkFacts => {
    const can = (capability: string) => info.capabilities.some(({ type }) => type === capability);
    return {
      id: info.id,
      name: info.name,
      connected,
      failoverTimeoutSeconds: info.failover_timeout ?? null,
      webUrl: webUrl(info.webui_url),
      partitionAware: can('PARTITION_AWARE'),
      knowsTaskKilling: can('TASK_KILLING_STATE'),
    };
  });

/** GET_FRAMEWORKS: those that are registered now. */
export const frameworks = inPassing(
  z
    .object({ get_frameworks: z.object({ frameworks: repeated(passing(framework)) }) })
    .transform(({ get_frameworks }) => get_frameworks.frameworks),
  {
    '$.get_frameworks.frameworks.*': framework,
    '$.get_frameworks.completed_frameworks.*': ignored,
  },
);

function webUrl(raw: string | undefined): string | null {
  if (raw === undefined || !URL.canParse(raw)) return null;
  const url = new URL(raw);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}
