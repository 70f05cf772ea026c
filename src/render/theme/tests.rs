//! Themes as a portal meets them: text files in, diagnostics and pages out.

use super::*;
use crate::render::html::SafeHtml;
use crate::render::view::{Banner, Crumb, Has, PageLink, ShellLink, TocEntry};

fn portal(files: &[(&str, &str)]) -> BTreeMap<SourcePath, Arc<SourceText>> {
    let source = |path: &str, text: &str| Arc::new(SourceText::new(SourcePath::new(path), text));
    files.iter().map(|(path, text)| (SourcePath::new(*path), source(path, text))).collect()
}

/// What a portal with these files is told, a line each.
fn told(name: &str, files: &[(&str, &str)]) -> Vec<String> {
    let (_, report) = Theme::load(name, &portal(files));
    let line = |d: &Diagnostic| {
        let help = d.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
        format!("{}[{}] {}: {}{help}", d.severity.word(), d.code.name, d.place, d.message)
    };
    report.iter().map(line).collect()
}

pub fn link(title: &str, url: &str, section: &str) -> ShellLink {
    ShellLink { title: title.into(), url: url.into(), external: false, section: section.into() }
}

pub fn shell(theme: &Theme) -> Shell {
    Shell {
        title: "Museum & Co".into(),
        description: Some("Tickets, events and hours.".into()),
        language: "en".into(),
        direction: "ltr",
        nav: vec![
            link("Guides", "guides/", "guides"),
            link("API", "apis/", "api"),
            link("Roadmap", "roadmap/", "roadmap"),
            link("Changelog", "changelog/", "changelog"),
        ],
        footer: vec![link("Support", "pages/support/", "pages")],
        logo: None,
        icon: None,
        feeds: vec![link("Releases", "changelog/feed.atom", "changelog")],
        built: Some("21 Nov 2026".into()),
        built_iso: Some("2026-11-21".into()),
        assets: theme.assets().urls(),
        icons: theme.icons().clone(),
        has: Has { apis: true, guides: true, stories: true, onboarding: true, roadmap: true, changelog: true },
        csp: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
              connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'"
            .into(),
        strings: theme.strings("en"),
        page_colours: theme.page_colours().clone(),
    }
}

pub fn page(kind: &'static str, section: &'static str, title: &str) -> PageView {
    PageView {
        kind,
        section,
        title: title.into(),
        head_title: format!("{title} · Museum & Co"),
        description: Some("One sentence.".into()),
        url: "guides/a/".into(),
        root: "../../".into(),
        canonical: Some("https://example.com/guides/a/".into()),
        twin: Some("index.md".into()),
        crumbs: vec![
            Crumb { title: "Guides".into(), href: Some("../".into()) },
            Crumb { title: title.into(), href: None },
        ],
        toc: vec![TocEntry { level: 2, id: "one".into(), title: "One <two>".into() }],
        apis: None,
        versions: None,
        nav_html: SafeHtml::from_trusted("<ul class=\"nav__list\"></ul>".into()),
        previous: Some(PageLink {
            title: "Before".into(),
            href: "../b/".into(),
            kind: "guide",
            method: None,
            path: None,
            summary: None,
            deprecated: false,
        }),
        next: None,
        edit: Some("https://example.com/edit/a.md".into()),
        report: Some("https://example.com/new?title=A".into()),
        banner: Some(Banner { kind: "note", text: "Earlier version.".into(), link: None }),
        noindex: false,
        csp: "default-src 'none'; script-src 'self'".into(),
    }
}

fn rendered(name: &str, files: &[(&str, &str)], template: &str) -> (Result<String, String>, Option<String>) {
    let (theme, _) = Theme::load(name, &portal(files));
    let shell = ShellValue::new(&shell(&theme));
    let view = ViewData::new(&BTreeMap::from([("known", "yes")]));
    let (html, diagnostic) = theme.render_or_fall_back(template, &shell, &page("guide", "guides", "A <b>"), &view);
    (html, diagnostic.map(|d| one_line(&d)))
}

