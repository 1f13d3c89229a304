import type { Credentials } from './options.ts';

/** The header that carries the credentials, or none. Mesos wants the scheme spelt exactly `Basic`
 * (mesos src/authentication/http/basic_authenticator_factory, `Basic ` is compared with its case). */
export function authorization(credentials: Credentials): Record<string, string> {
  switch (credentials.kind) {
    case 'none':
      return {};
    case 'basic': {
      const pair = Buffer.from(`${credentials.username}:${credentials.password}`, 'utf8');
      return { authorization: `Basic ${pair.toString('base64')}` };
    }
    case 'bearer':
      return { authorization: `Bearer ${credentials.token}` };
    case 'dcos':
      return { authorization: `token=${credentials.token}` };
  }
}
