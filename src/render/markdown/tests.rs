//! Tests of this module.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::*;

static NO_ICONS: BTreeMap<String, String> = BTreeMap::new();

/// Links as a small portal would have them.
fn link(target: &str, _image: bool) -> LinkOut {
    match target {
        "op:a" => LinkOut::Operation { href: "../a/".into(), method: "GET".into(), title: "Get a".into() },
        target if target.starts_with("missing") => LinkOut::Broken,
        target if target.contains("://") => LinkOut::External(target.into()),
        target => LinkOut::To(target.into()),
    }
}

fn rendered_with(text: &str, change: impl for<'a> FnOnce(&mut Options<'a>)) -> Rendered {
    let highlighter = Highlighter::default();
    let words = Words::default();
    let code_spans = |code: &str| (code == "GET /a").then(|| "../a/".to_string());
    let mut options = Options {
        trust: Trust::Publisher,
        dialect: Dialect::Document,
        heading_base: 2,
        heading_ids: HeadingIds::Prefix(""),
        link: &link,
        code_spans: Some(&code_spans),
        skip_first_h1: false,
        highlighter: &highlighter,
        icons: &NO_ICONS,
        words: &words,
        definitions: &[],
        audience: None,
    };
    change(&mut options);
    let rendered = render(text, &options);
    assert_well_formed(rendered.html.as_str());
    rendered
}

fn rendered(text: &str) -> Rendered {
    rendered_with(text, |_| {})
}

/// Line ends are dropped: they carry no meaning outside code.
fn check(text: &str, expected: &str) {
    assert_eq!(rendered(text).html.as_str().replace('\n', ""), expected, "{text}");
}

fn check_description(text: &str, expected: &str) {
    let html = rendered_with(text, |options| options.trust = Trust::Description).html;
    assert_eq!(html.as_str().replace('\n', ""), expected, "{text}");
}

fn codes_of(text: &str) -> Vec<&'static str> {
    rendered(text).problems.iter().map(|problem| problem.code.name).collect()
}

const VOID: &[&str] = &["br", "hr", "wbr", "col", "img", "input", "use"];

/// Every tag closes, nothing runs, nothing has a style of its own.
fn assert_well_formed(html: &str) {
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = tag_end(rest).unwrap_or_else(|| panic!("a tag never ends in {html}"));
        let (tag, after) = (&rest[..end], &rest[end + 1..]);
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "in {html}");
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        assert!(
            !["script", "style", "iframe", "object", "embed", "base", "meta", "link", "form"].contains(&name),
            "{html}"
        );
        for attribute in tag.split('"').step_by(2).flat_map(|part| part.split(' ')) {
            let lower = attribute.to_lowercase();
            assert!(!lower.starts_with("on") && !lower.starts_with("style"), "{attribute} in {html}");
        }
        if !VOID.contains(&name) {
            open.push(name.to_string());
        }
    }
    assert_eq!(open, Vec::<String>::new(), "in {html}");
    assert!(!html.to_lowercase().contains("\"javascript:"), "{html}");
    assert!(!html.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{html:?}");
}

fn tag_end(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    })
}

#[test]
fn headings_have_anchors_and_leave_no_level_out() {
    check(
        "### A `b`\n\n# C\n\n### D\n",
        "<h2 id=\"a-b\">A <code>b</code> <a class=\"anchor\" href=\"#a-b\" aria-label=\"Link to A b\"></a></h2>\
         <h2 id=\"c\">C <a class=\"anchor\" href=\"#c\" aria-label=\"Link to C\"></a></h2>\
         <h3 id=\"d\">D <a class=\"anchor\" href=\"#d\" aria-label=\"Link to D\"></a></h3>",
    );
    let headings = rendered("# A\n\n# A {#own}\n\n## A\n").headings;
    let shown: Vec<_> = headings.iter().map(|heading| (heading.level, heading.id.as_str())).collect();
    assert_eq!(shown, [(2, "a"), (2, "own"), (3, "a-1")]);
}

