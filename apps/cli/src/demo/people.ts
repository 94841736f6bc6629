import type { Random } from './random';

const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Phan', 'Võ', 'Đặng', 'Bùi', 'Hồ', 'Cao', 'Thái'] as const;
const middles = ['Thị', 'Văn'] as const;
const womensNames = [
  'Ngọc Ánh',
  'Hoài Thương',
  'Mai',
  'Thu Hà',
  'Bích Ngọc',
  'Yến',
  'Kim Liên',
  'Quỳnh',
  'Hạnh',
] as const;
const mensNames = ['Bảo', 'Quý', 'Khoa', 'Trường', 'Nghĩa', 'Việt', 'Đạt', 'Lộc', 'Thắng', 'Hiếu'] as const;

/** A name as many have it. */
export function personsName(random: Random): string {
  const isWoman = random.is(0.5);
  const [middle, given] = [middles[isWoman ? 0 : 1], random.pick(isWoman ? womensNames : mensNames)];
  return `${random.pick(families)} ${middle} ${given}`;
}

/** Somebody who does not exist, with numbers of ranges that nobody has: no province is 000. */
export function applicant(random: Random, places: readonly string[]) {
  return {
    name: personsName(random),
    phone: `09000${String(Math.floor(random.between(0, 100_000))).padStart(5, '0')}`,
    identityNumber: `000${String(Math.floor(random.between(0, 1e9))).padStart(9, '0')}`,
    address: random.pick(places),
  };
}
