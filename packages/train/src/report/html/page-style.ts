// The page's look, related to the dashboard's: the same colours and cards. Up is blue, down is orange, never red and green.

const LIGHT = `--page:#f3f5f8;--card:#fff;--text:#16202c;--muted:#566373;--line:#dde3ea;--track:#edf0f4;--up:#1769c2;--down:#d9650a;--neutral:#aeb8c4;--up-rgb:23,105,194;--down-rgb:217,101,10;--warning-back:#fff4e0;--warning-line:#eebf6c;--warning-text:#7a4a00;--info-back:#e8f2fd;--info-line:#9dc6f0;--info-text:#0f4c8a;--bad-back:#fbe9e2;--bad-line:#d98a63;--bad-text:#7c2d06`;
const DARK = `--page:#0c1118;--card:#141b24;--text:#e8edf3;--muted:#9fadbd;--line:#263241;--track:#212b38;--up:#5aa5f5;--down:#f5924a;--neutral:#566475;--up-rgb:90,165,245;--down-rgb:245,146,74;--warning-back:#2b2213;--warning-line:#6d5220;--warning-text:#f6cf8b;--info-back:#13243a;--info-line:#274a73;--info-text:#a9d0fa;--bad-back:#331a10;--bad-line:#8a4a2a;--bad-text:#ffc1a1`;

/** Weak enough for the text on it at the last step, strong enough to tell the steps apart. */
const heatSteps = [0.06, 0.14, 0.23, 0.33, 0.44, 0.56]
  .map((strength, i) => `.heat-up-${i + 1}{background-color:rgba(var(--up-rgb),${strength})}.heat-down-${i + 1}{background-color:rgba(var(--down-rgb),${strength})}`)
  .join('\n');

