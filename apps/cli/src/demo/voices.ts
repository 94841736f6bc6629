import { shiftByWorkingTime } from '#calendar';
import type { DemoCommand, Life, YearSources } from './life';
import { Random } from './random';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** What comes to a dossier of the year from outside of the office, in the days off before the present begins. */
export type Voice = {
  /** Of which dossier, by its place in the year. */
  readonly trace: number;
} & (
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'rating'; readonly rating: number; readonly words: string | null }
  | { readonly kind: 'complaint'; readonly about: 'holder' | 'office'; readonly text: string }
  /** A paper as a file, which whoever moved the dossier here brought along. */
  | { readonly kind: 'file'; readonly component: string }
);

const questions = [
  'Cho tôi hỏi hồ sơ đã được chuyển cho cán bộ nào xem, và tôi có cần đến gặp không?',
  'Tôi đổi số điện thoại từ tuần trước, cơ quan nhắn kết quả vào số ghi trong đơn giúp tôi.',
  'Hôm nộp tôi quên hỏi: khi nhận kết quả tôi cần mang giấy tờ gì?',
  'Tôi đang đi làm xa. Con tôi đến nhận thay có được không, cần giấy ủy quyền không?',
  'Xin cho biết hồ sơ có thiếu giấy tờ gì không, để tôi chuẩn bị trong hai ngày nghỉ.',
] as const;
const reminders = [
  'Giấy hẹn ghi đã đến ngày mà tôi chưa thấy báo gì. Xin cơ quan cho biết bao giờ xong.',
  'Tôi đã đến hỏi một lần, được hẹn chờ thêm. Nay quá hạn, đề nghị cơ quan trả lời.',
] as const;
const answers = [
  'Hồ sơ của ông/bà đang được xem xét, đến nay chưa thiếu giấy tờ gì. Có kết quả chúng tôi sẽ báo ngay.',
  'Khi nhận kết quả, ông/bà mang theo giấy tiếp nhận và căn cước. Người khác nhận thay cần giấy ủy quyền.',
  'Chúng tôi đã ghi nhận. Ông/bà chưa phải đến gặp; nếu cần bổ sung, cơ quan sẽ gửi thông báo bằng văn bản.',
] as const;
const apologies = [
  'Cơ quan xin lỗi ông/bà vì hồ sơ chậm. Chúng tôi đang giải quyết và sẽ báo ngày trả kết quả trong tuần này.',
] as const;
const remarks = {
  good: ['Cán bộ hướng dẫn rõ ràng, xong sớm hơn hẹn.', 'Nộp qua mạng rất tiện, cảm ơn cơ quan.', 'Nhanh, lịch sự.'],
  bad: ['Phải đi lại hai lần mới xong.', 'Chậm so với giấy hẹn, không ai báo trước.'],
} as const;

/** What applicants say of the dossiers that are open, and of those that ended in the last weeks; and the papers that are there as files. */
export function voicesOf(lives: readonly Life[], sources: YearSources): readonly Voice[] {
  const random = new Random(sources.seed * 1_000 + 999);
  return [
    ...lives.flatMap((life) => (isOpen(life, sources) ? aboutWork(life, random, sources) : [])),
    ...lives.flatMap((life) => (isReturnedLately(life, sources) ? ratingOf(life, random) : [])),
    ...complaints(lives, sources),
  ];
}

/** What the office writes back on its first morning, to most of them; whoever holds the dossier then writes it. */
export function lettersBack(
  voices: readonly Voice[],
  lives: readonly Life[],
  sources: YearSources,
): readonly DemoCommand[] {
  const random = new Random(sources.seed * 1_000 + 998);
  return voices.flatMap(({ trace, ...voice }) => {
    const life = lives[trace];
    if (voice.kind !== 'message' || !life || random.is(0.4)) return [];
    const at = shiftByWorkingTime(sources.calendar, sources.now, Math.floor(random.between(0.2, 3) * HOUR_MS));
    const holder = holderOf(life, at);
    const isReminder = reminders.some((one) => one === voice.text);
    const text = random.pick(isReminder ? apologies : answers);
    const isOver = endsOf(life).last.at <= at;
    return holder === null || isOver
      ? []
      : [{ at, trace, part: 'answer', name: 'messages' as const, by: { officialId: holder }, body: { text } }];
  });
}

