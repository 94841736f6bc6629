import { ApiResponse } from '@nestjs/swagger';

/** Says in the OpenAPI document that a route answers a page. */
export function AnswersPage(description: string): MethodDecorator {
  return ApiResponse({ status: 200, description, content: { 'text/html': { schema: { type: 'string' } } } });
}

/** Says in the OpenAPI document that a route sends the browser on. */
export function AnswersRedirect(description: string): MethodDecorator {
  return ApiResponse({ status: 303, description });
}
