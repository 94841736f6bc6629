import { civilCode } from '#calendar';
import type { ProcedureVersion, ServiceLevel } from '#domain';

const allDay = [['00:00', '23:59']];
/** An office that is open day and night: a limit in working hours is so many hours. */
export const neverCloses = {
  id: 'never-closes',
  version: '1',
  timeZone: 'Asia/Ho_Chi_Minh',
  workingHoursPerDay: 24,
  weekly: {
    monday: allDay,
    tuesday: allDay,
    wednesday: allDay,
    thursday: allDay,
    friday: allDay,
    saturday: allDay,
    sunday: allDay,
  },
  days: [],
  validFrom: '2026-01-01',
  validTo: '2030-12-31',
};

/** A procedure of that office; what it does not say limits nothing. */
export function hourlyProcedure(
  code: string,
  { appointmentHours, legalHours, ...rule }: { appointmentHours: number; legalHours: number } & Partial<ServiceLevel>,
): ProcedureVersion {
  return {
    code,
    version: 1,
    state: 'published',
    validFrom: null,
    name: code,
    calendarId: neverCloses.id,
    serviceLevel: {
      kind: 'computed',
      legalLimit: { amount: legalHours, unit: 'WORKING_HOUR' },
      appointmentLimit: { amount: appointmentHours, unit: 'WORKING_HOUR' },
      acceptanceLimit: null,
      onlineLimit: null,
      counting: civilCode,
      supplementMode: 'pause',
      paymentPauses: true,
      refundOnWithdrawal: 'none',
      refundLegalBasis: null,
      maxSupplements: 1,
      maxExtensions: 1,
      steps: [],
      waits: { supplement: null, payment: null, 'other-body': null },
      officeLadders: [],
      ladder: [],
      ...rule,
    },
    description: null,
  };
}
