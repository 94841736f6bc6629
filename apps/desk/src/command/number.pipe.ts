import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { FieldInvalid } from '#domain';

/** What a column of numbers holds at most. */
const MOST = 2 ** 31 - 1;

/** A number that counts from 1 in a path, such as a version. @throws FieldInvalid */
@Injectable()
export class NumberPipe implements PipeTransform<unknown, number> {
  transform(said: unknown, { data = 'number' }: ArgumentMetadata): number {
    const number = Number(said);
    if (Number.isInteger(number) && number >= 1 && number <= MOST) return number;
    throw new FieldInvalid(data, `must be a whole number from 1 to ${MOST}`);
  }
}