/** The whole style sheet. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
@media print{:root{color-scheme:light;${LIGHT}}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Inter,Arial,sans-serif;font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
h1,h2,h3,p,dl,dd,figure,ul{margin:0}
h2{font-size:18px;font-weight:650;letter-spacing:-.01em}
h3{font-size:15px;font-weight:650;margin:22px 0 8px}
a{color:inherit;text-decoration-color:var(--neutral);text-underline-offset:3px}
:focus-visible{outline:2px solid var(--up);outline-offset:2px}
.muted{color:var(--muted)}
.small{font-size:13px}
.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
main,.masthead,.footer{max-width:1180px;margin:0 auto;padding:0 20px}
.masthead{display:flex;flex-wrap:wrap;align-items:center;gap:8px 16px;padding-top:16px;padding-bottom:12px}
.brand{display:flex;align-items:center;gap:9px;font-weight:700;letter-spacing:-.01em}
.market{font-size:20px;font-weight:700;letter-spacing:-.015em;padding-left:16px;border-left:1px solid var(--line);overflow-wrap:anywhere}
.market .muted{font-weight:500}
.badge{font-size:11px;font-weight:700;letter-spacing:.06em;padding:3px 8px;border-radius:6px;white-space:nowrap}
.badge-synthetic{color:var(--warning-text);background:var(--warning-back);border:1px dashed var(--warning-line)}
.badge-flawed{color:var(--bad-text);background:var(--bad-back);border:1px solid var(--bad-line)}
.facts{display:flex;flex-wrap:wrap;gap:4px 24px}
.masthead .facts{margin-left:auto}
.facts dt{font-size:12px;color:var(--muted)}
.facts dd{font-weight:600;overflow-wrap:anywhere}
.section-head{display:flex;flex-wrap:wrap;align-items:center;gap:4px 14px;margin:28px 0 10px}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;box-shadow:0 1px 2px rgba(22,32,44,.06),0 4px 16px rgba(22,32,44,.05);padding:16px 20px}
.banner{display:flex;align-items:flex-start;gap:14px;border:1px solid;border-radius:12px;padding:14px 18px;margin:4px 0 12px;overflow-wrap:anywhere}
.headline{font-size:21px;font-weight:700;letter-spacing:-.015em;line-height:1.3;margin-bottom:2px}
.banner-icon{flex:none;width:28px;height:28px;border-radius:50%;display:grid;place-items:center;font-weight:800;color:var(--card);background:var(--tone)}
.banner-none,.banner-empty{background:var(--warning-back);border-color:var(--warning-line);color:var(--warning-text);--tone:var(--warning-text)}
.banner-skill{background:var(--info-back);border-color:var(--info-line);color:var(--info-text);--tone:var(--info-text)}
.banner-flawed{background:var(--bad-back);border-color:var(--bad-line);color:var(--bad-text);border-width:2px;--tone:var(--bad-text)}
.warnings{list-style:none;padding:0;font-size:14px;margin-bottom:8px}
.warnings li{position:relative;padding:2px 0 2px 24px;overflow-wrap:anywhere}
.warnings li::before{content:'!';position:absolute;left:2px;top:5px;width:15px;height:15px;border-radius:50%;font-size:10px;font-weight:800;line-height:15px;text-align:center;color:var(--warning-text);background:var(--warning-back);box-shadow:0 0 0 1px var(--warning-line)}
.tried{font-size:14px;color:var(--muted)}
table{border-collapse:collapse;width:100%;font-size:14px}
caption{text-align:left;color:var(--muted);font-size:13px;padding:0 0 8px;caption-side:top}
.table-scroll caption>span:not(.visually-hidden){display:inline-block;position:sticky;left:0;max-width:min(100%,calc(100vw - 56px))}
th,td{padding:6px 10px;text-align:left;border-bottom:1px solid var(--line);vertical-align:middle}
thead th,thead td{font-size:12.5px;font-weight:500;color:var(--muted);white-space:nowrap;vertical-align:bottom}
tbody th{font-weight:600}
tbody:last-child tr:last-child>*{border-bottom:0}
.number,.numbers td{text-align:right;white-space:nowrap}
small{display:block;font-size:12px;color:var(--muted);font-weight:400;white-space:nowrap}
.table-scroll{overflow-x:auto;position:relative}
.overview th,.overview td{padding:5px 6px}
.overview th:first-child{padding-left:0}
.overview tbody th{position:sticky;left:0;background:var(--card);white-space:nowrap}
.evidence thead th{white-space:normal}
.evidence .number small{font-size:11.5px}
.mark{font-weight:600;white-space:nowrap}
.mark-yes{color:var(--info-text)}
.mark-none{color:var(--muted);font-weight:400}
.mark-flawed{color:var(--bad-text)}
.shares{display:flex;width:92px;height:8px;border-radius:4px;overflow:hidden;gap:1px;margin-left:auto}
.share-0{background:var(--down)}
.share-1{background:var(--neutral)}
.share-2{background:var(--up)}
.candidate .shares{width:100%;height:14px;margin:0}
.legend{display:flex;flex-wrap:wrap;gap:2px 18px;list-style:none;padding:6px 0 0;font-size:13px}
.swatch{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:6px;vertical-align:-1px}
.heat-map{border-collapse:separate;border-spacing:3px}
.heat-map th{border:0;white-space:nowrap}
.heat-map thead th{text-align:center}
.heat-map thead td{border:0}
.heat-map td.heat,.heat-none{position:relative;border:0;border-radius:8px;text-align:center;padding:9px 8px;min-width:118px}
.heat-map small{color:inherit}
.heat-none{color:var(--muted);font-size:12.5px;background:var(--track)}
.heat{background-color:var(--track)}
${heatSteps}
.heat-map td.heat-largest{outline:2px solid var(--text);outline-offset:-2px}
.tick{font-size:12px;font-weight:700;margin-left:6px;white-space:nowrap}
.report-flawed .heat{background-image:repeating-linear-gradient(135deg,transparent 0 9px,var(--card) 9px 10px)}
.scale{display:flex;align-items:center;justify-content:center;gap:2px;font-size:12px;color:var(--muted);margin-top:10px}
.scale i{width:18px;height:10px;border-radius:2px}
.scale span{margin:0 6px}
.forest th,.forest td{padding:3px 10px}
.forest .plot{width:44%;min-width:150px;padding:0 10px}
.candidate .forest .plot{width:20%;min-width:130px}
.plot svg{display:block;overflow:visible}
.plot text{font-size:11px;fill:var(--muted)}
.zero{stroke:var(--muted);stroke-width:1.2}
.whisker{stroke:var(--text);stroke-width:3;stroke-linecap:round}
.plot circle{fill:var(--card);stroke:var(--text);stroke-width:2.5}
.forest-above .whisker,.forest-above circle{stroke:var(--up)}
.forest-above circle{fill:var(--up)}
.plot .beyond{fill:var(--text);font-size:16px}
.forest-below .whisker,.forest-below circle{stroke:var(--down)}
.forest tbody th{white-space:nowrap}
.candidate .forest th,.candidate .forest td{padding:3px 6px}
.candidate .forest thead th{white-space:normal}
.against{color:var(--muted);white-space:nowrap}
.model>*{font-weight:650}
summary{cursor:pointer;font-size:14px;font-weight:550;width:fit-content}
details.card{margin-bottom:10px}
.candidate>summary{display:flex;flex-wrap:wrap;gap:2px 14px;align-items:baseline;width:auto;font-weight:400}
.candidate>summary::before{content:'▸';color:var(--muted)}
.candidate[open]>summary::before{content:'▾'}
.candidate>summary::-webkit-details-marker{display:none}
.candidate>summary b{font-size:16px}
.candidate-body{padding-top:10px;scroll-margin-top:56px}
.candidate-body>p{margin-bottom:6px;overflow-wrap:anywhere}
.bars{display:grid;grid-template-columns:auto 1fr;gap:4px 8px}
.bars svg{width:100%;height:150px;display:block;border-bottom:1px solid var(--line);border-top:1px solid var(--line)}
.bars-axis{display:flex;flex-direction:column;justify-content:space-between;text-align:right;font-size:11px;color:var(--muted);height:150px;margin:-4px 0}
.bars-dates{grid-column:2;display:flex;justify-content:space-between;font-size:11px;color:var(--muted)}
.better{fill:var(--up)}
.worse{fill:var(--down)}
.cut{fill:var(--text)}
figcaption{font-size:13px;color:var(--muted);margin-top:4px}
.squares{display:flex;flex-wrap:wrap;gap:8px 18px}
.squares figure{flex:1 1 200px;max-width:280px}
.squares figcaption{text-align:center}
.reliability{display:block;width:100%;height:auto}
.reliability text{font-size:10px;fill:var(--muted)}
.frame{fill:none;stroke:var(--line)}
.diagonal{stroke:var(--muted);stroke-dasharray:4 4}
.curve{fill:none;stroke-width:1.5}
.reliability .whisker{stroke-width:1.5;opacity:.75}
.tone-0 .curve,.tone-0 .whisker{stroke:var(--down)}
.tone-1 .curve,.tone-1 .whisker{stroke:var(--muted)}
.tone-2 .curve,.tone-2 .whisker{stroke:var(--up)}
.tone-0 circle{fill:var(--down)}
.tone-1 circle{fill:var(--muted)}
.tone-2 circle{fill:var(--up)}
.pair>div{max-width:100%}
.pair{display:flex;flex-wrap:wrap;align-items:flex-start;gap:20px 40px;margin-top:22px}
.narrow{width:auto}
.narrow th,.narrow td{padding:4px 10px}
.narrow th:first-child{padding-left:0}
.options td{overflow-wrap:anywhere}
.command{margin:0;padding:10px 12px;border-radius:8px;background:var(--track);overflow-x:auto;font:13px/1.5 ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace}
code{font:inherit}
.definitions{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:12px 32px;font-size:14px}
.definitions dt{font-weight:650}
.limits{padding-left:20px;font-size:14px}
.limits li{padding:2px 0;overflow-wrap:anywhere}
.failures{list-style:none}
.failures li{padding:4px 0;overflow-wrap:anywhere}
.footer{padding-top:24px;padding-bottom:36px;font-size:13px;color:var(--muted)}
@media (max-width:700px){main,.masthead,.footer{padding-left:12px;padding-right:12px}.masthead .facts{margin-left:0}.card{padding:12px 12px}.market{padding-left:0;border:0;width:100%}.heat-map td.heat{min-width:104px}}
@media print{body{background:#fff;font-size:11px}main,.masthead,.footer{max-width:none;padding-left:0;padding-right:0}.card{box-shadow:none}.banner,figure,tr,.squares{break-inside:avoid}.table-scroll{overflow:visible}table{font-size:9px}.number,.numbers td,small,thead th,.mark,.forest tbody th,.against,.heat-map th{white-space:normal}.forest .plot{width:34%}th,td,.overview th,.overview td{padding:2px 4px}small,caption,figcaption,thead th{font-size:8px}.heat-map td.heat{min-width:0}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}.candidate::details-content{content-visibility:visible;height:auto}}
`;
