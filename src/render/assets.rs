//! Theme files as they are published: each under a name that holds the hash of its bytes, so that browsers may keep it
//! for ever.

use std::collections::BTreeMap;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::model::route::Url;

/// One file.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Where it is: `assets/site.0f3a9c21d4.css`.
    pub url: Url,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// The files by the names that templates know: `site.css`, `site.js`, `search.js`.
#[derive(Debug, Default)]
pub struct Assets {
    by_name: BTreeMap<String, Asset>,
}

impl Assets {
    /// Adds a file, or replaces the one of this name.
    pub fn add(&mut self, name: &str, bytes: impl Into<Arc<[u8]>>) {
        let bytes = bytes.into();
        let url = Url::new(format!("assets/{}", hashed_name(name, &bytes)));
        self.by_name.insert(name.to_owned(), Asset { url, bytes });
    }

    /// Returns a file.
    pub fn get(&self, name: &str) -> Option<&Asset> {
        self.by_name.get(name)
    }

    /// Returns every file with its name, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Asset)> {
        self.by_name.iter().map(|(name, asset)| (name.as_str(), asset))
    }

    /// Returns name → URL relative to the root, as `shell.assets` wants it.
    pub fn urls(&self) -> BTreeMap<String, String> {
        self.iter().map(|(name, asset)| (name.to_owned(), asset.url.to_string())).collect()
    }

    /// Writes the published names of files into `url(…)` of a stylesheet that lies beside them; other URLs are kept.
    pub fn link_styles(&self, css: &str) -> String {
        let mut out = String::with_capacity(css.len());
        let mut rest = css;
        while let Some(start) = rest.find("url(") {
            let (before, after) = rest.split_at(start + "url(".len());
            out.push_str(before);
            let end = after.find(')').unwrap_or(after.len());
            let written = after[..end].trim().trim_matches(['"', '\'']);
            let name = written.trim_start_matches("./").trim_start_matches("../").trim_start_matches("static/");
            match self.get(name) {
                Some(asset) => out.push_str(asset.url.as_str().trim_start_matches("assets/")),
                None => out.push_str(&after[..end]),
            }
            rest = &after[end..];
        }
        out.push_str(rest);
        out
    }
}

/// `site.css` → `site.<10 hexadecimal digits>.css`. Folders in the name become dashes: assets lie in one folder.
fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = format!("{:016x}", xxh3_64(bytes));
    let name: String = name.chars().map(|c| if safe_in_name(c) { c.to_ascii_lowercase() } else { '-' }).collect();
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{}.{extension}", &hash[..10]),
        None => format!("{name}.{}", &hash[..10]),
    }
}

fn safe_in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_its_bytes() {
        let mut assets = Assets::default();
        assets.add("site.css", *b"a{}");
        let first = assets.get("site.css").unwrap().url.clone();
        assets.add("site.css", *b"b{}");
        assert_ne!(first, assets.get("site.css").unwrap().url);
        let parts: Vec<&str> = first.as_str().split('.').collect();
        assert_eq!((parts[0], parts[1].len(), parts[2]), ("assets/site", 10, "css"));
    }

    #[test]
    fn names_that_a_disk_could_refuse_are_mended() {
        assert!(hashed_name("Fönt/a b.WOFF2", b"").starts_with("f-nt-a-b."));
    }

    #[test]
    fn styles_name_the_published_files() {
        let mut assets = Assets::default();
        assets.add("dots.svg", *b"<svg/>");
        let css = assets.link_styles("a{background:url(\"../static/dots.svg\")}b{background:url( other.png )}c{x:url(");
        let name = assets.get("dots.svg").unwrap().url.to_string().replace("assets/", "");
        assert_eq!(css, format!("a{{background:url({name})}}b{{background:url( other.png )}}c{{x:url("));
    }
}
