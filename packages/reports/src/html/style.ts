import { type Colour, roles, series } from '../charts/index.js';

function variables(scheme: keyof Colour): string {
  const named = Object.entries(roles).map(([role, colour]) => `--${role}:${colour[scheme]}`);
  const numbered = series.map((colour, i) => `--series-${i + 1}:${colour[scheme]}`);
  return [...named, ...numbered].join(';');
}

/** Colours come from the charts' palette; print uses the light ones. */
export function stylesheet(): string {
  return `:root{${variables('light')}}
@media screen and (prefers-color-scheme:dark){:root{${variables('dark')}}}
${RULES}`;
}

const RULES = `
:root{color-scheme:light dark}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:1120px;margin:0 auto;padding:40px 24px 80px}
h1,h2,h3{line-height:1.2;text-wrap:balance}
h1{font-size:clamp(1.7rem,4.5vw,2.5rem);letter-spacing:-.02em;margin:.2em 0 .35em;max-width:36ch}
h2{font-size:1.3rem;letter-spacing:-.01em;margin:0 0 .6em}
h3{font-size:1rem;margin:1.6em 0 .4em}
section{margin-top:56px}
p{margin:.5em 0;max-width:75ch}
a{color:var(--ours);text-underline-offset:.18em}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--ours);outline-offset:2px}
code,pre{font:.88em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{background:var(--surface);border:1px solid var(--grid);border-radius:6px;padding:12px 14px;margin:.6em 0;white-space:pre-wrap}
.eyebrow{color:var(--muted);font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;margin:0}
.eyebrow span::before{content:"/";margin:0 .6em;opacity:.6}
.citation{color:var(--muted)}
.citation cite{color:var(--ink)}
.lead{font-size:1.15rem}
.note{color:var(--muted);font-size:.92rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.unit{color:var(--muted)}
.basis{margin-top:28px;border:1px solid var(--grid);border-radius:8px;overflow:hidden}
.basis .data{margin:0;padding:14px 18px;max-width:none;background:var(--surface);border-bottom:1px solid var(--grid)}
.basis .caution{margin:0;padding:10px 18px;max-width:none;border-top:1px solid var(--grid)}
.basis .substitute,.basis .caution{border-left:5px solid var(--warning);padding-left:13px}
.basis dl{display:grid;grid-template-columns:2fr 1fr 1fr;margin:0}
.basis dl>div{padding:12px 18px}
.basis dl>div+div{border-left:1px solid var(--grid)}
dt{color:var(--muted);font-size:.85rem}
dd{margin:0}
.claims{list-style:none;margin:0 0 14px;padding:0;border-top:1px solid var(--grid)}
.claims>li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:2px 24px;padding:14px 0;border-bottom:1px solid var(--grid)}
.claims>li:target{background:var(--surface);box-shadow:-14px 0 var(--surface),14px 0 var(--surface)}
.claims p{margin:0}
.claims .statement{font-size:1.04rem}
.claims .evidence{grid-column:1;color:var(--muted);font-size:.86rem}
.claims .verdict{grid-column:2;grid-row:1/span 2;text-align:right;font-size:.86rem}
.claims .numbers{grid-column:1/3;display:grid;grid-template-columns:auto minmax(0,1fr);gap:2px 16px;align-items:center;margin-top:8px;font-size:.9rem;color:var(--muted)}
.claims .numbers b{color:var(--ink);font-weight:600;font-variant-numeric:tabular-nums}
.claims .numbers>p:first-child,.claims .numbers>.gate,.claims .numbers>details{grid-column:1/3}
.claims .numbers details{margin-top:4px}
.claims .numbers details p{margin:2px 0}
.claims .gate{color:var(--warning)}
.word{display:inline-block;border:1px solid currentColor;border-radius:99px;padding:1px 12px;color:var(--muted);white-space:nowrap}
.word[data-verdict="agrees"]{color:var(--agrees);font-weight:600}
.word[data-verdict="opposite"]{color:var(--paper);font-weight:600}
.word[data-verdict="gate not met"]{color:var(--warning)}
.word[data-verdict="no experiment yet"],.word[data-verdict="no results yet"],.word[data-verdict="recorded only"],.word[data-verdict="needs paper scale"]{border-color:var(--grid)}
.proxy{display:block;color:var(--muted);font-size:.82rem}
.scroll{position:relative;overflow-x:auto;margin:0 0 36px}
table{border-collapse:collapse;width:100%;font-size:.92rem;font-variant-numeric:tabular-nums;overflow-wrap:normal}
caption{text-align:left;color:var(--muted);padding:0 0 12px}
caption>span{display:block;position:sticky;left:0;max-width:min(90ch,calc(100vw - 64px))}
caption strong{color:var(--ink)}
th,td{padding:7px 12px;text-align:left;vertical-align:middle;border-bottom:1px solid var(--grid)}
th:first-child,td:first-child{padding-left:0}
thead th{color:var(--muted);font-weight:500;font-size:.85rem;vertical-align:bottom;border-bottom-color:var(--muted)}
thead .groups td,thead .groups th{border:0;padding-bottom:0}
thead .groups span{display:block;border-bottom:1px solid var(--muted);padding-bottom:3px;text-align:center;color:var(--ink);font-weight:600;white-space:nowrap}
thead .groups+tr th{padding-top:4px}
tbody th{font-weight:600;min-width:4.5em;max-width:14em;overflow-wrap:break-word}
.number{text-align:right;white-space:nowrap}
.state{min-width:11em}
.interval{color:var(--muted)}
.missing{color:var(--muted);cursor:help}
.strip{display:block}
.strip .base{stroke:var(--grid)}
.strip .interval{stroke:var(--ours);stroke-width:2}
.strip .mean{stroke:var(--ours);stroke-width:2.5}
.strip .none{stroke:var(--muted);stroke-dasharray:2 2}
.strip circle{fill:var(--ours);fill-opacity:.45}
.strip .point{fill-opacity:1}
.plain{padding-left:1.2em;margin:.4em 0}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 22px;margin:0 0 14px;padding:0;font-size:.9rem;color:var(--muted)}
.legend li{display:flex;align-items:center;gap:8px;min-width:0}
.legend svg{flex:none}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:28px 40px}
.chart{margin:0;min-width:0}
.chart svg{display:block;width:100%;max-width:560px;height:auto}
figcaption{font-weight:600;font-size:.95rem;margin-bottom:8px}
details{margin-top:14px}
summary{cursor:pointer;color:var(--muted);font-size:.92rem}
details[open] summary{margin-bottom:8px}
details table{font-size:.86rem;width:auto}
.facts{margin:1.2em 0;display:grid;gap:8px}
.facts>div{display:grid;grid-template-columns:150px minmax(0,1fr);gap:16px}
progress{accent-color:var(--ours);width:100%;max-width:220px;height:10px;vertical-align:middle}
.live h2{margin-bottom:.2em}
.live td{white-space:nowrap}
.live td progress{min-width:140px}
.live section section{margin-top:24px}
.live section section h2{font-size:1.05rem}
.live .scroll{margin:14px 0 20px}
.stale{color:var(--warning)}
[hidden]{display:none!important}
nav{margin-top:22px}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;margin:0;padding:0;font-size:.9rem}
nav a{color:var(--muted);text-decoration:none}
nav a:hover{color:var(--ours);text-decoration:underline}
.eyebrow a{color:inherit}
[data-tip]{cursor:default}
.mark-symbol [data-tip]{pointer-events:all}
.tip{position:fixed;z-index:9;max-width:min(320px,calc(100vw - 16px));padding:6px 10px;border-radius:6px;background:var(--ink);color:var(--page);font-size:.82rem;line-height:1.4;pointer-events:none}
.sheets{display:flex;flex-wrap:wrap;gap:24px 32px}
.sheet{margin:0;min-width:0}
.sheet img{display:block;image-rendering:pixelated;max-width:100%;height:auto;border-radius:3px}
.sheet p{font-size:.82rem;margin:6px 0 0}
.matrix .scroll{margin:0}
.samples{list-style:none;margin:18px 0 0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,250px),1fr));gap:26px 36px}
.samples figure{margin:0 0 8px;display:flex;gap:12px;align-items:center}
.samples img{image-rendering:pixelated;border-radius:4px;background:var(--surface)}
.samples figcaption{margin:0;font-weight:400;min-width:0}
.samples figcaption span{display:block;font-size:.85rem}
.samples .right{color:var(--ours)}
.samples .wrong{color:var(--paper)}
.samples ol{list-style:none;margin:0;padding:0;font-size:.82rem;font-variant-numeric:tabular-nums}
.samples ol li{display:grid;grid-template-columns:minmax(0,7em) 1fr 4em;gap:8px;align-items:center;line-height:1.6}
.samples .name{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.samples .true .name{font-weight:600}
.samples .bar{height:8px;background:var(--surface);border-radius:2px;overflow:hidden}
.samples .bar span{display:block;height:100%;background:var(--muted)}
.samples .true .bar span{background:var(--ours)}
.samples .percent{text-align:right;color:var(--muted)}
.tally{list-style:none;display:flex;flex-wrap:wrap;gap:8px 26px;margin:24px 0;padding:0;color:var(--muted);font-size:.92rem}
.tally b{color:var(--ink);font-size:1.25rem;font-variant-numeric:tabular-nums}
.filter{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;gap:10px 18px;align-items:end;padding:12px 0;background:var(--page);border-bottom:1px solid var(--grid)}
.filter label{display:grid;gap:3px;font-size:.82rem;color:var(--muted);min-width:0}
.filter input,.filter select{font:inherit;font-size:.95rem;color:var(--ink);background:var(--surface);border:1px solid var(--grid);border-radius:6px;padding:6px 10px;max-width:100%}
.filter select{max-width:min(46ch,80vw)}
.filter output{color:var(--muted);font-size:.9rem;padding-bottom:8px}
.cards{list-style:none;margin:18px 0 24px;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,320px),1fr));gap:18px}
.cards>li{border:1px solid var(--grid);border-radius:8px;padding:14px 18px;min-width:0}
.cards h3{margin:0 0 .3em}
.cards p{margin:.3em 0;font-size:.94rem}
.verdict a{display:block;font-size:.85rem}
@media (max-width:640px){
main{padding:24px 16px 56px}
section{margin-top:44px}
.basis dl{grid-template-columns:1fr}
.basis dl>div+div{border-left:0;border-top:1px solid var(--grid)}
.claims>li{grid-template-columns:1fr;gap:4px}
.claims .verdict{grid-column:1;grid-row:auto;text-align:left;margin:4px 0}
.claims .numbers{grid-column:1;grid-template-columns:minmax(0,1fr)}
.claims .numbers>*{grid-column:1!important}
.word{white-space:normal}
.filter{position:static;display:grid}
.filter input,.filter select{width:100%;max-width:none}
.facts>div{grid-template-columns:1fr;gap:0}
.scroll tbody th{position:sticky;left:0;background:var(--page);max-width:9.5em}
}
@page{margin:14mm}
@media print{
body{font-size:10.5pt}
main{max-width:none;padding:0}
section{margin-top:22pt}
.scroll{overflow:visible}
table{font-size:8pt}
.samples .bar,.samples .bar span{print-color-adjust:exact}
th,td{padding:3pt 5pt}
tr,figure,.claims>li,.cards>li,.samples>li{break-inside:avoid}
h2,h3,.legend,caption{break-after:avoid}
thead th{font-size:7.5pt}
details:not([open]),nav,.filter,.tip{display:none}
.charts{grid-template-columns:1fr 1fr;gap:16pt}
}
`;
