/** Why nothing can be done to an agent. */
export function outOfReach(why: 'gone' | 'absent' | 'unreadable'): string {
  switch (why) {
    case 'gone':
      return 'It was marked gone, for ever.';
    case 'absent':
      return 'The master does not list it.';
    case 'unreadable':
      return "Its state can't be read.";
  }
}