#[test]
fn headings_take_the_outlines_anchors_in_order() {
    let source = Arc::new(SourceText::new(crate::diag::SourcePath::new("a.md"), "# T\n\n## A\n\n:::tip\n## A\n:::\n"));
    let outline = crate::load::markdown::outline(&source, 0..source.text.len());
    let html = rendered_with(&source.text, |options| {
        let headings = outline.headings.clone().leak();
        options.heading_ids = HeadingIds::Given(headings);
        options.skip_first_h1 = true;
    });
    let ids: Vec<_> = html.headings.iter().map(|heading| heading.id.as_str()).collect();
    assert_eq!(ids, ["a", "a-1"]);
    assert!(!html.html.as_str().contains(">T<"));
}

#[test]
fn headings_of_descriptions_have_their_prefix() {
    let html = rendered_with("# A\n\nx[^1]\n\n[^1]: y\n", |options| {
        options.heading_ids = HeadingIds::Prefix("op-");
        options.heading_base = 4;
        options.trust = Trust::Description;
    });
    assert!(html.html.as_str().starts_with("<h4 id=\"op-a\">"));
    assert!(html.html.as_str().contains("<li id=\"op-fn:1\"><p>y <a href=\"#op-fnref:1\""));
}

#[test]
fn links_lead_where_the_portal_says() {
    check("[x](b.md \"t\")", "<p><a href=\"b.md\" title=\"t\">x</a></p>");
    check("[x](https://a.b)", "<p><a href=\"https://a.b\" class=\"external\" rel=\"noopener\">x</a></p>");
    check(
        "[x](op:a)",
        "<p><a href=\"../a/\" class=\"oplink\"><span class=\"method method--get\">GET</span>\u{a0}<span class=\"oplink__title\">x</span></a></p>",
    );
    check("[x *y*](missing.md)", "<p><span class=\"broken\">x <em>y</em></span></p>");
    check("<a@b.c>", "<p><a href=\"mailto:a@b.c\">a@b.c</a></p>");
    check("https://a.b/c.", "<p><a href=\"https://a.b/c\" class=\"external\" rel=\"noopener\">https://a.b/c</a>.</p>");
    check("[https://a.b](c)", "<p><a href=\"c\">https://a.b</a></p>");
}

#[test]
fn links_that_could_run_something_are_text() {
    check("[x](javascript:alert(1))", "<p><span class=\"broken\">x</span></p>");
    check("[x](java&#10;script:y)", "<p><span class=\"broken\">x</span></p>");
    check("![x](data:image/svg+xml,y)", "<p><span class=\"broken\">x</span></p>");
    assert_eq!(codes_of("[x](javascript:y)"), ["unsafe-url"]);
}

#[test]
fn a_definition_elsewhere_in_the_file_serves_a_stretch() {
    let definition = LinkDefinition { label: "a b".into(), target: "c.md".into(), title: String::new() };
    let html = rendered_with("[x][A  B] [y][z]", |options| options.definitions = vec![definition].leak());
    assert_eq!(html.html.as_str(), "<p><a href=\"c.md\">x</a> [y][z]</p>\n");
}

#[test]
fn code_spans_link_to_what_they_name() {
    check("`GET /a` `b`", "<p><a href=\"../a/\"><code>GET /a</code></a> <code>b</code></p>");
    check("`GET /a`{nolink}, `GET /a`", "<p><code>GET /a</code>, <a href=\"../a/\"><code>GET /a</code></a></p>");
    check("[`GET /a`](b)", "<p><a href=\"b\"><code>GET /a</code></a></p>");
}

#[test]
fn images_have_their_description_and_load_late() {
    check(
        "![a *b*](i.png \"t\")",
        "<p><img src=\"i.png\" alt=\"a b\" title=\"t\" loading=\"lazy\" decoding=\"async\"></p>",
    );
    assert_eq!(rendered("![a](https://x.y/z.png)").remote_images, ["https://x.y/z.png"]);
    check_description(
        "![a](https://x.y/z.png)",
        "<p><a href=\"https://x.y/z.png\" class=\"external\" rel=\"noopener\">a</a></p>",
    );
}

#[test]
fn tables_scroll_in_a_region_with_a_name() {
    check(
        "# H\n\n| a | b |\n|:-:|--:|\n| c | d |\n",
        "<h2 id=\"h\">H <a class=\"anchor\" href=\"#h\" aria-label=\"Link to H\"></a></h2>\
         <div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table: H\"><table><thead><tr>\
         <th scope=\"col\" class=\"align-center\">a</th><th scope=\"col\" class=\"align-right\">b</th></tr></thead><tbody>\
         <tr><td class=\"align-center\">c</td><td class=\"align-right\">d</td></tr></tbody></table></div>",
    );
    let two = rendered("|a|\n|-|\n\nx\n\n|b|\n|-|\n").html.into_string();
    assert!(two.contains("aria-label=\"Table\"") && two.contains("aria-label=\"Table (2)\""));
}

