import type { Random } from './random';

const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Phan', 'Võ', 'Đặng', 'Bùi', 'Hồ', 'Cao', 'Thái'] as const;
const womensNames = ['Thị Ngọc Ánh', 'Thị Hoài Thương', 'Thị Mai', 'Thị Thu Hà', 'Thị Bích Ngọc', 'Thị Yến'] as const;
const mensNames = ['Văn Bảo', 'Sỹ Quý', 'Đình Khoa', 'Xuân Trường', 'Hữu Nghĩa', 'Quốc Việt', 'Trọng Đạt'] as const;
const hamlets = ['Xóm 1', 'Xóm 3', 'Xóm 7', 'Khối Tân Tiến', 'Khối 5', 'Xóm Đông Thọ'] as const;

/** Somebody who does not exist, with a number of a range that nobody has. */
export function applicant(random: Random) {
  const given = random.is(0.5) ? random.pick(womensNames) : random.pick(mensNames);
  return {
    name: `${random.pick(families)} ${given}`,
    phone: `09000${String(Math.floor(random.between(0, 100_000))).padStart(5, '0')}`,
    address: `${random.pick(hamlets)}, xã Đô Lương, tỉnh Nghệ An`,
  };
}
