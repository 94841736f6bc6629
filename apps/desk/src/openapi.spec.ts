import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { keptDocument } from '#testing';
import { DeskModule } from './desk.module';

test('the kept OpenAPI document says what the routes of desk take', async () => {
  const controllers = Reflect.getMetadata('controllers', DeskModule) as Type[];
  const module = await Test.createTestingModule({ controllers })
    .useMocker(() => ({}))
    .compile();
  const app = module.createNestApplication();
  const config = new DocumentBuilder()
    .setTitle('Motcua desk')
    .setVersion('1')
    .setDescription(
      'Problems are application/problem+json (RFC 9457) with a stable code. Instants are UTC with milliseconds.',
    )
    .addBearerAuth()
    .build();
  const made = `${JSON.stringify(SwaggerModule.createDocument(app, config), null, 2)}\n`;

  expect(keptDocument(join(__dirname, '../../../docs/generated/openapi-desk.json'), made)).toBe(made);
});