#[test]
fn lists_may_be_tasks_and_begin_anywhere() {
    check(
        "- [x] a\n- [ ] b\n",
        "<ul><li><input class=\"task\" type=\"checkbox\" disabled checked aria-label=\"Done\"> a</li>\
         <li><input class=\"task\" type=\"checkbox\" disabled aria-label=\"To do\"> b</li></ul>",
    );
    check("3. a\n4. b\n", "<ol start=\"3\"><li>a</li><li>b</li></ol>");
    check("Term\n: Text ~~x~~\n", "<dl><dt>Term</dt><dd>Text <del>x</del></dd></dl>");
}

#[test]
fn footnotes_stand_at_the_end_in_order_of_mention() {
    check(
        "A[^b] c[^a] d[^b]\n\n[^a]: One\n\n[^b]: Two\n",
        "<p>A<sup class=\"footnote\"><a id=\"fnref:1\" href=\"#fn:1\">1</a></sup> \
         c<sup class=\"footnote\"><a id=\"fnref:2\" href=\"#fn:2\">2</a></sup> \
         d<sup class=\"footnote\"><a id=\"fnref:1:2\" href=\"#fn:1\">1</a></sup></p>\
         <section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\
         <li id=\"fn:1\"><p>Two <a href=\"#fnref:1\" aria-label=\"Back to the text 1\">↩</a></p></li>\
         <li id=\"fn:2\"><p>One <a href=\"#fnref:2\" aria-label=\"Back to the text 2\">↩</a></p></li></ol></section>",
    );
}

#[test]
fn template_text_comes_out_as_written() {
    check("{{ 7*7 }} {% raw %} ${7*7} *$a^2$*", "<p>{{ 7*7 }} {% raw %} ${7*7} <em>$a^2$</em></p>");
    check("`{{ _a_ }}` [{{ *b* }}](c?{{_d_}})", "<p><code>{{ _a_ }}</code> <a href=\"c?{{_d_}}\">{{ *b* }}</a></p>");
    check("*{{ a } } b*", "<p><em>{{ a } } b</em></p>");
}

#[test]
fn code_blocks_have_a_bar_and_their_language() {
    check(
        "```json title=\"a.json\"\n{\"a\": 1}\n```\n",
        "<figure class=\"code\" data-lang=\"json\"><figcaption class=\"code__bar\"><span class=\"code__title\">a.json</span></figcaption>\
         <pre tabindex=\"0\" role=\"group\" aria-label=\"a.json\"><code>{<span class=\"c-f\">&quot;a&quot;</span>: \
         <span class=\"c-n\">1</span>}</code></pre></figure>",
    );
    check(
        "    <b>\n",
        "<figure class=\"code\"><figcaption class=\"code__bar\"><span class=\"code__title\">Code</span></figcaption>\
         <pre tabindex=\"0\" role=\"group\" aria-label=\"Code\"><code>&lt;b&gt;</code></pre></figure>",
    );
}

/// What stands inside `<code>`.
fn code(text: &str) -> String {
    let html = rendered(text).html.into_string();
    let start = html.find("<code>").unwrap() + "<code>".len();
    html[start..html.rfind("</code>").unwrap()].to_string()
}

#[test]
fn lines_of_code_are_marked_numbered_and_hidden() {
    assert_eq!(
        code("```text {2} ins={1} hide_lines=3\na\nb\nc\nd\n```\n"),
        "<span class=\"code__line code__line--add\">a\n</span><span class=\"code__line code__line--mark\">b\n</span>\
         <span class=\"code__line\">d\n</span>"
    );
    assert_eq!(
        code("```text linenos,linenostart=9\na\nb\n```\n"),
        "<span class=\"code__line\" data-line=\"9\">a\n</span><span class=\"code__line\" data-line=\"10\">b\n</span>"
    );
    assert_eq!(
        code("```text\n// highlight-next-line\na\nb\n```\n"),
        "<span class=\"code__line code__line--mark\">a\n</span><span class=\"code__line\">b\n</span>"
    );
    assert_eq!(
        code("```diff lang=\"text\"\n+a\n-b\n c\n```\n"),
        "<span class=\"code__line code__line--add\">a\n</span><span class=\"code__line code__line--del\">b\n</span>\
         <span class=\"code__line\">c\n</span>"
    );
    assert_eq!(code("```rust\n# use a;\n#\nb\n#[c]\n```\n").matches('\n').count(), 1);
}