#[test]
fn the_built_in_theme_is_without_fault_and_readable() {
    assert_eq!(told("default", &[]), Vec::<String>::new());
    let (theme, _) = Theme::load("default", &BTreeMap::new());
    for name in ["site.css", "site.js", "boot.js"] {
        assert!(theme.assets().get(name).is_some(), "{name}");
    }
}

#[test]
fn every_pair_of_colours_of_the_built_in_theme_can_be_read() {
    let all: String = files::collect("default", &BTreeMap::new(), &mut Vec::new()).css.into_values().collect();
    let names = tokens::Tokens::of_stylesheet(&all);
    let mut theme = String::from("[light]\n");
    let mut dark = String::from("[dark]\n");
    for name in [
        "bg",
        "surface",
        "sunken",
        "text",
        "accent",
        "accent-bg",
        "mark",
        "ok-bg",
        "info-bg",
        "warn-bg",
        "danger-bg",
        "note-bg",
        "line-strong",
        "on-accent",
        "text-2",
        "text-3",
    ] {
        let (light, black) = names.colour(name).unwrap();
        theme.push_str(&format!("{name} = \"{light}\"\n"));
        dark.push_str(&format!("{name} = \"{black}\"\n"));
    }
    assert_eq!(told("same", &[("themes/same/theme.toml", &(theme + &dark))]), Vec::<String>::new());
}

#[test]
fn a_page_holds_its_frame_and_escapes_texts() {
    let (html, diagnostic) = rendered("default", &[], "base.html");
    let html = html.unwrap();
    assert_eq!(diagnostic, None);
    for part in [
        "<title>A &lt;b&gt; · Museum &amp; Co</title>",
        "<h1>A &lt;b&gt;</h1>",
        "href=\"#one\">One &lt;two&gt;</a>",
        "<link rel=\"canonical\" href=\"https://example.com/guides/a/\">",
        "aria-current=\"true\">Guides</a>",
        "Previous and next page",
        "<time datetime=\"2026-11-21\">21 Nov 2026</time>",
        "script-src &#39;self&#39;",
    ] {
        assert!(html.contains(part) || html.contains(&part.replace("&#39;", "'")), "{part}\n{html}");
    }
}

#[test]
fn a_portal_refines_a_template_through_parent() {
    let files = [(
        "templates/base.html",
        "{% extends \"parent/base.html\" %}\n{% block content %}<p>mine</p>{{ super() }}{% endblock content %}",
    )];
    assert_eq!(told("default", &files), Vec::<String>::new());
    let html = rendered("default", &files, "base.html").0.unwrap();
    assert!(html.contains("<p>mine</p>\n<h1>A &lt;b&gt;</h1>"), "{html}");
}

#[test]
fn a_theme_stands_between_the_portal_and_the_built_in_one() {
    let files = [
        ("themes/brand/theme.toml", "extends = \"house\""),
        ("themes/house/templates/partials/footer.html", "<footer>house</footer>"),
        (
            "themes/brand/templates/base.html",
            "{% extends \"parent/base.html\" %}{% block head_extra %}<!--brand-->{% endblock %}",
        ),
        (
            "templates/base.html",
            "{% extends \"parent/base.html\" %}{% block before_content %}<p>portal</p>{% endblock %}",
        ),
    ];
    assert_eq!(told("brand", &files), Vec::<String>::new());
    let html = rendered("brand", &files, "base.html").0.unwrap();
    assert!(html.contains("<!--brand-->") && html.contains("<p>portal</p>") && html.contains("<footer>house</footer>"));
}

#[test]
fn a_template_that_cannot_be_read_is_reported_with_its_place_and_left_out() {
    let files = [("templates/base.html", "<p>\n{% if page.title %}\n")];
    let told = told("default", &files);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("error[template-error] templates/base.html:"), "{told:?}");
    assert!(rendered("default", &files, "base.html").0.unwrap().contains("<h1>"));
}

