//! Pictures of every page kind, for eyes: written where `PORTOLAN_SCREENSHOTS` names a folder, else nothing is done.

use std::path::PathBuf;

use serde_json::json;

use crate::server::serve;
use crate::sites::{SAMPLE, one_of_each_kind};
use crate::tab::Tab;

#[test]
pub fn pictures_of_every_page_kind_are_written_when_a_folder_is_named() {
    let Some(folder) = std::env::var_os("PORTOLAN_SCREENSHOTS").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    let served = serve(SAMPLE.clone());
    let tab = Tab::new();
    for page in one_of_each_kind(&SAMPLE) {
        for (width, height) in [(1440, 900), (820, 1180), (390, 844)] {
            tab.size(width, height);
            for colours in ["light", "dark"] {
                tab.system_colours(colours);
                tab.open(&served.url(&page.url));
                let name = format!("{}-{width}-{colours}.png", page.kind);
                std::fs::write(folder.join(name), picture(&tab, width)).unwrap();
            }
        }
    }
}

/// The whole page, but no more of it than four windows hold.
pub fn picture(tab: &Tab, width: u32) -> Vec<u8> {
    let height: f64 = tab.ask("Math.min(document.documentElement.scrollHeight, innerHeight * 4)");
    let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
    let whole = json!({ "format": "png", "clip": clip, "captureBeyondViewport": true });
    let answer = tab.call("Page.captureScreenshot", whole);
    from_base64(answer["data"].as_str().unwrap())
}

/// Decodes base64 (RFC 4648, section 4), as the protocol writes bytes.
fn from_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(text.len() * 3 / 4), 0u32, 0);
    for digit in text.bytes().filter_map(|byte| ALPHABET.iter().position(|known| *known == byte)) {
        (held, bits) = (held << 6 | digit as u32, bits + 6);
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    bytes
}
