//! Edits, and what open pages are told of them.

use super::*;

/// An open page that listens.
struct Page {
    lines: BufReader<TcpStream>,
}

impl Page {
    /// Opens a page as a browser does: the mark of what it shows stands in its script's address.
    fn open(served: &Served, path: &str) -> Page {
        let body = served.get(path).body;
        let mark = body.split("live.js?shown=").nth(1).unwrap().split('"').next().unwrap().to_owned();
        Page::listen(served, path, &mark)
    }

    fn listen(served: &Served, path: &str, mark: &str) -> Page {
        let mut stream = served.connect();
        let page = path.replace('/', "%2F");
        let origin = format!("Origin: http://localhost:{}\r\n", served.address.port());
        let host = format!("Host: localhost:{}\r\n", served.address.port());
        write!(stream, "GET /-/portolan/events?page={page}&shown={mark} HTTP/1.1\r\n{host}{origin}\r\n").unwrap();
        Page { lines: BufReader::new(stream) }
    }

    /// Returns the next update.
    fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }
}

#[test]
fn a_page_is_told_only_when_its_own_bytes_change() {
    let served = Served::new(FILES);
    let (mut home, mut guide) = (Page::open(&served, "/"), Page::open(&served, "/guides/"));
    assert_eq!((&home.next()["change"], &guide.next()["change"]), (&"nothing".into(), &"nothing".into()));

    served.write("index.md", "new home");
    let started = Instant::now();
    assert_eq!(home.next()["change"], "page");
    println!("told in {:?}", started.elapsed());
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    assert_eq!(guide.next()["change"], "nothing");
    assert!(served.get("/").body.contains("new home"));

    served.write("site.css", "p{color:red}");
    let update = guide.next();
    assert_eq!((&update["change"], &update["styles"][0]), (&"styles".into(), &"/assets/site.12.css".into()));
    assert_eq!(served.get("/assets/site.12.css").status, 200);
}

#[test]
fn a_page_that_missed_an_edit_learns_of_it_when_it_listens() {
    let served = Served::new(FILES);
    let mut stale = Page::listen(&served, "/", "0000000000000000.0000000000000000");
    assert_eq!(stale.next()["change"], "page");
}

#[test]
fn mistakes_are_shown_until_they_are_mended() {
    let served = Served::new(FILES);
    let mut home = Page::open(&served, "/");
    assert_eq!(home.next()["problems"]["errors"], 0);
    served.write("guides/bad.md", "a broken link");
    let problems = &home.next()["problems"];
    assert_eq!((&problems["errors"], &problems["shown"][0]["place"]), (&1.into(), &"guides/bad.md:1:3".into()));
    assert_eq!(problems["shown"][0]["message"], "no page at `<img src=x>`");
    served.write("guides/bad.md", "a good link");
    assert_eq!(home.next()["problems"]["errors"], 0);
}

#[test]
fn a_change_is_told_once_with_the_files_and_what_is_new() {
    let served = Served::new(FILES);
    served.write("index.md", "broken");
    let mut rebuilt = served.notices.iter().filter_map(|notice| match notice {
        Notice::Rebuilt { changed, report, new, .. } => Some((changed, report.iter().count(), new.iter().count())),
        _ => None,
    });
    assert_eq!(rebuilt.next(), Some((0, 0, 0)));
    assert_eq!(rebuilt.next(), Some((1, 1, 1)));
    served.write("guides/index.md", "more");
    assert_eq!(rebuilt.next(), Some((1, 1, 0)));
}