#[test]
fn texts_in_code_are_marked_across_spans() {
    assert_eq!(
        code("```js \"a = <\" /x/\nlet a = <x\n```\n").replace("<span class=\"c-k\">let</span>", "let"),
        "let <mark>a = &lt;</mark><span class=\"c-f\"><mark>x</mark></span>"
    );
    assert_eq!(code("```json \"a\\\": 1\"\n1\n```\n"), "<span class=\"c-n\">1</span>");
}

#[test]
fn a_prompt_is_told_from_the_command() {
    assert_eq!(
        code("```console\n$ ls <x\nout <b>\n```\n").split("</span>").next(),
        Some("<span class=\"code__prompt\">$ ")
    );
    assert!(code("```console\n$ ls\nout <b>\n```\n").ends_with("\nout &lt;b&gt;"));
}

#[test]
fn every_spelling_of_a_callout_looks_the_same() {
    let expected =
        "<div class=\"callout callout--tip\" role=\"note\"><p class=\"callout__title\">Tip</p><p>x</p></div>";
    for text in ["> [!TIP]\n> x\n", ":::tip\nx\n:::\n", "!!! tip\n    x\n", "<Tip>\n  x\n</Tip>\n", "<Tip>x</Tip>\n"] {
        check(text, expected);
    }
    let titled = "<div class=\"callout callout--danger\" role=\"note\"><p class=\"callout__title\">A <code>b</code></p><p>x</p></div>";
    for text in [":::danger A `b`\nx\n:::\n", ":::danger[A `b`]\nx\n:::\n", "!!! danger \"A `b`\"\n    x\n"] {
        check(text, titled);
    }
    check("!!! note \"\"\n    x\n", "<div class=\"callout callout--note\" role=\"note\"><p>x</p></div>");
    check(
        "??? info \"T\"\n    x\n",
        "<details class=\"callout callout--note\"><summary class=\"callout__title\">T</summary><p>x</p></details>",
    );
}

#[test]
fn a_callout_has_its_icon() {
    static ICONS: LazyLock<BTreeMap<String, String>> =
        LazyLock::new(|| BTreeMap::from([("note".to_owned(), "<svg>n</svg>".to_owned())]));
    let html = rendered_with(":::note\nx\n:::\n", |options| options.icons = &ICONS).html;
    assert!(html.as_str().contains("<svg>n</svg> Note"));
}

#[test]
fn an_unknown_container_is_a_note_under_its_name() {
    check(
        ":::wibble T\nx\n:::\n",
        "<div class=\"callout callout--note\" role=\"note\"><p class=\"callout__title\">wibble: T</p><p>x</p></div>",
    );
    let problems = rendered(":::warnin\nx\n:::\n").problems;
    assert_eq!(problems[0].code.name, "unknown-container");
    assert_eq!(problems[0].help.as_deref(), Some("did you mean `warning`?"));
    assert_eq!(problems[0].range, 0..9);
}

#[test]
fn containers_nest_and_mistakes_are_reported() {
    check(
        "::::note\n:::tip\nx\n:::\ny\n::::\nz\n",
        "<div class=\"callout callout--note\" role=\"note\"><p class=\"callout__title\">Note</p>\
         <div class=\"callout callout--tip\" role=\"note\"><p class=\"callout__title\">Tip</p><p>x</p></div><p>y</p></div><p>z</p>",
    );
    assert_eq!(codes_of(":::tip\nx\n"), ["unclosed-container"]);
    assert_eq!(codes_of("x\n:::\n"), ["stray-container-end"]);
    assert_eq!(codes_of("- :::tip\n  x\n:::\n"), ["unclosed-container", "stray-container-end"]);
    assert_eq!(codes_of(":::include{file=a.md}\nx\n"), ["unsupported-container"]);
}

