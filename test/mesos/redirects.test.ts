import { describe, expect, it } from '@jest/globals';
import { whereTo } from '../../src/mesos/redirects.ts';

const known = {
  masters: [new URL('https://m1.example:5050/mesos'), new URL('https://m2.example')],
  allowedHosts: ['any-port.example', 'One-Port.example:5051'],
};
const asked = new URL('https://m1.example:5050/mesos/api/v1');

function baseAfter(location: string | null): string {
  const direction = whereTo(location, asked, known);
  return 'base' in direction ? direction.base.href : 'refused';
}

describe('a redirect', () => {
  it.each([
    ['a protocol-relative address of a master', '//m2.example/master/api/v1', 'https://m2.example/'],
    ['the same with its port spelt out', '//m2.example:443/master/api/v1', 'https://m2.example/'],
    ['the configured base path of a master', '//m1.example:5050/x', 'https://m1.example:5050/mesos'],
    ['an allowed host on any port', '//any-port.example:7000/x', 'https://any-port.example:7000/'],
    [
      'an allowed host and port, whatever its case',
      '//one-port.example:5051/x',
      'https://one-port.example:5051/',
    ],
    ['no name or password', 'https://u:p@m2.example/x', 'https://m2.example/'],
  ])('keeps the scheme and leads to %s', (_, location, base) => {
    expect(baseAfter(location)).toBe(base);
  });

  it.each([
    ['another port of a master', '//m1.example:6060/'],
    ['another port of an allowed host', '//one-port.example:5052/'],
    ['a foreign host', '//evil.example/master/api/v1'],
    ['a host that only begins like a known one', '//m2.example.evil.example/'],
    ['plain http, even of a master', 'http://m2.example/api/v1'],
    ['another scheme', 'ftp://m2.example/'],
    ['nowhere', null],
    ['an unreadable place', 'https://['],
  ])('is not followed to %s', (_, location) => {
    expect(baseAfter(location)).toBe('refused');
  });

  it('names the host to add', () => {
    expect(whereTo('//evil.example:99/x', asked, known)).toEqual({
      refused: expect.stringContaining('add evil.example:99 to the allowed hosts'),
    });
  });
});