#[test]
fn new_folders_renames_removals_and_returns_are_seen() {
    let served = Served::new(FILES);
    let portal = served.folder.path().join("portal");
    for round in 0..3 {
        let text = format!("deep {round}");
        served.write("new/deep/er/a.md", &text);
        served.wait_for("/new/deep/er/a/", &text);
        served.write("new/deep/er/a.md", "edited");
        served.wait_for("/new/deep/er/a/", "edited");
        fs::rename(portal.join("new"), portal.join("moved")).unwrap();
        served.wait_for("/moved/deep/er/a/", "edited");
        fs::write(portal.join("moved/deep/er/a.md"), "after the move").unwrap();
        served.wait_for("/moved/deep/er/a/", "after the move");
        fs::remove_dir_all(portal.join("moved")).unwrap();
        served.wait_for("/moved/deep/er/a/", "nothing here");
    }
    // As editors save: a new file takes the name of the old one.
    fs::write(portal.join("index.md.tmp"), "saved").unwrap();
    fs::rename(portal.join("index.md.tmp"), portal.join("index.md")).unwrap();
    served.wait_for("/", "saved");
}

#[test]
fn after_any_edits_the_site_is_that_of_a_clean_build() {
    let served = Served::new(FILES);
    let portal = served.folder.path().join("portal");
    let rounds = std::env::var("PORTOLAN_EDITS").ok().and_then(|n| n.parse().ok()).unwrap_or(40);
    let mut random = 88_172_645_463_325_252_u64;
    for round in 0..rounds {
        for _ in 0..4 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let names = ["index.md", "guides/a.md", "guides/A.md", "x/y/z.md", "x/b.md", "guides/index.md", "site.css"];
            let at = |n: u64| portal.join(names[(n % names.len() as u64) as usize]);
            let (one, other) = (at(random >> 8), at(random >> 16));
            let _ = match random % 7 {
                0 => fs::remove_file(&one),
                1 => fs::rename(&one, &other),
                2 => fs::remove_dir_all(portal.join("x")),
                3 => fs::rename(portal.join("x"), portal.join("guides/x")),
                _ => fs::create_dir_all(one.parent().unwrap()).and_then(|()| fs::write(&one, format!("{random:020}"))),
            };
            std::thread::sleep(Duration::from_millis(random % 40));
        }
        wait_for_clean_build(&served, &portal, round);
    }
}

fn wait_for_clean_build(served: &Served, portal: &Path, round: u32) {
    let (tree, _) = crate::source::read(portal, &portal.join("site"), None).unwrap();
    let clean = pipeline(&tree, None);
    let mut digests: Vec<String> = clean.site.outputs.keys().map(ToString::to_string).collect();
    digests.retain(|path| path != "portal.json");
    digests.push("search/shards/ab12.json".into());
    digests.sort();
    let started = Instant::now();
    loop {
        let same_list = served.get("/portal.json").body.lines().eq(digests.iter().map(String::as_str));
        let same_pages = clean.site.outputs.iter().all(|(path, output)| match output {
            Output::Make(make) if path.as_str().ends_with("index.html") => {
                let body = served.get(&format!("/{path}").replace("index.html", "").replace(' ', "%20")).body;
                let (head, tail) = body.split_once("<script").unwrap_or((&body, ""));
                let tail = tail.split_once("</script>").map_or("", |(_, tail)| tail);
                format!("{head}{tail}").into_bytes() == make()
            }
            _ => true,
        });
        if same_list && same_pages {
            return;
        }
        // The aim is one second; more is for a machine that is busy with other tests.
        assert!(started.elapsed() < Duration::from_secs(3), "round {round} did not settle");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn many_open_pages_are_all_told_at_once() {
    let served = Served::new(FILES);
    let count = std::env::var("PORTOLAN_PAGES").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let mut pages: Vec<Page> = (0..count).map(|_| Page::open(&served, "/")).collect();
    pages.iter_mut().for_each(|page| assert_eq!(page.next()["change"], "nothing"));
    served.write("index.md", "for all");
    let started = Instant::now();
    pages.iter_mut().for_each(|page| assert_eq!(page.next()["change"], "page"));
    println!("{count} pages told in {:?}", started.elapsed());
    // The aim is half a second; more is for a machine that is busy with other tests.
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}