#[test]
fn unknown_names_are_reported_with_the_nearest() {
    let override_of = |text: &'static str| told("default", &[("templates/base.html", text)]);
    assert_eq!(
        override_of("{% extends \"parent/base.html\" %}{% block contents %}{% endblock contents %}"),
        ["error[template-error] templates/base.html:1:42: block `contents` is not defined in any parent template \
          (did you mean `content`?)"]
    );
    assert_eq!(
        override_of("{{ page.title | uper }}"),
        ["error[template-error] templates/base.html:1:17: unknown filter `uper` (did you mean `upper`?)"]
    );
    assert_eq!(
        override_of("ä {% include \"partials/crumb.html\" %}"),
        ["error[template-error] templates/base.html:1:14: there is no template `partials/crumb.html` \
          (did you mean `partials/crumbs.html`?)"]
    );
    assert_eq!(
        override_of("{{ <icn name=\"x\"/> }}"),
        ["error[template-error] templates/base.html:1:4: unknown component `icn` (did you mean `icon`?)"]
    );
    assert_eq!(
        override_of("{% extends \"parent/bse.html\" %}"),
        ["error[template-error] templates/base.html:1:13: there is no template `bse.html` below this one \
          (did you mean `base.html`?)"]
    );
    assert_eq!(
        told("default", &[("templates/hme.html", "x")]),
        [
            "warning[unused-template] templates/hme.html:1:1: no template is called `hme.html`, and none includes this one \
          (did you mean `home.html`?)"
        ]
    );
}

#[test]
fn a_frame_without_the_blocks_that_pages_fill_is_reported_once_and_left_out() {
    let told = told("default", &[("templates/base.html", "<p>mine</p>")]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("cannot stand on this template: block `"), "{told:?}");
    assert!(told[0].contains("(begin with `{% extends \"parent/base.html\" %}` and refine its blocks)"), "{told:?}");
}

#[test]
fn nothing_in_a_template_reads_files_the_network_or_the_environment() {
    for call in ["get_env(name=\"HOME\")", "load_data(path=\"x\")", "now()", "get_random(end=2)"] {
        let told = told("default", &[("templates/base.html", &format!("{{{{ {call} }}}}"))]);
        assert!(told[0].contains("unknown function"), "{told:?}");
    }
}

#[test]
fn a_template_that_reaches_itself_is_reported_and_left_out() {
    let cases = [
        [("templates/base.html", "{% extends \"base.html\" %}"), ("templates/partials/x.html", "")],
        [("templates/base.html", "{% include \"a.html\" %}"), ("templates/a.html", "{% extends \"base.html\" %}")],
        [("templates/partials/toc.html", "{% include \"partials/toc.html\" %}"), ("templates/partials/x.html", "")],
        [
            (
                "templates/partials/components.html",
                "{% component icon(name) %}{{ <icon name={name}/> }}{% endcomponent icon %}",
            ),
            ("templates/partials/x.html", ""),
        ],
    ];
    for files in cases {
        let told = told("default", &files);
        assert!(told.iter().any(|line| line.starts_with("error[template-recursion] templates/")), "{told:?}");
        assert!(rendered("default", &files, "base.html").0.unwrap().contains("<h1>"));
    }
}

#[test]
fn a_template_that_fails_on_a_page_is_reported_and_the_built_in_one_serves() {
    let files = [("templates/partials/footer.html", "<p>\n{{ view.unknown }}</p>")];
    let (html, diagnostic) = rendered("default", &files, "base.html");
    assert!(html.unwrap().contains("<h1>"));
    let diagnostic = diagnostic.unwrap();
    assert!(diagnostic.starts_with("templates/partials/footer.html:2:"), "{diagnostic}");
    assert!(diagnostic.contains("`unknown` is not defined") && diagnostic.contains("known"), "{diagnostic}");
}

#[test]
fn a_brand_is_three_values_and_an_absent_dark_one_is_derived() {
    let files = [("themes/brand/theme.toml", "[light]\naccent = \"#0a7d33\"\n")];
    let told = told("brand", &files);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("info[derived-dark-value] themes/brand/theme.toml:2:10: `accent` has no value"),
        "{told:?}"
    );
    let (theme, _) = Theme::load("brand", &portal(&files));
    let css = String::from_utf8_lossy(&theme.assets().get("site.css").unwrap().bytes).into_owned();
    assert!(css.contains("@layer theme{\n:root{--accent:light-dark(#0a7d33,#"), "{css}");
}

