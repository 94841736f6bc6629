import { DeskAtWork, type Reply } from '../../test/desk-at-work';

jest.setTimeout(60_000);

let desk: DeskAtWork;

beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1' });
  const serviceLevel = {
    kind: 'computed',
    legalLimit: { amount: 10, unit: 'WORKING_DAY' },
    appointmentLimit: null,
    acceptanceLimit: null,
    maxSupplements: 1,
    maxExtensions: 1,
    steps: [],
    ladder: [],
    paymentPauses: false,
    refundOnWithdrawal: 'full',
    refundLegalBasis: 'Luật Phí và lệ phí 97/2015/QH13',
  };
  const procedure = { code: 'pays-back', version: 1, name: 'Pays back', calendarId: 'vn-office', serviceLevel };
  const loaded = await desk.as('quang', 'POST', '/catalogue', { calendars: [], procedures: [procedure] });
  expect(loaded).toMatchObject({ status: 201 });
});
afterAll(() => desk.stop());

const fee = {
  amountMinor: 8_000,
  currency: 'VND',
  basis: 'certificate-issue',
  legalBasis: 'Nghị quyết 22/2024/NQ-HĐND',
  collectedAt: 'acceptance',
};

/** A dossier, and a command on it as it then stands. */
async function received(procedureCode: string) {
  const { dossierId, etag } = await desk.receive({ procedureCode });
  let ifMatch: string | null = etag;
  const act = async (who: string, command: string, body: object = {}): Promise<Reply> => {
    const reply = await desk.as(who, 'POST', `/dossiers/${dossierId}/${command}`, body, { ifMatch });
    ifMatch = reply.etag ?? ifMatch;
    return reply;
  };
  return { dossierId, act };
}

test('a fee is charged, paid and, as the procedure says, given back when the withdrawal is confirmed', async () => {
  const { dossierId, act } = await received('pays-back');
  const { due } = (await desk.as('lan', 'GET', `/dossiers/${dossierId}`)).body;

  const charged = await act('lan', 'charge-fee', fee);
  expect(charged).toMatchObject({ status: 200, body: { status: 'received', clockRuns: true, due } });
  const { feeId } = charged.body.fees.fees[0];
  const payment = { feeId, amountMinor: 8_000, receiptNumber: 'BL-0004711', method: 'cash' };
  expect(await act('lan', 'pay-fee', payment)).toMatchObject({ status: 200 });
  expect(await act('lan', 'pay-fee', payment)).toMatchObject({ status: 409, body: { code: 'FEE_ALREADY_PAID' } });
  expect(await act('lan', 'refund-fee', { feeId, amountMinor: 1, reasonCode: 'charged-in-error' })).toMatchObject({
    status: 403,
  });
  await act('lan', 'request-withdrawal');

  const owed = await desk.as('lan', 'GET', `/dossiers/${dossierId}/fees`);
  expect(owed.body).toMatchObject({
    fees: [{ feeId, ...{ chargedMinor: 8_000, paidMinor: 8_000, receiptNumber: 'BL-0004711', method: 'cash' } }],
    paymentPauses: false,
    refund: { rule: 'full', legalBasis: 'Luật Phí và lệ phí 97/2015/QH13', fees: [{ feeId, amountMinor: 8_000 }] },
  });

  const withdrawn = await act('lan', 'confirm-withdrawal');
  expect(withdrawn).toMatchObject({
    status: 200,
    body: { status: 'withdrawn', fees: { totals: [{ refundedMinor: 8_000, heldMinor: 0, dueMinor: 0 }] } },
  });
  const { entries } = (await desk.as('lan', 'GET', `/dossiers/${dossierId}/history`)).body;
  expect(entries.slice(-2).map(({ event }: any) => [event.type, event.data.reasonCode])).toEqual([
    ['fee-refunded', 'withdrawal-confirmed'],
    ['dossier-withdrawn', undefined],
  ]);
});

test('the head gives back before the end; who completes a dossier pays no second time', async () => {
  const { act } = await received('pays-back');
  const { feeId } = (await act('lan', 'charge-fee', fee)).body.fees.fees[0];
  await act('lan', 'pay-fee', { feeId, amountMinor: 8_000, receiptNumber: '1', method: 'online' });

  expect(await act('lan', 'charge-fee', { ...fee, collectedAt: 'supplement' })).toMatchObject({
    status: 409,
    body: { code: 'FEE_ALREADY_CHARGED', feeId },
  });
  const back = await act('binh', 'refund-fee', { feeId, amountMinor: 3_000, reasonCode: 'charged-in-error' });
  expect(back).toMatchObject({ status: 200, body: { fees: { totals: [{ heldMinor: 5_000 }] } } });
  expect(await act('binh', 'refund-fee', { feeId, amountMinor: 5_001, reasonCode: 'charged-in-error' })).toMatchObject({
    status: 400,
    body: { code: 'FIELD_INVALID' },
  });
});

