import { app } from './app.ts';
import { chat } from './chat.ts';
import { chatExisting } from './chat-existing.ts';
import { conversations } from './conversations.ts';
import { directs } from './directs.ts';
import { files } from './files.ts';
import type { Methods } from './method.ts';
import { people } from './people.ts';
import { reactions } from './reactions.ts';

/** Every Web API method the local Slack answers. */
export const allMethods: Methods = {
  ...app,
  ...chat,
  ...chatExisting,
  ...conversations,
  ...directs,
  ...files,
  ...people,
  ...reactions,
};
