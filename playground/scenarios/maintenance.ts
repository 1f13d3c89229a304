import { botSaid, opsChannel, type Stage, told } from './story.ts';

/** Mara confirms what she was shown last as this plan. */
export async function confirm(stage: Stage, plan: string): Promise<void> {
  await stage.until(`${plan} to be shown`, told(stage, 'mara', `Confirm ${plan}`));
  await stage.slack.type('mara', opsChannel.name, `/mesos confirm ${plan}`);
}

/** The schedule as the leading master has it, in the words of the API. */
export function scheduleIn({ cluster }: Stage): string[] {
  return cluster.model.cluster.registry.windows.map(({ machineIds, startNs, durationNs }) =>
    [
      machineIds.map(({ hostname, ip }) => `${hostname ?? '-'} ${ip ?? '-'}`).join(', '),
      startNs,
      durationNs ?? '-',
    ].join(' | '),
  );
}

/** Whether the plan's thread tells that it is over. */
export function isOver(stage: Stage, plan: string): () => boolean {
  return () => botSaid(stage).some((text) => new RegExp(`Plan ${plan} (is done|stops|gives up)`).test(text));
}