test('the head cancels what was charged in error, nobody else, and only while it is unpaid', async () => {
  const { dossierId, act } = await received('pays-back');
  const { feeId } = (await act('lan', 'charge-fee', fee)).body.fees.fees[0];
  const why = { feeId, reasonCode: 'charged-in-error' };

  expect(await act('lan', 'cancel-fee', why)).toMatchObject({ status: 403 });
  expect(await act('binh', 'cancel-fee', why)).toMatchObject({
    status: 200,
    body: { fees: { fees: [{ feeId, cancelledAt: expect.any(String) }], totals: [] } },
  });
  const payment = { feeId, amountMinor: 8_000, receiptNumber: '1', method: 'cash' };
  expect(await act('lan', 'pay-fee', payment)).toMatchObject({ status: 409, body: { code: 'FEE_WAS_CANCELLED' } });
  expect((await desk.as('lan', 'GET', `/dossiers/${dossierId}/fees`)).body.totals).toEqual([]);
});

test('a payment asked for in error is cancelled with the pause it opened', async () => {
  const { dossierId, act } = await received('1.012786');
  await act('lan', 'request-payment', { amountMinor: 8_000, currency: 'VND' });

  const cancelled = await act('binh', 'cancel-payment', { reasonCode: 'charged-in-error' });

  expect(cancelled).toMatchObject({ status: 200, body: { status: 'in-process', clockRuns: true } });
  expect(cancelled.body.fees.totals).toEqual([]);
  const { entries } = (await desk.as('lan', 'GET', `/dossiers/${dossierId}/history`)).body;
  expect(entries.at(-1).event).toMatchObject({
    type: 'dossier-payment-cancelled',
    data: { reasonCode: 'charged-in-error', deadlines: expect.any(Object) },
  });
});

test.each([
  ['Nghị quyết 22/2024/NQ-HĐND', 200],
  ['Luật Phí và lệ phí 97/2015/QH13, Điều 10', 200],
  ['Decision 12/QĐ-UBND', 200],
  ['Quyết định 766/QĐ-TTg', 200],
  ['Thông tư 85/2019/TT-BTC ngày 29/11/2019', 200],
  ['22/2024/NQ-HĐND, Trần Thị B, 0912345678', 400],
  ['Nguyễn Văn An asked for it', 400],
  ['paid by Trần Thị B, 0912345678', 400],
  ['22/2024/NQ-HĐND\nTrần Thị B', 400],
])('a fee rests on a document that is cited by its number, not on a text: %s', async (legalBasis, status) => {
  const { act } = await received('pays-back');

  const reply = await act('lan', 'charge-fee', { ...fee, legalBasis });
  expect(reply.status).toBe(status);
  if (status === 400) expect(reply.body.errors).toMatchObject([{ field: 'legalBasis' }]);
});

test('where a payment does not pause, asking for one is refused and says what to do instead', async () => {
  const { act } = await received('pays-back');

  const refused = await act('lan', 'request-payment', { amountMinor: 8_000, currency: 'VND' });
  expect(refused).toMatchObject({ status: 409, body: { code: 'PAYMENT_DOES_NOT_PAUSE' } });
  expect(refused.body.detail).toContain('charge-fee');
});

test('what is no amount, no fee and no receipt is refused by name', async () => {
  const { act } = await received('pays-back');
  const fields = async (command: string, body: object) =>
    (await act('lan', command, body)).body.errors.map(({ field }: any) => field).sort();

  expect(await fields('charge-fee', { ...fee, amountMinor: 0, currency: 'dong' })).toEqual(['amountMinor', 'currency']);
  expect(await fields('charge-fee', { ...fee, amountMinor: 1e300, collectedAt: 'later' })).toEqual([
    'amountMinor',
    'collectedAt',
  ]);
  const payment = { feeId: 'payment-0', amountMinor: 1, receiptNumber: 'Nguyễn Văn A', method: 'barter' };
  expect(await fields('pay-fee', payment)).toEqual(['feeId', 'method', 'receiptNumber']);
  expect(
    await act('lan', 'pay-fee', { ...payment, feeId: 'payment-7', receiptNumber: '1', method: 'card' }),
  ).toMatchObject({ status: 404, body: { code: 'FEE_UNKNOWN' } });
});