#[test]
fn tabs_can_be_read_without_a_script() {
    let expected = "<div class=\"tabs\" data-tabs>\
        <section class=\"tabs__panel\" data-label=\"A\"><p class=\"tabs__label\">A</p><p>a</p></section>\
        <section class=\"tabs__panel\" data-label=\"B\"><p class=\"tabs__label\">B</p><p>b</p></section></div>";
    for text in [
        "::::tabs\n:::tab A\na\n:::\n:::tab B\nb\n:::\n::::\n",
        "=== \"A\"\n    a\n=== \"B\"\n    b\n",
        "<Tabs>\n  <Tab title=\"A\">\n    a\n  </Tab>\n  <TabItem value=\"b\" label=\"B\">b</TabItem>\n</Tabs>\n",
    ] {
        check(text, expected);
    }
    let fences = rendered(":::tabs{sync=lang}\n```js\na\n```\n```python title=\"P\"\nb\n```\n:::\n").html.into_string();
    assert!(fences.starts_with(
        "<div class=\"tabs\" data-tabs data-sync=\"lang\">\n<section class=\"tabs__panel\" data-label=\"JavaScript\">"
    ));
    assert!(fences.contains("data-label=\"P\"><p class=\"tabs__label\">P</p>\n<figure class=\"code\" data-lang=\"python\"><figcaption class=\"code__bar\"><span class=\"code__title\">Python"));
}

#[test]
fn steps_are_a_numbered_list() {
    check(":::steps\n1. a\n2. b\n:::\n", "<div class=\"steps\"><ol><li>a</li><li>b</li></ol></div>");
    check(
        "<Steps>\n  <Step title=\"T\">\n    a\n  </Step>\n  <Step>b</Step>\n</Steps>\n",
        "<div class=\"steps\"><ol><li><p class=\"steps__title\">T</p><p>a</p></li><li><p>b</p></li></ol></div>",
    );
    check("<Step>a</Step>\n\nb\n", "<div class=\"steps\"><ol><li><p>a</p></li></ol></div><p>b</p>");
    check(
        ":::steps\n1. a\n2. :::verify\n   b\n   :::\n:::\n",
        "<div class=\"steps\"><ol><li>a</li><li><div class=\"callout callout--tip callout--verify\" role=\"note\">\
         <p class=\"callout__title\">Check</p>b</div></li></ol></div>",
    );
}

#[test]
fn cards_link_by_their_title() {
    check(
        "<CardGroup cols={2}>\n  <Card title=\"A\" href=\"a.md\">\n    x\n  </Card>\n  <Card title=\"B\" href=\"b.md\" />\n</CardGroup>\n",
        "<div class=\"cards\"><div class=\"card\"><p class=\"card__title\"><a href=\"a.md\">A</a></p><p>x</p></div>\
         <div class=\"card\"><p class=\"card__title\"><a href=\"b.md\">B</a></p></div></div>",
    );
}

#[test]
fn text_for_other_audiences_is_left_out() {
    let text = ":::only{audience=partner}\n# H\n\nsecret\n:::\n\npublic\n";
    let public = rendered(text);
    assert_eq!((public.html.as_str(), public.headings.len()), ("<p>public</p>\n", 0));
    assert!(rendered_with(text, |options| options.audience = Some("partner")).html.as_str().contains("secret"));
}

#[test]
fn allowed_html_is_kept_and_closed() {
    check("a<br>b <kbd>C</kbd> <sub>d", "<p>a<br>b <kbd>C</kbd> <sub>d</sub></p>");
    check(
        "<details open>\n<summary>S</summary>\n\n*x*\n\n</details>\n",
        "<details open=\"\"><summary>S</summary><p><em>x</em></p></details>",
    );
    check("<div><b>x\n\ny\n", "<div><b>x</b><p>y</p></div>");
    check("x</b></div> <!-- no --> &copy; &bogus &#27;", "<p>x  © &amp;bogus �</p>");
    check("<ul>\n<li>a\n<li>b\n</ul>\n", "<ul><li>a</li><li>b</li></ul>");
    check("<table><tr><td colspan=2 style=\"x\">a</table>\n", "<table><tr><td colspan=\"2\">a</td></tr></table>");
    check("<a href=\"b.md\" id=x>c</a>", "<p><a id=\"x\" href=\"b.md\">c</a></p>");
    check(
        "<img src=\"i.png\" width=\"20\">",
        "<img src=\"i.png\" alt=\"\" width=\"20\" loading=\"lazy\" decoding=\"async\">",
    );
    check("<h1 align=\"center\">T</h1>\n\n<!-- a\n\nb -->\n", "<h2 align=\"center\">T</h2>");
}