#[test]
fn what_a_theme_cannot_set_is_reported_with_what_it_can() {
    let toml = "extend = \"x\"\n[light]\nacent = \"#123456\"\naccent = \"blue\"\ntext-3 = \"#bbbbbb\"\ns1 = \"1px;}\"\n\
        bg = 3\n[dark]\ntext-3 = \"#98a2b2\"\nr1 = \"0\"\n";
    assert_eq!(
        told("brand", &[("themes/brand/theme.toml", toml)]),
        [
            "error[theme-settings] themes/brand/theme.toml:1:1: `extend` means nothing here (did you mean `extends`?)",
            "error[theme-settings] themes/brand/theme.toml:7:6: `bg` is a text, not integer (write the value between quotes)",
            "error[unknown-token] themes/brand/theme.toml:3:9: there is no token `acent` (did you mean `accent`?)",
            "error[token-value] themes/brand/theme.toml:4:10: `blue` is no colour (write it as `#rrggbb` or `#rgb`)",
            "error[token-value] themes/brand/theme.toml:6:6: `1px;}` is no single CSS value",
            "error[token-value] themes/brand/theme.toml:10:6: `r1` has one value for light and dark (move it to `[light]`; it holds for both)",
            "warning[low-contrast] themes/brand/theme.toml:9:10: `text-3` #bbbbbb on `bg` #ffffff has a contrast of 1.91 on light pages, below 4.5 (the nearest `text-3` that passes is `#767676`)",
            "warning[low-contrast] themes/brand/theme.toml:9:10: `text-3` #bbbbbb on `surface` #f6f7f9 has a contrast of 1.79 on light pages, below 4.5 (the nearest `text-3` that passes is `#707070`)",
            "warning[low-contrast] themes/brand/theme.toml:9:10: `text-3` #bbbbbb on `sunken` #eef0f4 has a contrast of 1.68 on light pages, below 4.5 (the nearest `text-3` that passes is `#6c6c6c`)",
        ]
    );
}

#[test]
fn themes_that_do_not_exist_or_extend_one_another_end_at_the_default() {
    assert_eq!(
        told("drak", &[("themes/dark/theme.toml", "")]),
        ["error[unknown-theme] portal.toml:1:1: there is no theme `drak` (did you mean `dark`?)"]
    );
    let circle = [("themes/a/theme.toml", "extends = \"b\""), ("themes/b/theme.toml", "extends = \"a\"")];
    assert_eq!(
        told("a", &circle),
        [
            "error[theme-cycle] themes/b/theme.toml:1:11: themes extend one another: a → b → a (let one of them extend `default`)"
        ]
    );
}

#[test]
fn words_follow_the_language() {
    let files =
        [("strings.de.toml", "search = \"Suche\"\nsaerch = \"x\""), ("strings.de-at.toml", "copy = \"Abschreiben\"")];
    let (theme, report) = Theme::load("default", &portal(&files));
    assert_eq!(report.len(), 1);
    assert_eq!(report[0].message, "the interface has no word `saerch`");
    let words = theme.strings("de-AT");
    assert_eq!((&*words["search"], &*words["copy"], &*words["next"]), ("Suche", "Abschreiben", "Next"));
    assert_eq!(theme.strings("fr")["search"], "Search");
}

#[test]
fn user_css_and_theme_css_come_last_in_their_layers() {
    let files = [
        ("user.css", "a { color: red; }"),
        ("themes/b/look.css", "b { background: url(dots.svg); }"),
        ("themes/b/static/dots.svg", "<svg/>"),
    ];
    let (theme, report) = Theme::load("b", &portal(&files));
    assert!(report.is_empty());
    let css = String::from_utf8_lossy(&theme.assets().get("site.css").unwrap().bytes).into_owned();
    let at = |text: &str| css.rfind(text).unwrap_or_else(|| panic!("{text} in {css}"));
    assert!(
        at("@layer theme{") < at("url(dots.")
            && at("url(dots.") < at("@layer user{")
            && at("@layer user{") < at("a{color: red")
    );
}
