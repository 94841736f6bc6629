import type { Request, Response } from 'express';
import { securityHeaders } from './headers';

function headersFor(publicUrl: string): Record<string, string> {
  const headers: Record<string, string> = {};
  const response = {
    locals: {},
    setHeader: (name: string, value: string) => void (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  };
  securityHeaders(publicUrl)({} as unknown as Request, response as unknown as Response, () => undefined);
  return headers;
}

test('with https browsers are told to come by nothing else for a year; on this machine they are not', () => {
  expect(headersFor('https://motcua.example')['strict-transport-security']).toBe('max-age=31536000');
  expect(headersFor('http://localhost:7400')).not.toHaveProperty('strict-transport-security');
});

test('the nonce of each answer is its own', () => {
  const policies = [1, 2].map(() => headersFor('https://motcua.example')['content-security-policy']);
  expect(policies[0]).toMatch(/'nonce-[\w-]{22}'/);
  expect(policies[0]).not.toBe(policies[1]);
});