#[test]
fn html_that_could_run_or_fetch_is_text() {
    check("<script>alert(1)</script>\n", "&lt;script&gt;alert(1)&lt;/script&gt;");
    check("<b onclick=\"x()\">y</b>", "<p><b>y</b></p>");
    check("<a href=\"java&#115;cript:x\">y</a>", "<p><span class=\"broken\">y</span></p>");
    check("<img src=x onerror=alert(1)>", "<img src=\"x\" alt=\"\" loading=\"lazy\" decoding=\"async\">");
    check("x <iframe src=\"//e\"></iframe>", "<p>x &lt;iframe src=&quot;//e&quot;&gt;&lt;/iframe&gt;</p>");
    check("<style><b>\n", "&lt;style&gt;&lt;b&gt;");
    assert_eq!(codes_of("<b onclick=\"x()\">y</b> <iframe>"), ["html-not-allowed", "html-not-allowed"]);
}

#[test]
fn descriptions_keep_harmless_html_only() {
    check_description("a<br/>b <i>c</i> <!-- d -->", "<p>a<br>b <i>c</i> </p>");
    check_description("<h3>x</h3><p id=\"main\">y</p>\n", "<h2>x</h2><p>y</p>");
    check_description(
        "<img src=\"https://x.y/z.png\">",
        "<a href=\"https://x.y/z.png\" class=\"external\" rel=\"noopener\">Image</a>",
    );
    check_description("!!! note\n    x\n", "<p>!!! notex</p>");
}

#[test]
fn links_never_stand_in_links() {
    check("<a href=\"a\">[b](c) https://d.e</a>", "<p><a href=\"a\">b https://d.e</a></p>");
    check("[a <a href=\"b\">c</a>](d)", "<p><a href=\"d\">a c</a></p>");
}

#[test]
fn deep_nesting_is_cut_and_reported_once() {
    let text = "> ".repeat(3_000) + "x";
    let deep = rendered(&text);
    assert_eq!(deep.html.as_str().matches("<blockquote>").count(), 64);
    assert!(deep.html.as_str().contains('x'));
    assert_eq!(deep.problems.iter().filter(|problem| problem.code.name == "limit-nesting").count(), 1);
    rendered(&"<div>\n\n".repeat(3_000));
    rendered(&"- ".repeat(3_000));
    rendered(&":::note\n".repeat(3_000));
    rendered(&"[".repeat(50_000));
    rendered(&"*a ".repeat(50_000));
    rendered(&"<b>".repeat(20_000));
}

#[test]
fn problems_point_into_the_file() {
    let source = Arc::new(SourceText::new(crate::diag::SourcePath::new("a.md"), "---\n---\nx\n\n:::wibble\n:::\n"));
    let problems = rendered(&source.text[8..]).problems;
    assert_eq!(problems[0].diagnostic(&source, 8).place.to_string(), "a.md:5:1");
}

#[test]
fn a_document_can_be_looked_through_without_showing_it() {
    let text = "---\ntitle: T\n---\n[x](op:a) [y](javascript:z)\n\n:::wibble\n:::\n\n```js foo=1\n```\n";
    let source = Arc::new(SourceText::new(crate::diag::SourcePath::new("a.md"), text));
    let found = lint(&crate::load::markdown::outline(&source, 17..text.len()));
    let shown: Vec<_> = found.iter().map(|problem| format!("{} {}", problem.code.name, problem.place)).collect();
    assert_eq!(shown, ["unknown-container a.md:6:1", "unknown-code-word a.md:9:1"]);
}

/// The corpus, when it is there.
fn corpus(path: &str) -> Option<std::path::PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");
    #[expect(clippy::disallowed_methods, reason = "tests find the corpus by the environment")]
    let root = std::env::var("PORTOLAN_CORPUS").unwrap_or_else(|_| default.into());
    let found = std::path::Path::new(&root).join(path);
    if !found.exists() {
        println!("NOT TESTED: no corpus at {}", found.display());
        return None;
    }
    Some(found)
}

