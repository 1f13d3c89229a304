/** Whether a URL that Slack handed us is one of its own: whoever could plant another would be sent what we know of the
 * cluster. `apiUrl` null: Slack's own hosts. */
export function isSlacks(url: string, apiUrl: string | null): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  if (apiUrl !== null) {
    const own = new URL(apiUrl);
    return host === own.host && protocol === own.protocol;
  }
  return protocol === 'https:' && /\.slack(-gov)?\.com$/.test(hostname);
}