/** Taken in, and not at its end. */
function isOpen(life: Life, { now }: YearSources): boolean {
  return endsOf(life).last.at > now && life.some(({ name, at }) => at <= now && name === 'hand-over');
}

function isReturnedLately(life: Life, { now }: YearSources): boolean {
  const { name, at } = endsOf(life).last;
  return name === 'return' && at <= now && Date.parse(at) > Date.parse(now) - 28 * DAY_MS;
}

function aboutWork(life: Life, random: Random, { procedures, now }: YearSources): readonly Voice[] {
  const { trace, body, at } = endsOf(life).first;
  const components = procedures.find(({ code }) => code === body['procedureCode'])?.description?.components ?? [];
  const files = components
    .slice(0, 2)
    .filter(() => random.is(0.7))
    .map(({ code }): Voice => ({ trace, kind: 'file', component: code }));
  const isOld = Date.parse(at) < Date.parse(now) - 12 * DAY_MS;
  const asks = body['about'] === undefined && random.is(0.45);
  const text = random.pick(isOld ? reminders : questions);
  return asks ? [...files, { trace, kind: 'message', text }] : files;
}

/** Two of five say how they found it: most of them well, fewer where there was something to wait or to run for. */
function ratingOf(life: Life, random: Random): readonly Voice[] {
  if (!random.is(0.4)) return [];
  const hadTrouble = life.some(({ name }) => ['extend', 'request-supplement', 'reassign'].includes(name));
  const stars = hadTrouble ? ([1, 2, 2, 3, 4, 5] as const) : ([3, 4, 4, 5, 5, 5, 5] as const);
  const rating = random.pick(stars);
  const saysWhy = rating !== 3 && random.is(0.4);
  const words = saysWhy ? random.pick(rating > 3 ? remarks.good : remarks.bad) : null;
  return [{ trace: endsOf(life).first.trace, kind: 'rating', rating, words }];
}

/** One about whoever holds a dossier of the commune's for too long, one about the ward's counter. */
function complaints(lives: readonly Life[], sources: YearSources): readonly Voice[] {
  const open = lives.filter((life) => isOpen(life, sources) && endsOf(life).first.body['about'] === undefined);
  const heldBy = (officials: readonly string[]) =>
    open.find((life) => officials.includes(holderOf(life, sources.now) ?? ''))?.[0]?.trace;
  const [commune, ward] = sources.offices.map(({ sections: [first] }) => heldBy(first?.officials ?? []));
  return [
    ...(commune === undefined ? [] : [complaint(commune, 'holder')]),
    ...(ward === undefined ? [] : [complaint(ward, 'office')]),
  ];
}

function complaint(trace: number, about: 'holder' | 'office'): Voice {
  const text =
    about === 'holder'
      ? 'Tôi khiếu nại việc cán bộ thụ lý để hồ sơ quá hạn, nhiều lần hẹn miệng mà không trả lời bằng văn bản.'
      : 'Tôi khiếu nại việc quầy tiếp nhận yêu cầu nộp thêm bản sao không có trong danh mục giấy tờ đã công khai.';
  return { trace, kind: 'complaint', about, text };
}

function endsOf(life: Life): { readonly first: DemoCommand; readonly last: DemoCommand } {
  const [first] = life;
  const last = life.at(-1);
  if (!first || !last) throw new RangeError('A life begins with an act.');
  return { first, last };
}

/** Who was given it last; null where nobody was yet. */
function holderOf(life: Life, at: string): string | null {
  const given = life.filter((command) => command.at <= at && ['hand-over', 'reassign'].includes(command.name)).at(-1);
  return (given?.body['to'] as { readonly officialId: string } | undefined)?.officialId ?? null;
}