#[expect(clippy::disallowed_methods, reason = "tests read the corpus")]
fn read(path: &std::path::Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()
}

/// The words that a reader sees.
fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        rest = &rest[tag_end(rest).unwrap() + 1..];
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn every_example_of_commonmark_keeps_its_text() {
    let Some(path) = corpus("markdown/commonmark-0.31.2.json") else { return };
    let examples: serde_json::Value = serde_json::from_str(&read(&path)).unwrap();
    let mut seen = 0;
    for example in examples.as_array().unwrap() {
        let (markdown, section) = (example["markdown"].as_str().unwrap(), example["section"].as_str().unwrap());
        let shown = visible(rendered(markdown).html.as_str());
        seen += 1;
        if section.contains("HTML") {
            continue;
        }
        let plain = visible_of_expected(example["html"].as_str().unwrap());
        for word in plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            assert!(shown.contains(word), "`{word}` of example {} is lost in {shown:?}", example["example"]);
        }
    }
    assert_eq!(seen, 652);
}

/// Text of the expected HTML, as far as it is well formed.
fn visible_of_expected(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", " ").replace("&gt;", " ").replace("&quot;", " ").replace("&amp;", " ")
}

#[test]
fn hostile_markdown_runs_nothing_and_hides_nothing() {
    let Some(path) = corpus("hostile/xss-markdown.md") else { return };
    for trust in [Trust::Publisher, Trust::Description] {
        let html = rendered_with(&read(&path), |options| options.trust = trust).html.into_string();
        assert!(visible(&html).contains("{{ 7*7 }} {% include \"/etc/passwd\" %} ${7*7}"));
        assert!(visible(&html).contains("<form action="));
    }
}

#[test]
fn every_document_of_the_corpus_renders() {
    let Some(path) = corpus("docs") else { return };
    let mut documents = 0;
    for entry in walkdir::WalkDir::new(path).sort_by_file_name().into_iter().filter_map(Result::ok) {
        let path = entry.path();
        let Some(extension @ ("md" | "mdx")) = path.extension().and_then(|extension| extension.to_str()) else {
            continue;
        };
        let dialect = if extension == "mdx" { Dialect::Mdx } else { Dialect::Document };
        rendered_with(&read(path), |options| options.dialect = dialect);
        documents += 1;
    }
    assert!(documents > 200);
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_the_page(
        text in "([ >#*_`~|:\\-\\[\\](){}\"'=&;/!a1]|\n|\n\n|<[a-z]{1,3}>|</[a-z]{1,3}>|<b on=|:::|tip|<Tab>|</Tab>|<!--|-->|[^1]|```|\\PC){0,60}",
        description in proptest::bool::ANY,
    ) {
        let trust = if description { Trust::Description } else { Trust::Publisher };
        rendered_with(&text, |options| { options.trust = trust; options.dialect = Dialect::Mdx; });
    }
}

#[test]
fn adversarial_shapes_take_linear_time() {
    let many = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len());
    for piece in [
        "> ",
        "- ",
        "[",
        "[a](",
        "*a ",
        "_a*",
        "<b>",
        "<div>\n\n",
        ":::a\n",
        ":::\n",
        "!!! note \"\"\n",
        "<Tab>\n",
        "<Tab \n",
        "import 'a\n",
        "{/*\n",
        "`",
        "|a",
        "<!-- ",
        "&a",
        "http://a.b/(",
        "www.",
        "[^a]",
        "# a\n",
        "{{ ",
        "${",
        "a\r",
        "=== \"a\"\n    b\n",
        "<script>",
        "<a href=",
        "<a href=\"",
        "a",
        "```\n",
        "| a |\n|---|\n",
        "a\n: b\n",
        "![",
        "\u{1a}{{*}}",
    ] {
        rendered_with(&many(piece, 60_000), |options| options.dialect = Dialect::Mdx);
    }
    let nested: String = (0..150).map(|depth| format!("{}!!! note\n\n", "    ".repeat(depth))).collect();
    rendered(&nested);
    let footnotes: String = (0..3_000).map(|number| format!("[^{number}]\n\n[^{number}]: x\n\n")).collect();
    rendered(&footnotes);
}
