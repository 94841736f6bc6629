/** All the style of the citizen's pages: small, for old telephones, and for paper. */
export const style = `
:root { --ground: #ffffff; --text: #1a1b1e; --quiet: #495057; --line: #868e96; --button: #1864ab; --on-button: #ffffff; --late: #a51111; --pause: #495057; --done: #1b5e20; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #1a1b1e; --text: #f1f3f5; --quiet: #ced4da; --line: #909296; --button: #74c0fc; --on-button: #0b1a26; --late: #ffa8a8; --pause: #ced4da; --done: #8ce99a; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1.0625rem/1.5 "Be Vietnam Pro", system-ui, sans-serif; overflow-wrap: break-word; }
main, header, footer { max-width: 40rem; margin: 0 auto; padding: 0 1rem; }
.demo { margin: 0; padding: .5rem 1rem; border-bottom: 2px solid var(--line); text-align: center; font-weight: 600; }
header { padding-top: 1rem; color: var(--quiet); font-weight: 600; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 1rem 0; }
h1 .code { white-space: nowrap; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2rem 0 .5rem; }
h3 { font-size: 1.0625rem; line-height: 1.3; margin: 1.25rem 0 .5rem; }
p, ul, ol { margin: 0 0 .75rem; }
ol { padding-left: 1.25rem; }
ol li { margin: 0 0 .5rem; }
label { display: block; font-weight: 600; margin: 0; }
.hint { color: var(--quiet); margin: 0 0 .25rem; }
textarea, input, select { display: block; width: 100%; max-width: 24rem; font: inherit; color: inherit; background: var(--ground); padding: .5rem .75rem; margin: 0 0 1.25rem;
  border: 2px solid var(--line); border-radius: .25rem; }
select, textarea { max-width: 100%; }
fieldset { border: 0; padding: 0; margin: 0 0 1rem; }
legend { font-weight: 600; padding: 0; }
.choice { display: flex; gap: .75rem; align-items: center; font-weight: 400; min-height: 2.75rem; }
.choice input { flex: none; width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--button); }
.typed { font-family: ui-monospace, monospace; text-transform: uppercase; }
.typed.short { max-width: 12rem; }
button, .button { display: inline-block; font: inherit; font-weight: 600; color: var(--on-button); background: var(--button); padding: .6rem 1.25rem;
  border: 2px solid transparent; border-radius: .25rem; cursor: pointer; text-decoration: none; }
a { color: var(--button); }
:focus-visible { outline: 3px solid var(--button); outline-offset: 2px; }
.box { border: 3px solid var(--late); border-radius: .25rem; padding: .75rem 1rem; margin: 0 0 1.5rem; }
.box h2 { margin: 0 0 .25rem; color: var(--late); }
.box p:last-child { margin: 0; }
.state { border-left: .5rem solid var(--button); padding: .25rem 0 .25rem 1rem; margin: 0 0 1.5rem; }
.state p { margin: 0; }
.state .headline { font-size: 1.375rem; font-weight: 700; line-height: 1.3; }
.state.late { border-color: var(--late); border-left-style: double; }
.state.paused { border-color: var(--pause); border-left-style: dashed; }
.state.ended { border-color: var(--done); }
.quiet { color: var(--quiet); }
.sent { border: 3px solid var(--done); border-radius: .25rem; padding: .75rem 1rem; margin: 1rem 0 0; font-weight: 600; }
.thread { list-style: none; margin: 0 0 1.5rem; padding: 0; }
.thread li { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; margin: 0 0 .75rem; }
.thread .office { border-left: .375rem solid var(--button); margin-right: 2rem; }
.thread .applicant { border-right: .375rem solid var(--line); margin-left: 2rem; }
.thread p { margin: 0; }
.said { white-space: pre-wrap; }
details { border: 1px solid var(--line); border-radius: .25rem; padding: 0 1rem; margin: 0 0 1rem; }
details form { margin-bottom: 1rem; }
summary { color: var(--button); cursor: pointer; font-weight: 600; min-height: 2.75rem; padding: .5rem 0; }
dl { margin: 0; }
dt { font-weight: 600; margin-top: .75rem; }
dd { margin: 0; }
footer { padding: 1rem; margin-top: 2rem; border-top: 1px solid var(--line); }
footer form, nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0; padding: 0; align-items: center; }
footer a, footer span, footer button { display: inline-block; min-height: 2.75rem; padding: .5rem 0; }
footer button { background: none; color: var(--button); border: 0; font-weight: 400; text-decoration: underline; }
@media print {
  :root { --ground: #ffffff; --text: #000000; --quiet: #000000; --late: #000000; --pause: #000000; --done: #000000; --button: #000000; }
  body { font-size: 11pt; }
  footer, .screen { display: none; }
  h2 { margin-top: 1rem; break-after: avoid; }
}
`;
