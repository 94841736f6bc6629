import {
  acknowledgementOf,
  duePhrase,
  isToResponsible,
  nameOf,
  wallTime,
  type AlertMailData,
  type MailText,
} from './alert-mail';

/** One mail to the person told, of many alerts: what is due first comes first. `timeZone` is an IANA name. */
export function groupMail(alerts: readonly AlertMailData[], timeZone: string): MailText {
  const sorted = [...alerts].sort((one, other) => dueOf(one) - dueOf(other));
  const [first] = sorted;
  const earliest = first ? `, the first ${duePhrase(first, timeZone)}` : '';
  return {
    subject: `${alerts.length} alerts${earliest}`,
    text: `${alerts.length} dossiers or steps of them need you, what is due first on top.

${sorted.map((alert, index) => itemOf(alert, index + 1, timeZone)).join('\n')}
What to do: take each case up, say why it is late and until when it will be settled, at the address below it; where there is none,
settle the case, hand it over, or ask the head for an extension.

All times: ${timeZone}. Until somebody acknowledges, later alerts of a dossier are sent as prescribed.
`,
  };
}

function itemOf(alert: AlertMailData, number: number, timeZone: string): string {
  const { responsible, rung, dueAt } = alert;
  const action = isToResponsible(alert) ? '' : `   ${acknowledgementOf(alert).replaceAll('\n', '\n   ')}\n`;
  return `${number}. ${nameOf(alert)}: ${duePhrase(alert, timeZone)}
   Alert "${rung}" of ${wallTime(dueAt, timeZone)}; responsible: post ${responsible.postId}, office ${responsible.officeId}
${action}`;
}

/** By the due instant the rung hangs on; its own where that is unknown. */
function dueOf({ ofDueAt, dueAt }: AlertMailData): number {
  return (ofDueAt ?? dueAt).getTime();
}
