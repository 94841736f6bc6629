import 'reflect-metadata';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { RequestMethod, SetMetadata } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { StartRefused } from '../start-refused';

/** What a route says of itself: the action its policy decides about, or that it has no secrets and no caller. */
export type Access = { readonly action: string } | 'public';

const ACCESS = 'motcua:access';

/** Names the action of a route (`receive-dossier`), about which the service's AccessPolicy decides. */
export function Action(action: string): MethodDecorator {
  return SetMetadata<string, Access>(ACCESS, { action });
}

/** A route that anybody may ask without a token. For health and figures alone, so this library keeps it to itself. */
export function Public(): MethodDecorator {
  return SetMetadata<string, Access>(ACCESS, 'public');
}

/** What a route's method says of its access; undefined when it says nothing. */
export function accessOf(handler: object): Access | undefined {
  return Reflect.getMetadata(ACCESS, handler) as Access | undefined;
}

/** Thrown when routes name no action: a service with a route nobody decided about does not start. */
export class RoutesWithoutAction extends StartRefused {
  readonly code = 'ROUTES_WITHOUT_ACTION';

  constructor(readonly routes: readonly string[]) {
    super(`These routes name no action (@Action):\n${routes.map((route) => `  ${route}`).join('\n')}`);
  }
}

/**
 * Refuses an application that has a route, in any of its controllers, that names no action.
 *
 * @throws RoutesWithoutAction
 */
export function refuseRoutesWithoutAction(app: INestApplicationContext): void {
  const routes = controllersOf(app).flatMap(routesOf);
  const unnamed = routes.filter(({ access }) => access === undefined).map(({ name }) => name);
  if (unnamed.length > 0) throw new RoutesWithoutAction([...new Set(unnamed)]);
}

interface Route {
  readonly name: string;
  readonly access: Access | undefined;
}

function controllersOf(app: INestApplicationContext): Type[] {
  return [...app.get(ModulesContainer, { strict: false }).values()].flatMap((module) =>
    [...module.controllers.values()].map(({ metatype }) => metatype as Type),
  );
}

function routesOf(controller: Type): Route[] {
  const prototype = controller.prototype as Record<string, object>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((method) => {
    const handler = prototype[method];
    if (handler === undefined || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
    const verb = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number] ?? 'ALL';
    const path = [controller, handler].map((part) => pathOf(part)).join('');
    return [{ name: `${verb} ${path} (${controller.name}.${method})`, access: accessOf(handler) }];
  });
}

/** A path may be declared as one text or as several. */
function pathOf(part: object): string {
  const declared = Reflect.getMetadata(PATH_METADATA, part) as string | readonly string[] | undefined;
  const path = [declared ?? '']
    .flat()
    .join('|')
    .replace(/^\/+|\/+$/g, '');
  return path === '' ? '' : `/${path}`;
}
