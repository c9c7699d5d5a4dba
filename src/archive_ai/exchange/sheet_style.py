"""How a contact sheet looks: quiet as a sheet of paper, with the photographs in front."""

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #faf9f6; --card: #ffffff; --mat: #f0eee9; --ink: #23211e; --soft: #67625a;
  --line: #e3dfd7;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #191817; --card: #232120; --mat: #2b2927; --ink: #e9e5de; --soft: #aaa39a;
    --line: #383532; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: clamp(1.25rem, 4vw, 3.5rem);
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  -webkit-text-size-adjust: 100%; }
h1, h2 { font-family: Charter, "Iowan Old Style", "Palatino Linotype", Georgia,
  "Noto Serif", serif; font-weight: 600; line-height: 1.2; text-wrap: balance;
  overflow-wrap: anywhere; }
h1 { margin: 0 0 .75rem; font-size: clamp(1.6rem, 1.2rem + 2vw, 2.3rem); letter-spacing: -.01em; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0;
  list-style: none; color: var(--soft); font-size: .875rem; }
section { margin-top: clamp(2rem, 5vw, 3.25rem); padding-top: 1.4rem;
  border-top: 1px solid var(--line); }
h2 { margin: 0; font-size: 1.3rem; }
.sub { margin: .2rem 0 0; color: var(--soft); font-size: .9375rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(12.5rem, 100%), 1fr));
  gap: 1.1rem; margin: 1.2rem 0 0; padding: 0; list-style: none; }
figure { display: flex; flex-direction: column; height: 100%; margin: 0; overflow: hidden;
  background: var(--card); border: 1px solid var(--line); border-radius: 4px; }
.mat { position: relative; display: grid; place-items: center; aspect-ratio: 1;
  background: var(--mat); }
.mat img { position: absolute; inset: .6rem; width: calc(100% - 1.2rem);
  height: calc(100% - 1.2rem); object-fit: contain; }
figcaption { display: flex; flex-direction: column; flex: 1; gap: .1rem;
  padding: .65rem .8rem .7rem; font-size: .8125rem; line-height: 1.4; }
figcaption span { overflow-wrap: anywhere; }
figcaption span + span { color: var(--soft); }
.mark { display: flex; justify-content: space-between; gap: .75rem; margin: auto 0 0;
  padding-top: .45rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.strong .mark span { color: var(--ink); font-weight: 600; }
.below .mat img { opacity: .72; }
.below figure { border-style: dashed; }
.none { margin: 1.2rem 0 0; color: var(--soft); font-style: italic; }
.mat .none { margin: 0; font-size: .8125rem; }
@media print {
  body { max-width: none; padding: 0; background: #fff; }
  .cards { grid-template-columns: repeat(4, 1fr); }
  li { break-inside: avoid; }
  h2, .sub { break-after: avoid; }
}
"""
