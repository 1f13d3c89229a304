import { z } from 'zod';

const manifestShape = z.object({
  features: z.object({
    slash_commands: z
      .array(
        z.object({
          command: z.string().startsWith('/').max(32),
          should_escape: z.boolean().default(false),
        }),
      )
      .default([]),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).optional(),
    interactivity: z.object({ is_enabled: z.boolean() }).optional(),
  }),
});

/** What the app was installed with: it decides which methods answer and which events are sent. */
export interface AppManifest {
  scopes: Set<string>;
  events: Set<string>;
  /** Command word, slash included, to how its text is sent. */
  commands: Map<string, { shouldEscape: boolean }>;
  /** Whether clicks on its buttons are sent to it. */
  isInteractive: boolean;
}

/** Reads an app manifest (Slack: app manifest, version 1). Throws a ZodError that names the wrong field. */
export function readManifest(manifest: unknown): AppManifest {
  const read = manifestShape.parse(manifest);
  return {
    scopes: new Set(read.oauth_config.scopes.bot),
    events: new Set(read.settings.event_subscriptions?.bot_events ?? []),
    commands: new Map(
      read.features.slash_commands.map((each) => [each.command, { shouldEscape: each.should_escape }]),
    ),
    isInteractive: read.settings.interactivity?.is_enabled ?? false,
  };
}
