/** What every question that can still be voted on says, word for word, in its text; a settled one never does. The bot
 * reads its own message back from Slack, and takes one without it for closed: so it stands right under the verdict,
 * where no cutting reaches it, and foreign text can't say it (text/clean.ts takes it apart there). */
export const openForVotes = 'Open for votes';
